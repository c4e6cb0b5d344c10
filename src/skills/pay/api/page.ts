import { z } from "zod";
import { contract, time } from "#kernel/api";
import { base, day, minor, receiptFile, state, tag } from "./shared.ts";

/**
 * A request as its customer sees it, without an app. The key stands in the fragment of the address and comes as
 * `Authorization: Pay TENANT.HEX`.
 */

const colours = z.record(z.string(), z.string());

const page = z.object({
  company: z.object({
    name: z.string(),
    logo: z.string().nullable(),
    accent: z.object({ light: colours, dark: colours }).describe("CSS custom properties"),
    page: z.string().describe("where the conversation goes on"),
    legal: z.object({ imprint: z.string(), privacy: z.string() }),
  }),
  title: z.string(),
  lines: z.array(z.object({ text: z.string(), amountMinor: minor })),
  currency: z.string(),
  amountMinor: minor,
  paidMinor: minor,
  refundedMinor: minor,
  owedMinor: minor,
  state,
  dueOn: day,
  expiresOn: day.nullable(),
  reference: z.string(),
  transfer: z
    .object({ holder: z.string(), iban: z.string(), bic: z.string(), giroCode: z.string() })
    .nullable()
    .describe("null when nothing is owed, or no account is known"),
  providers: z.array(z.enum(["stripe", "mollie"])).describe("services that take this payment now"),
  pending: z.boolean().describe("a service is at work; the answer follows"),
  receipt: z
    .object({
      number: z.string(),
      paidOn: day,
      cancels: z.string().nullable().describe("this one cancels the receipt of that number"),
    })
    .nullable(),
  timeZone: z.string(),
  language: z.enum(["de", "en"]),
  formOfAddress: z.enum(["du", "sie"]),
  updatedAt: time,
});
export type PayPage = z.input<typeof page>;

const path = `${base}/page`;
export const getPayPage = contract({
  method: "GET",
  path,
  tag,
  access: "public",
  summary: "What is asked for, and how it can be paid; for whom it is",
  reply: page,
});
export const getPayPageReceipt = contract({
  method: "GET",
  path: `${path}/receipt`,
  tag,
  access: "public",
  summary: "The receipt as PDF, once it was paid",
  reply: receiptFile,
});
export const beginCheckout = contract({
  method: "POST",
  path: `${path}/checkout`,
  tag,
  access: "public",
  status: 201,
  summary: "Begin to pay at a service; the browser goes on there",
  body: z.strictObject({ provider: z.enum(["stripe", "mollie"]) }),
  reply: z.object({ url: z.string() }),
});
