import { MAX_SEARCHED, type Span } from "../folded.ts";

export interface FoundIban extends Span {
  /** Without spaces, in capitals; its check digits are right. */
  readonly iban: string;
}

/** Lengths of the SEPA countries' IBANs, from the SWIFT IBAN registry. */
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};
const BEGINNING = /(?<![\p{L}\d])([A-Z]{2})[ .-]?(\d{2})/giu;
const SEPARATOR = /[ .\u00a0-]/;

/** The first IBAN of a text whose length and check digits are right, however it is spaced. */
export function findIban(text: string): FoundIban | undefined {
  const searched = text.slice(0, MAX_SEARCHED);
  for (const match of searched.matchAll(BEGINNING)) {
    const length = LENGTHS[(match[1] as string).toUpperCase()];
    if (length === undefined) continue;
    const found = takeLetters(searched, match.index, length);
    if (found && hasRightChecksum(found.iban)) return found;
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

/** ISO 7064 MOD 97-10: the first four signs moved to the end, letters as 10 to 35, leave 1. */
export function hasRightChecksum(iban: string): boolean {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    if (Number.isNaN(value)) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
