import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import {
  accountId,
  amountMinor,
  base,
  dress,
  hash,
  hex,
  id,
  key,
  legal,
  minor,
  ms,
  named,
  place,
  shownCoin,
  coinTag as tag,
  text,
  units,
} from "./shared.ts";

/** The association that issues a coin: councils, money, limits, members; and what everybody may see of it. */

const path = `${base}/coin`;
export const council = z.enum(["governors", "attestors"]);

const member = z.object({
  id,
  name: z.string(),
  council,
  account: accountId,
  key: hex(33),
  isMe: z.boolean(),
});
export type CouncilMember = z.output<typeof member>;

const coin = z.object({
  state: z.enum(["none", "draft", "open"]),
  name: z.string(),
  symbol: z.string(),
  legal,
  holder: z.string(),
  iban: z.string().describe("of the reserve"),
  governorsNeeded: z.number().int(),
  attestorsNeeded: z.number().int(),
  council: z.array(member),
  ledger: z
    .object({
      chainId: z.number().int(),
      height: z.number().int(),
      time: ms,
      chainHash: hash,
      supply: units,
      attested: z.array(z.object({ asset: z.string(), amount: units, statedAt: ms, statement: hash })),
      attestationLasts: ms,
      sealed: z.object({ height: z.number().int(), root: hash, total: units }).nullable(),
      limits: z.array(
        z.object({ role: z.string(), holdingMost: units.nullable(), dayMost: units.nullable() }),
      ),
      exchange: z.object({ account: accountId, balance: units, held: units }),
      accounts: z.number().int(),
    })
    .nullable(),
  page: z.string(),
  revision: z.number().int(),
});
export type CoinSetup = z.output<typeof coin>;

export const getCoin = contract({
  method: "GET",
  path,
  tag,
  access: "staff",
  summary: "The company's own coin, and how it stands",
  reply: coin,
});

export const saveCoin = contract({
  method: "POST",
  path,
  tag,
  access: "owner",
  summary: "What it is called and whose account the reserve is; the name is fixed once it has begun",
  body: z.strictObject({
    name: named(60),
    symbol: z.string().regex(/^[A-Z]{2,6}$/),
    legal: legal.default("play"),
    holder: text(70).default(""),
    iban: text(42).default(""),
    governorsNeeded: z.number().int().min(1).max(8),
    attestorsNeeded: z.number().int().min(1).max(8),
    revision: z.number().int().min(0),
  }),
  reply: coin,
});

export const joinCouncil = contract({
  method: "POST",
  path: `${path}/council`,
  tag,
  access: "staff",
  status: 201,
  summary: "My browser's key for a council, before the coin begins",
  body: z.strictObject({ council, key: hex(33), name: named(60) }),
  reply: member,
});

export const leaveCouncil = contract({
  method: "DELETE",
  path: `${path}/council/:id`,
  tag,
  access: "owner",
  summary: "Take somebody out, before the coin begins",
  params: idParam,
  reply: coin,
});

export const beginCoin = contract({
  method: "POST",
  path: `${path}/begin`,
  tag,
  access: "owner",
  status: 201,
  summary: "Make the ledger of the councils' keys; from now on only they change its rules",
  body: z.strictObject({ revision: z.number().int() }),
  reply: coin,
});

const merchant = z.object({
  id,
  name: z.string(),
  state: z.enum(["invited", "open", "left"]),
  account: accountId.nullable(),
  invitation: z.string().nullable().describe("for the merchant's till; null once it is taken"),
  isFrozen: z.boolean(),
  balanceMinor: minor.nullable(),
});
export type CoinMerchant = z.output<typeof merchant>;

export const listMerchants = contract({
  method: "GET",
  path: `${path}/merchants`,
  tag,
  access: "staff",
  summary: "Who takes the coin",
  reply: z.object({ items: z.array(merchant) }),
});

