import { z } from "zod";
import { contract, done, idParam, language, page, pageQuery, time } from "#kernel/api";
import { base, id, named, revision, tag, text } from "./shared.ts";
import { mostLines } from "./totals.ts";

/** 99,999,999.99: what fits, times the most lines, is far below 2^53. */
const mostCents = 9_999_999_999;

export const quotationState = z.enum([
  "draft",
  "sent",
  "replaced",
  "accepted",
  "declined",
  "withdrawn",
  "expired",
]);
export type QuotationState = z.output<typeof quotationState>;

export const line = z.object({
  text: named(1000),
  /** Thousandths of the unit: 1.5 h are 1500. */
  quantityMilli: z.number().int().min(1).max(1_000_000_000),
  /** "Stück", "h", "m" … */
  unit: text(20).default(""),
  /** Price of `per` units in the currency's minor unit; never below zero: a reduction is a discount. */
  priceCents: z.number().int().min(0).max(mostCents),
  per: z.number().int().min(1).max(10_000).default(1),
  /** Basis points: 250 is 2.5 %. */
  discountBp: z.number().int().min(0).max(10_000).default(0),
  /** Basis points: 1900 is 19 %. */
  taxBp: z.number().int().min(0).max(5_000),
});
export type Line = z.output<typeof line>;

export const content = z.object({
  language,
  /** ISO 4217; one with two places after the point. */
  currency: z.enum(["EUR", "CHF", "GBP", "USD", "PLN", "CZK", "DKK", "SEK", "NOK"]).default("EUR"),
  validUntil: z.iso.date(),
  lines: z.array(line).max(mostLines),
  intro: text(2000).default(""),
  delivery: text(500).default(""),
  terms: text(4000).default(""),
  /** Why no tax is charged, e.g. reverse charge. */
  taxNote: text(300).default(""),
});
export type Content = z.output<typeof content>;

const totals = z.object({
  netCents: z.number(),
  taxCents: z.number(),
  grossCents: z.number(),
  taxes: z.array(z.object({ taxBp: z.number(), netCents: z.number(), taxCents: z.number() })),
});
const version = content.extend({
  version: z.number(),
  state: quotationState,
  revision,
  totals,
  changedAt: time,
  sentAt: time.nullable(),
  endedAt: time.nullable(),
  /** Why it was declined or withdrawn. */
  reason: z.string(),
  fileId: z.string().nullable(),
  sha256: z.string().nullable(),
});
export type Version = z.output<typeof version>;

const quotation = z.object({
  id,
  number: z.string().nullable().describe("given when it is first sent"),
  company: z.object({ id, name: z.string() }),
  person: z.object({ id, name: z.string() }).nullable(),
  conversationId: id.nullable(),
  versions: z.array(version).describe("newest first"),
  acceptance: z
    .object({
      version: z.number(),
      by: z.string(),
      words: z.string(),
      acceptedAt: time,
      sha256: z.string(),
    })
    .nullable(),
  confirmation: z
    .object({ number: z.string(), fileId: z.string().nullable(), sentAt: time.nullable() })
    .nullable(),
});
export type Quotation = z.output<typeof quotation>;

const row = z.object({
  id,
  number: z.string().nullable(),
  company: z.object({ id, name: z.string() }),
  version: z.number(),
  state: quotationState,
  netCents: z.number(),
  grossCents: z.number(),
  currency: z.string(),
  validUntil: z.iso.date(),
  changedAt: time,
});
export type QuotationRow = z.output<typeof row>;

const path = `${base}/quotations`;
export const listQuotations = contract({
  method: "GET",
  path,
  tag,
  access: "staff",
  summary: "Quotations by their newest version, newest first",
  query: pageQuery.extend({
    state: quotationState.optional(),
    companyId: z.coerce.number().int().positive().optional(),
  }),
  reply: page(row),
});
export const createQuotation = contract({
  method: "POST",
  path,
  tag,
  access: "staff",
  status: 201,
  summary: "Begin a quotation in a conversation that is held in a company's name",
  body: z.object({ conversationId: id }),
  reply: quotation,
});
export const getQuotation = contract({
  method: "GET",
  path: `${path}/:id`,
  tag,
  access: "staff",
  summary: "One quotation with all versions",
  params: idParam,
  reply: quotation,
});
export const saveQuotation = contract({
  method: "PUT",
  path: `${path}/:id`,
  tag,
  access: "staff",
  summary: "Save the draft; the revision is the one that was loaded",
  params: idParam,
  body: content.extend({ revision }),
  reply: quotation,
});
export const previewQuotation = contract({
  method: "GET",
  path: `${path}/:id/preview`,
  tag,
  access: "staff",
  summary: "The draft's document as it would be sent, without a number",
  params: idParam,
  reply: z.object({ name: z.string(), pdf: z.string().describe("Base64") }),
});
export const sendQuotation = contract({
  method: "POST",
  path: `${path}/:id/send`,
  tag,
  access: "staff",
  summary: "Number it, make the document and send it in the conversation; an earlier version is replaced",
  params: idParam,
  body: z.object({ revision }),
  reply: quotation,
});
export const renewQuotation = contract({
  method: "POST",
  path: `${path}/:id/versions`,
  tag,
  access: "staff",
  status: 201,
  summary: "Begin the next version from the newest one, which stays open until the next is sent",
  params: idParam,
  reply: quotation,
});
export const withdrawQuotation = contract({
  method: "POST",
  path: `${path}/:id/withdraw`,
  tag,
  access: "staff",
  summary: "Take back what was sent; the customer is told why",
  params: idParam,
  body: z.object({ reason: named(1000) }),
  reply: quotation,
});
export const deleteDraft = contract({
  method: "DELETE",
  path: `${path}/:id/draft`,
  tag,
  access: "staff",
  summary: "Throw a draft away; without a number the quotation goes with it",
  params: idParam,
  reply: done,
});
