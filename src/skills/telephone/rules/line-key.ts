import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The address of a telephone system ends in a key that nobody can guess, and its signatures have a key of their own. Both
 * follow from the node's secret and the line's salt: the database holds neither, and a new salt makes both void.
 */

export interface LinePlace {
  readonly tenantId: number;
  readonly lineId: number;
  readonly salt: string;
}

const KEY_CHARACTERS = 32;

const derived = (
  secret: string,
  { tenantId, lineId, salt }: LinePlace,
  what: "address" | "signature",
): Buffer => createHmac("sha256", secret).update(`${what}:${tenantId}:${lineId}:${salt}`).digest();

/** "TENANT-LINE-KEY", the last part of the address. */
export function addressKey(secret: string, place: LinePlace): string {
  const key = derived(secret, place, "address").toString("base64url").slice(0, KEY_CHARACTERS);
  return `${place.tenantId}-${place.lineId}-${key}`;
}

/** What a telephone system signs with. */
export function signatureKey(secret: string, place: LinePlace): string {
  return derived(secret, place, "signature").toString("hex");
}

const INT_MOST = 2_147_483_647;

/** @returns null for what is none of our addresses */
export function readAddressKey(key: string): { tenantId: number; lineId: number } | null {
  const [, tenant, line] = /^(\d{1,10})-(\d{1,10})-[\w-]{20,64}$/.exec(key) ?? [];
  const [tenantId, lineId] = [Number(tenant), Number(line)];
  return line === undefined || tenantId > INT_MOST || lineId > INT_MOST ? null : { tenantId, lineId };
}

/** Compared in a time that says nothing about where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((one) => createHmac("sha256", "compare").update(one).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/**
 * HMAC-SHA256 over the raw body, as hexadecimal figures, with or without "sha256=" before it.
 * @param given what the header says; undefined = it is missing
 */
export function isSignedWith(key: string, body: string, given: string | undefined): boolean {
  if (given === undefined) return false;
  const expected = createHmac("sha256", key).update(body).digest("hex");
  return isSame(
    given
      .trim()
      .toLowerCase()
      .replace(/^sha256=/, ""),
    expected,
  );
}
