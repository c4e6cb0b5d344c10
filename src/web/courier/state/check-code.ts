import type { CourierStop } from "../contract.ts";

const DIGITS = 10;

/**
 * Turns most wrong codes away at the door, without a net. The node judges every one of them: what passes here is not yet right.
 * @returns null where this browser cannot say (no secure context): then only the node does
 */
export async function mayBeRight(hint: CourierStop["codeHint"], code: string): Promise<boolean | null> {
  if (!hint || typeof crypto.subtle === "undefined") return null;
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(hint.salt + code));
  return new DataView(bytes).getUint32(0) % DIGITS === hint.digit;
}

/** "4 2-7 1" -> "4271"; null as long as it is none. */
export function codeIn(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  return /^\d{4}$/.test(digits) ? digits : null;
}
