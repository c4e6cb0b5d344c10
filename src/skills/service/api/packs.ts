import { z } from "zod";
import { contract, language } from "#kernel/api";

/** Starter packs: what companies of a trade are asked, ready but for the company's own facts. */
const tag = "Knowledge";
const base = "/api/v1/packs";
const words = z.object({ de: z.string(), en: z.string() });
const nameParam = z.object({ name: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/) });

const packSummary = z.object({
  name: z.string(),
  title: words,
  description: words,
  topics: z.number(),
  placeholders: z.number(),
  isApplied: z.boolean(),
  unfilled: z.number().describe("facts that are still missing, in the languages that were applied"),
});
export const packPlaceholder = z.object({
  name: z.string(),
  kind: z.enum(["text", "phone", "email", "link", "amount", "number"]),
  question: words,
  example: words,
  value: words.describe("empty = not filled in; the same in both languages unless its kind is text"),
  topics: z.array(z.string()).describe("intents whose answers need it"),
});
export const pack = packSummary.extend({
  languages: z.array(language).describe("those that were applied, or that the company would begin with"),
  topicList: z.array(
    z.object({
      intent: z.string(),
      title: words,
      answer: words.describe("with {{placeholders}}"),
      examples: z.object({ de: z.number(), en: z.number() }),
      sample: words.describe("one of the example questions"),
      state: z
        .enum(["new", "applied", "changed", "removed", "own"])
        .describe("own = the company had it before"),
    }),
  ),
  placeholderList: z.array(packPlaceholder),
  flows: z.array(z.string()),
});
export type StarterPack = z.output<typeof pack>;

export const listPacks = contract({
  method: "GET",
  path: base,
  tag,
  access: "staff",
  summary: "Starter packs by trade",
  reply: z.object({ items: z.array(packSummary) }),
});
export const getPack = contract({
  method: "GET",
  path: `${base}/:name`,
  tag,
  access: "staff",
  summary: "One starter pack: its topics, and the facts that the company fills in",
  params: nameParam,
  reply: pack,
});
export const applyPack = contract({
  method: "PUT",
  path: `${base}/:name`,
  tag,
  access: "manager",
  summary: "Apply a starter pack, or bring it up to date; what the company changed stays",
  params: nameParam,
  body: z.object({
    languages: z.array(language).min(1).max(2),
    values: z
      .array(
        z.object({
          name: z.string().max(60),
          language,
          value: z.string().trim().max(500).describe("empty takes the fact away"),
        }),
      )
      .max(200)
      .default([]),
  }),
  reply: z.object({
    added: z.number(),
    updated: z.number(),
    kept: z.array(z.string()).describe("topics and flows that the company changed or removed: they stay"),
    drafts: z.array(z.string()).describe("flows that wait as drafts: another live flow has their topic"),
    unfilled: z.number(),
  }),
});
export const removePack = contract({
  method: "DELETE",
  path: `${base}/:name`,
  tag,
  access: "manager",
  summary: "Take a starter pack away again, but for what was written into it since",
  params: nameParam,
  reply: z.object({ removed: z.number(), kept: z.array(z.string()) }),
});
