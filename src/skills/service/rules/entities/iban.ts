import { IBAN_LENGTHS, isIban } from "#kernel";
import { MAX_SEARCHED, type Span } from "../folded.ts";

export interface FoundIban extends Span {
  /** Without spaces, in capitals; its check digits are right. */
  readonly iban: string;
}

const BEGINNING = /(?<![\p{L}\d])([A-Z]{2})[ .-]?(\d{2})/giu;
const SEPARATOR = /[ .\u00a0-]/;

/** The first IBAN of a text whose length and check digits are right, however it is spaced. */
export function findIban(text: string): FoundIban | undefined {
  const searched = text.slice(0, MAX_SEARCHED);
  for (const match of searched.matchAll(BEGINNING)) {
    const length = IBAN_LENGTHS[(match[1] as string).toUpperCase()];
    if (length === undefined) continue;
    const found = takeLetters(searched, match.index, length);
    if (found && isIban(found.iban)) return found;
  }
  return undefined;
}

/** Exactly `length` letters and digits, one separator at most between two, and nothing of the kind after them. */
function takeLetters(text: string, start: number, length: number): FoundIban | undefined {
  let iban = "";
  let end = start;
  for (; end < text.length && iban.length < length; end++) {
    const sign = text[end] as string;
    if (/[a-z\d]/i.test(sign)) iban += sign.toUpperCase();
    else if (!SEPARATOR.test(sign) || SEPARATOR.test(text[end - 1] as string)) return undefined;
  }
  const isWhole = iban.length === length && !/[\p{L}\d]/u.test(text[end] ?? "");
  return isWhole ? { iban, start, end } : undefined;
}
