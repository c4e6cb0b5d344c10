import { z } from "zod";
import { contract, idParam, page, pageQuery, time } from "#kernel/api";
import {
  accountId,
  amountMinor,
  base,
  hex,
  id,
  key,
  language,
  legal,
  minor,
  named,
  outcome,
  requestKind,
  requestState,
  said,
  signedBytes,
  tillTag as tag,
  text,
} from "./shared.ts";

/** The merchant's till: what is asked for in coin, what came of it, and the way back to the bank. */

const path = `${base}/till`;

const member = z.object({
  id,
  issuer: z.object({ tenantId: id, name: z.string(), page: z.string() }),
  coin: z.object({ name: z.string(), symbol: z.string(), legal }),
  state: z.enum(["invited", "open", "left"]),
  account: accountId.nullable(),
  balanceMinor: minor.nullable().describe("null: the ledger cannot be asked at this moment"),
  heldMinor: minor.nullable(),
  redeemHolder: z.string(),
  redeemIban: z.string(),
});
export type TillMembership = z.output<typeof member>;

export const getTill = contract({
  method: "GET",
  path,
  tag,
  access: "staff",
  summary: "The coins this company takes",
  reply: z.object({ items: z.array(member) }),
});

const entry = z.object({
  kind: z.enum(["paid", "held", "captured", "returned", "refunded"]),
  amountMinor: minor,
  at: time,
  by: z.string(),
  state: z.enum(["waiting", "done", "failed"]),
  sentence: said.describe('why it failed; "" = it did not'),
});

const request = z.object({
  id,
  membershipId: id,
  title: z.string(),
  amountMinor: minor,
  kind: requestKind,
  state: requestState,
  refundedMinor: minor,
  paidMinor: minor.describe("of a hold: what was captured"),
  about: z.string(),
  until: time.nullable(),
  expiresAt: time,
  createdAt: time,
  createdBy: z.string(),
  paidAt: time.nullable(),
  conversationId: id.nullable(),
  isOffline: z.boolean().describe("signed by a telephone without a net"),
  link: z.string().describe("the customer's link: fragment of the wallet page"),
  offer: z.string().describe("fragment for a telephone without a net"),
  entries: z.array(entry),
});
export type TillRequest = z.output<typeof request>;

export const createTillRequest = contract({
  method: "POST",
  path: `${path}/requests`,
  tag,
  access: "staff",
  status: 201,
  summary: "Ask for an amount in coin; sent in the conversation, or shown as QR",
  body: z.strictObject({
    key: key.describe("the same key and content give the same request, other content is a conflict"),
    membershipId: id.optional().describe("default: the only coin this company takes"),
    amountMinor,
    title: named(140),
    kind: requestKind.default("now"),
    until: time.optional().describe("kind hold: given back by itself then; at most 400 days ahead"),
    conversationId: id.optional(),
    about: text(60).default("").describe('e.g. "delivery 12": captured and given back as that goes'),
    expiresAt: time.optional().describe("default: in a day for a link, in 15 minutes at the till"),
    language: language.optional(),
  }),
  reply: request,
});

export const listTillRequests = contract({
  method: "GET",
  path: `${path}/requests`,
  tag,
  access: "staff",
  summary: "What was asked for, newest first",
  query: pageQuery.extend({
    state: requestState.optional(),
    conversationId: z.coerce.number().int().positive().optional(),
    from: time.optional(),
    to: time.optional(),
  }),
  reply: page(request),
});

export const getTillRequest = contract({
  method: "GET",
  path: `${path}/requests/:id`,
  tag,
  access: "staff",
  summary: "One of them",
  params: idParam,
  reply: request,
});

export const cancelTillRequest = contract({
  method: "POST",
  path: `${path}/requests/:id/cancel`,
  tag,
  access: "staff",
  summary: "Nobody may pay it any more; what is held is not touched",
  params: idParam,
  reply: request,
});

export const captureTillRequest = contract({
  method: "POST",
  path: `${path}/requests/:id/capture`,
  tag,
  access: "staff",
  summary: "Take what was set aside, whole or a part; the rest goes back",
  params: idParam,
  body: z.strictObject({ amountMinor: amountMinor.optional() }),
  reply: request,
});

export const voidTillRequest = contract({
  method: "POST",
  path: `${path}/requests/:id/void`,
  tag,
  access: "staff",
  summary: "Give back what was set aside",
  params: idParam,
  reply: request,
});

export const refundTillRequest = contract({
  method: "POST",
  path: `${path}/requests/:id/refund`,
  tag,
  access: "staff",
  summary: "Pay back to the account it came from, whole or a part",
  params: idParam,
  body: z.strictObject({ key, amountMinor }),
  reply: request,
});

export const takeSigned = contract({
  method: "POST",
  path: `${path}/signed`,
  tag,
  access: "staff",
  summary: "Hand in what a telephone without a net has signed",
  body: z.strictObject({
    bytes: signedBytes,
    requestId: id
      .optional()
      .describe("what is on show: bytes for anything else are refused, nothing is booked"),
  }),
  reply: outcome.extend({ request: request.nullable() }),
});

const settlement = z.object({
  from: time,
  to: time,
  takenMinor: minor,
  refundedMinor: minor,
  redeemedMinor: minor,
  payments: z.number().int(),
  refunds: z.number().int(),
  rows: z.array(
    z.object({
      at: time,
      kind: z.enum(["paid", "captured", "refunded", "redeemed"]),
      title: z.string(),
      amountMinor: z.number().int().describe("below 0: went out"),
      requestId: id.nullable(),
      txId: hex(16),
      height: z.number().int(),
    }),
  ),
});
export type Settlement = z.output<typeof settlement>;
const span = z.object({ membershipId: z.coerce.number().int().positive().optional(), from: time, to: time });

export const getSettlement = contract({
  method: "GET",
  path: `${path}/settlement`,
  tag,
  access: "staff",
  summary: "What came in and went out in a time, to the cent",
  query: span,
  reply: settlement,
});

export const exportSettlement = contract({
  method: "GET",
  path: `${path}/settlement/file`,
  tag,
  access: "staff",
  summary: "The same as CSV",
  query: span,
  reply: z.object({ name: z.string(), mime: z.literal("text/csv"), content: z.base64() }),
});

const redemption = z.object({
  id,
  amountMinor: minor,
  state: z.enum(["asked", "accepted", "ordered", "paid", "returned"]),
  holder: z.string(),
  iban: z.string(),
  askedAt: time,
  sentence: said,
});
export type TillRedemption = z.output<typeof redemption>;

export const askRedemption = contract({
  method: "POST",
  path: `${path}/redemptions`,
  tag,
  access: "manager",
  status: 201,
  summary: "Hand coins back for euro on the company's account",
  body: z.strictObject({ key, amountMinor, membershipId: id.optional() }),
  reply: redemption,
});

export const listOwnRedemptions = contract({
  method: "GET",
  path: `${path}/redemptions`,
  tag,
  access: "staff",
  summary: "Coins handed back, newest first",
  reply: z.object({ items: z.array(redemption) }),
});

export const acceptMembership = contract({
  method: "POST",
  path: `${path}/memberships`,
  tag,
  access: "owner",
  status: 201,
  summary: "Take a coin by the issuer's invitation; the account is opened on its ledger",
  body: z.strictObject({
    invitation: z.string().regex(/^[1-9]\d{0,8}\.[0-9a-f]{32}$/),
    redeemHolder: named(70),
    redeemIban: text(42),
  }),
  reply: member,
});
