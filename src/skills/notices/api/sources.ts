import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";
import { at, both } from "./shared.ts";

/** Where notices come from, and how each source does. */

/** feed: RSS, Atom or JSON Feed; gtfs_rt: service alerts of a transport company; the last three send by themselves. */
export const sourceKind = z.enum(["feed", "gtfs_rt", "ical", "csv", "webhook", "api"]);
const address = z
  .string()
  .trim()
  .max(2000)
  .regex(/^https?:\/\/\S+$/, "an address that begins with https://")
  .refine((text) => URL.canParse(text) && new URL(text).password === "", "an address without a password");

const settings = z.object({
  name: z.string().trim().min(1).max(80),
  /** Of words that do not say theirs. */
  language,
  topicId: z.number().int(),
  /** false: its stories become drafts that somebody looks at first. */
  isAutomatic: z.boolean(),
  /** Key of a topic's parameter -> key of the source's values: line, stop, agency, mode, category, location … */
  mapping: z
    .record(z.string().max(31), z.string().max(60))
    .refine((map) => Object.keys(map).length <= 6, "6 at most"),
  /** Seconds between readings; null = what is usual for its kind. */
  intervalSeconds: z.number().int().min(30).max(86_400).nullable(),
  isActive: z.boolean(),
});
const sourceInput = settings.extend({
  kind: sourceKind,
  url: address.nullable().default(null),
  /** A static GTFS feed (zip) with the names of lines and stops. */
  namesUrl: address.nullable().default(null),
  isAutomatic: z.boolean().default(false),
  mapping: settings.shape.mapping.default({}),
  intervalSeconds: settings.shape.intervalSeconds.default(null),
  isActive: z.boolean().default(true),
});
export type SourceInput = z.output<typeof sourceInput>;
const sourceChange = settings.extend({ url: address, namesUrl: address.nullable() }).partial();
export type SourceChange = z.output<typeof sourceChange>;

export const sourceHealth = z.object({
  light: z.enum(["ok", "warn", "bad", "off"]),
  /** One sentence in the company's language. */
  text: z.string(),
});
export const source = settings.extend({
  id: z.number(),
  kind: sourceKind,
  url: z.string().nullable(),
  namesUrl: z.string().nullable(),
  intervalSeconds: z.number(),
  health: sourceHealth,
  /** Lines and stops whose names are known. */
  names: z.number(),
  liveItems: z.number(),
  triedAt: time.nullable(),
  succeededAt: time.nullable(),
  nextAt: time.nullable(),
  /** Where a webhook sends to. */
  inbound: z.string().nullable(),
  createdAt: time,
});
export type Source = z.output<typeof source>;

const words = z.object({ de: z.string().nullable(), en: z.string().nullable() });
export const sourceItem = z.object({
  id: z.string(),
  title: words,
  text: words,
  link: z.string().nullable(),
  startsAt: time.nullable(),
  endsAt: time.nullable(),
  values: z.record(z.string(), z.array(z.string())),
  isCancelled: z.boolean(),
});
export type SourceItemView = z.output<typeof sourceItem>;

const reading = z.object({
  health: sourceHealth,
  items: z.array(sourceItem).describe("the first 20"),
  itemCount: z.number(),
  problems: z.array(z.object({ code: z.string(), text: z.string() })),
  /** Values that a topic's parameters can be bound to, each with an example. */
  keys: z.array(z.object({ key: z.string(), example: z.string() })),
});
const taken = z.object({
  items: z.number().describe("items read"),
  stories: z.number().describe("parts of stories that became notices or drafts"),
  problems: z.array(z.object({ code: z.string(), text: z.string() })),
});

const base = "/api/v1/notice-sources";
export const listSources = contract({
  ...at("GET", base),
  summary: "Sources of notices and their health",
  reply: z.object({ items: z.array(source) }),
});
export const createSource = contract({
  ...at("POST", base, "manager"),
  status: 201,
  summary: "Add a source",
  body: sourceInput,
  reply: source.extend({ secret: z.string().nullable().describe("signs a webhook; shown this once") }),
});
export const updateSource = contract({
  ...at("PATCH", `${base}/:id`, "manager"),
  summary: "Change a source; its kind stays",
  params: idParam,
  body: sourceChange,
  reply: source,
});
export const deleteSource = contract({
  ...at("DELETE", `${base}/:id`, "manager"),
  summary: "Remove a source; its notices stay",
  params: idParam,
  reply: done,
});
export const previewSource = contract({
  ...at("POST", `${base}/preview`, "manager"),
  summary: "Fetch an address now and show what it would bring; nothing is stored or told",
  body: z.object({ kind: z.enum(["feed", "gtfs_rt", "ical"]), url: address, language }),
  reply: reading,
});
export const fetchSource = contract({
  ...at("POST", `${base}/:id/fetch`, "manager"),
  summary: "Read a source now, as its timer would; at most every 30 seconds",
  params: idParam,
  reply: reading.extend({ stories: z.number() }),
});
export const listSourceItems = contract({
  ...at("GET", `${base}/:id/items`),
  summary: "What a source said last, newest first",
  params: idParam,
  reply: z.object({
    items: z
      .array(sourceItem.extend({ isLive: z.boolean(), parts: z.number(), seenAt: time }))
      .describe("the latest 100"),
  }),
});
export const uploadSourceCsv = contract({
  ...at("POST", `${base}/:id/csv`, "manager"),
  summary: "Items from a table: id, title, text, link, start, end, cancelled; other columns are parameters",
  params: idParam,
  bodyBytes: 5 * 1024 * 1024,
  body: z.object({
    csv: z
      .string()
      .min(1)
      .max(4 * 1024 * 1024),
  }),
  reply: taken,
});

const said = z.union([z.string().max(20_000), both(20_000).partial()]);
const pushed = z.object({
  id: z.string().trim().min(1).max(300),
  title: said.optional(),
  text: said.optional(),
  link: z.string().max(2000).nullable().optional(),
  publishedAt: time.nullable().optional(),
  startsAt: time.nullable().optional(),
  endsAt: time.nullable().optional(),
  values: z.record(z.string().max(60), z.array(z.string().max(200)).max(5000)).optional(),
  /** It is over, or does not take place. */
  isCancelled: z.boolean().optional(),
});
const items = z.object({
  items: z.array(pushed).max(1000),
  /** The list holds everything that is so: what is missing is over. */
  isComplete: z.boolean().default(false),
});
export const pushSourceItems = contract({
  ...at("POST", `${base}/:id/items`, "manager"),
  summary: "Items by program, for a source of kind api; the same id is one story",
  params: idParam,
  bodyBytes: 5 * 1024 * 1024,
  body: items,
  reply: taken,
});
export const deliverToSource = contract({
  ...at("POST", "/api/v1/notice-sources/inbound/:key", "public"),
  summary: "Items by a webhook signed as Standard Webhooks 1.0 has it",
  params: z.object({ key: z.string().regex(/^\d{1,9}-\d{1,9}$/) }),
  body: items,
  reply: z.object({ items: z.number(), stories: z.number() }),
});
