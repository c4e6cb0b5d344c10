import type { ProviderError } from "#kernel";
import { correlationIn, idsOf } from "./message-id.ts";
import { readAddresses } from "./mime/addresses.ts";
import { firstOf } from "./mime/charset.ts";
import { type Headers, readHeaders } from "./mime/headers.ts";
import { leavesOf, type Part } from "./mime/part.ts";

/** Mails about mails that did not arrive: delivery status notifications (RFC 3464) and the many that are none. */

export interface Bounce {
  /** Of our mail that is meant; null when it names none of ours. */
  correlation: string | null;
  recipient: string;
  /** "delayed" and "delivered" are news, no failure. */
  isFailure: boolean;
  /** The address does not exist any more: writing there again would harm. */
  isGone: boolean;
  error: ProviderError;
}

const SENDERS = /(?:^|[<"\s])(?:mailer-daemon|postmaster|mail\s?delivery)/i;
const SUBJECTS =
  /undeliver|undelivered|delivery (?:status|failure|has failed)|returned mail|failure notice|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|mail delivery failed/i;
/** RFC 3463: what says that there is no such mailbox, or that it is closed for good. */
const GONE = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/;
const STATUS = /\b([245]\.\d{1,3}\.\d{1,3})\b/;
const OUR_ID =
  /\d{1,16}\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.\d{1,10}@[^\s<>@"]{1,255}/i;
const SEARCHED_CHARACTERS = 200_000;

/** @returns null when the mail is no bounce */
export function readBounce(mail: Part): Bounce | null {
  const leaves = leavesOf(mail);
  const report = leaves.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  if (report) return fromReport(report, mail, leaves);
  return looksLikeBounce(mail.headers) ? fromWords(mail, leaves) : null;
}

function looksLikeBounce(headers: Headers): boolean {
  if (headers.get("x-failed-recipients") !== "") return true;
  const isFromMachine = SENDERS.test(headers.words("from")) || /^\s*<\s*>/.test(headers.get("return-path"));
  return isFromMachine && SUBJECTS.test(headers.words("subject"));
}

/** The report has a block about the message, then one a recipient; blank lines stand between them. */
function fromReport(report: Part, mail: Part, leaves: readonly Part[]): Bounce {
  const blocks = report
    .text()
    .split(/\n\s*\n/)
    .map((block) => readHeaders(Buffer.from(`${block.trim()}\n\n`, "utf8")).headers)
    .filter((fields) => fields.get("action") !== "" || fields.get("final-recipient") !== "");
  const failed = blocks.find((fields) => /^fail/i.test(fields.get("action")));
  const fields = failed ?? blocks[0];
  const status = STATUS.exec(fields?.get("status") ?? "")?.[1] ?? "";
  const said = afterSemicolon(fields?.get("diagnostic-code") ?? "");
  return {
    correlation: originalOf(mail, leaves),
    recipient: afterSemicolon(
      fields?.get("final-recipient") || fields?.get("original-recipient") || "",
    ).toLowerCase(),
    isFailure: failed !== undefined,
    isGone: failed !== undefined && GONE.test(status),
    error: errorOf(status, said),
  };
}

function fromWords(mail: Part, leaves: readonly Part[]): Bounce {
  const words = leaves.map((leaf) => (leaf.type.startsWith("text/") ? leaf.text() : "")).join("\n");
  const head = words.slice(0, SEARCHED_CHARACTERS);
  const status = STATUS.exec(head)?.[1] ?? "";
  const recipient = readAddresses(mail.headers.get("x-failed-recipients"))[0]?.address ?? "";
  const line = head.split("\n").find((one) => /\b[45]\d\d\b/.test(one)) ?? "";
  return {
    correlation: originalOf(mail, leaves),
    recipient,
    isFailure:
      !/delayed|verzögert|still trying|will (?:be )?retr/i.test(mail.headers.words("subject")) &&
      !status.startsWith("4"),
    isGone: GONE.test(status),
    error: errorOf(status, line.trim()),
  };
}

/** Our Message-ID: in the returned mail or its head, in the bounce's own references, or anywhere in its words. */
function originalOf(mail: Part, leaves: readonly Part[]): string | null {
  for (const leaf of leaves) {
    if (!/^(?:message\/(?:global|rfc822)(?:-headers)?|text\/rfc822-headers)$/.test(leaf.type)) continue;
    const ours = firstOurs(idsOf(readHeaders(leaf.bytes()).headers.get("message-id")));
    if (ours) return ours;
  }
  const named = [mail.headers.get("in-reply-to"), mail.headers.get("references")].flatMap(idsOf);
  const ours = firstOurs(named.toReversed());
  if (ours) return ours;
  for (const leaf of leaves) {
    const id = OUR_ID.exec(leaf.text().slice(0, SEARCHED_CHARACTERS))?.[0];
    const found = id ? correlationIn(id) : null;
    if (found) return found;
  }
  return null;
}

function firstOurs(ids: readonly string[]): string | null {
  return ids.map(correlationIn).find((found) => found !== null) ?? null;
}

/** "rfc822; anna@example.de" -> "anna@example.de" */
function afterSemicolon(value: string): string {
  return value.slice(value.indexOf(";") + 1).trim();
}

/** @param said by the other server; it may name the recipient, so it is kept short and shown at the desk only */
function errorOf(status: string, said: string): ProviderError {
  const code = Number(/\b([45]\d\d)\b/.exec(said)?.[1] ?? 0);
  return {
    code,
    title: status === "" ? "the mail came back" : `the mail came back (${status})`,
    ...(said !== "" && { details: firstOf(said.replace(/\s+/g, " "), 300) }),
  };
}
