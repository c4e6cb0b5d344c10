import type { Address } from "./mime/addresses.ts";

/**
 * Plus-addresses (RFC 5233): service+r-TOKEN@domain leads an answer home even where a program drops every id. The
 * kernel signs and checks the token; here it only travels.
 */

const TOKEN = /\+r-((?:[0-9a-z]{1,12}-){1,4}[0-9a-f]{20})@/;
/** RFC 5321 section 4.5.3.1.1. */
const LOCAL_PART_CHARACTERS = 64;

/** Reply tokens among the recipients. */
export function tokensIn(recipients: readonly Address[]): string[] {
  const tokens = recipients.map(({ address }) => TOKEN.exec(address)?.[1]);
  return [...new Set(tokens.filter((token) => token !== undefined))];
}

/** "service@kontor.de" -> "service+r-TOKEN@kontor.de"; as it is where that would be too long for a server. */
export function withToken(address: string, token: string): string {
  const at = address.lastIndexOf("@");
  const local = `${address.slice(0, at)}+r-${token}`;
  return local.length > LOCAL_PART_CHARACTERS ? address : `${local}${address.slice(at)}`;
}