export const inviteMerchant = contract({
  method: "POST",
  path: `${path}/merchants`,
  tag,
  access: "manager",
  status: 201,
  summary: "Invite a company of this node by a code it enters at its till",
  body: z.strictObject({ name: named(100) }),
  reply: merchant,
});

export const inviteCustomer = contract({
  method: "POST",
  path: `${path}/invitations`,
  tag,
  access: "staff",
  status: 201,
  summary: "An invitation to open a wallet: a link for the conversation, a code at the counter",
  body: z.strictObject({
    conversationId: id.optional().describe("sent there"),
    uses: z.number().int().min(1).max(1_000).default(1),
    label: text(60).default(""),
    days: z.number().int().min(1).max(365).default(7),
  }),
  reply: z.object({ invitation: place, link: z.string(), expiresAt: time }),
});

export const sellCoins = contract({
  method: "POST",
  path: `${path}/sell`,
  tag,
  access: "staff",
  status: 201,
  summary: "Hand out coins at the counter, from the exchange's own",
  body: z.strictObject({
    key,
    account: accountId,
    amountMinor,
    by: z.enum(["cash", "transfer", "card"]),
    isIdentified: z.boolean().describe("the identity was checked; stands here, never on the ledger"),
  }),
  reply: z.object({
    id,
    state: z.enum(["waiting", "done", "failed"]),
    sentence: z.string(),
    soldMinor12Months: minor,
  }),
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
    members: z.array(accountId).min(1).max(8),
  }),
]);
export type ProposalContent = z.output<typeof what>;

const proposal = z.object({
  id,
  what,
  council,
  note: z.string(),
  state: z.enum(["open", "applied", "refused", "expired", "withdrawn"]),
  needed: z.number().int(),
  body: z.string().describe("hexadecimal: what each of them signs"),
  signers: z.array(
    z.object({ account: accountId, name: z.string(), isMe: z.boolean(), signedAt: time.nullable() }),
  ),
  proposedBy: z.string(),
  createdAt: time,
  expiresAt: time,
  result: z.string(),
  sentence: z.string(),
  height: z.number().int().nullable(),
});
export type Proposal = z.output<typeof proposal>;

export const listProposals = contract({
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
    signers: z.array(accountId).min(1).max(8).optional().describe("who signs; default: all of the council"),
  }),
  reply: proposal,
});

export const signProposal = contract({
  method: "POST",
  path: `${path}/proposals/:id/sign`,
  tag,
  access: "staff",
  summary: "My signature of the body; the last one that is needed does it",
  params: idParam,
  body: z.strictObject({ account: accountId, signature: hex(64) }),
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
  preburn: hex(16).nullable(),
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

export const getPublicCoin = contract({
  method: "GET",
  path: `${base}/coin/public`,
  tag,
  access: "public",
  summary: "What everybody may see: supply, reserve, coverage, seals, attestations, rules, legal lines",
  query: z.object({ company: named(100).describe("the company's name in its addresses") }),
  reply: z.object({
    ...dress,
    coin: shownCoin,
    supply: units,
    height: z.number().int(),
    time: ms,
    chainHash: hash,
    reserve: z.array(z.object({ asset: z.string(), amount: units, statedAt: ms, statement: hash })),
    coverage: z
      .number()
      .nullable()
      .describe("reserve by what all coins stand for, in per cent; null: no coins"),
    isStale: z.boolean().describe("the newest attestation is too old: nothing is minted"),
    sealed: z.object({ height: z.number().int(), root: hash, total: units, at: ms }).nullable(),
    series: z.array(z.object({ at: ms, supply: units, reserveMinor: minor })),
    councils: z.object({
      governors: z.object({ needed: z.number().int(), members: z.number().int() }),
      attestors: z.object({ needed: z.number().int(), members: z.number().int() }),
    }),
    limits: z.array(z.object({ role: z.string(), holdingMost: units.nullable(), dayMost: units.nullable() })),
    merchants: z.array(z.string()),
    legalLines: z.array(z.string()),
  }),
});
