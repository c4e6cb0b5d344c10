import { createHash } from "node:crypto";
import { readBounce } from "./bounce.ts";
import { machineSign } from "./guard.ts";
import { textOfHtml } from "./html-text.ts";
import { readLetter } from "./letter.ts";
import { idsOf, nearestFirst } from "./message-id.ts";
import { type Address, readAddresses } from "./mime/addresses.ts";
import { firstOf } from "./mime/charset.ts";
import { readMail } from "./mime/part.ts";
import { cutQuote } from "./quotes.ts";
import { bareSubject, isForward } from "./subject.ts";

/** Mails of an exported mailbox, read by the same rules as those that come in. */

const TEXT_CHARACTERS = 20_000;

/**
 * One mail of an archive, however old.
 * @returns null for what is no mail: without a sender, or nothing that can be read
 */
export function readArchived(raw: Buffer) {
  try {
    const mail = readMail(raw);
    const { headers } = mail;
    const from: Address | undefined =
      readAddresses(headers.get("from"))[0] ?? readAddresses(headers.get("sender"))[0];
    if (!from) return null;
    const subject = firstOf(headers.words("subject"), 400);
    const bounce = readBounce(mail);
    const automatic = bounce
      ? "bounce"
      : isSpam(headers.get("x-gmail-labels"))
        ? "spam"
        : machineSign(headers);
    return {
      id: idsOf(headers.get("message-id"))[0] ?? createHash("sha256").update(raw).digest("hex"),
      refers: nearestFirst(headers.get("in-reply-to"), headers.get("references")),
      from,
      recipients: ["to", "cc", "delivered-to"].flatMap((name) => readAddresses(headers.get(name))),
      sentAt: timeOf(headers.get("date")),
      subject: bareSubject(subject),
      said:
        automatic === null
          ? firstOf(cutQuote(readLetter(mail).text, isForward(subject)).said, TEXT_CHARACTERS)
          : "",
      automatic,
    };
  } catch {
    return null;
  }
}

/** Google's export holds every folder of a mailbox. */
function isSpam(labels: string): boolean {
  return /\b(?:spam|trash|papierkorb)\b/i.test(labels);
}

function timeOf(date: string): number {
  const at = Date.parse(date.slice(0, 100).replace(/\([^)]*\)/, ""));
  return Number.isFinite(at) ? at : 0;
}

export { textOfHtml };
