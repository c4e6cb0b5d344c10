import { decodeText, decodeTransfer } from "./charset.ts";
import { type Headers, readField, readHeaders } from "./headers.ts";

/** A mail as a tree of parts (RFC 2046). Read at once and without I/O; no input makes it throw. */
export interface Part {
  headers: Headers;
  /** e.g. "text/plain", lower case */
  type: string;
  params: ReadonlyMap<string, string>;
  isAttachment: boolean;
  /** "" when it has none */
  name: string;
  /** Of a picture that stands inside the words, without brackets. */
  contentId: string;
  parts: readonly Part[];
  /** Decoded; empty for a multipart. */
  bytes(): Buffer;
  /** Decoded words of a text part. */
  text(): string;
}

const DEPTH_MAX = 12;
const PARTS_MAX = 300;

/** @param raw a whole mail, or a part with its head */
export function readMail(raw: Buffer): Part {
  return readPart(raw, { depth: 0, budget: { left: PARTS_MAX } });
}

interface Place {
  depth: number;
  budget: { left: number };
}

function readPart(raw: Buffer, place: Place): Part {
  place.budget.left -= 1;
  const { headers, bodyAt } = readHeaders(raw);
  const body = raw.subarray(bodyAt);
  const { value, params } = readField(headers.get("content-type"));
  const disposition = readField(headers.get("content-disposition"));
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(value) ? value : "text/plain";
  const boundary = params.get("boundary") ?? "";
  const isMultipart = type.startsWith("multipart/") && boundary !== "" && place.depth < DEPTH_MAX;
  const bytes = (): Buffer =>
    isMultipart ? Buffer.alloc(0) : decodeTransfer(body, headers.get("content-transfer-encoding"));
  return {
    headers,
    type,
    params,
    isAttachment: disposition.value === "attachment",
    name: disposition.params.get("filename") ?? params.get("name") ?? "",
    contentId: headers.get("content-id").replace(/^<|>$/g, ""),
    parts: isMultipart ? readParts(body, boundary, { ...place, depth: place.depth + 1 }) : [],
    bytes,
    text: () => decodeText(bytes(), params.get("charset") ?? "us-ascii").replaceAll("\r\n", "\n"),
  };
}

function readParts(body: Buffer, boundary: string, place: Place): Part[] {
  const parts: Part[] = [];
  for (const piece of pieces(body, boundary)) {
    if (place.budget.left <= 0) break;
    parts.push(readPart(piece, place));
  }
  return parts;
}

/** What stands between the lines that begin with the boundary; a missing last one ends with the body. */
function pieces(body: Buffer, boundary: string): Buffer[] {
  const mark = Buffer.from(`--${boundary}`, "utf8");
  const found: Buffer[] = [];
  let from = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const lineEnd = body.indexOf(0x0a, at);
    const rest = body.toString("latin1", at + mark.length, lineEnd < 0 ? body.length : lineEnd).trim();
    if (rest !== "" && rest !== "--") continue;
    if (from >= 0) found.push(withoutLastBreak(body.subarray(from, at)));
    if (rest === "--" || lineEnd < 0) return found;
    from = lineEnd + 1;
  }
  if (from >= 0) found.push(body.subarray(from));
  return found;
}

/** The line break before a boundary belongs to it. */
function withoutLastBreak(piece: Buffer): Buffer {
  const end = piece.at(-1) === 0x0a ? (piece.at(-2) === 0x0d ? 2 : 1) : 0;
  return piece.subarray(0, piece.length - end);
}

/** Every part that holds no others, in order. */
export function leavesOf(part: Part): Part[] {
  return part.parts.length === 0 ? [part] : part.parts.flatMap(leavesOf);
}
