import { createHash } from "node:crypto";
import type { Content, Inbound, MediaType } from "#kernel";
import { type Bounce, readBounce } from "./bounce.ts";
import { isUnproven, machineSign, sendingMailbox } from "./guard.ts";
import { type Letter, type LetterFile, readLetter } from "./letter.ts";
import { chainOf, correlationIn, idsOf, nearestFirst } from "./message-id.ts";
import { type Address, readAddresses } from "./mime/addresses.ts";
import { firstOf } from "./mime/charset.ts";
import type { Headers } from "./mime/headers.ts";
import { type Part, readMail } from "./mime/part.ts";
import { cutQuote } from "./quotes.ts";
import { writeReplyAddress } from "./reply-address.ts";
import { tokensIn } from "./reply-token.ts";
import { bareSubject, isForward, subjectKey } from "./subject.ts";

/** A raw mail -> what it means. The mailbox it lay in is known to whoever stored it: `address` stays empty. */

const TEXT_CHARACTERS = 100_000;
const SUBJECT_CHARACTERS = 400;
/** A clock that is further behind than a mail travels is wrong. */
const OLDEST_MS = 5 * 86_400_000;
const BARE_WORD = /^\p{L}{3,20}[.!]?$/u;

/** @param receivedAt ms. Never throws. */
export function parse(raw: Buffer, receivedAt: number): Inbound[] {
  try {
    return readItems(readMail(raw), raw, receivedAt);
  } catch (error) {
    return [{ kind: "broken", address: "", reason: `mail: ${(error as Error).name}` }];
  }
}

function readItems(mail: Part, raw: Buffer, receivedAt: number): Inbound[] {
  const bounce = readBounce(mail);
  if (bounce) return bounceItems(bounce, raw, receivedAt);
  const from = senderOf(mail);
  if (!from) return [{ kind: "broken", address: "", reason: "mail without a sender" }];
  return messageItems(mail, from, raw, receivedAt);
}

function senderOf({ headers }: Part): Address | undefined {
  return (
    readAddresses(headers.get("from"))[0] ??
    readAddresses(headers.get("sender"))[0] ??
    readAddresses(headers.get("return-path"))[0]
  );
}

/** A failure ends the message; an address that is gone also ends what its owner once agreed to. */
function bounceItems(bounce: Bounce, raw: Buffer, at: number): Inbound[] {
  const { correlation, recipient, error } = bounce;
  if (!bounce.isFailure || correlation === null)
    return [{ kind: "ignored", address: "", field: "a bounce of nothing of ours" }];
  const externalId = `bounce:${digest(raw)}`;
  const items: Inbound[] = [
    {
      kind: "receipt",
      address: "",
      externalId,
      correlation,
      recipient,
      status: "failed",
      at,
      errors: [error],
    },
  ];
  if (bounce.isGone && recipient !== "")
    items.push({
      kind: "preference",
      address: "",
      externalId,
      identities: [{ kind: "email", value: recipient }],
      preference: "stop",
      scope: "marketing",
      sentAt: at,
      thread: {
        id: externalId,
        writtenBy: "",
        refers: [correlation],
        tokens: [],
        subject: null,
        participants: [recipient],
      },
    });
  return items;
}

function messageItems(mail: Part, from: Address, raw: Buffer, receivedAt: number): Inbound[] {
  const { headers } = mail;
  const subject = firstOf(headers.words("subject"), SUBJECT_CHARACTERS);
  const letter = readLetter(mail);
  const references = idsOf(headers.get("references"));
  const near = nearestFirst(headers.get("in-reply-to"), headers.get("references"));
  const cut = cutQuote(letter.text, isForward(subject));
  const recipients = ["to", "cc", "delivered-to", "x-original-to"].flatMap((name) =>
    readAddresses(headers.get(name)),
  );
  const ownId = idsOf(headers.get("message-id"))[0] ?? `${digest(raw)}@no.message.id`;
  const sign = machineSign(headers);
  const answersTo = readAddresses(headers.get("reply-to"))[0] ?? from;
  const contents = contentsOf(letter, saidWords(cut.said, near.length === 0 ? bareSubject(subject) : ""));
  const base = {
    kind: "message" as const,
    address: "",
    identities: [{ kind: "email" as const, value: from.address }],
    replyAddress: writeReplyAddress({
      to: answersTo.address,
      subject: bareSubject(subject),
      inReplyTo: ownId,
      references: chainOf(references, ownId),
    }),
    ...(from.name !== "" && { profileName: from.name }),
    sentAt: timeOf(headers.get("date"), receivedAt),
    ...(near[0] !== undefined && { replyTo: near[0] }),
    thread: {
      id: ownId,
      writtenBy: sendingMailbox(headers) || from.address,
      refers: near.map((id) => correlationIn(id) ?? id),
      tokens: tokensIn(recipients),
      subject: subjectKey(subject),
      participants: [...new Set([from, answersTo, ...recipients].map(({ address }) => address))],
    },
  };
  // Some programs use one id for different mails: what a mail says belongs to its key.
  const key = `${ownId} ${digest(Buffer.from(`${from.address}\n${subject}\n${letter.text}`)).slice(0, 12)}`;
  return contents.map((content, n) => ({
    ...base,
    externalId: n === 0 ? key : `${key} ${n}`,
    content,
    ...(n === 0 && { detail: detailOf(headers, cut.isCut ? letter.text : "", sign) }),
    ...((n > 0 || sign !== null) && { takesNoTurn: true as const }),
  }));
}

/** What the desk may show beside the words. */
function detailOf(headers: Headers, whole: string, sign: string | null): Record<string, unknown> {
  return {
    mail: {
      subject: firstOf(headers.words("subject"), SUBJECT_CHARACTERS),
      ...(whole !== "" && { whole: firstOf(whole, TEXT_CHARACTERS) }),
      ...(sign !== null && { automatic: sign }),
      ...(isUnproven(headers) && { unproven: true }),
    },
  };
}

/** A first mail often asks in its subject; a single word stays alone, so that "STOP" is a STOP. */
function saidWords(said: string, subject: string): string {
  const text = firstOf(said, TEXT_CHARACTERS);
  if (subject === "" || BARE_WORD.test(text) || text.toLowerCase().startsWith(subject.toLowerCase()))
    return text;
  return text === "" ? subject : `${subject}\n\n${text}`;
}

/** The words, then a message for each file. */
function contentsOf(letter: Letter, text: string): Content[] {
  const files = letter.files.map(fileContent);
  if (text === "") return files.length > 0 ? files : [{ type: "unsupported", text: "", what: "empty mail" }];
  return [{ type: "text", text }, ...files];
}

function fileContent({ media }: LetterFile): Content {
  const kind = media.mime.split("/")[0] ?? "";
  const type: MediaType = kind === "image" || kind === "video" || kind === "audio" ? kind : "document";
  return { type, media };
}

function timeOf(date: string, receivedAt: number): number {
  const at = Date.parse(date.slice(0, 100).replace(/\([^)]*\)/, ""));
  return Number.isFinite(at) && at > receivedAt - OLDEST_MS ? Math.min(at, receivedAt) : receivedAt;
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

/** The bytes of a file that `parse` named, out of the same mail. */
export function mediaIn(
  raw: Buffer,
  providerId: string,
): { bytes: Buffer; mime: string; name: string } | null {
  const file = readLetter(readMail(raw)).files.find(({ media }) => media.providerId === providerId);
  return file ? { bytes: file.bytes(), mime: file.media.mime, name: file.media.name ?? "" } : null;
}
