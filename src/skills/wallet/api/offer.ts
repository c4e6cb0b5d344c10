/**
 * What goes between a till and a phone without a net: the till's request as a code, and the phone's signed payment as another.
 * Pure, and the same for both pages.
 */

/** A till's request with everything that is needed to sign it. */
export interface Offer {
  /** The issuer's company. */
  readonly tenantId: number;
  /** Whose request it is: the issuer itself, or another company. */
  readonly merchantId: number;
  /** Of the request, hexadecimal. */
  readonly key: string;
  readonly chainId: number;
  /** The merchant's account, hexadecimal. */
  readonly to: string;
  /** Base units. */
  readonly amount: number;
  /** What the payment is for, hashed; hexadecimal. */
  readonly reference: string;
  readonly merchant: string;
  /** Of a payment that is only set aside. */
  readonly hold: { readonly arbiter: string; readonly until: number } | null;
}

const VERSION = 1;
const NAME_MOST = 60;
const ID = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;
const KEY = /^[0-9a-f]{32,64}$/;

/** The part of an address behind `#p=`. */
export function writeOffer({
  tenantId,
  merchantId,
  key,
  chainId,
  to,
  amount,
  reference,
  merchant,
  hold,
}: Offer): string {
  const short = { v: VERSION, t: tenantId, m: merchantId, k: key, c: chainId, to, a: amount, r: reference };
  const named = { ...short, n: Array.from(merchant).slice(0, NAME_MOST).join("") };
  const all = hold ? { ...named, b: hold.arbiter, x: hold.until } : named;
  return base64Url(new TextEncoder().encode(JSON.stringify(all)));
}

/** @returns null for what no till wrote */
export function readOffer(text: string): Offer | null {
  const bytes = fromBase64Url(text);
  if (!bytes) return null;
  let all: Record<string, unknown>;
  try {
    const read: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof read !== "object" || read === null) return null;
    all = read as Record<string, unknown>;
  } catch {
    return null;
  }
  const { v, t, m, k, c, to, a, r, n, b, x } = all;
  if (v !== VERSION || !isCount(t) || !isCount(m) || !isCount(c) || !isCount(a) || a === 0) return null;
  if (!isText(k, KEY) || !isText(to, ID) || !isText(r, HASH) || typeof n !== "string") return null;
  const isHold = b !== undefined || x !== undefined;
  if (isHold && (!isText(b, ID) || !isCount(x))) return null;
  const hold = isHold ? { arbiter: b as string, until: x as number } : null;
  return { tenantId: t, merchantId: m, key: k, chainId: c, to, amount: a, reference: r, merchant: n, hold };
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}

function isText(given: unknown, shape: RegExp): given is string {
  return typeof given === "string" && shape.test(given);
}

const SIGNED = "AHCOIN1.";
/** Longer than every transaction. */
const SIGNED_BYTES_MOST = 4_096;

/** A signed payment as text, for a code or to be copied. */
export function writeSigned(bytes: Uint8Array): string {
  return SIGNED + base64Url(bytes);
}

/** With and without its prefix; what breaks lines is ignored. @returns null for what is no such text */
export function readSigned(text: string): Uint8Array<ArrayBuffer> | null {
  const bare = text.replace(/\s/g, "");
  const bytes = fromBase64Url(bare.startsWith(SIGNED) ? bare.slice(SIGNED.length) : bare);
  return bytes && bytes.length > 0 && bytes.length <= SIGNED_BYTES_MOST ? bytes : null;
}

export function base64Url(bytes: Uint8Array): string {
  const signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) =>
      sign.charCodeAt(0),
    );
  } catch {
    return null;
  }
}
