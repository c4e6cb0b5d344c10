import { decodeText } from "./mime/charset.ts";

/**
 * winmail.dat: the wrapper in which Exchange hides text and files of a mail (Microsoft's MS-OXTNEF). Only what a
 * reader needs is taken out: the plain body, and each file with its name.
 */

export interface TnefFile {
  name: string;
  bytes: Buffer;
}

const SIGNATURE = 0x223e9f78;
const BODY = 0x800c;
const TITLE = 0x8010;
const DATA = 0x800f;
const RENDER = 0x9002;
const FILES_MAX = 50;

/** Level (1 byte), name (2), type (2), length (4), value, checksum (2). What is broken ends the reading. */
export function readTnef(bytes: Buffer): { body: string; files: TnefFile[] } {
  const found: { body: string; files: TnefFile[] } = { body: "", files: [] };
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return found;
  for (let at = 6; at + 9 <= bytes.length; ) {
    const name = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const end = at + 9 + length;
    if (end > bytes.length) break;
    const value = bytes.subarray(at + 9, end);
    const last = found.files.at(-1);
    if (name === BODY) found.body = wordsOf(value);
    else if (name === RENDER && found.files.length < FILES_MAX)
      found.files.push({ name: "", bytes: Buffer.alloc(0) });
    else if (name === TITLE && last) last.name = wordsOf(value);
    else if (name === DATA && last) last.bytes = value;
    at = end + 2;
  }
  return { body: found.body, files: found.files.filter(({ bytes: data }) => data.length > 0) };
}

function wordsOf(value: Buffer): string {
  const end = value.indexOf(0);
  const words = decodeText(end < 0 ? value : value.subarray(0, end), "windows-1252");
  return words.replaceAll("\r\n", "\n").trim();
}
