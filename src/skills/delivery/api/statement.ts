import { z } from "zod";
import { contract } from "#kernel/api";
import { base, day, id, tag } from "./shared.ts";

/** What a month came to for one sender. */

const asked = {
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
    .describe("YYYY-MM, of the evenings"),
  senderId: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe("of the carrier's senders; without it the carrier's own parcels"),
  carrierId: z.coerce.number().int().positive().optional().describe("asked by the sender itself"),
};
const row = z.object({
  deliveryId: id,
  date: day,
  senderReference: z.string(),
  parcels: z.number().int(),
  state: z
    .enum(["done", "failed", "cancelled"])
    .describe("cancelled: nothing is to be paid for it, but a promise was broken before"),
  outcome: z
    .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"])
    .nullable(),
  attempt: z.number().int(),
  currency: z.string(),
  priceMinor: z.number().int(),
  senderPaysMinor: z.number().int().describe("its share of the price, by the rule agreed"),
  compensationMinor: z.number().int().describe("owed for a broken promise"),
});
export type StatementRow = z.input<typeof row>;
const sum = z.object({
  currency: z.string(),
  deliveries: z.number().int(),
  parcels: z.number().int(),
  handedOver: z.number().int(),
  firstAttempts: z
    .number()
    .int()
    .describe("deliveries that were first attempts: what the share is counted of"),
  atFirstAttempt: z.number().int(),
  priceMinor: z.number().int(),
  senderPaysMinor: z.number().int(),
  compensationMinor: z.number().int(),
});
export type StatementSum = z.input<typeof sum>;
const statement = z.object({
  month: z.string(),
  carrierName: z.string(),
  senderName: z.string(),
  rows: z.array(row),
  sums: z.array(sum).describe("one a currency"),
});
export type StatementReply = z.input<typeof statement>;

export const getDeliveryStatement = contract({
  method: "GET",
  path: `${base}/statement`,
  tag,
  access: "manager",
  summary:
    "A month of one sender: deliveries, prices, compensations, and how many were handed over at the first attempt",
  query: z.strictObject(asked),
  reply: statement,
});
const MONTHS_MOST = 24;
const monthSum = z.object({
  month: z.string().describe("YYYY-MM"),
  role: z.enum(["carrier", "sender"]).describe("whether this company drove, or had driven"),
  partnerId: id.nullable().describe("the sender, or the carrier; null = the company's own parcels"),
  partnerName: z.string(),
  sum,
});
export type StatementMonth = z.input<typeof monthSum>;
export const listDeliveryStatements = contract({
  method: "GET",
  path: `${base}/statements`,
  tag,
  access: "manager",
  summary: "Sums of the last months, one a sender and currency, the newest first",
  query: z.strictObject({ months: z.coerce.number().int().min(1).max(MONTHS_MOST).default(6) }),
  reply: z.object({ items: z.array(monthSum) }),
});
export const makeDeliveryStatement = contract({
  method: "POST",
  path: `${base}/statement`,
  tag,
  access: "manager",
  summary: "The same as a file",
  body: z.strictObject({ ...asked, format: z.enum(["csv", "pdf"]) }),
  reply: z.object({ name: z.string(), mime: z.string(), content: z.base64() }),
});
