import { IntakeError } from "./faults.ts";
import { looksLikeWhatsApp } from "./whatsapp.ts";

export type IntakeKind = "page" | "mailbox" | "whatsapp" | "table" | "json";

/** Bytes that are looked at. */
export const HEAD_BYTES = 64 * 1024;
const PACKED = [
  Buffer.from("PK\x03\x04"),
  Buffer.from([0x1f, 0x8b]),
  Buffer.from("Rar!"),
  Buffer.from("7z\xbc\xaf", "latin1"),
];
/** Outlook's own mailbox, databases, pictures and documents hold NUL bytes at once. */
const OUTLOOK = Buffer.from("!BDN");
const MAIL_HEADER =
  /^(?:From \S+.*\r?\n|(?:Return-Path|Received|Delivered-To|Message-ID|X-Gmail-Labels|Date|From|Subject): )/i;

/**
 * What a file is, by what stands in it; the name only decides between tables.
 * @param head its first bytes
 * @throws IntakeError empty, packed, not_text, unknown_kind
 */
export function kindOf(head: Buffer, fileName: string): IntakeKind {
  if (head.length === 0) throw new IntakeError("empty");
  if (PACKED.some((sign) => head.subarray(0, sign.length).equals(sign))) throw new IntakeError("packed");
  if (head.subarray(0, OUTLOOK.length).equals(OUTLOOK)) throw new IntakeError("not_text");
  const text = decodeFile(head).trimStart();
  if (text === "") throw new IntakeError("empty");
  if (MAIL_HEADER.test(text)) return "mailbox";
  if (looksLikeWhatsApp(text)) return "whatsapp";
  if (/^(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html)/i.test(text)) return "page";
  if (/^[[{]/.test(text)) return "json";
  if (/^<[a-z!]/i.test(text) && /<\/[a-z0-9]+>/i.test(text)) return "page";
  const [first = "", second] = text.split("\n");
  if (/[,;\t]/.test(first) && (second !== undefined || /\.(?:csv|tsv)$/i.test(fileName))) return "table";
  throw new IntakeError("unknown_kind");
}

/**
 * Words of a file: UTF-8, UTF-16 with its mark, else Windows-1252.
 * @throws IntakeError not_text for what is no text
 */
export function decodeFile(bytes: Buffer): string {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  if (label !== null) return new TextDecoder(label).decode(bytes);
  if (bytes.subarray(0, HEAD_BYTES).includes(0)) throw new IntakeError("not_text");
  // A head may end in the middle of a letter.
  return decodeUtf8(bytes) ?? new TextDecoder("windows-1252").decode(bytes);
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
