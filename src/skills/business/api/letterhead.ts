import { z } from "zod";
import { contract } from "#kernel/api";
import { base, country, revision, tag, text } from "./shared.ts";

const prefix = z.string().regex(/^[A-Z]{1,6}$/);
const bilingual = z.object({ de: text(4000), en: text(4000) });

/** What stands on the company's documents; the law asks for most of it (section 35a GmbHG, section 80 AktG). */
export const letterhead = z.object({
  legalName: text(200),
  street: text(200),
  postalCode: text(20),
  city: text(100),
  country,
  phone: text(60),
  email: text(200),
  website: text(200),
  vatId: text(20),
  taxNumber: text(40),
  /** Court and number of the register. */
  register: text(200),
  directors: text(300),
  bank: text(100),
  iban: text(42),
  bic: text(11),
  terms: bilingual,
  quotationPrefix: prefix,
  confirmationPrefix: prefix,
  validDays: z.number().int().min(1).max(365),
  taxBp: z.number().int().min(0).max(5_000),
});
export type Letterhead = z.output<typeof letterhead>;

/** First and last number that a restore left out, and when. */
const numberGap = z.object({ from: z.string(), to: z.string(), at: z.iso.datetime() });
export type NumberGap = z.output<typeof numberGap>;

const stored = letterhead.extend({
  revision: z.number().int().min(0),
  /** What the law or the document needs and is still empty. */
  missing: z.array(z.string()),
  /** Numbers that no document of this node has and that may be known outside, the newest first. */
  gaps: z.array(numberGap),
});
export const getLetterhead = contract({
  method: "GET",
  path: `${base}/letterhead`,
  tag,
  access: "staff",
  summary: "What stands on quotations and order confirmations",
  reply: stored,
});
export const saveLetterhead = contract({
  method: "PUT",
  path: `${base}/letterhead`,
  tag,
  access: "manager",
  summary: "Save it; documents that were sent stay as they are",
  body: letterhead.extend({ revision: revision.or(z.literal(0)) }),
  reply: stored,
});
