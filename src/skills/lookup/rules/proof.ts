import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Kind, LookupRecord } from "../api/record.ts";
import { answersTo, type Question } from "./record.ts";

/** What counts as proof for what. Whoever proves nothing hears the same as whoever asks for what does not exist. */

export type Proof = "channel" | "postcode" | "name" | "code";

/** What may be told with it: status, or money as well. */
export type Level = "status" | "amounts";

/** What each kind needs before anything is told. */
export const NEEDED: Readonly<Record<Kind, Level>> = {
  order: "status",
  parcel: "status",
  machine: "status",
  appointment: "status",
  invoice: "amounts",
};

export function mayKnowAmounts(proof: Proof): boolean {
  return proof === "code" || proof === "channel";
}

/** Channels whose provider vouches for the address to which the answer goes. */
const VOUCHED: Readonly<Record<string, "emails" | "phones">> = { email: "emails", whatsapp: "phones" };

export function isVouched(channelKind: string): boolean {
  return channelKind in VOUCHED;
}

export interface Given {
  /** Where the answer goes; in mail and WhatsApp nobody but its owner reads it. */
  readonly channel: { readonly kind: string; readonly address: string };
  readonly postcode?: string;
  readonly name?: string;
  /** E-mail address to which a code went that was typed back in time. */
  readonly confirmedEmail?: string;
}

/** Compares in constant time; the lengths of what is compared are hidden by hashing. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return one !== "" && timingSafeEqual(hash(one), hash(other));
}

/** Looks at all of them, so that the time does not tell which one it was. */
function isAmong(given: string, known: readonly string[]): boolean {
  let found = false;
  for (const one of known) found = isSame(given, one) || found;
  return found;
}

/** Every record that was asked for and that this person may know, with what proved it. */
export function proven(
  records: readonly LookupRecord[],
  question: Question,
  { given, prefix }: { given: Given; prefix: string },
): { record: LookupRecord; proof: Proof } | null {
  const found = records.flatMap((record) => {
    const proof = answersTo(record, question, prefix) ? proofOf(record, given) : null;
    return proof === null ? [] : [{ record, proof }];
  });
  const [first, another] = found;
  // Two of one surname on one day: nobody knows which of them is asking.
  if (first?.proof === "name" && another) return null;
  return first ?? null;
}

function proofOf(record: LookupRecord, given: Given): Proof | null {
  const { known, kind } = record;
  const field = VOUCHED[given.channel.kind];
  if (
    given.confirmedEmail !== undefined &&
    isAmong(bareEmail(given.confirmedEmail), known.emails.map(bareEmail))
  )
    return "code";
  if (field === "emails" && isAmong(bareEmail(mailboxOf(given.channel.address)), known.emails.map(bareEmail)))
    return "channel";
  if (field === "phones") {
    const phones = known.phones.map((phone) => barePhone(phone, known.country));
    if (isAmong(barePhone(given.channel.address, null), phones)) return "channel";
  }
  if (NEEDED[kind] === "amounts") return null;
  if (kind === "appointment") {
    const names = known.names.map(lastName);
    return given.name !== undefined && isAmong(lastName(given.name), names) ? "name" : null;
  }
  const postcodes = known.postcodes.map(barePostcode);
  return given.postcode !== undefined && isAmong(barePostcode(given.postcode), postcodes) ? "postcode" : null;
}

/** Where a code may go: an address that the shop has known, of the very record that was asked for. */
export function codeAddress(
  records: readonly LookupRecord[],
  question: Question,
  prefix: string,
): string | null {
  const record = records.find((one) => answersTo(one, question, prefix));
  return record?.known.emails.map(bareEmail).find((email) => EMAIL.test(email)) ?? null;
}

/** A mail conversation's reply address carries subject and thread as well (RFC 6068). */
function mailboxOf(address: string): string {
  const found = /^mailto:([^?]*)/i.exec(address)?.[1];
  if (found === undefined) return address;
  try {
    return decodeURIComponent(found);
  } catch {
    return "";
  }
}

const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

export function bareEmail(text: string): string {
  return text.trim().toLowerCase();
}

export function barePostcode(text: string): string {
  return text
    .toUpperCase()
    .replace(/^\s*(?:D|A|CH|DE|AT)\s*-\s*/, "")
    .replace(/[^A-Z0-9]/g, "");
}

/** Calling codes by country (ITU-T E.164), for numbers that are written as at home. */
const CALLING: Readonly<Record<string, string>> = {
  DE: "49",
  AT: "43",
  CH: "41",
  LI: "423",
  LU: "352",
  NL: "31",
  BE: "32",
  FR: "33",
  IT: "39",
  ES: "34",
  PL: "48",
  CZ: "420",
  DK: "45",
  SE: "46",
  GB: "44",
  IE: "353",
};

/** E.164 without the plus. Too few digits are none: "0" must not be anybody's number. */
export function barePhone(text: string, country: string | null): string {
  const isWhole = /^\s*(?:\+|00)/.test(text) || country === null;
  const digits = text.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^00/, "");
  const code = CALLING[(country ?? "").toUpperCase()];
  const whole = !isWhole && digits.startsWith("0") && code ? `${code}${digits.slice(1)}` : digits;
  return whole.length >= 8 ? whole : "";
}

/** "Dr. Jana Petersen" and "petersen" are one; umlauts may be written out. */
export function lastName(text: string): string {
  const folded = text
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/[^\p{L}\s-]/gu, "");
  return folded.trim().split(/\s+/).at(-1) ?? "";
}

/** What stands in the database for a code; without the node's secret it cannot be guessed from the hash. */
export function codeHash(secret: string, about: { conversationId: number; code: string } & Question): Buffer {
  const { conversationId, kind, reference, code } = about;
  return createHmac("sha256", secret).update(`${conversationId} ${kind} ${reference} ${code}`).digest();
}

export function isCode(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}
