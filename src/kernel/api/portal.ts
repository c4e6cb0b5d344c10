import { z } from "zod";
import { contract } from "../http/contract.ts";
import { channelKind, done, language, time } from "./shared.ts";

/**
 * What the customer's page (`/me`) speaks. The link from the conversation carries a key in its fragment, which no
 * browser sends; the page gives it back as `Authorization: Portal KEY`. It works for half an hour.
 */
const tag = "Customer's page";
const bilingual = z.object({ de: z.string(), en: z.string() });

const storedKind = z
  .enum(["profile", "addresses", "messages", "files", "callbacks", "note", "consents", "decisions", "skill"])
  .describe("`skill`: what a skill holds; its purposes say why");

export const portalGrant = z.object({
  purpose: z.string(),
  topic: z.string().describe('"" = the whole purpose'),
  topicName: bilingual.nullable().describe("null for the whole purpose, and for a topic that is gone"),
  channel: z.object({ id: z.number(), kind: channelKind.or(z.string()), name: z.string() }),
  title: bilingual,
  isOn: z.boolean(),
  /** When it was given last; null when it never was. */
  grantedAt: time.nullable(),
  withdrawnAt: time.nullable(),
  expiresAt: time.nullable(),
  /** The exact words agreed to, or that one agrees to by switching it on. */
  wording: z.object({ language, text: z.string() }),
  how: z.string().nullable(),
});
export type PortalGrant = z.output<typeof portalGrant>;

export const portalDecision = z.object({
  id: z.number(),
  purpose: z.string(),
  title: bilingual,
  /** One sentence: what was decided, and why. */
  explanation: bilingual,
  rule: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  outcome: z.string(),
  madeAt: time,
  contestedAt: time.nullable(),
});
export type PortalDecision = z.output<typeof portalDecision>;

const reader = z.object({
  day: z.iso.date(),
  firstAt: time,
  /** A first name, or "" where the company shows roles only. */
  name: z.string(),
  role: z.enum(["owner", "manager", "agent", "program", "colleague", "former"]),
});
export type PortalReader = z.output<typeof reader>;

const stored = z.object({
  kind: storedKind,
  /** Id of the skill, "" for the kernel's own. */
  room: z.string(),
  count: z.number(),
  /** The values themselves where they are short. */
  values: z.array(z.string()),
  purposes: z.array(bilingual),
  /** null = until it is erased. */
  keepDays: z.number().nullable(),
});
export type PortalStored = z.output<typeof stored>;

export const portalPage = contract({
  method: "GET",
  path: "/me/data",
  tag,
  access: "public",
  summary: "What is stored and why, permissions, decisions, readers (Authorization: Portal KEY)",
  reply: z.object({
    company: z.object({
      name: z.string(),
      slug: z.string(),
      language,
      formOfAddress: z.enum(["sie", "du"]),
      timeZone: z.string(),
      logo: z.string().nullable(),
      accent: z.object({ light: z.record(z.string(), z.string()), dark: z.record(z.string(), z.string()) }),
      legal: z.object({ imprint: z.string(), privacy: z.string() }),
    }),
    name: z.string(),
    language,
    asOf: time,
    link: z.object({ expiresAt: time, endsAt: time }),
    stored: z.array(stored),
    grants: z.array(portalGrant),
    decisions: z.object({ items: z.array(portalDecision), more: z.number() }),
    readers: z.object({ items: z.array(reader), more: z.number() }),
  }),
});

const grants = z.object({ grants: z.array(portalGrant) });
export const portalSwitch = contract({
  method: "POST",
  path: "/me/grants",
  tag,
  access: "public",
  summary: "Give or withdraw one permission; both take one call, and a withdrawal works at once",
  body: z.object({
    purpose: z.string().min(1).max(100),
    topic: z.string().max(200).default(""),
    channelId: z.number().int().positive(),
    on: z.boolean(),
    language,
  }),
  reply: grants,
});
export const portalWithdrawAll = contract({
  method: "POST",
  path: "/me/withdraw-all",
  tag,
  access: "public",
  summary: "Withdraw every permission",
  reply: grants,
});
export const portalContest = contract({
  method: "POST",
  path: "/me/decisions/:id/contest",
  tag,
  access: "public",
  summary: "Contest an automated decision: a person looks at it and answers in the conversation",
  params: z.object({ id: z.coerce.number().int().positive() }),
  body: z.object({ words: z.string().trim().max(2000).default("") }),
  reply: z.object({ contestedAt: time, dueAt: time.nullable() }),
});
export const portalExport = contract({
  method: "GET",
  path: "/me/export",
  tag,
  access: "public",
  summary: "Everything stored, for programs (GDPR Art. 15, 20)",
  reply: z.record(z.string(), z.unknown()),
});
export const portalReadable = contract({
  method: "GET",
  path: "/me/export.html",
  tag,
  access: "public",
  summary: "Everything stored, for people: one HTML file that prints well",
  query: z.object({ lang: language.default("de") }),
  reply: z.string(),
});
const kept = z.object({
  kind: z.enum(["proof", "ledger", "readers", "events", "raw"]),
  /** null = unknown: nothing there is sorted by person. */
  count: z.number().nullable(),
  until: time.nullable().describe("null = for good; nothing in it names the person"),
});
export const portalErase = contract({
  method: "POST",
  path: "/me/erase",
  tag,
  access: "public",
  summary:
    "Erase everything (GDPR Art. 17); the typed word confirms it. Says what is kept, why and until when",
  body: z.object({
    confirm: z.enum(["LÖSCHEN", "ERASE"]),
  }),
  reply: z.object({ erasedAt: time, kept: z.array(kept) }),
});
export const portalExtend = contract({
  method: "POST",
  path: "/me/extend",
  tag,
  access: "public",
  summary: "Another half hour for this link, at most four hours in all",
  reply: z.object({ expiresAt: time }),
});
export const portalLeave = contract({
  method: "POST",
  path: "/me/leave",
  tag,
  access: "public",
  summary: "End this link now",
  reply: done,
});
