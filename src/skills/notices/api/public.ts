import { z } from "zod";
import { contract, done, language } from "#kernel/api";
import { at, both, slugText } from "./shared.ts";
import { choice } from "./subscriptions.ts";
import { parameter } from "./topics.ts";

/** What anybody may call: the catalogue of a company, the ways in, and the form. */
const company = z.object({ slug: z.string().max(80) });
const ways = z.object({
  /** What the customer sends to begin, e.g. "Abo Störungen U3 Mo-Fr 06:00-09:00". */
  words: z.object({ de: z.string(), en: z.string() }),
  whatsapp: z.string().nullable().describe("https://wa.me/… with these words"),
  telegram: z.string().nullable().describe("https://t.me/…?start=…"),
  web: z.string().describe("the company's page, with the chat open on this topic"),
});

export const catalogueTopic = z.object({
  slug: z.string(),
  title: both(80),
  description: both(500),
  kind: z.enum(["service", "promotion"]),
  parameters: z.array(parameter),
  ways,
});
export type CatalogueTopic = z.output<typeof catalogueTopic>;
export const publicTopics = contract({
  ...at("GET", "/c/:slug/topics/data", "public"),
  summary: "What a company offers to tell its customers, and the ways to subscribe",
  params: company,
  reply: z.object({
    company: z.string(),
    language,
    topics: z.array(catalogueTopic),
    /** Can the form be used: the company has a mailbox that asks back. */
    hasForm: z.boolean(),
  }),
});
export const subscribeLink = contract({
  ...at("GET", "/c/:slug/topics/:topic/link", "public"),
  summary: "The ways in with a choice filled in, for QR codes and links",
  params: company.extend({ topic: slugText }),
  query: z.object({
    value: z.string().max(80).optional(),
    weekdays: z
      .string()
      .regex(/^[1-7]{1,7}$/)
      .optional()
      .describe("e.g. 12345"),
    from: z.string().max(5).optional(),
    to: z.string().max(5).optional(),
  }),
  reply: ways,
});
export const subscribeByForm = contract({
  ...at("POST", "/c/:slug/subscriptions", "public"),
  status: 202,
  summary: "Asks the address for its yes (double opt-in); nothing is sent before that",
  params: company,
  body: choice.extend({ topic: slugText, email: z.email().max(254), language }),
  reply: done,
});
export const confirmSubscription = contract({
  ...at("POST", "/c/:slug/subscriptions/confirm", "public"),
  summary: "The yes of a double opt-in",
  params: company,
  body: z.object({ token: z.string().min(20).max(200) }),
  reply: z.object({ ok: z.literal(true), topic: both(80) }),
});
