import { z } from "zod";
import { contract } from "../http/contract.ts";
import { card, language, optionWindow, time } from "./shared.ts";

/**
 * What the chat on a web page speaks. The visitor's identity is a random key (>= 128 bit, base64url) that the
 * browser makes when the customer speaks first; it goes as `Authorization: Visitor KEY`, never in an address.
 * Nothing is stored on the server before the first POST.
 */
const widgetKey = z.object({ key: z.string().regex(/^[\w-]{8,64}$/) });
const tag = "Visitor";

export const visitorSettings = contract({
  method: "GET",
  path: "/web/:key/settings",
  tag,
  access: "public",
  summary: "What the chat shows before anybody speaks (cacheable, same for all)",
  params: widgetKey,
  reply: z.object({
    company: z.string(),
    language,
    formOfAddress: z.enum(["sie", "du"]),
    greeting: z.object({ de: z.string(), en: z.string() }),
    mostAsked: z.object({
      de: z.array(z.object({ id: z.string(), title: z.string() })),
      en: z.array(z.object({ id: z.string(), title: z.string() })),
    }),
    logo: z.string().nullable(),
    /** CSS custom properties of the accent, light and dark, derived when it was saved. */
    accent: z.object({ light: z.record(z.string(), z.string()), dark: z.record(z.string(), z.string()) }),
    whatsapp: z.string().nullable(),
    telegram: z.string().nullable(),
    legal: z.object({ imprint: z.string(), privacy: z.string() }),
    /** People are here now? And when next: spoken, per language. */
    people: z.object({ here: z.boolean(), next: z.object({ de: z.string(), en: z.string() }).nullable() }),
  }),
});

export const visitorMessage = z.object({
  id: z.string(),
  clientId: z.string().nullable().describe("of the visitor's own messages"),
  author: z.enum(["customer", "bot", "agent", "system"]),
  authorName: z.string(),
  text: z.string(),
  media: z
    .object({
      url: z.string().nullable(),
      mime: z.string(),
      name: z.string().nullable(),
      size: z.number().nullable(),
    })
    .nullable(),
  options: z.array(z.object({ id: z.string(), title: z.string(), window: optionWindow.optional() })),
  link: z.string().nullable(),
  card: card.optional(),
  status: z.string(),
  /** Where an automatic answer comes from, e.g. the topic's title. */
  source: z.string().nullable(),
  isAsking: z.boolean().describe("an automatic question that waits for an answer"),
  language: language.nullable(),
  revoked: z.boolean(),
  sentAt: time,
});
export type VisitorMessage = z.output<typeof visitorMessage>;

/** Who speaks on our side now: the line is dashed, solid or dotted by it. */
export const visitorState = z.object({
  speaker: z.enum(["bot", "person", "waiting", "closed"]),
  personName: z.string().nullable(),
});

export const visitorSend = contract({
  method: "POST",
  path: "/web/:key/messages",
  tag,
  access: "public",
  status: 202,
  summary: "The customer speaks; the same clientId is taken once. Answered after it is stored",
  params: widgetKey,
  body: z.object({
    clientId: z.uuid(),
    text: z.string().max(4096).default(""),
    choice: z.string().max(256).optional(),
    fileId: z.string().max(60).optional(),
    language: language.optional(),
    name: z.string().max(100).optional(),
  }),
  reply: z.object({ accepted: z.literal(true) }),
});
export const visitorHistory = contract({
  method: "GET",
  path: "/web/:key/messages",
  tag,
  access: "public",
  summary: "This visitor's conversation, last 100 messages",
  params: widgetKey,
  reply: z.object({
    items: z.array(visitorMessage),
    state: visitorState,
    cursor: z.string().describe("give it to the stream as Last-Event-ID"),
  }),
});
export const visitorSeen = contract({
  method: "POST",
  path: "/web/:key/seen",
  tag,
  access: "public",
  status: 202,
  summary: "Messages that arrived, or were read, in the browser",
  params: widgetKey,
  body: z.object({ ids: z.array(z.uuid()).max(100), status: z.enum(["delivered", "read"]) }),
  reply: z.object({ accepted: z.literal(true) }),
});
export const visitorTyping = contract({
  method: "POST",
  path: "/web/:key/typing",
  tag,
  access: "public",
  status: 202,
  summary: "The customer is writing",
  params: widgetKey,
  reply: z.object({ accepted: z.literal(true) }),
});

/** `data` of GET /web/:key/stream (SSE over fetch with the Authorization header; resume with Last-Event-ID). */
export const visitorEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message"), message: visitorMessage }),
  z.object({ type: z.literal("state"), state: visitorState }),
  z.object({ type: z.literal("typing"), who: z.string() }),
  z.object({ type: z.literal("reset") }),
]);
export type VisitorEvent = z.output<typeof visitorEvent>;
// Files: POST /web/:key/files?name=… with the raw bytes and their Content-Type (<= 10 MB) -> {"fileId","mime","size"}.

/** What the company's own page (`/c/:slug`) needs; `key` is that page's widget key. */
export const companyPage = contract({
  method: "GET",
  path: "/c/:slug/data",
  tag,
  access: "public",
  summary: "The company's page: name, hours, entry points",
  params: z.object({ slug: z.string().max(80) }),
  reply: z.object({
    name: z.string(),
    language,
    key: z.string(),
    openingHours: z.array(z.object({ weekday: z.number(), from: z.string(), to: z.string() })),
    timeZone: z.string(),
    whatsapp: z.string().nullable().describe("https://wa.me/…"),
    telegram: z.string().nullable().describe("https://t.me/…"),
    logo: z.string().nullable(),
    accent: z.object({ light: z.record(z.string(), z.string()), dark: z.record(z.string(), z.string()) }),
    legal: z.object({ imprint: z.string(), privacy: z.string() }),
  }),
});
