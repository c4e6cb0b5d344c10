/** Telephone numbers as machines write them. */

export interface NumberPlan {
  /** Without plus: "49". */
  readonly countryCode: string;
  /** Of numbers that name no area, without its zero: "40"; "" = none is known. */
  readonly areaCode: string;
}

/** What stands for a suppressed number, in the words of telephone systems and lists. */
const SUPPRESSED =
  /^(?:|-|anonym(?:ous)?|unknown|unbekannt|unterdr(?:ü|ue)ckt|suppressed|withheld|private?|privat|restricted|unavailable|nicht verf(?:ü|ue)gbar)$/i;
/** ITU-T E.164 allows 15 digits; shorter than 7 with its country is no subscriber's number. */
const SHORTEST = 7;
const LONGEST = 15;

export type ReadNumber =
  | { readonly is: "number"; readonly phone: string }
  | { readonly is: "suppressed" }
  /** An extension of the house, a service code or nothing that can be called. */
  | { readonly is: "other" };

/**
 * E.164 (ITU-T E.164, with DIN 5008's ways of writing) of what a list or a telephone system calls a number.
 * @param digitsAre what digits without "+" or "00" are: a telephone system writes the country code without a plus
 *   ("492111234567"), a list writes as one dials ("0211 1234567", "1234567")
 */
export function readNumber(
  written: string,
  { countryCode, areaCode }: NumberPlan,
  digitsAre: "international" | "dialled",
): ReadNumber {
  const bare = written.trim();
  if (SUPPRESSED.test(bare)) return { is: "suppressed" };
  // "tel:+49…" and "sip:0211…@provider" are the number too.
  const plain = bare
    .replace(/^(?:tel|sips?):/i, "")
    .replace(/@.*$/, "")
    .replace(/\(0\)/, "")
    .replace(/^\(/, "");
  if (!/^[+\d][\d\s()/.-]*$/.test(plain)) return { is: "other" };
  const digits = plain.replace(/\D/g, "");
  const full = internationalOf(plain, digits, { countryCode, areaCode }, digitsAre);
  if (full === null || full.length < SHORTEST || full.length > LONGEST || full.startsWith("0"))
    return { is: "other" };
  return { is: "number", phone: `+${full}` };
}

function internationalOf(
  plain: string,
  digits: string,
  { countryCode, areaCode }: NumberPlan,
  digitsAre: "international" | "dialled",
): string | null {
  if (plain.startsWith("+")) return digits;
  if (digits.startsWith("00")) return digits.slice(2);
  if (digits.startsWith("0")) return countryCode + digits.slice(1);
  if (digitsAre === "international") return digits;
  // Without an area it is a number of the same place; three digits and fewer are services and extensions.
  return areaCode === "" || digits.length < 4 ? null : countryCode + areaCode + digits;
}

/** "+49 … 4711": enough to know it by. */
export function maskedNumber(phone: string): string {
  return phone.length < 8 ? "…" : `${phone.slice(0, 3)} … ${phone.slice(-4)}`;
}
