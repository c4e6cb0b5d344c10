import { z } from "zod";
import { contract, done, pageQuery } from "#kernel/api";
import {
  accountId,
  amountMinor,
  base,
  dress,
  hash,
  hex,
  key,
  language,
  ms,
  outcome,
  place,
  requestKind,
  requestState,
  shownCoin,
  signedBytes,
  walletTag as tag,
  text,
  units,
} from "./shared.ts";

/**
 * The customer's wallet. Reading takes `Authorization: Wallet TENANT.TOKEN` (tenant of the issuer, token from `open`); whatever
 * spends is signed by the key, which never leaves the browser.
 */

const path = `${base}/wallet`;

export const lookAtInvitation = contract({
  method: "GET",
  path: `${path}/invitation`,
  tag,
  access: "public",
  summary: "Who invites to which coin, before a key is made",
  query: z.object({ key: place }),
  reply: z.object({
    ...dress,
    coin: shownCoin,
    label: z.string(),
    isOpen: z.boolean().describe("false: used up or over"),
  }),
});

export const openWallet = contract({
  method: "POST",
  path: `${path}/open`,
  tag,
  access: "public",
  status: 201,
  summary: "Open an account by an invitation; the same key again gives the same account",
  body: z.strictObject({
    invitation: place,
    key: hex(33).describe("P-256, compressed (SEC 1)"),
    secret: hex(16).describe("hides the account's leaf in the published tree"),
    label: text(60).default("").describe("what the customer calls this device"),
    language: language.default("de"),
  }),
  reply: z.object({ account: accountId, token: hex(32), coin: shownCoin }),
});

const helper = z.object({ account: accountId, label: z.string() });

const me = z.object({
  ...dress,
  account: accountId,
  label: z.string(),
  key: z.string().describe("the account's key of this moment"),
  balance: units.describe("what can be spent"),
  held: units,
  isFrozen: z.boolean(),
  nextNonce: z.number().int(),
  limits: z.object({ holdingMost: units.nullable(), dayMost: units.nullable() }).describe("null: none"),
  dayOut: units.describe("paid since midnight UTC"),
  coin: shownCoin,
  time: ms.describe("of the ledger's last block"),
  now: ms.describe("of the node"),
  recoverers: z.object({ needed: z.number().int(), members: z.array(helper) }),
  helps: z.array(helper).describe("accounts that I may recover with others, as their owners call me"),
  canBuy: z.boolean(),
});
export type WalletMe = z.output<typeof me>;

export const getWallet = contract({
  method: "GET",
  path: `${path}/me`,
  tag,
  access: "public",
  summary: "The account behind the token as the ledger has it",
  reply: me,
});

const movement = z.object({
  id: z.number().int(),
  at: ms,
  kind: z.enum([
    "bought",
    "paid",
    "held",
    "captured",
    "returned",
    "refunded",
    "received",
    "redeemed",
    "sold",
  ]),
  amount: z.number().int().describe("base units; below 0: went out. Set aside and given back: 0 stays"),
  merchant: z.string().describe("who was on the other side"),
  title: z.string(),
  requestKey: z.string().nullable(),
  txId: hex(16),
  height: z.number().int(),
});
export type WalletMovement = z.output<typeof movement>;

export const listMovements = contract({
  method: "GET",
  path: `${path}/history`,
  tag,
  access: "public",
  summary: "What happened to the account, newest first",
  query: pageQuery,
  reply: z.object({ items: z.array(movement), next: z.string().nullable() }),
});

const receipt = z.object({
  txId: hex(16),
  height: z.number().int(),
  paidAt: ms,
  amount: units,
  refundedAmount: units,
});

const asked = z.object({
  ...dress,
  merchant: z.object({ name: z.string(), logo: z.string().nullable() }),
  title: z.string(),
  amount: units,
  kind: requestKind,
  to: accountId,
  arbiter: accountId.nullable(),
  until: ms.nullable().describe("kind hold: given back by itself then"),
  reference: hash,
  state: requestState,
  expiresAt: ms,
  coin: shownCoin,
  receipt: receipt.nullable(),
});
export type WalletRequest = z.output<typeof asked>;

export const getWalletRequest = contract({
  method: "GET",
  path: `${path}/request`,
  tag,
  access: "public",
  summary: "What a link in the conversation asks for; whoever has the key sees it",
  query: z.object({ key: place }),
  reply: asked,
});

