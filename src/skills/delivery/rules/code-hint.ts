import { createHash } from "node:crypto";

/**
 * What a phone without a net may know of a four-digit code: one digit of a digest. Of wrong codes it turns nine of ten away; whoever tries
 * all ten thousand keeps a thousand, however fast the machine, and the node hears few of them (decision 0038).
 */

/** So many different wrong codes are heard of one delivery. */
export const WRONG_CODES_MOST = 5;
const DIGITS = 10;

export interface CodeHint {
  readonly salt: string;
  /** 0 to 9 */
  readonly digit: number;
}

/** The same each time for a delivery, so that the document changes only when something changed. */
export function codeHint(tenantId: number, deliveryId: number, code: string): CodeHint {
  const salt = digest(`delivery ${tenantId} ${deliveryId}`).toString("hex").slice(0, 16);
  return { salt, digit: digest(salt + code).readUInt32BE(0) % DIGITS };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
