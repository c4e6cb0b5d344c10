import type { CourierStop } from "../contract.ts";

/**
 * Judges a code at the door without a net. The node judges it again.
 * @returns null where this browser cannot say (no secure context): then the node does, later
 */
export async function isRightCode(check: CourierStop["codeCheck"], code: string): Promise<boolean | null> {
  if (!check || typeof crypto.subtle === "undefined") return null;
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(check.salt + code));
  const hash = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hash === check.hash;
}

/** "4 2-7 1" -> "4271"; null as long as it is none. */
export function codeIn(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  return /^\d{4}$/.test(digits) ? digits : null;
}
