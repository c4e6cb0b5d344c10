import { createHmac } from "node:crypto";

/** Standard Webhooks 1.0: HMAC-SHA256 over "ID.TIMESTAMP.BODY", and when a message that did not arrive is sent again. */

const PREFIX = "whsec_";

/** @param bytes 24 to 64 random ones */
export const webhookSecret = (bytes: Buffer): string => `${PREFIX}${bytes.toString("base64")}`;

/** @param message its id is the same on every try, so that it can be taken once */
export function signedHeaders(
  message: { readonly id: string; readonly body: string },
  { secret, now }: { readonly secret: string; readonly now: number },
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const signature = createHmac("sha256", key)
    .update(`${message.id}.${timestamp}.${message.body}`)
    .digest("base64");
  return {
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Within a day. */
const WAITS_MS = [
  10_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
  11 * HOUR_MS,
];

/** @param attempts so far, this one included. @returns ms until the next one; null when it is given up */
export function waitAfter(attempts: number): number | null {
  return WAITS_MS[attempts - 1] ?? null;
}
