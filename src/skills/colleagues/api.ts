import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";

const tag = "Colleagues";

const colleagueInput = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.string().trim().min(3).max(200),
  /** What to ask them about, e.g. "Rechnungen, Mahnungen". */
  topic: z.string().trim().max(120).default(""),
  language,
});
export type ColleagueInput = z.output<typeof colleagueInput>;
const colleague = colleagueInput.extend({ id: z.number() });
export type Colleague = z.output<typeof colleague>;

const settings = z.object({
  /** Whoever has an address there may be asked. */
  domains: z.array(z.string().trim().min(3).max(200)).max(20),
  /** May an agent let a colleague answer the customer directly? */
  allowsDirect: z.boolean(),
  remindHours: z
    .number()
    .int()
    .min(1)
    .max(80)
    .describe("opening hours until the reminder, and until the case is back"),
  answerDays: z.number().int().min(1).max(60).describe("days after which an answer does not count any more"),
});
export type ColleagueSettings = z.output<typeof settings>;

export const listColleagues = contract({
  method: "GET",
  path: "/api/v1/colleagues",
  tag,
  access: "staff",
  summary: "Colleagues without a seat at the desk who may be asked by mail, and the rules for it",
  reply: z.object({
    items: z.array(colleague),
    settings,
    /** Of the mailbox that asks; null = none is connected, so nobody can be asked. */
    mailbox: z.string().nullable(),
  }),
});
export const saveColleagueSettings = contract({
  method: "PUT",
  path: "/api/v1/colleague-settings",
  tag,
  access: "manager",
  summary: "Save whom else may be asked, reminders, and whether an answer may go to the customer directly",
  body: settings,
  reply: settings,
});
export const createColleague = contract({
  method: "POST",
  path: "/api/v1/colleagues",
  tag,
  access: "manager",
  status: 201,
  summary: "Add somebody who may be asked",
  body: colleagueInput,
  reply: colleague,
});
export const replaceColleague = contract({
  method: "PUT",
  path: "/api/v1/colleagues/:id",
  tag,
  access: "manager",
  summary: "Save somebody who may be asked whole; open questions stay with the address they went to",
  params: idParam,
  body: colleagueInput,
  reply: colleague,
});
export const deleteColleague = contract({
  method: "DELETE",
  path: "/api/v1/colleagues/:id",
  tag,
  access: "manager",
  summary: "Nobody can ask them any more; open questions stay",
  params: idParam,
  reply: done,
});

export const scopes = ["last", "ten", "case"] as const;
const askInput = z.object({
  to: z.string().trim().min(3).max(200).describe("an address of the list, or of an open domain"),
  text: z.string().trim().min(1).max(4_000),
  scope: z.enum(scopes).default("last").describe("the customer's last message, the last ten, or all"),
  withContact: z.boolean().default(false).describe("contact details go along and stay in the text"),
  fileIds: z.array(z.string().max(60)).max(5).default([]).describe("of this conversation; 15 MB together"),
  direct: z.boolean().default(false).describe("the first answer goes to the customer unseen"),
});
export type AskInput = z.output<typeof askInput>;

const question = z.object({
  id: z.number(),
  conversationId: z.number(),
  to: z.object({ name: z.string(), email: z.string() }),
  text: z.string(),
  scope: z.enum(scopes),
  direct: z.boolean(),
  state: z.enum(["queued", "sent", "answered", "failed", "unanswered", "withdrawn", "expired"]),
  /** no_address, refused, not_reached, held, no_mailbox; "" = it has not failed. */
  fault: z.string(),
  askedBy: z.object({ id: z.string(), name: z.string() }),
  askedAt: time,
  sentAt: time.nullable(),
  remindedAt: time.nullable(),
  expiresAt: time,
});
export type Question = z.output<typeof question>;

const conversations = "/api/v1/conversations";
export const listQuestions = contract({
  method: "GET",
  path: `${conversations}/:id/questions`,
  tag,
  access: "staff",
  summary: "Questions to colleagues about this conversation, newest first",
  params: idParam,
  reply: z.object({ items: z.array(question) }),
});
export const previewQuestion = contract({
  method: "POST",
  path: `${conversations}/:id/question-preview`,
  tag,
  access: "staff",
  summary: "The mail as it would leave; nothing is sent",
  params: idParam,
  body: askInput.extend({ text: z.string().trim().max(4_000) }),
  reply: z.object({
    subject: z.string(),
    text: z.string(),
    files: z.array(z.object({ id: z.string(), name: z.string(), size: z.number() })),
  }),
});
export const askColleague = contract({
  method: "POST",
  path: `${conversations}/:id/questions`,
  tag,
  access: "staff",
  status: 201,
  summary: "Ask a colleague by mail; the same clientId asks once",
  params: idParam,
  body: askInput.extend({ clientId: z.uuid().describe("made by the client; makes the call repeatable") }),
  reply: question,
});
export const withdrawQuestion = contract({
  method: "POST",
  path: "/api/v1/questions/:id/withdraw",
  tag,
  access: "staff",
  summary: "Nobody waits for the answer any more; one that comes is shown all the same",
  params: idParam,
  reply: question,
});
