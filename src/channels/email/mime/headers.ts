import { decodeQuotedPrintable, decodeText, firstOf } from "./charset.ts";

/** Header fields of a mail or of one of its parts (RFC 5322 section 2.2). */
export interface Headers {
  /** The first field of this name, unfolded, as it stands; "" when there is none. @param name lower case */
  get(name: string): string;
  /** As `get`, with encoded words read (RFC 2047). */
  words(name: string): string;
}

/** A longer head is no head but an attack. */
const HEAD_BYTES = 256 * 1024;
const FIELDS_MAX = 1_000;
/** Of one field: a hundred ids fit, and no pattern runs for long. */
const FIELD_CHARACTERS = 16_000;

/** @returns the fields and where the body begins */
export function readHeaders(raw: Buffer): { headers: Headers; bodyAt: number } {
  const { headAt, bodyAt } = headEnd(raw);
  const head = decodeText(raw.subarray(0, Math.min(headAt, HEAD_BYTES)), "utf-8");
  const fields = new Map<string, string>();
  let name = "";
  let count = 0;
  for (const line of head.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      // Only the first field of a name counts: a second "From" must not speak for the first.
      const before = fields.get(name) ?? "";
      if (name !== "" && before.length < FIELD_CHARACTERS)
        fields.set(name, firstOf(`${before} ${line.trim()}`, FIELD_CHARACTERS));
      continue;
    }
    const colon = line.indexOf(":");
    const found = colon > 0 ? line.slice(0, colon).trim().toLowerCase() : "";
    name = found !== "" && !fields.has(found) ? found : "";
    if (name !== "" && ++count <= FIELDS_MAX)
      fields.set(name, firstOf(line.slice(colon + 1).trim(), FIELD_CHARACTERS));
    else name = "";
  }
  const get = (wanted: string): string => fields.get(wanted) ?? "";
  return { headers: { get, words: (wanted) => decodeWords(get(wanted)) }, bodyAt };
}

function headEnd(raw: Buffer): { headAt: number; bodyAt: number } {
  if (raw[0] === 0x0a) return { headAt: 0, bodyAt: 1 };
  if (raw[0] === 0x0d && raw[1] === 0x0a) return { headAt: 0, bodyAt: 2 };
  const ends = [
    { at: raw.indexOf("\r\n\r\n"), size: 4 },
    { at: raw.indexOf("\n\n"), size: 2 },
  ].filter(({ at }) => at >= 0);
  const first = ends.sort((a, b) => a.at - b.at)[0];
  return first
    ? { headAt: first.at, bodyAt: first.at + first.size }
    : { headAt: raw.length, bodyAt: raw.length };
}

const WORD = /=\?([^?\s]{1,60})\?([bq])\?([^?\s]*)\?=/gi;

/** Encoded words (RFC 2047); blanks between two of them fall away, and a character may be split over two. */
export function decodeWords(text: string): string {
  let out = "";
  let end = 0;
  let pending: { charset: string; bytes: Buffer[] } | null = null;
  const flush = (): void => {
    if (pending) out += decodeText(Buffer.concat(pending.bytes), pending.charset);
    pending = null;
  };
  for (const match of text.matchAll(WORD)) {
    const between = text.slice(end, match.index);
    // RFC 2231 lets a language stand behind the charset.
    const charset = (match[1] ?? "").split("*")[0]?.toLowerCase() ?? "";
    const bytes = wordBytes(match[2] ?? "", match[3] ?? "");
    if (pending && between.trim() === "" && pending.charset === charset) pending.bytes.push(bytes);
    else {
      const isAdjacent = pending !== null && between.trim() === "";
      flush();
      if (!isAdjacent) out += between;
      pending = { charset, bytes: [bytes] };
    }
    end = match.index + match[0].length;
  }
  flush();
  return out + text.slice(end);
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toLowerCase() === "b") return Buffer.from(text, "base64");
  return decodeQuotedPrintable(Buffer.from(text.replaceAll("_", "=20"), "latin1"));
}

export interface Field {
  /** Before the first ";", lower case. */
  value: string;
  /** Names in lower case. */
  params: ReadonlyMap<string, string>;
}

const PARAM = /;\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;

/** A field with parameters, e.g. Content-Type (RFC 2045 section 5.1, RFC 2231 for long and foreign ones). */
export function readField(text: string): Field {
  const value = (text.split(";", 1)[0] ?? "").trim().toLowerCase();
  const params = new Map<string, string>();
  const pieces = new Map<string, { at: number; text: string; isCoded: boolean }[]>();
  for (const match of text.matchAll(PARAM)) {
    const name = (match[1] ?? "").toLowerCase();
    const given = match[2] !== undefined ? match[2].replace(/\\(.)/g, "$1") : (match[3] ?? "");
    const split = /^([^*]+)\*(?:(\d{1,3})(\*?))?$/.exec(name);
    if (!split) params.set(name, decodeWords(given));
    else {
      const base = split[1] ?? "";
      const isCoded = split[2] === undefined || split[3] === "*";
      const piece = { at: Number(split[2] ?? 0), text: given, isCoded };
      pieces.set(base, [...(pieces.get(base) ?? []), piece]);
    }
  }
  for (const [name, found] of pieces) params.set(name, joinPieces(found));
  return { value, params };
}

function joinPieces(pieces: { at: number; text: string; isCoded: boolean }[]): string {
  const sorted = pieces.toSorted((a, b) => a.at - b.at);
  const head = /^([^']{0,60})'[^']*'/.exec(sorted[0]?.isCoded ? sorted[0].text : "");
  const bytes = sorted.map(({ text, isCoded }, n) =>
    isCoded ? percentBytes(n === 0 && head ? text.slice(head[0].length) : text) : Buffer.from(text, "utf8"),
  );
  return decodeText(Buffer.concat(bytes), head?.[1] || "utf-8");
}

function percentBytes(text: string): Buffer {
  return decodeQuotedPrintable(Buffer.from(text.replaceAll("=", "=3D").replaceAll("%", "="), "latin1"));
}
