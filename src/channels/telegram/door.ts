import { createHash, timingSafeEqual } from "node:crypto";
import type { ProviderApp, WebhookRequest } from "#kernel";

/** What the ingest asks of a webhook before anything is parsed. */

/** The header Telegram repeats setWebhook's secret_token in. */
export const secretHeader = "x-telegram-bot-api-secret-token";

const KEY_BYTES = 16;
const openBrace = 0x7b;
const closeBrace = 0x7d;

function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/**
 * Compares the secret in constant time (over digests, so that its length does not show either). An app without a
 * secret is shut: anybody could write as anybody.
 * @returns 16 bytes of sha256 over app and body. Telegram signs nothing, so the body itself is the name; a repeated
 * update has the same bytes.
 */
export function verify(request: WebhookRequest, app: ProviderApp): Buffer | null {
  const given = request.headers[secretHeader];
  if (typeof given !== "string" || app.secret === "") return null;
  if (!timingSafeEqual(sha256(given), sha256(app.secret))) return null;
  return sha256(app.id, "\n", request.raw).subarray(0, KEY_BYTES);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** @returns true unless the first and last byte that are no space are `{` and `}`. */
export function looksBroken(raw: Buffer): boolean {
  let first = 0;
  let last = raw.length - 1;
  while (first < last && isSpace(raw[first])) first += 1;
  while (last > first && isSpace(raw[last])) last -= 1;
  return first >= last || raw[first] !== openBrace || raw[last] !== closeBrace;
}
