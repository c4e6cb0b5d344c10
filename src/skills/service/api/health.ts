import { z } from "zod";
import { contract, done, language, time } from "#kernel/api";

/** What the first level can and cannot do: figures by topic, health report, limits, versions. */
const tag = "Knowledge";
const base = "/api/v1/knowledge";
const share = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .describe("0 to 1, with its 95 % interval");
const named = { intent: z.string(), title: z.string() };
const days = z.object({ days: z.coerce.number().int().min(1).max(180).default(28) });
const zone = z.enum(["answer", "choose", "handover"]);

/** How the cases of a topic ended; a case is a run of turns on one matter. */
const cases = z.object({
  asked: z.number(),
  resolved: z
    .number()
    .describe(
      "answered at the first level, no person wrote, no coming back within 72 hours, not abandoned, no “that did not help”",
    ),
  pending: z.number().describe("answered, and the 72 hours are not over"),
  handedOver: z.number(),
  notHelped: z.number(),
  abandoned: z.number(),
  person: z.number().describe("answered, but a person wrote all the same"),
  cameBack: z.number(),
});
export const knowledgeFigures = contract({
  method: "GET",
  path: `${base}/figures`,
  tag,
  access: "staff",
  summary: "How often was what asked, and how did it end; “resolved” by one rule",
  query: days,
  reply: z.object({
    from: time,
    resolvedAfterHours: z.number(),
    zones: z.object({ answer: z.number(), choose: z.number(), handover: z.number() }).describe("messages"),
    total: cases,
    topics: z.array(
      cases.extend({
        ...named,
        id: z.number(),
        confusedWith: z.array(z.object({ ...named, times: z.number() })).max(3),
      }),
    ),
    withoutTopic: cases,
  }),
});

export const knowledgeHealth = contract({
  method: "GET",
  path: `${base}/health`,
  tag,
  access: "staff",
  summary: "What can be expected of the knowledge; measured anew when it has changed",
  reply: z.object({
    state: z
      .enum(["none", "measuring", "ready", "failed"])
      .describe("measuring and failed: the report is of an older state, or missing"),
    error: z.string().nullable(),
    embedding: z
      .object({
        fault: z.string().nullable().describe("why the service does not answer now; null when it does"),
        isLearnt: z.boolean().describe("the live model has learnt from its vectors"),
      })
      .nullable()
      .describe("the service for embeddings of this company; null when none is used, as is usual"),
    report: z
      .object({
        measuredAt: time,
        maxWrong: z.number(),
        answered: share,
        offered: share,
        handedOver: share,
        wrong: share.describe("wrong answers among answers"),
        curve: z
          .array(z.object({ maxWrong: z.number(), answered: z.number() }))
          .describe("the share answered at other error limits"),
        rows: z.number(),
        heldOut: z.enum(["messages", "cross-validation"]),
        topics: z.array(
          z.object({
            ...named,
            id: z.number().nullable(),
            examples: z.number(),
            right: z.number(),
            rows: z.number(),
          }),
        ),
        confused: z.array(
          z.object({
            ...named,
            with: z.object({ ...named }),
            times: z.number(),
            texts: z.array(z.string()),
          }),
        ),
        nearDuplicates: z.array(
          z.object({
            a: z.object({ ...named, text: z.string() }),
            b: z.object({ ...named, text: z.string() }),
            likeness: z.number(),
          }),
        ),
        tooFew: z.array(z.object({ ...named, id: z.number().nullable(), examples: z.number() })),
        enough: z.number().describe("examples from which a topic is answered with certainty"),
      })
      .nullable(),
  }),
});

const maxWrong = z
  .number()
  .min(0.001)
  .max(0.2)
  .describe("wrong answers among given answers, 0.03 = 3 of 100");
const cost = z.number().min(1).max(20).describe("how much dearer a wrong answer on this topic is");
const limits = z.object({
  maxWrong,
  topics: z.array(z.object({ ...named, id: z.number(), cost })),
});
export const knowledgeLimits = contract({
  method: "GET",
  path: `${base}/limits`,
  tag,
  access: "staff",
  summary: "How sure an answer must be: the error limit, and topics that need more",
  reply: limits,
});
export const setKnowledgeLimits = contract({
  method: "PUT",
  path: `${base}/limits`,
  tag,
  access: "manager",
  summary: "Set the error limit and the cost of topics; topics that are not named keep theirs",
  body: z.object({
    maxWrong,
    topics: z
      .array(z.object({ id: z.number().int().positive(), cost }))
      .max(1000)
      .default([]),
  }),
  reply: limits,
});

const version = z.object({
  id: z.number(),
  isLive: z.boolean(),
  reason: z.enum(["change", "night", "forget"]),
  examples: z.number(),
  topics: z.number(),
  madeAt: time,
  liveAt: time.nullable(),
});
const versionParam = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
export const listVersions = contract({
  method: "GET",
  path: `${base}/versions`,
  tag,
  access: "staff",
  summary: "Versions of the knowledge, newest first, and whether changes go live by themselves",
  reply: z.object({ release: z.enum(["auto", "review"]), items: z.array(version) }),
});
export const setRelease = contract({
  method: "PUT",
  path: `${base}/release`,
  tag,
  access: "manager",
  summary: "auto: what is learnt goes live by itself; review: it waits to be compared",
  body: z.object({ release: z.enum(["auto", "review"]) }),
  reply: done,
});
export const versionLive = contract({
  method: "POST",
  path: `${base}/versions/:id/live`,
  tag,
  access: "manager",
  summary: "Answer with this version from now on: a new one goes live, an older one is rolled back to",
  params: versionParam,
  reply: done,
});
const side = z.object({
  zone,
  topics: z.array(z.string()).describe("titles: the one answered, or those offered"),
  text: z.string().describe("the answer's words; empty unless answered"),
});
export const compareVersion = contract({
  method: "GET",
  path: `${base}/versions/:id/comparison`,
  tag,
  access: "manager",
  summary: "What this version would have answered differently from the live one, on messages of the past",
  params: versionParam,
  query: days,
  reply: z.object({
    live: z.number(),
    compared: z.number().describe("messages; the newest 2,000 at most"),
    same: z.number(),
    zones: z.object({
      live: z.object({ answer: z.number(), choose: z.number(), handover: z.number() }),
      draft: z.object({ answer: z.number(), choose: z.number(), handover: z.number() }),
    }),
    differences: z
      .array(
        z.object({
          conversationId: z.number(),
          text: z.string(),
          language,
          at: time,
          kind: z
            .enum(["topic", "zone", "words"])
            .describe("another topic, another way, or other words of one topic"),
          live: side,
          draft: side,
        }),
      )
      .max(200),
    more: z.number().describe("differences beyond the list"),
  }),
});
