/** A file's bytes as text, whatever program wrote them. */

const UTF16_LE = [0xff, 0xfe] as const;
const UTF16_BE = [0xfe, 0xff] as const;

const startsWith = (bytes: Uint8Array, mark: readonly number[]) =>
  mark.every((one, place) => bytes[place] === one);

/**
 * UTF-8 with or without a byte order mark, UTF-16 with one, and otherwise Windows-1252, which also reads ISO 8859-1:
 * bytes that are no UTF-8 are what older Windows and the FRITZ!Box write.
 */
export function textOfFile(bytes: Uint8Array): string {
  if (startsWith(bytes, UTF16_LE)) return new TextDecoder("utf-16le").decode(bytes);
  if (startsWith(bytes, UTF16_BE)) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
