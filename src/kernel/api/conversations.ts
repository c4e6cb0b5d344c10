import { z } from "zod";
import { contract } from "../http/contract.ts";
import { card, channelKind, done, idParam, language, optionWindow, page, pageQuery, time } from "./shared.ts";

const media = z.object({
  fileId: z.string().nullable().describe("null while the file is being fetched from the provider"),
  url: z.string().nullable(),
  mime: z.string(),
  name: z.string().nullable(),
  size: z.number().nullable(),
  voice: z.boolean().default(false),
});

const option = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  window: optionWindow.optional(),
});

/** A message as desk and API see it. */
export const message = z.object({
  id: z.uuid(),
  conversationId: z.number(),
  author: z.enum(["customer", "bot", "agent", "system"]),
  staffId: z.string().nullable(),
  authorName: z.string(),
  type: z.string().describe("text, image, …; see Content"),
  text: z.string(),
  media: media.nullable(),
  options: z.array(option),
  link: z.string().nullable(),
  card: card.optional(),
  location: z.object({ latitude: z.number(), longitude: z.number(), name: z.string().nullable() }).nullable(),
  /** A note is for colleagues only and never leaves the house. */
  note: z.boolean(),
  status: z.enum([
    "received",
    "queued",
    "sent",
    "delivered",
    "read",
    "played",
    "failed",
    "uncertain",
    "note",
  ]),
  error: z.object({ code: z.number(), text: z.string() }).nullable(),
  reactions: z.array(z.object({ author: z.string(), emoji: z.string() })),
  replyTo: z.uuid().nullable(),
  language: language.nullable(),
  edited: z.boolean(),
  revoked: z.boolean(),
  /** For system rows such as a hand-over: what happened and why. */
  detail: z.record(z.string(), z.unknown()).nullable(),
  sentAt: time.describe("the provider's time"),
  receivedAt: time,
});
export type Message = z.output<typeof message>;

/** bot: automatic answers; waiting: handed over, nobody has it; person: somebody has it; closed. */
export const conversationState = z.enum(["bot", "waiting", "person", "closed"]);

