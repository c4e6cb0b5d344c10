/** Bytes of a mail -> words: transfer encodings (RFC 2045 section 6) and character sets. Nothing here throws. */

/**
 * Without NUL characters, which no text in PostgreSQL may hold.
 * @param label as the mail names it; unknown and wrong ones fall back to UTF-8, then to Windows-1252
 */
export function decodeText(bytes: Buffer, label: string): string {
  const wanted = label.trim().toLowerCase() || "utf-8";
  const text =
    decodeAs(bytes, wanted, wanted === "utf-8" || wanted === "utf8" || wanted === "us-ascii") ??
    decodeAs(bytes, "utf-8", true) ??
    decodeAs(bytes, "windows-1252", false) ??
    bytes.toString("latin1");
  return text.replaceAll("\0", "");
}

/** The first characters; a pair of surrogates that is cut in two would be no text any more. */
export function firstOf(text: string, characters: number): string {
  return text.slice(0, characters).toWellFormed();
}

/** "us-ascii" is what a mail says that says nothing: bytes above 127 are then UTF-8 more often than not. */
function decodeAs(bytes: Buffer, label: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(label === "us-ascii" ? "utf-8" : label, { fatal }).decode(bytes);
  } catch {
    return null;
  }
}

/** @param encoding of Content-Transfer-Encoding; what is unknown is taken as it is */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case "base64":
      return Buffer.from(bytes.toString("latin1"), "base64");
    case "quoted-printable":
      return decodeQuotedPrintable(bytes);
    default:
      return bytes;
  }
}

const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Tolerant as RFC 2045 section 6.7 asks: an "=" that begins no code stays. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== EQUALS) {
      out[length++] = byte;
      continue;
    }
    const soft = softBreak(bytes, at + 1);
    const code = hexValue(bytes[at + 1]) * 16 + hexValue(bytes[at + 2]);
    if (soft > 0) at = soft;
    else if (code >= 0) {
      out[length++] = code;
      at += 2;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** @returns the index of the line break's last byte when only blanks stand before it, else 0 */
function softBreak(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  if (bytes[at] === RETURN && bytes[at + 1] === NEWLINE) return at + 1;
  return bytes[at] === NEWLINE ? at : 0;
}

/** -1000 when it is no hexadecimal digit, so that any sum with it is negative. */
function hexValue(byte: number | undefined): number {
  const value = byte === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? -1000 : value;
}
