/** Which part of a conversation goes along with a question, and what is taken out of it: as little as the question needs. */

export type Scope = "last" | "ten" | "case";

/** A message that customer and company both know. */
export interface Said {
  author: "customer" | "bot" | "agent";
  text: string;
  /** Name of a file, or what kind of message it is; "" = words alone. */
  file: string;
  /** ms */
  at: number;
}

const TEN = 10;
/** Of a case; a longer one is no excerpt. */
export const MESSAGES_MAX = 200;
const EXCERPT_CHARACTERS = 50_000;
const MESSAGE_CHARACTERS = 8_000;

/** @param all in reading order @returns the customer's last message, the last ten, or all */
export function chosen(all: readonly Said[], scope: Scope): readonly Said[] {
  if (scope === "case") return all.slice(-MESSAGES_MAX);
  if (scope === "ten") return all.slice(-TEN);
  const last = all.findLast(({ author }) => author === "customer") ?? all.at(-1);
  return last ? [last] : [];
}

const EMAIL = /[^\s@<>()[\],;:"]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/gi;
/** Every country's account has as many figures (ISO 13616); words that stand in a row have not. */
const IBAN_DIGITS = 10;
/** With a country's code, or from 0 on; a number of seven digits and more. */
const PHONE =
  /(?<![\p{L}\p{N}])(?:\+|00)\d[\d\s/().-]{6,18}\d(?!\d)|(?<![\p{L}\p{N}.,/-])0\d[\d\s/()-]{5,16}\d(?!\d)/gu;
/** E.164 has fifteen, with two zeros before them; longer ones are a parcel's. */
const PHONE_DIGITS = 17;
const DATE = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/;

/**
 * Takes out what the customer is reached by: mail addresses, telephone numbers, bank accounts. Postal addresses have no form
 * that a rule could find; the agent sees the mail before it leaves.
 * @param mark stands in their place
 */
export function withoutContactDetails(text: string, mark: string): string {
  return text
    .replace(EMAIL, mark)
    .replace(IBAN, (found) => (isIban(found) ? mark : found))
    .replace(PHONE, (found) => (isPhone(found) ? mark : found));
}

/** In small letters it is an account only where it has the figures of one. */
function isIban(found: string): boolean {
  return found === found.toUpperCase() || found.replace(/\D/g, "").length >= IBAN_DIGITS;
}

/** A name as it may leave the house: mail programs often give the address for one. @returns "" when nothing is left of it */
export function plainName(name: string): string {
  return withoutContactDetails(name, " ")
    .replace(/[<>()[\]"]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s,;:]+|[\s,;:]+$/g, "");
}

function isPhone(found: string): boolean {
  return !DATE.test(found) && found.replace(/\D/g, "").length <= PHONE_DIGITS;
}

export interface ExcerptWords {
  /** "Anna Berg", as the colleague shall read it. */
  customer: string;
  /** Whoever has no name that may leave the house. */
  nobody: string;
  company: string;
  bot: string;
  /** In place of a contact detail; null = they stay. */
  mark: string | null;
  /** "… {count} earlier messages left out" */
  left(count: number): string;
  /** "24.11., 10:05" */
  time(at: number): string;
}

/** @param said as `chosen` gives it @returns the lines of a mail; the oldest give way where it would be too long */
export function excerptOf(said: readonly Said[], words: ExcerptWords): string {
  const { mark } = words;
  const plain = (text: string) => (mark === null ? text : withoutContactDetails(text, mark));
  const customer = mark === null ? words.customer : plainName(words.customer) || words.nobody;
  const blocks = said.map((one) => {
    const name = one.author === "customer" ? customer : one.author === "bot" ? words.bot : words.company;
    const body = [cutAt(plain(one.text), MESSAGE_CHARACTERS), one.file && `[${plain(one.file)}]`]
      .filter(Boolean)
      .join("\n");
    return `${name}, ${words.time(one.at)}:\n${body}`;
  });
  let length = 0;
  let from = blocks.length;
  while (from > 0 && length + (blocks[from - 1]?.length ?? 0) + 2 <= EXCERPT_CHARACTERS) {
    from -= 1;
    length += (blocks[from]?.length ?? 0) + 2;
  }
  return [...(from > 0 ? [words.left(from)] : []), ...blocks.slice(from)].join("\n\n");
}

/** Never half of a character that takes two places. */
export function cutAt(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const cut = text.slice(0, characters - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}
