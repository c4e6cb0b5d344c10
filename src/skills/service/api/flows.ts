import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";

const tag = "Flows";
const base = "/api/v1/flows";
/** As flow-text/document.ts limits it; a longer draft is not kept. */
const text = z
  .string()
  .max(100_000)
  .regex(/^[^\0]*$/, "a text without zero bytes")
  .describe("see docs/guide/flows.md");
const both = z.object({ de: z.string(), en: z.string() });

export const flow = z.object({
  id: z.number(),
  name: z.string(),
  title: both,
  draft: text,
  revision: z.number().describe("of the draft; rises with every save"),
  changedAt: time,
  liveVersion: z.number().nullable(),
  isChanged: z.boolean().describe("the draft says something else than what is live"),
});
export type Flow = z.output<typeof flow>;
export const flowSummary = flow
  .omit({ draft: true, revision: true })
  .extend({ faults: z.number(), examples: z.number(), topics: z.array(z.string()) });
export type FlowSummary = z.output<typeof flowSummary>;

const fault = z.object({
  line: z.number(),
  column: z.number(),
  code: z.string(),
  text: z.string().describe("in the language asked for"),
});
const place = z.object({ step: z.string(), at: z.number() });
export const flowDrawing = z.object({
  nodes: z.array(
    z.object({
      step: z.string(),
      kinds: z.array(z.string()),
      x: z.number(),
      y: z.number(),
      layer: z.number(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      by: z.enum(["go", "option", "if", "otherwise", "service", "failed"]),
      label: z.string(),
      path: z.string().describe("an SVG path"),
      labelX: z.number(),
      labelY: z.number(),
    }),
  ),
  width: z.number(),
  height: z.number(),
});
export type FlowDrawing = z.output<typeof flowDrawing>;

export const flowCheck = z.object({
  name: z.string(),
  formatted: text,
  faults: z.array(fault),
  steps: z.array(
    z.object({
      name: z.string(),
      line: z.number(),
      ways: z.array(z.object({ to: z.string(), label: z.string() })),
    }),
  ),
  drawing: flowDrawing.nullable().describe("null: too large to be drawn"),
  nodeWidth: z.number(),
  nodeHeight: z.number(),
  examples: z.array(
    z.object({
      name: z.string(),
      line: z.number(),
      language,
      misses: z.array(z.object({ line: z.number(), wanted: z.string(), got: z.string() })),
    }),
  ),
});
export type FlowCheck = z.output<typeof flowCheck>;

const input = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("customer"),
    text: z.string().max(2_000),
    photo: z.boolean().optional(),
    optionId: z.string().max(200).nullable().optional(),
  }),
  z.object({
    kind: z.literal("service"),
    status: z.number().int().min(100).max(599).nullable().describe("null: it does not answer in time"),
    body: z.string().max(10_000),
  }),
]);
export type FlowInput = z.input<typeof input>;
export const flowBeat = z.object({
  says: z.array(
    z.object({
      text: z.string(),
      options: z.array(z.object({ id: z.string(), title: z.string() })),
      link: z.string().nullable(),
      isTopic: z.boolean().describe("the answer of the topic that began the flow stands here"),
    }),
  ),
  standing: z.enum(["new", "waiting", "calling", "done", "person", "cancelled", "elsewhere"]),
  path: z.array(place),
  at: place.nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  summary: z.string().nullable(),
});
export type FlowBeat = z.output<typeof flowBeat>;

export const listFlows = contract({
  method: "GET",
  path: base,
  tag,
  access: "staff",
  summary: "All flows of the company",
  reply: z.object({ items: z.array(flowSummary) }),
});
export const getFlow = contract({
  method: "GET",
  path: `${base}/:id`,
  tag,
  access: "staff",
  summary: "One flow with its draft",
  params: idParam,
  reply: flow,
});
export const createFlow = contract({
  method: "POST",
  path: base,
  tag,
  access: "manager",
  status: 201,
  summary: "Add a flow, or import one from a file; its name stands in its text",
  body: z.object({ text }),
  reply: flow,
});
export const saveFlow = contract({
  method: "PUT",
  path: `${base}/:id`,
  tag,
  access: "manager",
  summary: "Save a draft, finished or not; 409 when somebody saved meanwhile",
  params: idParam,
  body: z.object({ text, revision: z.number().int().positive() }),
  reply: flow,
});
export const deleteFlow = contract({
  method: "DELETE",
  path: `${base}/:id`,
  tag,
  access: "manager",
  summary: "Remove a flow that is not live, with its versions",
  params: idParam,
  reply: done,
});
export const publishFlow = contract({
  method: "POST",
  path: `${base}/:id/versions`,
  tag,
  access: "manager",
  status: 201,
  summary: "Check the draft, play its examples, and take it live as the next version",
  params: idParam,
  body: z.object({ revision: z.number().int().positive() }),
  reply: z.object({ version: z.number() }),
});
export const listFlowVersions = contract({
  method: "GET",
  path: `${base}/:id/versions`,
  tag,
  access: "staff",
  summary: "What was live, newest first",
  params: idParam,
  reply: z.object({
    items: z.array(
      z.object({
        version: z.number(),
        text,
        madeAt: time,
        liveAt: time.describe("the last time it went live"),
        retiredAt: time.nullable(),
        isLive: z.boolean(),
      }),
    ),
  }),
});
export const setLiveFlow = contract({
  method: "PUT",
  path: `${base}/:id/live`,
  tag,
  access: "manager",
  summary:
    "Take a version live again, or (null) take the flow off; conversations in the middle end as they began",
  params: idParam,
  body: z.object({ version: z.number().int().positive().nullable() }),
  reply: flow,
});
export const checkFlow = contract({
  method: "POST",
  path: `${base}/check`,
  tag,
  access: "staff",
  summary: "What is wrong with a text, its drawing, and how its examples go; nothing is saved",
  body: z.object({ text, language }),
  reply: flowCheck,
});
export const playFlow = contract({
  method: "POST",
  path: `${base}/play`,
  tag,
  access: "staff",
  summary: "Play a text as a customer; nothing is sent and no service is asked",
  body: z.object({ text, language, inputs: z.array(input).min(1).max(100) }),
  reply: z.object({
    beats: z.array(flowBeat),
    request: z.object({ method: z.string(), url: z.string() }).nullable(),
  }),
});
export const flowSigningKey = contract({
  method: "GET",
  path: `${base}/key`,
  tag,
  access: "owner",
  summary:
    "The key by which the company's own service checks the header x-augenhoehe-signature of a flow's call",
  reply: z.object({ key: z.string() }),
});
