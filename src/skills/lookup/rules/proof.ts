import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Kind, LookupRecord } from "../api/record.ts";
import { bareEmail, barePhone, barePostcode, EMAIL, lastName, mailboxOf } from "./bare.ts";
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

/** What only its owner has; a postcode or a name is known to others as well. */
export function isPossession(proof: Proof): boolean {
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
  /** Mailbox or telephone, in its bare form, to which a code went that was typed back in time. */
  readonly confirmed?: string;
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

/** A record that this person may know. */
export interface Proven {
  readonly record: LookupRecord;
  readonly proof: Proof;
  /** What proved it, in its bare form. */
  readonly value: string;
}

/** Every record that was asked for and that this person may know, with what proved it. */
export function proven(
  records: readonly LookupRecord[],
  question: Question,
  { given, prefix }: { given: Given; prefix: string },
): readonly Proven[] {
  return records.flatMap((record) => {
    if (!answersTo(record, question, prefix)) return [];
    const ways: readonly Proof[] = ["code", "channel", ...weakWays(record.kind)];
    const proof = ways.find((way) => isAmong(givenFor(given, way), provingValues(record, way, given)));
    return proof === undefined ? [] : [{ record, proof, value: givenFor(given, proof) }];
  });
}

function weakWays(kind: Kind): readonly Proof[] {
  if (NEEDED[kind] === "amounts") return [];
  return [kind === "appointment" ? "name" : "postcode"];
}

/** What was given to prove it this way; "" where nothing was. */
function givenFor({ channel, postcode = "", name = "", confirmed = "" }: Given, way: Proof): string {
  switch (way) {
    case "code":
      return confirmed;
    case "channel": {
      const field = VOUCHED[channel.kind];
      if (field === "emails") return bareEmail(mailboxOf(channel.address));
      return field === "phones" ? barePhone(channel.address, null) : "";
    }
    case "postcode":
      return barePostcode(postcode);
    case "name":
      return lastName(name);
  }
}

/** Everything that would prove it this way. */
function provingValues(
  { known }: LookupRecord,
  way: Proof,
  { channel }: Pick<Given, "channel">,
): readonly string[] {
  const emails = known.emails.map(bareEmail);
  const phones = known.phones.map((phone) => barePhone(phone, known.country));
  switch (way) {
    case "code":
      return [...emails, ...phones];
    case "channel":
      return VOUCHED[channel.kind] === "emails" ? emails : phones;
    case "postcode":
      return known.postcodes.map(barePostcode);
    case "name":
      return known.names.map(lastName);
  }
}

/** Does what proved this record before prove it still? A file may have been replaced, a shop moved, since. */
export function isProvedBy(
  record: LookupRecord,
  { proof, evidence }: { proof: Proof; evidence: Buffer | null },
  hash: (value: string) => Buffer,
): boolean {
  if (proof === "channel" || evidence === null) return false;
  const values = provingValues(record, proof, { channel: { kind: "", address: "" } });
  return values.some((value) => value !== "" && isCode(hash(value), evidence));
}

/** Where a code may go: mailboxes and telephones that the shop has known, of the very records that were asked for. */
export function codeAddresses(
  records: readonly LookupRecord[],
  question: Question,
  prefix: string,
): { emails: string[]; phones: string[] } {
  const own = records.filter((one) => answersTo(one, question, prefix)).map(({ known }) => known);
  return {
    emails: own.flatMap(({ emails }) => emails.map(bareEmail).find((email) => EMAIL.test(email)) ?? []),
    phones: own.flatMap(({ phones, country }) => phones.map((phone) => barePhone(phone, country))),
  };
}

/** What stands in the database for a code; without the node's secret it cannot be guessed from the hash. */
export function codeHash(secret: string, about: { conversationId: number; code: string } & Question): Buffer {
  const { conversationId, kind, reference, code } = about;
  return createHmac("sha256", secret).update(`${conversationId} ${kind} ${reference} ${code}`).digest();
}

export function isCode(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** What stays of a proof: the record's own value, and nobody's who has no key. */
export function evidenceHash(
  secret: string,
  { conversationId, proof, value }: { conversationId: number; proof: Proof; value: string },
): Buffer {
  return createHmac("sha256", secret).update(`proof ${conversationId} ${proof} ${value}`).digest();
}
