import { z } from "zod";

/** Path parameter of a numeric id. */
export const idParam = z.object({ id: z.coerce.number().int().positive() });

export const time = z.iso.datetime({ offset: true }).describe("ISO 8601 with offset");
export const language = z.enum(["de", "en"]);
export const role = z.enum(["owner", "manager", "agent"]);
export const channelKind = z.enum(["web", "whatsapp", "telegram", "email", "phone"]);
export const done = z.object({ ok: z.literal(true) });

/** Query part of a cursor page: at most `limit` rows after `cursor` (opaque, from the page before). */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** A page: `next` is null on the last one. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

const share = z.number().min(0).max(1);
/** What a chat draws in the place of a button, whose title says the same. */
export const optionWindow = z
  .object({
    day: z.string(),
    label: z.string(),
    cost: z.string(),
    from: z.number().int(),
    until: z.number().int(),
  })
  .describe("a span of a day, in minutes of its wall clock; the title says the same");

/** What a chat draws in the place of a message's text, which says the same. */
export const card = z.object({
  note: z.string(),
  heading: z.string(),
  lines: z.array(z.string()),
  foot: z.array(z.string()).optional(),
  linkTitle: z.string(),
  line: z
    .object({
      ticks: z.array(z.object({ at: share, label: z.string() })),
      promised: z.tuple([share, share]),
      expected: z.tuple([share, share]).nullable(),
    })
    .nullable()
    .describe("something promised on a line, in shares of its length"),
});
