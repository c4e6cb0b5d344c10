import { MAX_SEARCHED, type Span } from "../folded.ts";

export interface FoundPhone extends Span {
  /** E.164: "+" and 8 to 15 digits. */
  readonly phone: string;
}

const PHONE = /(?<![\p{L}\d])(?:\+|00|0|\(0|\(\+)[\d\s()/.-]{5,24}\d(?!\d)/gu;

const DATE_AT_START = /^\d{1,2}\.\s?\d{1,2}\.(?!\d{5})/;
/** "01/12/2026", "08.30 - 12.30", "08.00-10.00 Uhr". */
const SLASH_DATE = /^\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})(?!\d)/;
const CLOCK_SPAN = /^[0-2]?\d[.:][0-5]\d\s?[-–]\s?[0-2]?\d[.:][0-5]\d(?!\d)/;

/**
 * The first telephone number of a text. A number without "+" or "00" must begin with 0 and is given the country code.
 * @param countryCode without "+", such as "49"
 */
export function findPhone(text: string, countryCode = "49"): FoundPhone | undefined {
  if (!/\d/.test(text)) return undefined;
  for (const match of text.slice(0, MAX_SEARCHED).matchAll(PHONE)) {
    if ([DATE_AT_START, SLASH_DATE, CLOCK_SPAN].some((other) => other.test(match[0]))) continue;
    const phone = toE164(match[0], countryCode);
    if (phone !== undefined) return { phone, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** E.164 of a number as people write it; undefined when it cannot be one. */
export function toE164(written: string, countryCode = "49"): string | undefined {
  const withoutTrunk = written.replace(/\(0\)/, "");
  const digits = withoutTrunk.replace(/\D/g, "");
  const isInternational = /^[\s(]*\+/.test(withoutTrunk);
  let full: string;
  if (isInternational) full = digits;
  else if (digits.startsWith("00")) full = digits.slice(2);
  else if (digits.startsWith("0")) full = countryCode + digits.slice(1);
  else return undefined;
  const isPossible = full.length >= 8 && full.length <= 15 && !full.startsWith("0");
  return isPossible ? `+${full}` : undefined;
}

export interface FoundEmail extends Span {
  readonly email: string;
}

const EMAIL =
  /(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d._%+-]{0,63}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,5}\p{L}{2,24}/u;

/** The first e-mail address of a text; its domain in lower case. */
export function findEmail(text: string): FoundEmail | undefined {
  if (!text.includes("@")) return undefined;
  const match = EMAIL.exec(text.slice(0, MAX_SEARCHED));
  if (match === null) return undefined;
  const at = match[0].lastIndexOf("@");
  const email = match[0].slice(0, at) + match[0].slice(at).toLowerCase();
  return { email, start: match.index, end: match.index + match[0].length };
}
