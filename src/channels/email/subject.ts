import { firstOf } from "./mime/charset.ts";

/**
 * Signs of replies and forwards that mail programs put before a subject, in the languages of Europe and some more.
 * A subject that changes beyond them begins another conversation.
 */
const REPLY = "re|aw|antw|antwort|sv|vs|odp|ynt|res|ref|r|rif|回复|答复";
const FORWARD = "fw|fwd|wg|tr|rv|i|enc|vb|vl|weitergeleitet|转发";
const PREFIX = new RegExp(
  `^(?:(?:${REPLY}|${FORWARD})\\s?(?:\\[\\d+\\]|\\(\\d+\\)|\\d+)?\\s?[:：]|\\[ext(?:ern(?:al)?)?\\])\\s*`,
  "iu",
);
const FORWARDED = new RegExp(`^(?:${FORWARD})\\s?[:：]`, "iu");
const SUBJECT_CHARACTERS = 400;

/** The subject without Re:, AW:, Fwd:, WG:, [EXTERN] and the like. */
export function bareSubject(subject: string): string {
  let bare = firstOf(subject.replace(/\s+/g, " ").trim(), SUBJECT_CHARACTERS);
  for (let match = PREFIX.exec(bare); match; match = PREFIX.exec(bare)) bare = bare.slice(match[0].length);
  return bare.trim();
}

/** What two subjects are compared by. */
export function subjectKey(subject: string): string {
  return bareSubject(subject).toLowerCase();
}

/** A forwarded mail's quote is what its sender wants to show. */
export function isForward(subject: string): boolean {
  return FORWARDED.test(subject.trim());
}
