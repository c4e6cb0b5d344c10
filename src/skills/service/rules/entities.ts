/** Where in the text something was found. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** As the company writes its order numbers. */
export interface OrderNumberStyle {
  /** Letters before the digits, such as "HK"; none for bare digits. */
  readonly prefix?: string;
  readonly minDigits: number;
  readonly maxDigits: number;
}

export const BARE_ORDER_NUMBER: OrderNumberStyle = { minDigits: 4, maxDigits: 10 };

/** The longest text that is searched, in UTF-16 units. */
const MAX_LENGTH = 4_000;

/**
 * The first order number of a text, in the company's own way of writing it: "hk 20417" and "HK20417" become "HK-20417".
 * Bare digits are taken, with the prefix added, where a text names no prefix and they cannot be a telephone number,
 * a price, a year or part of a longer number.
 */
export function findOrderNumber(
  text: string,
  style: OrderNumberStyle = BARE_ORDER_NUMBER,
): string | undefined {
  const searched = text.slice(0, MAX_LENGTH);
  const digits = `\\d{${style.minDigits},${style.maxDigits}}`;
  const prefix = style.prefix?.toUpperCase();
  if (prefix !== undefined) {
    const named = new RegExp(
      `(?<![\\p{L}\\d])${escapePattern(prefix)}[\\s._#-]{0,2}(${digits})(?!\\d)`,
      "iu",
    );
    const found = named.exec(searched)?.[1];
    if (found !== undefined) return `${prefix}-${found}`;
  }
  const taken = [findPhone(searched), findEmail(searched)].filter((place) => place !== undefined);
  for (const match of searched.matchAll(
    new RegExp(`(?<![\\p{L}\\d.,:/+-])${digits}(?![\\p{L}\\d]|[.,:/-]\\d)`, "gu"),
  )) {
    const isTaken = taken.some(({ start, end }) => match.index >= start && match.index < end);
    if (isTaken || isYearOrPrice(searched, match)) continue;
    return prefix === undefined ? match[0] : `${prefix}-${match[0]}`;
  }
  return undefined;
}

const MONEY_OR_UNIT_AFTER = /^\s?(€|euro?|eur|\$|cent|stück|stk|pcs|kg|g|cm|mm|uhr|min|%)(?![\p{L}])/iu;
const PLACE_AFTER = /^\s+\p{Lu}\p{Ll}{2,}/u;

function isYearOrPrice(text: string, match: RegExpMatchArray): boolean {
  const found = match[0];
  const after = text.slice((match.index ?? 0) + found.length);
  if (MONEY_OR_UNIT_AFTER.test(after)) return true;
  if (found.length === 5 && PLACE_AFTER.test(after)) return true;
  return (
    /^(19|20)\d\d$/.test(found) &&
    /\b(seit|im jahr|in|since|year|january|\p{L}+ber|\p{L}+uar)\s*$/iu.test(text.slice(0, match.index))
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export interface FoundPhone extends Place {
  /** E.164: "+" and 8 to 15 digits. */
  readonly phone: string;
}

const PHONE = /(?<![\p{L}\d])(?:\+|00|0|\(0|\(\+)[\d\s()/.-]{5,24}\d(?!\d)/gu;

const DATE_AT_START = /^\d{1,2}\.\s?\d{1,2}\.(?!\d{5})/;

/**
 * The first telephone number of a text. A number without "+" or "00" must begin with 0 and is given the country code.
 * @param countryCode without "+", such as "49"
 */
export function findPhone(text: string, countryCode = "49"): FoundPhone | undefined {
  for (const match of text.slice(0, MAX_LENGTH).matchAll(PHONE)) {
    if (DATE_AT_START.test(match[0])) continue;
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

export interface FoundEmail extends Place {
  readonly email: string;
}

const EMAIL =
  /(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d._%+-]{0,63}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,5}\p{L}{2,24}/u;

/** The first e-mail address of a text; its domain in lower case. */
export function findEmail(text: string): FoundEmail | undefined {
  const match = EMAIL.exec(text.slice(0, MAX_LENGTH));
  if (match === null) return undefined;
  const at = match[0].lastIndexOf("@");
  const email = match[0].slice(0, at) + match[0].slice(at).toLowerCase();
  return { email, start: match.index, end: match.index + match[0].length };
}

const POSTCODE =
  /(?<![\p{L}\d.,:/+-])(?:(?:D|DE)[\s-]{1,2})?(\d{5})(?=\s+\p{Lu}\p{L}|\s*$|[\s,.;!?]+(?!\d))(?![.,]\d|-\d)/gu;
const POSTCODE_WORD = /(postleitzahl|plz|post\s?code|zip(\s?code)?)\D{0,12}$/i;

/**
 * A German postcode: five digits before a place's name ("20095 Hamburg"), after the word for it, or alone.
 * Other five digits may be an order number and are left.
 */
export function findPostcode(text: string): string | undefined {
  const searched = text.slice(0, MAX_LENGTH);
  for (const match of searched.matchAll(POSTCODE)) {
    const digits = match[1] as string;
    if (digits.startsWith("00") || digits < "01001") continue;
    const before = searched.slice(0, match.index);
    const after = searched.slice(match.index + match[0].length);
    const isAlone = before.trim() === "" && after.trim() === "";
    if (isAlone || POSTCODE_WORD.test(before) || /^\s+\p{Lu}\p{Ll}{2,}/u.test(after)) return digits;
  }
  return undefined;
}
