/**
 * Finds the phone_number_id in the raw bytes of a webhook. At the door nothing is parsed: a scan costs a
 * microsecond, JSON.parse of a large batch costs milliseconds.
 */

const KEY = Buffer.from('"phone_number_id"');
const ADDRESS_MAX_BYTES = 64;
const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * A customer cannot fake the key: inside a JSON string its closing quote would be escaped, and as a whole
 * string it is not followed by a colon.
 * @returns the first address in the body; null when it names none (account-level events). A body may span
 * several accounts; `parse` gives every item its own.
 */
export function addressOf(raw: Buffer): string | null {
  let at = raw.indexOf(KEY);
  while (at >= 0) {
    const colon = skipSpace(raw, at + KEY.length);
    if (raw[colon] === COLON) {
      const address = valueAt(raw, skipSpace(raw, colon + 1));
      if (address !== null) return address;
    }
    at = raw.indexOf(KEY, at + KEY.length);
  }
  return null;
}

/** @returns true when the first or the last byte (white space aside) cannot be those of a JSON object. */
export function looksBroken(raw: Buffer): boolean {
  let last = raw.length - 1;
  while (last >= 0 && isSpace(raw[last])) last -= 1;
  return raw[skipSpace(raw, 0)] !== OPEN || raw[last] !== CLOSE || last < 1;
}

function valueAt(raw: Buffer, start: number): string | null {
  const from = raw[start] === QUOTE ? start + 1 : start;
  let end = from;
  while (isNamePart(raw[end]) && end - from <= ADDRESS_MAX_BYTES) end += 1;
  if (end === from || end - from > ADDRESS_MAX_BYTES) return null;
  // A quoted value that holds anything else is no id; a bare one must be a number.
  if (from > start && raw[end] !== QUOTE) return null;
  return raw.toString("latin1", from, end);
}

/** Digits in real life; letters, "_", "-", "<" and ">" occur in Meta's documented examples. */
function isNamePart(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return isDigit || isLetter || byte === 0x5f || byte === 0x2d || byte === 0x3c || byte === 0x3e;
}

function skipSpace(raw: Buffer, from: number): number {
  let at = from;
  while (isSpace(raw[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
