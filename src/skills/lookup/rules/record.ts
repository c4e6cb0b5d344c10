import type { Kind, LookupRecord, Shown } from "../api/record.ts";

/** Which record answers a question, and what of it may be told. */

export interface Question {
  readonly kind: Kind;
  /** A number; of an appointment its day, YYYY-MM-DD. */
  readonly reference: string;
}

/** @param mayKnowAmounts what was proved is enough for money */
export function shownOf(record: LookupRecord, mayKnowAmounts: boolean): Shown {
  const { known: _, ...shown } = record;
  if (mayKnowAmounts) return shown;
  return { ...shown, amountCents: null, currency: null, dueDay: null, isPaid: null };
}

/** Letters and digits of a number, so that "#HK-4711", "hk 4711" and, with the company's prefix, "4711" are one. */
export function bareReference(text: string, prefix = ""): string {
  const bare = (one: string) =>
    one
      .normalize("NFKC")
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, "");
  const whole = bare(text);
  const start = bare(prefix);
  return start !== "" && whole.startsWith(start) && whole.length > start.length
    ? whole.slice(start.length)
    : whole;
}

/** Is this question about what was proved before, by its number as the register writes it and as it was asked for? */
export function isAbout(
  before: { readonly number: string; readonly reference: string },
  { kind, reference }: Question,
  prefix: string,
): boolean {
  // Of an appointment the day is asked for, whatever its number is.
  if (kind === "appointment") return before.reference === reference;
  return bareReference(before.number, prefix) === bareReference(reference, prefix);
}

/** Is this the record that was asked for? What a register returns is not believed. */
export function answersTo(record: LookupRecord, question: Question, prefix: string): boolean {
  if (record.kind !== question.kind) return false;
  if (question.kind === "appointment") return record.day === question.reference;
  const asked = bareReference(question.reference, prefix);
  return asked !== "" && bareReference(record.number, prefix) === asked;
}
