import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";

/** Topics proposed out of a company's own archive: a page, a mailbox, an exported conversation. */
const tag = "Knowledge";
const base = "/api/v1/knowledge/intakes";

/** Bytes of a part of a file, before base64. */
export const INTAKE_PART_BYTES = 2 * 1024 * 1024;
/** Largest file. */
export const INTAKE_BYTES = 256 * 1024 * 1024;
/** Base64 and the JSON around it. */
const PART_BODY_BYTES = 3 * 1024 * 1024;
const PARTS = INTAKE_BYTES / INTAKE_PART_BYTES;

export const intake = z.object({
  id: z.number(),
  name: z.string(),
  state: z.enum(["receiving", "waiting", "reading", "grouping", "ready", "failed"]),
  share: z.number().nullable().describe("how much of the file is read, 0 to 1; null when that is not known"),
  fault: z.string().nullable().describe("why there are no proposals; nothing of the file was kept then"),
  counts: z
    .object({
      read: z.number(),
      automatic: z.number().describe("newsletters, automatic answers, bounces"),
      broken: z.number(),
      questions: z.number(),
      answered: z.number(),
      alone: z.number().describe("questions that are like no other"),
      own: z.string().describe("whose words were taken for the company's"),
    })
    .nullable(),
  open: z.number().describe("proposals that nobody has decided"),
  createdAt: time,
  expiresAt: time.describe("it goes with all that is undecided"),
});
export type Intake = z.output<typeof intake>;

export const proposedTopic = z.object({
  id: z.number(),
  title: z.string(),
  language,
  asked: z.number(),
  examples: z.array(z.string()),
  answer: z.string().nullable(),
  answers: z.number(),
  alike: z.number().describe("answers that say much the same as the proposed one"),
  state: z.enum(["open", "accepted", "dropped"]),
  merged: z.array(z.object({ id: z.number(), title: z.string() })).describe("proposals merged into it"),
  topicId: z.number().nullable().describe("the topic it became, or was added to"),
});
export type ProposedTopic = z.output<typeof proposedTopic>;

export const listIntakes = contract({
  method: "GET",
  path: base,
  tag,
  access: "manager",
  summary: "Files and pages that were read for topics, newest first",
  reply: z.object({ items: z.array(intake) }),
});
export const startIntake = contract({
  method: "POST",
  path: base,
  tag,
  access: "manager",
  status: 201,
  summary: "Announce a file, to be sent in parts of 2 MiB; or name a public page, which is read at once",
  body: z
    .object({
      name: z.string().trim().min(1).max(200),
      bytes: z.number().int().min(1).max(INTAKE_BYTES).optional().describe("of the file"),
      url: z
        .string()
        .max(500)
        .regex(/^https?:\/\/\S+$/, "an address that begins with https://")
        .optional(),
      own: z
        .array(z.string().trim().min(1).max(100))
        .max(9)
        .default([])
        .describe("addresses, domains or names of the company in it; without them they are found"),
    })
    .refine(({ bytes, url }) => (bytes === undefined) !== (url === undefined), "either bytes or url"),
  reply: intake,
});
export const sendIntakePart = contract({
  method: "POST",
  path: `${base}/:id/parts`,
  tag,
  access: "manager",
  bodyBytes: PART_BODY_BYTES,
  summary: "One part of the file; sending it again does nothing. The last one begins the reading",
  params: idParam,
  body: z.object({
    place: z
      .number()
      .int()
      .min(0)
      .max(PARTS - 1),
    data: z.base64().min(1).max(PART_BODY_BYTES),
  }),
  reply: z.object({ received: z.number().describe("bytes in all"), isWhole: z.boolean() }),
});
export const getIntake = contract({
  method: "GET",
  path: `${base}/:id`,
  tag,
  access: "manager",
  summary: "What was proposed, the most asked first",
  params: idParam,
  reply: intake.extend({ topics: z.array(proposedTopic) }),
});
export const removeIntake = contract({
  method: "DELETE",
  path: `${base}/:id`,
  tag,
  access: "manager",
  summary: "Remove it with what is undecided; accepted topics stay",
  params: idParam,
  reply: done,
});

const title = z.string().trim().min(1).max(120);
const answer = z.string().trim().max(4000).nullable();
export const decideProposedTopic = contract({
  method: "POST",
  path: "/api/v1/knowledge/proposed-topics/:id",
  tag,
  access: "manager",
  summary:
    "Rename a proposed topic, accept it, merge it into another, drop it, or take the last of these back",
  params: idParam,
  body: z.discriminatedUnion("do", [
    z.object({ do: z.literal("rename"), title, answer }),
    z.object({
      do: z.literal("accept"),
      title,
      answer,
      examples: z.array(z.string().trim().min(1).max(1000)).min(1).max(500),
      topicId: z.number().int().positive().nullable().describe("add the examples to this topic instead"),
    }),
    z.object({ do: z.literal("merge"), into: z.number().int().positive() }),
    z.object({ do: z.literal("drop") }),
    z.object({ do: z.literal("undo") }),
  ]),
  reply: z.object({ topicId: z.number().nullable() }),
});
