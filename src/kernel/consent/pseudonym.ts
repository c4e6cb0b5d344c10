import { createHmac } from "node:crypto";
import { nodeSecret } from "../node-secret.ts";
import type { House } from "../skill.ts";

/** 128 bits: nobody meets another's by chance. */
const CHARACTERS = 32;

/** Names the same subject always by the same pseudonym. */
export type Mask = (subject: string) => string;

/**
 * Pseudonyms of one purpose: what a skill derives about somebody is stored under one, not under the person. Each
 * company and purpose has a key of its own (HMAC-SHA256, RFC 2104), so rows of two purposes cannot be joined; the node's secret
 * behind the keys stands where the role of the skills (`ah_app`) may not read.
 * @param purpose as declared, e.g. "advocate.warning"
 * @returns subject -> 32 hexadecimal digits
 */
export async function pseudonyms(
  house: Pick<House, "db">,
  { tenantId, purpose }: { tenantId: number; purpose: string },
): Promise<Mask> {
  const secret = await nodeSecret(house, "pseudonyms");
  const key = createHmac("sha256", secret).update(`${tenantId}\n${purpose}`).digest();
  return (subject) => createHmac("sha256", key).update(subject).digest("hex").slice(0, CHARACTERS);
}
