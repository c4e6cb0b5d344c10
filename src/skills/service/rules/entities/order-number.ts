import { MAX_SEARCHED, type Span } from "../folded.ts";
import { findEmail, findPhone } from "./contact-details.ts";
import { findIban } from "./iban.ts";
import { findPostcode, ORDER_WORD } from "./postcode.ts";

/** As the company writes its order numbers. */
export interface OrderNumberStyle {
  /** Letters before the digits, such as "HK"; none for bare digits. */
  readonly prefix?: string;
  readonly minDigits: number;
  readonly maxDigits: number;
}

export const BARE_ORDER_NUMBER: OrderNumberStyle = { minDigits: 4, maxDigits: 10 };

export interface FoundOrder extends Span {
  /** In the company's own way of writing. */
  readonly order: string;
}

/**
 * The first order number of a text, in the company's own way of writing it: "hk 20417" and "HK20417" become "HK-20417".
 * Bare digits are taken, with the prefix added, where a text names no prefix and they cannot be a telephone number, a
 * postcode, a price, a year, another number that is called so, or part of a longer number.
 */
export function findOrder(text: string, style: OrderNumberStyle = BARE_ORDER_NUMBER): FoundOrder | undefined {
  if (!/\d/.test(text)) return undefined;
  const searched = text.slice(0, MAX_SEARCHED);
  const digits = `\\d{${style.minDigits},${style.maxDigits}}`;
  const prefix = style.prefix?.toUpperCase();
  if (prefix !== undefined) {
    const named = new RegExp(
      `(?<![\\p{L}\\d])${escapePattern(prefix)}[\\s._#-]{0,2}(${digits})(?!\\d)`,
      "iu",
    );
    const found = named.exec(searched);
    if (found) return { order: `${prefix}-${found[1]}`, ...spanOf(found) };
  }
  const taken = [findPhone(searched), findEmail(searched), findIban(searched)].filter(
    (span) => span !== undefined,
  );
  for (const match of searched.matchAll(
    new RegExp(`(?<![\\p{L}\\d.,:/+-])${digits}(?![\\p{L}\\d]|[.,:/-]\\d)`, "gu"),
  )) {
    const isTaken = taken.some(({ start, end }) => match.index >= start && match.index < end);
    if (isTaken || isSomethingElse(searched, match)) continue;
    return { order: prefix === undefined ? match[0] : `${prefix}-${match[0]}`, ...spanOf(match) };
  }
  return undefined;
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

const MONEY_OR_UNIT_AFTER = /^\s?(€|euro?|eur|\$|cent|stück|stk|pcs|kg|g|cm|mm|uhr|min|%)(?![\p{L}])/iu;
const OTHER_NUMBER =
  /(?:kunden|rechnungs|artikel|sendungs|paket|tracking|vertrags|mitglieds|zähler|haus|zimmer)[\s-]?(?:nummer|nr|id)?[\s.:#]{0,3}(?:ist|lautet|is)?\s?$|(?:customer|invoice|item|article|tracking|contract|member(?:ship)?|meter|house|room)(?: number| no| id)[\s.:#]{0,3}(?:is)?\s?$/iu;

function isSomethingElse(text: string, match: RegExpMatchArray): boolean {
  const found = match[0];
  const start = match.index ?? 0;
  const [before, after] = [text.slice(0, start), text.slice(start + found.length)];
  if (MONEY_OR_UNIT_AFTER.test(after) || OTHER_NUMBER.test(before)) return true;
  if (ORDER_WORD.test(before)) return false;
  const postcode = findPostcode(text);
  const isPostcode = postcode !== undefined && start >= postcode.start && start < postcode.end;
  if (isPostcode && !postcode.isAlone) return true;
  return (
    /^(19|20)\d\d$/.test(found) &&
    /\b(seit|im jahr|in|since|year|january|\p{L}+ber|\p{L}+uar)\s*$/iu.test(before)
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