/** A row of the desk's list. */
export const conversation = z.object({
  id: z.number(),
  state: conversationState,
  /** Whose turn it is. */
  turn: z.enum(["us", "customer", "nobody"]),
  channel: z.object({ id: z.number(), kind: channelKind, name: z.string() }),
  contact: z.object({ id: z.number(), name: z.string() }),
  language,
  topic: z.string().nullable(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  department: z.object({ id: z.number(), name: z.string() }).nullable(),
  preview: z.string().describe("first 160 characters of the last message"),
  lastMessageAt: time,
  /** Since when the customer waits for us. */
  waitingSince: time.nullable(),
  /** By when we answer; after it the row is overdue. */
  dueAt: time.nullable(),
  unread: z.number().int(),
  /** Free-form answers are possible until then; null = no limit. */
  windowUntil: time.nullable(),
  handOver: z
    .object({
      reason: z.enum([
        "asked",
        "unsure",
        "unknown",
        "flow",
        "media",
        "callback",
        "complaint",
        "late",
        "emergency",
        "case",
      ]),
      confidence: z.number().nullable(),
      needed: z.number().nullable(),
      summary: z.string(),
      at: time,
    })
    .nullable(),
});
export type Conversation = z.output<typeof conversation>;

export const views = ["mine", "department", "unassigned", "open", "all", "closed"] as const;

const tag = "Conversations";
const base = "/api/v1/conversations";

export const listConversations = contract({
  method: "GET",
  path: base,
  tag,
  access: "staff",
  summary: "Conversations of one view: overdue first in open views, newest first otherwise",
  query: pageQuery.extend({
    view: z.enum(views).default("open"),
    channel: channelKind.optional(),
    topic: z.string().max(100).optional(),
    sort: z.enum(["due", "newest"]).default("due"),
  }),
  reply: page(conversation),
});

export const countConversations = contract({
  method: "GET",
  path: "/api/v1/conversation-counts",
  tag,
  access: "staff",
  summary: "How many stand in each view, and how many are overdue",
  reply: z.object({
    mine: z.number(),
    department: z.number(),
    unassigned: z.number(),
    open: z.number(),
    overdue: z.number(),
    parked: z.number().describe("inbox rows that could not be handled"),
  }),
});

export const getConversation = contract({
  method: "GET",
  path: `${base}/:id`,
  tag,
  access: "staff",
  summary: "One conversation",
  params: idParam,
  reply: conversation,
});

export const listMessages = contract({
  method: "GET",
  path: `${base}/:id/messages`,
  tag,
  access: "staff",
  summary: "Messages, newest page first, each page in reading order",
  params: idParam,
  query: pageQuery,
  reply: page(message),
});

export const sendMessage = contract({
  method: "POST",
  path: `${base}/:id/messages`,
  tag,
  access: "staff",
  status: 201,
  summary: "Answers the customer, or leaves a note; the same clientId gives the first result again",
  params: idParam,
  body: z.object({
    clientId: z.uuid().describe("made by the client; makes the call repeatable"),
    text: z.string().trim().min(1).max(4096).optional(),
    note: z.boolean().default(false),
    fileId: z.string().max(60).optional(),
    template: z
      .object({ name: z.string(), language: z.string(), parameters: z.array(z.string()).max(20).default([]) })
      .optional(),
    replyTo: z.uuid().optional(),
  }),
  reply: message,
});

export const takeConversation = contract({
  method: "POST",
  path: `${base}/:id/take`,
  tag,
  access: "staff",
  summary: "Take it over: the bot is silent, it is yours",
  params: idParam,
  reply: conversation,
});
export const assignConversation = contract({
  method: "POST",
  path: `${base}/:id/assign`,
  tag,
  access: "staff",
  summary: "Pass it to a person or a department",
  params: idParam,
  body: z.object({
    staffId: z.string().nullable().optional(),
    departmentId: z.number().nullable().optional(),
    note: z.string().max(2000).optional(),
  }),
  reply: conversation,
});
export const returnConversation = contract({
  method: "POST",
  path: `${base}/:id/return`,
  tag,
  access: "staff",
  summary: "Hand back to automatic answers",
  params: idParam,
  reply: conversation,
});
export const closeConversation = contract({
  method: "POST",
  path: `${base}/:id/close`,
  tag,
  access: "staff",
  summary: "Done. The next message of the customer opens it again",
  params: idParam,
  reply: conversation,
});
export const reopenConversation = contract({
  method: "POST",
  path: `${base}/:id/reopen`,
  tag,
  access: "staff",
  summary: "Undo closing",
  params: idParam,
  reply: conversation,
});
export const readConversation = contract({
  method: "POST",
  path: `${base}/:id/read`,
  tag,
  access: "staff",
  summary: "Mark as read",
  params: idParam,
  reply: done,
});
export const typeInConversation = contract({
  method: "POST",
  path: `${base}/:id/typing`,
  tag,
  access: "staff",
  summary: "Tells customer and colleagues that you are writing (lasts 6 s)",
  params: idParam,
  reply: done,
});
export const settleMessage = contract({
  method: "POST",
  path: "/api/v1/messages/:id/settle",
  tag,
  access: "staff",
  summary: "Decide a doubtful or failed send: it arrived, or send it again",
  params: z.object({ id: z.uuid() }),
  body: z.object({ conversationId: z.number(), decision: z.enum(["arrived", "resend"]) }),
  reply: message,
});

/** A promise to call: a case like any other. */
export const callback = z.object({
  id: z.number(),
  conversationId: z.number(),
  contactName: z.string(),
  phone: z.string(),
  promisedAt: time,
  /** The end of the wished time; null = a moment. */
  until: time.nullable(),
  topic: z.string(),
  note: z.string(),
  state: z.enum(["open", "done", "missed"]),
  doneAt: time.nullable(),
  /** Who is calling now; nobody else may, for half an hour. */
  takenBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  takenAt: time.nullable(),
  /** How often we called in vain. */
  tries: z.number().int(),
  triedAt: time.nullable(),
  /** Since when the customer knows that we tried. */
  toldAt: time.nullable(),
  /** The customer took it back. */
  isWithdrawn: z.boolean(),
});
export type Callback = z.output<typeof callback>;
export const listCallbacks = contract({
  method: "GET",
  path: "/api/v1/callbacks",
  tag,
  access: "staff",
  summary: "Promised calls, soonest first",
  query: z.object({ state: z.enum(["open", "done", "all"]).default("open") }),
  reply: z.object({ items: z.array(callback) }),
});
export const createCallback = contract({
  method: "POST",
  path: `${base}/:id/callbacks`,
  tag,
  access: "staff",
  status: 201,
  summary: "Promise a call",
  params: idParam,
  body: z.object({
    phone: z.string().min(5).max(30),
    promisedAt: time,
    until: time.nullable().default(null).describe("the end of the wished time"),
    topic: z.string().max(200).default(""),
  }),
  reply: callback,
});
export const takeCallback = contract({
  method: "POST",
  path: "/api/v1/callbacks/:id/take",
  tag,
  access: "staff",
  summary: "I call, so nobody else does (half an hour); or I give it back",
  params: idParam,
  body: z.object({ isMine: z.boolean() }),
  reply: callback,
});
export const finishCallback = contract({
  method: "POST",
  path: "/api/v1/callbacks/:id/finish",
  tag,
  access: "staff",
  summary: "The call was made: leave the call note",
  params: idParam,
  body: z.object({ note: z.string().trim().min(1).max(4000) }),
  reply: callback,
});

export const search = contract({
  method: "GET",
  path: "/api/v1/search",
  tag,
  access: "staff",
  summary: "Messages and contacts that hold these words",
  query: z.object({
    q: z.string().trim().min(2).max(200),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  reply: z.object({
    contacts: z.array(
      z.object({ id: z.number(), name: z.string(), hint: z.string(), conversationId: z.number().nullable() }),
    ),
    messages: z.array(
      z.object({
        id: z.uuid(),
        conversationId: z.number(),
        contactName: z.string(),
        author: z.string(),
        excerpt: z.string(),
        sentAt: time,
      }),
    ),
    cut: z.boolean().describe("true when a time limit ended the search early"),
  }),
});
