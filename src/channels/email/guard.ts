import type { Headers } from "./mime/headers.ts";

/**
 * The loop guard (RFC 3834 and what programs really send): a mail that a machine wrote is kept and shown, but gets no
 * automatic answer, so that two machines never thank each other for ever.
 */

/** Stands in every mail of a node, with the address of the mailbox that sent it. */
export const OWN_HEADER = "X-Augenhoehe-Channel";

type Sign = (headers: Headers) => boolean;

const has =
  (name: string, value: RegExp = /\S/): Sign =>
  (headers) =>
    value.test(headers.get(name));

/** One line a sign; the name is what the desk and the tests call it. */
const SIGNS: readonly { name: string; holds: Sign }[] = [
  { name: "auto-submitted", holds: has("auto-submitted", /^(?!no\b)\S/i) },
  { name: "precedence", holds: has("precedence", /^\s*(?:bulk|junk|list|auto[_-]?reply)\b/i) },
  { name: "auto-response-suppress", holds: has("x-auto-response-suppress", /\b(?:all|oof|autoreply)\b/i) },
  { name: "list", holds: (headers) => has("list-id")(headers) || has("list-unsubscribe")(headers) },
  { name: "empty return path", holds: has("return-path", /^\s*<\s*>/) },
  { name: "autoreply", holds: (headers) => has("x-autoreply")(headers) || has("x-autorespond")(headers) },
  {
    name: "sender that reads nothing",
    holds: has(
      "from",
      /(?:^|[<\s])(?:mailer-daemon|no-?reply|do-?not-?reply|nicht-?antworten|bounces?)(?:[+-][^@\s]*)?@/i,
    ),
  },
];

/** @returns what shows that a machine wrote it, or null */
export function machineSign(headers: Headers): string | null {
  return SIGNS.find(({ holds }) => holds(headers))?.name ?? null;
}

/**
 * Does the server that took the mail in doubt who wrote it (RFC 8601)? Only its doubt is believed: a "pass" may be
 * anybody's own words, a "fail" nobody writes about themselves.
 */
export function isUnproven(headers: Headers): boolean {
  const result = headers.get("authentication-results");
  if (/\bdmarc=(?:fail|permerror)\b/i.test(result)) return true;
  return /\bspf=(?:fail|softfail)\b/i.test(result) && !/\bdkim=pass\b/i.test(result);
}

/** Which mailbox of a node sent it, whoever it says it is from: a forward or a list may bring our own mail back. */
export function sendingMailbox(headers: Headers): string {
  return headers.get(OWN_HEADER.toLowerCase()).toLowerCase();
}
