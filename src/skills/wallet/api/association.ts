import { z } from "zod";
import { contract, idParam, page, pageQuery, time } from "#kernel/api";
import {
  accountId,
  amountMinor,
  base,
  council,
  hash,
  hex,
  id,
  key,
  minor,
  named,
  place,
  said,
  coinTag as tag,
  text,
} from "./shared.ts";

/** What the association does once its coin has begun: sells, decides by signatures, pays out, counts. */

const path = `${base}/coin`;

const sale = z.object({
  id,
  account: accountId,
  amountMinor: minor,
  by: z.enum(["cash", "transfer", "card", "request"]),
  isIdentified: z.boolean(),
  state: z.enum(["asked", "waiting", "done", "failed", "cancelled"]),
  sentence: said,
  isTakenBack: z.boolean().describe("the euro were paid, and then taken back"),
  madeBy: z.string(),
  madeAt: time,
});
export type Sale = z.output<typeof sale>;

export const sellCoins = contract({
  method: "POST",
  path: `${path}/sell`,
  tag,
  access: "staff",
  status: 201,
  summary: "Hand out coins at the counter, from the exchange's own",
  body: z.strictObject({
    key,
    to: accountId.or(place).describe("an account, or the invitation it was opened by"),
    amountMinor,
    by: z.enum(["cash", "transfer", "card"]),
    isIdentified: z.boolean().describe("the identity was checked; stands here, never on the ledger"),
  }),
  reply: sale,
});

export const listSales = contract({
  method: "GET",
  path: `${path}/sales`,
  tag,
  access: "staff",
  summary: "Coins handed out for euro, newest first",
  query: pageQuery,
  reply: page(sale),
});

export const handIn = contract({
  method: "POST",
  path: `${path}/preburns`,
  tag,
  access: "manager",
  status: 201,
  summary: "Set coins of the exchange aside to be burned; the governors decide",
  body: z.strictObject({ key, amountMinor }),
  reply: z.object({ preburn: hex(16) }),
});

const what = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mint"), amountMinor }),
  z.strictObject({ kind: z.literal("burn"), preburn: hex(16) }),
  z.strictObject({ kind: z.literal("cancel"), preburn: hex(16) }),
  z.strictObject({
    kind: z.literal("freeze"),
    account: accountId,
    isFrozen: z.boolean(),
    reason: named(500),
  }),
  z.strictObject({
    kind: z.literal("limit"),
    role: z.enum(["customer", "merchant", "exchange"]),
    holdingMinor: minor.nullable(),
    dayMinor: minor.nullable(),
  }),
  z.strictObject({
    kind: z.literal("attest"),
    asset: z.literal("EUR"),
    amountMinor: minor,
    statedAt: time,
    statement: hash,
  }),
  z.strictObject({
    kind: z.literal("council"),
    council,
    needed: z.number().int().min(1).max(8),
    members: z.array(id).min(1).max(8).describe("of the council's list, all of them seated"),
  }),
  /** Gives a new member of a council an account on the ledger, so that it can be taken in. */
  z.strictObject({ kind: z.literal("seat"), member: id }),
]);
export type ProposalContent = z.output<typeof what>;

const proposal = z.object({
  id,
  what,
  council,
  note: z.string(),
  state: z.enum(["open", "applied", "refused", "expired", "withdrawn"]),
  needed: z.number().int(),
  bodies: z
    .array(z.object({ signers: z.array(accountId), body: z.string() }))
    .describe("hexadecimal, one for each group that is enough: a member signs all that name them"),
  signers: z.array(
    z.object({ account: accountId, name: z.string(), isMe: z.boolean(), signedAt: time.nullable() }),
  ),
  proposedBy: z.string(),
  createdAt: time,
  expiresAt: time,
  result: z.string(),
  sentence: said,
  height: z.number().int().nullable(),
});
export type Proposal = z.output<typeof proposal>;

export const listCoinProposals = contract({
  method: "GET",
  path: `${path}/proposals`,
  tag,
  access: "staff",
  summary: "What was proposed to the councils, newest first",
  query: z.object({ state: z.enum(["open", "all"]).default("all") }),
  reply: z.object({ items: z.array(proposal) }),
});

export const propose = contract({
  method: "POST",
  path: `${path}/proposals`,
  tag,
  access: "staff",
  status: 201,
  summary: "Propose; nothing happens until enough have signed, within a day",
  body: z.strictObject({
    key,
    what,
    note: text(500).default(""),
  }),
  reply: proposal,
});

export const signProposal = contract({
  method: "POST",
  path: `${path}/proposals/:id/sign`,
  tag,
  access: "staff",
  summary: "My signatures of the bodies that name me, in their order; the last one that is needed does it",
  params: idParam,
  body: z.strictObject({ account: accountId, signatures: z.array(hex(64)).min(1).max(70) }),
  reply: proposal,
});

export const withdrawProposal = contract({
  method: "POST",
  path: `${path}/proposals/:id/withdraw`,
  tag,
  access: "staff",
  summary: "Take it back as long as it is open",
  params: idParam,
  reply: proposal,
});

export const prefillAttestation = contract({
  method: "GET",
  path: `${path}/attestation`,
  tag,
  access: "staff",
  summary: "The newest closing balance of the reserve's account, from the imported statements",
  reply: z.object({
    found: z.object({ amountMinor: minor, currency: z.string(), statedAt: time, statement: hash }).nullable(),
  }),
});

const redemption = z.object({
  id,
  merchant: z.string(),
  amountMinor: minor,
  holder: z.string(),
  iban: z.string(),
  state: z.enum(["asked", "accepted", "ordered", "paid", "returned"]),
  askedAt: time,
});

export const listRedemptions = contract({
  method: "GET",
  path: `${path}/redemptions`,
  tag,
  access: "staff",
  summary: "Coins that merchants hand back",
  reply: z.object({ items: z.array(redemption), waiting: z.number().int() }),
});

export const makeRedemptionFile = contract({
  method: "POST",
  path: `${path}/redemptions/file`,
  tag,
  access: "manager",
  status: 201,
  summary: "What was accepted, as SEPA transfers (pain.001) for the reserve's bank",
  reply: z.object({
    name: z.string(),
    mime: z.literal("application/xml"),
    content: z.base64(),
    transfers: z.number().int(),
    sumMinor: minor,
  }),
});

export const endRedemption = contract({
  method: "POST",
  path: `${path}/redemptions/:id/done`,
  tag,
  access: "manager",
  summary: "The bank has paid it",
  params: idParam,
  reply: redemption,
});

export const getCoinReport = contract({
  method: "GET",
  path: `${path}/report`,
  tag,
  access: "staff",
  summary: "What was sold in twelve months, against what has to be notified",
  reply: z.object({
    soldMinor: minor,
    thresholdMinor: minor,
    from: time,
    months: z.array(z.object({ month: z.string(), soldMinor: minor, redeemedMinor: minor })),
  }),
});
