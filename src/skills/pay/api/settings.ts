import { z } from "zod";
import { contract } from "#kernel/api";
import { base, named, revision, tag, text } from "./shared.ts";

const account = z.string().regex(/^\d{0,9}$/);

/** Whose account money goes to, and the company's rules. */
export const paySettings = z.object({
  holder: text(70).describe("as the bank knows the owner of the account"),
  iban: text(42).describe('"" = nothing can be transferred'),
  otherAccounts: z
    .array(text(42))
    .max(10)
    .default([])
    .describe(
      "accounts of the company whose statements are kept for the balance, e.g. of a reserve; nothing on them is matched",
    ),
  bic: z
    .string()
    .trim()
    .regex(/^(?:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)?$/)
    .describe("only for banks outside the EEA"),
  address: text(300).describe("stands on receipts"),
  taxNumber: text(40).describe("tax number or VAT id; stands on receipts"),
  dueDays: z.number().int().min(0).max(365),
  remindAfterDays: z.number().int().min(1).max(60).describe("days after the due day, and between reminders"),
  mostReminders: z.number().int().min(0).max(3).describe("0 = none by itself"),
  endDays: z
    .number()
    .int()
    .min(0)
    .max(730)
    .default(0)
    .describe("days after the due day on which a request that says no end of its own ends unpaid; 0 = never"),
  receiptPrefix: z.string().regex(/^[A-Z]{1,6}$/),
  bookkeeping: z.object({
    adviser: z
      .string()
      .regex(/^\d{0,7}$/)
      .describe("DATEV: number of the adviser"),
    client: z
      .string()
      .regex(/^\d{0,5}$/)
      .describe("DATEV: number of the client"),
    yearBegins: z
      .string()
      .regex(/^(?:0[1-9]|1[0-2])-01$/)
      .describe("MM-DD on which the fiscal year begins"),
    bank: account,
    provider: account.describe("clearing account of payment services"),
    cash: account,
    receivables: account.describe("what customers owe; payments are booked against it"),
  }),
});
export type PaySettings = z.output<typeof paySettings>;

const stored = paySettings.extend({
  revision,
  missing: z.array(z.string()).describe("what is needed before money can be transferred"),
  canAsk: z.boolean().describe("money can be asked for: there is an account, or a service"),
  gaps: z.array(z.object({ from: z.string(), to: z.string(), at: z.iso.datetime() })),
});
export type StoredSettings = z.output<typeof stored>;

export const getPaySettings = contract({
  method: "GET",
  path: `${base}/settings`,
  tag,
  access: "staff",
  summary: "The account that money goes to, and the rules of payments",
  reply: stored,
});
export const savePaySettings = contract({
  method: "PUT",
  path: `${base}/settings`,
  tag,
  access: "manager",
  summary: "Save them; the IBAN's length and check digits are checked (ISO 13616)",
  body: paySettings.extend({ revision, holder: named(70), iban: text(42) }),
  reply: stored,
});
