import { createHmac } from "node:crypto";
import type { NodeSecrets } from "../ports.ts";

/** How a company's service knows that this node asks, and for this company. */

const SECRET = "flow-calls";

/** The key that the owner gives to the service; each company has its own. */
export async function signingKey(secrets: NodeSecrets, tenantId: number): Promise<string> {
  return createHmac("sha256", await secrets(SECRET))
    .update(`tenant ${tenantId}`)
    .digest("base64url");
}

/**
 * `t=SECONDS,v1=HEX`: HMAC-SHA256 by the key over `SECONDS.METHOD.URL.BODY`, so that neither a copied request later nor a
 * changed one is believed.
 * @param request.at ms
 */
export function signatureOf(
  key: string,
  request: { method: string; url: string; body: string | null; at: number },
): string {
  const seconds = Math.floor(request.at / 1_000);
  const signed = `${seconds}.${request.method}.${request.url}.${request.body ?? ""}`;
  return `t=${seconds},v1=${createHmac("sha256", key).update(signed).digest("hex")}`;
}
