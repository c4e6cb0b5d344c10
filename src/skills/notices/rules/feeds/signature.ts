import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signed webhooks as the Standard Webhooks specification 1.0 has them, so that senders find a ready library:
 * `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` (`v1,` and the base64 of an HMAC-SHA256 over
 * "ID.TIMESTAMP.BODY"; several, parted by spaces, while a secret is being changed).
 */

const PREFIX = "whsec_";
/** Older ones may be replayed, younger ones come from a wrong clock. */
export const TOLERANCE_MS = 5 * 60_000;
const ID_CHARS = 200;

export interface SignedHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** @param bytes 24 to 64 random bytes */
export function webhookSecret(bytes: Buffer): string {
  return `${PREFIX}${bytes.toString("base64")}`;
}

/** @returns the delivery's id when the signature is right and fresh, otherwise null */
export function verifyDelivery(
  headers: SignedHeaders,
  body: string,
  { secret, now }: { secret: string; now: number },
): string | null {
  const { id = "", timestamp = "", signature = "" } = headers;
  if (id === "" || id.length > ID_CHARS || !/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(now - Number(timestamp) * 1000) > TOLERANCE_MS) return null;
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  const isRight = signature
    .split(" ", 10)
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  return isRight ? id : null;
}
