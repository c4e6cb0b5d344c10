import { z } from "zod";
import { contract, done, idParam, language, page, pageQuery, time } from "#kernel/api";

export * from "./api/flows.ts";
export * from "./api/health.ts";
export * from "./api/intake.ts";
export * from "./api/packs.ts";
export * from "./api/teaching.ts";

const option = z.object({ title: z.string().trim().min(1).max(40), intent: z.string().max(100).nullable() });

export const answer = z.object({
  language,
  text: z.string().max(4000),
  /** As an import takes it: what a customer taps is a page, never a script. */
  link: z
    .string()
    .max(500)
    .regex(/^https?:\/\/\S+$/, "an address that begins with https://")
    .nullable(),
  fileId: z.string().max(60).nullable(),
  options: z.array(option).max(10),
});
export const topicSummary = z.object({
  id: z.number(),
  intent: z.string(),
  /** In the company's language, or whatever there is. */
  title: z.string(),
  titles: z.object({ de: z.string(), en: z.string() }),
  examples: z.object({ de: z.number(), en: z.number() }),
  languages: z.array(language),
  asked: z.number(),
  answered: z.number(),
  placeholder: z.boolean(),
  unfilled: z
    .boolean()
    .describe("an answer waits for a fact of the company ({{name}}); a person answers instead"),
});
export const topic = z.object({
  id: z.number(),
  intent: z.string().regex(/^[a-z0-9_]{1,100}$/i),
  title: z.object({ de: z.string().max(120), en: z.string().max(120) }),
  answers: z.array(answer),
  examples: z
    .array(
      z.object({
        id: z
          .number()
          .int()
          .positive()
          .optional()
          .describe("sent back with a corrected text, the example stays what it is; new ones have none"),
        language,
        text: z.string().trim().min(1).max(1000),
      }),
    )
    .max(5000),
  /** "" = answer only; otherwise the flow that takes the turn, e.g. collect_order. */
  flow: z.string().max(60),
  mostAsked: z.boolean(),
});
export type Topic = z.output<typeof topic>;
const input = topic.omit({ id: true });

const tag = "Knowledge";
/** Both files of an import, as JSON strings. */
const IMPORT_BYTES = 32 * 1024 * 1024;
const base = "/api/v1/topics";
export const listTopics = contract({
  method: "GET",
  path: base,
  tag,
  access: "staff",
  summary: "All topics with their counts",
  reply: z.object({ items: z.array(topicSummary) }),
});
export const getTopic = contract({
  method: "GET",
  path: `${base}/:id`,
  tag,
  access: "staff",
  summary: "One topic, whole",
  params: idParam,
  reply: topic,
});
export const createTopic = contract({
  method: "POST",
  path: base,
  tag,
  access: "manager",
  status: 201,
  summary: "Add a topic",
  body: input,
  reply: topic,
});
export const replaceTopic = contract({
  method: "PUT",
  path: `${base}/:id`,
  tag,
  access: "manager",
  summary: "Save a topic whole",
  params: idParam,
  body: input.extend({
    shown: z
      .array(z.number().int().positive())
      .max(5000)
      .default([])
      .describe("ids of the examples that the writer saw: taught ones that are not among them stay"),
  }),
  reply: topic,
});
export const deleteTopic = contract({
  method: "DELETE",
  path: `${base}/:id`,
  tag,
  access: "manager",
  summary: "Remove a topic with its answers and examples",
  params: idParam,
  reply: done,
});

export const tryQuestion = contract({
  method: "POST",
  path: "/api/v1/knowledge/try",
  tag,
  access: "staff",
  summary: "What would be answered, and why",
  body: z.object({ text: z.string().trim().min(1).max(1000), language: language.optional() }),
  reply: z.object({
    zone: z.enum(["answer", "offer", "handOver"]),
    language,
    text: z.string().describe("what the customer would read"),
    candidates: z.array(z.object({ intent: z.string(), title: z.string(), confidence: z.number() })),
    answerAt: z.number(),
    offerAt: z.number(),
    known: z.number().describe("share of known words"),
    words: z
      .array(z.object({ word: z.string(), weight: z.number() }))
      .describe("what spoke for the first candidate (> 0) and against it"),
    confidence: z.number().describe("that the first candidate is right, 0 to 1"),
    normalised: z.string().describe("as the classifier reads it"),
    corrected: z.array(z.object({ from: z.string(), to: z.string() })).describe("words read as others"),
    reasons: z
      .array(z.object({ intent: z.string(), feature: z.string(), weight: z.number() }))
      .describe("what spoke for (> 0) and against each of the first candidates"),
  }),
});
export const trainingState = contract({
  method: "GET",
  path: "/api/v1/knowledge/training",
  tag,
  access: "staff",
  summary: "Which knowledge is live, and how good it is on held-out examples",
  reply: z.object({
    state: z.enum(["none", "training", "live", "failed"]),
    trainedAt: z.iso.datetime().nullable(),
    examples: z.number(),
    topics: z.number(),
    accuracy: z.number().nullable(),
    answerAt: z.number().nullable(),
    offerAt: z.number().nullable(),
    seconds: z.number().nullable(),
    error: z.string().nullable(),
    isInterrupted: z
      .boolean()
      .describe("the training was cut off; it begins again by itself, the model before answers"),
  }),
});
export const importKnowledge = contract({
  method: "POST",
  path: "/api/v1/knowledge/import",
  tag,
  access: "manager",
  bodyBytes: IMPORT_BYTES,
  status: 201,
  summary: "Import CSV: examples `text,intent[,lang]`, answers `intent,lang,answer[,title,link,buttons]`",
  body: z.object({
    language,
    examples: z.string().max(20_000_000),
    answers: z.string().max(5_000_000).optional(),
  }),
  reply: z.object({
    topics: z.number(),
    examples: z.number(),
    answers: z.number(),
    placeholders: z.number(),
    skipped: z.array(z.object({ line: z.number(), reason: z.string() })).max(100),
    contradictions: z
      .array(
        z.object({
          line: z.number(),
          intent: z.string(),
          firstLine: z.number(),
          firstIntent: z.string(),
        }),
      )
      .max(100)
      .describe("rows that say two things of one question; where there are any, nothing was imported"),
  }),
});
export const exportKnowledge = contract({
  method: "GET",
  path: "/api/v1/knowledge/export",
  tag,
  access: "staff",
  summary:
    "The same two files, as JSON strings; examples that customers said stay out, for they go with them",
  reply: z.object({ examples: z.string(), answers: z.string() }),
});
export const listUnanswered = contract({
  method: "GET",
  path: "/api/v1/knowledge/unanswered",
  tag,
  access: "manager",
  summary: "Questions that went to a person because no answer was sure, newest first; kept 90 days",
  query: pageQuery,
  reply: page(
    z.object({
      conversationId: z.number(),
      questionKey: z.string(),
      question: z.string(),
      language,
      guess: z.string().nullable().describe("the topic that was likeliest"),
      confidence: z.number().nullable(),
      askedAt: time,
    }),
  ),
});
