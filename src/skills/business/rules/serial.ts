/** A serial number as people type it: without case, blanks and signs. "MX-47 11" and "mx4711" are one. */
export function serialKey(serial: string): string {
  return serial
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
