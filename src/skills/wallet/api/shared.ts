import { z } from "zod";

export const walletTag = "Wallet";
export const tillTag = "Till";
export const coinTag = "Coin";
export const base = "/api/v1";

/** So many bytes in lower-case hexadecimal. */
export const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
export const accountId = hex(16).describe("account on the ledger");
export const hash = hex(32);
/** Base units: a millionth of a coin. */
export const units = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const ms = z.number().int().min(0).describe("ms since 1970");
export const id = z.number().int().positive();
export const text = (characters: number) => z.string().trim().max(characters);
export const named = (characters: number) => z.string().trim().min(1).max(characters);
/** Cents of the euro; one coin is a hundred of them. */
export const minor = z.number().int().min(0);
export const amountMinor = z.number().int().min(1).max(9_999_999_999);
/** Made by who calls; the same one brings the same about once. */
export const key = named(100);
/** TENANT.HEX: the company leads the way to its own rows. */
export const place = z.string().regex(/^[1-9]\d{0,8}\.[0-9a-f]{32}$/);
export const language = z.enum(["de", "en"]);
/** Body and signatures of a transaction. */
export const signedBytes = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(5_500)
  .describe("base64url: the canonical body and a signature of 64 bytes for each signer");

/** play: nothing is promised; voucher: of a limited network; issuer: of a licensed institution. */
export const legal = z.enum(["play", "voucher", "issuer"]);
export type Legal = z.output<typeof legal>;

export const requestKind = z
  .enum(["now", "hold"])
  .describe("hold: set aside, paid when the merchant says so, else given back by itself");
export const requestState = z.enum([
  "open",
  "held",
  "paid",
  "part_refunded",
  "refunded",
  "returned",
  "expired",
  "cancelled",
]);
export type RequestState = z.output<typeof requestState>;

export const resultName = z.string().describe("applied, or why the ledger refused it");

export const outcome = z.object({
  result: resultName,
  isKnown: z.boolean().describe("it was decided before; this was answered then"),
  height: z.number().int().describe("of the block"),
  sentence: z.string(),
});
export type Outcome = z.output<typeof outcome>;

export const shownCoin = z.object({
  tenantId: id.describe("the company that issues it"),
  name: z.string(),
  symbol: z.string(),
  legal,
  chainId: z.number().int(),
  issuerName: z.string(),
  page: z.string().describe("its public page"),
});
export type ShownCoin = z.output<typeof shownCoin>;

const colours = z.record(z.string(), z.string());

/** How the company looks and speaks; every small page has it. */
export const dress = {
  company: z.object({
    name: z.string(),
    logo: z.string().nullable(),
    accent: z.object({ light: colours, dark: colours }).describe("CSS custom properties"),
    page: z.string().describe("where the conversation goes on"),
    legal: z.object({ imprint: z.string(), privacy: z.string() }),
  }),
  formOfAddress: z.enum(["du", "sie"]),
  language,
  timeZone: z.string(),
};

/** In both languages, for the reader to choose; "" = nothing to say. */
export const said = z.object({ de: z.string(), en: z.string() });
export const council = z.enum(["governors", "attestors"]);
