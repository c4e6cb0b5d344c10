import { z } from "zod";
import { contract, idParam, language, page, pageQuery, time } from "#kernel/api";
import { amount, base, day, id, key, minor, named, receiptFile, state, tag, text } from "./shared.ts";

export type RequestStateName = z.output<typeof state>;

const line = z.object({ text: named(140), amountMinor: z.number().int().min(0).max(9_999_999_999) });

const payment = z.object({
  id,
  source: z.enum(["bank", "stripe", "mollie", "hand"]),
  amountMinor: minor,
  payer: z.string(),
  bookedOn: day,
  entryId: id.nullable(),
  madeBy: z.string(),
  undoneAt: time.nullable(),
});
export type Payment = z.output<typeof payment>;
const refund = z.object({
  id,
  paymentId: id,
  way: z.enum(["bank", "stripe", "mollie", "hand"]),
  amountMinor: minor,
  state: z.enum(["planned", "ordered", "done", "failed"]),
  reason: z.string(),
  fault: z.string(),
  madeAt: time,
  isDispute: z.boolean().describe("the payer's bank took it back; nobody here paid it back"),
});
export type Refund = z.output<typeof refund>;

const row = z.object({
  id,
  title: z.string(),
  reference: z.string().describe("RF creditor reference (ISO 11649)"),
  state,
  currency: z.string(),
  amountMinor: minor,
  paidMinor: minor,
  refundedMinor: minor,
  owedMinor: minor,
  dueOn: day,
  createdAt: time,
  conversationId: id.nullable(),
  name: z.string().describe('who is asked; "" = nobody is known (any more)'),
});
export type RequestRow = z.output<typeof row>;

const request = row.extend({
  lines: z.array(line),
  language,
  expiresOn: day.nullable(),
  reason: z.string().describe("why it was cancelled"),
  page: z.string().describe("the customer's page; whoever has the address sees it"),
  giroCode: z.string().nullable().describe("EPC069-12; null when nothing can be transferred"),
  payments: z.array(payment),
  refunds: z.array(refund),
  remindedAt: z.array(time),
  mayRemind: z.enum(["yes", "most", "too_soon", "ended", "disputed"]),
  disputedAt: time
    .nullable()
    .describe("somebody says that it is not right; nobody is reminded until a person ends that"),
  receipt: z.string().nullable().describe("its number, as long as it is paid"),
  receipts: z
    .array(z.object({ number: z.string(), cancels: z.string().nullable(), issuedAt: time }))
    .describe("all that were issued; one whose money was taken back is cancelled by another"),
});
export type PayRequest = z.output<typeof request>;

const shelf = z.enum(["owing", "overdue", "settled", "repaid"]);
export type RequestShelf = z.output<typeof shelf>;

const path = `${base}/requests`;
export const listPayRequests = contract({
  method: "GET",
  path,
  tag,
  access: "staff",
  summary: "Payment requests, newest first",
  query: pageQuery.extend({
    state: state
      .or(shelf)
      .optional()
      .describe(
        "owing: something is still to be paid; overdue: and its day is over; settled: it is all there; repaid: some of it went back",
      ),
    q: z.string().trim().max(100).optional().describe("in the title, the name, the reference, the payer"),
    conversationId: z.coerce.number().int().positive().optional(),
  }),
  reply: page(row),
});
export const createPayRequest = contract({
  method: "POST",
  path,
  tag,
  access: "staff",
  status: 201,
  summary: "Ask for a payment; sent in the conversation, or without one for somebody's own way",
  body: z.strictObject({
    key: key.describe("the same key and content give the same request, other content is a conflict"),
    conversationId: id.optional().describe("where it is sent; without it nothing is sent"),
    amountMinor: amount.describe("cents"),
    currency: z.literal("EUR").default("EUR"),
    title: named(140).describe("what for; stands on the card and the receipt"),
    lines: z.array(line).max(20).default([]).describe("what it is made of; comes to the amount"),
    dueOn: day.optional().describe("default: by the settings"),
    expiresOn: day.optional().describe("the last day on which its page takes a payment"),
    language: language.optional(),
  }),
  reply: request,
});
export const getPayRequest = contract({
  method: "GET",
  path: `${path}/:id`,
  tag,
  access: "staff",
  summary: "One request with what happened to it",
  params: idParam,
  reply: request,
});
export const getPayReceipt = contract({
  method: "GET",
  path: `${path}/:id/receipt`,
  tag,
  access: "staff",
  summary: "The receipt as PDF, once it was paid; by its number also a cancelled one, or its cancellation",
  params: idParam,
  query: z.object({ number: z.string().max(40).optional() }),
  reply: receiptFile,
});
export const cancelPayRequest = contract({
  method: "POST",
  path: `${path}/:id/cancel`,
  tag,
  access: "staff",
  summary: "Take it back; what was paid meanwhile is owed back. The customer is told where that is allowed",
  params: idParam,
  body: z.strictObject({ reason: text(500).default("") }),
  reply: request,
});
export const remindPayRequest = contract({
  method: "POST",
  path: `${path}/:id/remind`,
  tag,
  access: "staff",
  summary: "Remind now: by the customer's permission, else as an answer within the channel's window",
  params: idParam,
  reply: request,
});
export const recordPayment = contract({
  method: "POST",
  path: `${path}/:id/payments`,
  tag,
  access: "staff",
  status: 201,
  summary: "Record money that came another way, e.g. in cash",
  params: idParam,
  body: z.strictObject({ key, amountMinor: amount, payer: text(140).default(""), bookedOn: day.optional() }),
  reply: request,
});
export const undoPayment = contract({
  method: "POST",
  path: `${path}/:id/payments/:payment/undo`,
  tag,
  access: "staff",
  summary: "Take a booking back; the entry of the bank waits for another again",
  params: z.object({ id: idParam.shape.id, payment: idParam.shape.id }),
  reply: request,
});
export const endPayDispute = contract({
  method: "POST",
  path: `${path}/:id/dispute/end`,
  tag,
  access: "staff",
  summary: "What was disputed is settled: who allowed it may be reminded again",
  params: idParam,
  reply: request,
});
