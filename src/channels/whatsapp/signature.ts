import { createHmac, timingSafeEqual } from "node:crypto";
import type { ProviderApp, WebhookRequest } from "#kernel";

const PREFIX = "sha256=";
const MAC_BYTES = 32;
const NAME_BYTES = 16;
const CHALLENGE_MAX_CHARS = 512;

/**
 * X-Hub-Signature-256 = HMAC-SHA256(app secret, raw bytes), as lower-case hex after "sha256=". The raw bytes
 * count: Meta signs the JSON with escaped unicode, and a re-serialised body has another MAC.
 * @returns the MAC's first 16 bytes (they name the payload), null when it does not fit.
 */
export function verify(request: WebhookRequest, app: ProviderApp): Buffer | null {
  const header = request.headers["x-hub-signature-256"];
  // Without a secret everybody could sign.
  if (typeof header !== "string" || !header.startsWith(PREFIX) || app.secret === "") return null;
  const given = Buffer.from(header.slice(PREFIX.length), "hex");
  if (given.length !== MAC_BYTES || header.length !== PREFIX.length + 2 * MAC_BYTES) return null;
  const expected = createHmac("sha256", app.secret).update(request.raw).digest();
  return timingSafeEqual(given, expected) ? expected.subarray(0, NAME_BYTES) : null;
}

/** GET handshake. @returns the challenge to echo as text/plain, null for 403. */
export function handshake(
  query: Readonly<Record<string, string | undefined>>,
  app: ProviderApp,
): string | null {
  const challenge = query["hub.challenge"];
  if (query["hub.mode"] !== "subscribe" || !challenge || challenge.length > CHALLENGE_MAX_CHARS) return null;
  const token = query["hub.verify_token"];
  return token && app.verifyToken && isSame(token, app.verifyToken) ? challenge : null;
}

/** Constant time for any two lengths, because the MACs of both are compared. */
function isSame(a: string, b: string): boolean {
  const mac = (text: string) => createHmac("sha256", "handshake").update(text).digest();
  return timingSafeEqual(mac(a), mac(b));
}
