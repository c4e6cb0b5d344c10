import { isZip, officeType } from "./office-types.ts";

/**
 * What a file is, by its first bytes: the name and the sender's Content-Type are claims. Signatures: the formats'
 * own documents (PNG, RFC 2083; ISO/IEC 14496-12 "ftyp"; RFC 3533 Ogg; ISO/IEC 11172-3 frame header; …).
 * SVG and HTML are in no list, so they are never served as what they are.
 */

export interface Sample {
  /** The first 4,096 bytes, or fewer. */
  head: Buffer;
  /** The last 65,557 bytes, or fewer: a ZIP archive's directory stands there. */
  tail: Buffer;
  name: string;
}

export const HEAD_BYTES = 4096;
export const TAIL_BYTES = 65_557;

const INLINE = /^(image\/(jpeg|png|webp|gif)|video\/(mp4|3gpp)|audio\/(ogg|mpeg|mp4|aac)|application\/pdf)$/;

/** May a browser show it in place? Everything else is a download. */
export function isInline(mime: string): boolean {
  return INLINE.test(mime);
}

/** A map in one file (PMTiles specification, version 3, "Header"). Taken in only where somebody asks for a map. */
export const MAP_TILES = "application/vnd.pmtiles";

const SIGNATURES: readonly (readonly [mime: string, fits: (head: Buffer) => boolean])[] = [
  ["image/jpeg", (head) => starts(head, [0xff, 0xd8, 0xff])],
  ["image/png", (head) => starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ["image/gif", (head) => /^GIF8[79]a/.test(latin(head, 0, 6))],
  ["image/webp", (head) => latin(head, 0, 4) === "RIFF" && latin(head, 8, 12) === "WEBP"],
  ["application/pdf", (head) => /^%PDF-\d/.test(latin(head, 0, 6))],
  ["audio/ogg", (head) => latin(head, 0, 4) === "OggS" && /OpusHead|vorbis/.test(latin(head, 0, 512))],
  ["audio/mpeg", (head) => latin(head, 0, 3) === "ID3" || isMp3Frame(head)],
  [MAP_TILES, (head) => latin(head, 0, 7) === "PMTiles" && head[7] === 3],
  ["audio/aac", (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0],
];

/** Brands of ISO media files. */
const BRANDS: readonly (readonly [mime: string, brand: RegExp])[] = [
  ["audio/mp4", /^M4[AB] /],
  ["video/3gpp", /^3g[pr2]/],
  ["video/mp4", /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|mmp4|dash)/],
];

const WRITTEN: Readonly<Record<string, string>> = {
  txt: "text/plain",
  csv: "text/csv",
  vcf: "text/vcard",
};

/** @returns the checked type, or null when it is on no list */
export function fileType(sample: Sample): string | null {
  const { head } = sample;
  const signed = SIGNATURES.find(([, fits]) => fits(head));
  if (signed) return signed[0];
  if (latin(head, 4, 8) === "ftyp")
    return BRANDS.find(([, brand]) => brand.test(latin(head, 8, 12)))?.[0] ?? null;
  if (isZip(head)) return officeType(sample);
  return textType(sample);
}

/** Text has no signature: the name decides which, the bytes decide whether. */
function textType({ head, tail, name }: Sample): string | null {
  const mime = WRITTEN[name.split(".").at(-1)?.toLowerCase() ?? ""];
  if (!mime || head.length === 0 || !isText(head) || !isText(tail)) return null;
  if (mime === "text/vcard" && !/^\uFEFF?\s*BEGIN:VCARD/i.test(head.toString("utf8"))) return null;
  return mime;
}

/** No control characters but those of lines and tables. */
function isText(bytes: Buffer): boolean {
  return !bytes.some(
    (byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c,
  );
}

function starts(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

function latin(head: Buffer, from: number, to: number): string {
  return head.toString("latin1", from, to);
}

/** Sync bits, layer III, and neither the forbidden bit rate nor the reserved sample rate. */
function isMp3Frame(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return false;
  return third >> 4 !== 0x0f && third >> 4 !== 0 && ((third >> 2) & 3) !== 3;
}

/** A name's ending by checked type, for files whose own name says something else. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "application/pdf": ["pdf"],
  [MAP_TILES]: ["pmtiles"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "audio/mpeg": ["mp3"],
  "audio/aac": ["aac"],
  "audio/mp4": ["m4a", "m4b", "mp4"],
  "video/3gpp": ["3gp", "3g2"],
  "video/mp4": ["mp4", "m4v"],
  "text/plain": ["txt"],
  "text/csv": ["csv"],
  "text/vcard": ["vcf"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["pptx"],
  "application/vnd.oasis.opendocument.text": ["odt"],
};

/** Adds the ending of the checked type where the name has another: "photo.html" that is a PNG -> "photo.html.png". */
export function nameFor(mime: string, name: string): string {
  const endings = ENDINGS[mime];
  const ending = name.includes(".") ? name.split(".").at(-1)?.toLowerCase() : undefined;
  return !endings || (ending && endings.includes(ending)) ? name : `${name}.${endings[0]}`;
}
