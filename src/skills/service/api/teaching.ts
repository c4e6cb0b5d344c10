import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";

/** How the first level gets better: inbox of proposals, spot checks, questions without an answer, suggestions. */
const tag = "Knowledge";
const base = "/api/v1/knowledge";
const topicRef = z.object({ id: z.number(), intent: z.string(), title: z.string() });
const cursor = z.string().max(40).optional();

export const conversationLesson = contract({
  method: "GET",
  path: "/api/v1/conversations/:id/lesson",
  tag,
  access: "staff",
  summary: "The question of a case that a person solved, and the topics it may have been about",
  params: idParam,
  reply: z.object({
    question: z.string().nullable().describe("null when the customer wrote no words"),
    messageId: z.uuid().nullable().describe("whose words the question is; sent with the click"),
    taught: z
      .object({ topic: topicRef.nullable().describe("null = none of our topics"), isAccepted: z.boolean() })
      .nullable()
      .describe("what was said of it already; saying it again changes it"),
    topics: z.array(topicRef).max(5).describe("the likeliest first"),
  }),
});
export const proposeExample = contract({
  method: "POST",
  path: "/api/v1/conversations/:id/lesson",
  tag,
  access: "staff",
  status: 201,
  summary:
    "“This was topic X”: becomes a proposed example, or changes the one before; who said it is not kept",
  params: idParam,
  body: z.object({
    messageId: z.uuid().describe("the message that was shown: these very words are learnt"),
    topicId: z.number().int().positive().nullable().describe("null = none of our topics"),
  }),
  reply: done,
});
export const suggestAnswers = contract({
  method: "POST",
  path: "/api/v1/conversations/:id/suggestions",
  tag,
  access: "staff",
  summary: "Answers of the knowledge that fit the customer's question and what is being typed",
  params: idParam,
  body: z.object({ draft: z.string().max(4096).default("") }),
  reply: z.object({
    items: z.array(z.object({ topic: topicRef, text: z.string(), link: z.string().nullable() })).max(3),
  }),
});

export const listProposals = contract({
  method: "GET",
  path: `${base}/proposals`,
  tag,
  access: "manager",
  summary: "Proposed examples, oldest first; they go after 90 days",
  query: z.object({ cursor, limit: z.coerce.number().int().min(1).max(200).default(50) }),
  reply: z.object({
    items: z.array(
      z.object({
        id: z.number(),
        conversationId: z.number(),
        text: z.string(),
        language,
        topic: topicRef.nullable().describe("null = none of our topics"),
        heldFor: topicRef.nullable().describe("what the automatic answers took it for"),
        origin: z
          .enum(["colleague", "choice"])
          .describe("said after a solved case, or chosen by the customer from what was offered"),
        proposedAt: time,
      }),
    ),
    next: z.string().nullable(),
    open: z.number().describe("in all"),
    waiting: z.number().describe("accepted examples that the next training learns"),
    nightAt: time.nullable().describe("when that training begins"),
  }),
});
export const decideProposals = contract({
  method: "POST",
  path: `${base}/proposals/decide`,
  tag,
  access: "manager",
  summary: "Accept or reject proposals; accepted ones are learnt in the night",
  body: z.object({
    accept: z.array(z.number().int().positive()).max(2000).default([]),
    reject: z.array(z.number().int().positive()).max(2000).default([]),
  }),
  reply: z.object({ accepted: z.number(), rejected: z.number() }),
});
export const trainNow = contract({
  method: "POST",
  path: `${base}/training`,
  tag,
  access: "manager",
  status: 202,
  summary: "Learn at once what was accepted; the present model answers until it is done",
  reply: done,
});

export const listChecks = contract({
  method: "GET",
  path: `${base}/checks`,
  tag,
  access: "manager",
  summary:
    "A few messages drawn at random from all, to be looked at: they measure, and are never learnt from",
  reply: z.object({
    items: z.array(
      z.object({
        conversationId: z.number(),
        messageId: z.string(),
        text: z.string(),
        language,
        heldFor: topicRef.nullable(),
        zone: z.enum(["answer", "choose", "handover"]),
      }),
    ),
    measured: z.number().describe("messages that measure already"),
  }),
});
export const answerCheck = contract({
  method: "POST",
  path: `${base}/checks`,
  tag,
  access: "manager",
  status: 201,
  summary: "Say which topic such a message was",
  body: z.object({
    conversationId: z.number().int().positive(),
    messageId: z.uuid(),
    topicId: z.number().int().positive().nullable().describe("null = none of our topics"),
  }),
  reply: done,
});

const place = z.object({
  conversationId: z.number().int().positive(),
  questionKey: z.string().regex(/^[\w-]{43}$/),
});
export const listClusters = contract({
  method: "GET",
  path: `${base}/clusters`,
  tag,
  access: "manager",
  summary: "Questions without an answer, grouped by likeness, the largest group first",
  reply: z.object({
    items: z
      .array(
        z.object({
          label: z.string(),
          language,
          count: z.number(),
          lastWeek: z.number().describe("of the last 7 days"),
          weekBefore: z.number(),
          questions: z.array(place.extend({ text: z.string() })).max(50),
        }),
      )
      .max(50),
    alone: z.number().describe("questions that are like no other"),
  }),
});
export const makeTopic = contract({
  method: "POST",
  path: `${base}/clusters/topic`,
  tag,
  access: "manager",
  status: 201,
  summary: "Make a topic of questions without an answer; they become its examples",
  body: z.object({
    title: z.string().trim().min(1).max(120),
    language,
    questions: z
      .array(place.partial({ questionKey: true }).describe("without a key: the question of this case"))
      .min(1)
      .max(50),
  }),
  reply: z.object({ id: z.number(), examples: z.number() }),
});
