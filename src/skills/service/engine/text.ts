/** Longest text that is looked at, in UTF-16 units; what a customer wants is said long before. */
export const MAX_TEXT_LENGTH = 2_000;

const FOLDS: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
};

const FOLDABLE = /[äöüßæœøł]/g;
const COMBINING_MARKS = /\p{M}/gu;
// An apostrophe inside a word is typed or left out at random ("can't", "cant"; "geht's", "gehts").
const APOSTROPHE_IN_WORD = /(?<=[a-z])['’‘`´](?=[a-z])/g;
const NOT_ASCII = /[^\p{ASCII}]/u;
const DIGIT = /[0-9]/g;

/**
 * Lower case without accents; German umlauts become two letters, because both spellings are typed.
 * Keeps digits and punctuation.
 * @param text any text; only the first {@link MAX_TEXT_LENGTH} units are used
 */
export function fold(text: string): string {
  const cut = text.length > MAX_TEXT_LENGTH ? text.slice(0, MAX_TEXT_LENGTH) : text;
  const lower = NOT_ASCII.test(cut) ? foldLetters(cut) : cut.toLowerCase();
  return lower.replace(APOSTROPHE_IN_WORD, "");
}

function foldLetters(text: string): string {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(FOLDABLE, (letter) => FOLDS[letter] ?? letter)
      .normalize("NFD")
      .replace(COMBINING_MARKS, "")
      // What stood under a mark: "ǽ" is "æ" now.
      .replace(FOLDABLE, (letter) => FOLDS[letter] ?? letter)
      .replace(/[’‘´]/g, "'")
  );
}

/** {@link fold}, and every digit becomes 0: a topic does not depend on which order number is named. */
export function normalise(text: string): string {
  return fold(text).replace(DIGIT, "0");
}

/**
 * Whether a UTF-16 unit of a normalised text belongs to a word. Everything above Latin-1 punctuation counts, other than
 * general and ideographic punctuation, so that other scripts and emoji become words without a table of Unicode.
 */
export function isWordUnit(unit: number): boolean {
  if (unit < 0x80) return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
  if (unit < 0xc0) return unit === 0xaa || unit === 0xb5 || unit === 0xba;
  return !((unit >= 0x2000 && unit <= 0x206f) || (unit >= 0x3000 && unit <= 0x303f));
}

/** The words of a text that {@link fold} or {@link normalise} has prepared, in order. */
export function tokens(prepared: string): string[] {
  const found: string[] = [];
  let start = -1;
  for (let i = 0; i <= prepared.length; i++) {
    const inside = i < prepared.length && isWordUnit(prepared.charCodeAt(i));
    if (inside && start < 0) start = i;
    if (!inside && start >= 0) {
      found.push(prepared.slice(start, i));
      start = -1;
    }
  }
  return found;
}
