import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import {
  accountId,
  base,
  council,
  dress,
  hash,
  hex,
  id,
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

export const getCoinRoom = contract({
  method: "GET",
  path: `${path}/room`,
  tag,
  access: "staff",
  summary: "Whether this company issues a coin, and how many it takes",
  reply: z.object({ coin: z.enum(["none", "draft", "open"]), takes: z.number().int() }),
});

const member = z.object({
  id,
  name: z.string(),
  council,
  account: accountId,
  key: hex(33),
  isMe: z.boolean(),
  isSeated: z.boolean().describe("false: has a key and waits until the governors take it in"),
});
export type CouncilMember = z.output<typeof member>;

const point = z.object({ at: ms, supply: units, reserveMinor: minor });

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
      councils: z.object({ governors: z.number().int(), attestors: z.number().int() }).describe("needed"),
      exchange: z.object({ account: accountId, balance: units, held: units }),
      preburns: z.array(z.object({ id: hex(16), amount: units })).describe("handed in to be burned"),
    })
    .nullable(),
  page: z.string(),
  mayBeIssuer: z.boolean().describe("the node has the licensed institution's statement"),
  series: z.array(point),
  attestations: z.array(z.object({ statedAt: ms, amount: minor, statement: hash })),
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
  summary: "My browser's key for a council; once the coin has begun, its governors take it in",
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

export const getPublicCoin = contract({
  method: "GET",
  path: `${base}/coin/public`,
  tag,
  access: "public",
  summary: "What everybody may see: supply, reserve, coverage, seals, attestations, rules, legal lines",
  query: z.object({ company: named(100).describe("its short name, as in its addresses") }),
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
    isCovered: z.boolean(),
    isStale: z.boolean().describe("the newest attestation is too old: nothing is minted"),
    sealed: z.object({ height: z.number().int(), root: hash, total: units, at: ms }).nullable(),
    series: z.array(z.object({ at: ms, supply: units, reserveMinor: minor })),
    councils: z.object({
      governors: z.object({ needed: z.number().int(), members: z.number().int() }),
      attestors: z.object({ needed: z.number().int(), members: z.number().int() }),
    }),
    limits: z.array(z.object({ role: z.string(), holdingMost: units.nullable(), dayMost: units.nullable() })),
    merchants: z.array(z.string()),
  }),
});