export const submitTransaction = contract({
  method: "POST",
  path: `${path}/submit`,
  tag,
  access: "public",
  summary: "Hand in a signed transaction; answered when it is durable, the same bytes are done once",
  body: z.strictObject({
    bytes: signedBytes,
    labels: z
      .record(hex(16), text(60))
      .optional()
      .describe("recoverers: what the customer calls them; stays beside the ledger"),
  }),
  reply: outcome,
});

export const buyCoins = contract({
  method: "POST",
  path: `${path}/buy`,
  tag,
  access: "public",
  status: 201,
  summary: "Ask for a way to pay euro; the coins come when the euro are there",
  body: z.strictObject({ amountMinor, key }),
  reply: z.object({ payUrl: z.string() }),
});

export const getWalletProof = contract({
  method: "GET",
  path: `${path}/proof`,
  tag,
  access: "public",
  summary: "What a customer checks for themselves: leaf, path, root, supply, reserve",
  reply: z.object({
    account: accountId,
    secret: hex(16),
    row: z.number().int(),
    leafHeight: z.number().int(),
    sum: units,
    path: z.array(z.object({ sum: units, hash })),
    root: hash,
    total: units,
    sealedHeight: z.number().int(),
    supply: units,
    attested: z.array(z.object({ asset: z.string(), amount: units, statedAt: ms, statement: hash })),
    attestationLasts: ms,
    backing: z.array(z.object({ asset: z.string(), minor: units, per: units })),
    chainHash: hash,
    height: z.number().int(),
    time: ms,
  }),
});
export type WalletProof = z.output<(typeof getWalletProof)["reply"]>;

export const inviteDevice = contract({
  method: "POST",
  path: `${path}/devices`,
  tag,
  access: "public",
  status: 201,
  summary: "An invitation for a second device of the same customer; good once, for an hour",
  body: z.strictObject({ label: text(60).default("") }),
  reply: z.object({ invitation: place, expiresAt: ms }),
});

const code = z.string().describe("8 digits of SHA-256 of the new key, to be compared by both");

export const askRecovery = contract({
  method: "POST",
  path: `${path}/recovery`,
  tag,
  access: "public",
  status: 201,
  summary: "A new device asks for an account; its recoverers decide, within a day",
  body: z.strictObject({
    account: place.describe("TENANT.ACCOUNT"),
    key: hex(33),
    label: text(60).default(""),
  }),
  reply: z.object({ recovery: place, code, expiresAt: ms, needed: z.number().int() }),
});

export const getRecovery = contract({
  method: "GET",
  path: `${path}/recovery`,
  tag,
  access: "public",
  summary: "How far it is; whoever asked has the key",
  query: z.object({ recovery: place }),
  reply: z.object({
    state: z.enum(["waiting", "done", "expired"]),
    have: z.number().int(),
    needed: z.number().int(),
    code,
    expiresAt: ms,
    account: accountId,
    token: hex(32).nullable().describe("once, when it is done"),
    secret: hex(16).nullable(),
  }),
});

export const listRecoveries = contract({
  method: "GET",
  path: `${path}/recoveries`,
  tag,
  access: "public",
  summary: "Accounts whose owners ask me to help",
  reply: z.object({
    items: z.array(
      z.object({
        recovery: hex(16),
        account: accountId,
        label: z.string(),
        newKey: hex(33),
        code,
        expiresAt: ms,
        needed: z.number().int(),
        have: z.number().int(),
        isSigned: z.boolean(),
        bodies: z.array(z.string()).describe("hexadecimal; one for each group of recoverers that I am in"),
      }),
    ),
  }),
});

export const signRecovery = contract({
  method: "POST",
  path: `${path}/recoveries/:id/sign`,
  tag,
  access: "public",
  summary: "My signatures, in the order of the bodies",
  params: z.object({ id: hex(16) }),
  body: z.strictObject({ signatures: z.array(hex(64)).min(1).max(10) }),
  reply: z.object({ state: z.enum(["waiting", "done"]), have: z.number().int(), needed: z.number().int() }),
});

export const closeWallet = contract({
  method: "POST",
  path: `${path}/forget`,
  tag,
  access: "public",
  summary: "Forget this token; the account stays on the ledger",
  reply: done,
});
