import { mod97 } from "#kernel";

/** RF creditor reference: "RF", two check digits, up to 21 signs. Source: ISO 11649:2009 with ISO 7064, MOD 97-10. */

const MOST = 21;
/** Digits after the check digits of our own references: ten, so that they can be typed and not be guessed one after the other. */
export const BODY_DIGITS = 10;
export const REFERENCE_CHARACTERS = 4 + BODY_DIGITS;

/** @param body 1 to 21 of A-Z and 0-9 @throws RangeError for anything else */
export function creditorReference(body: string): string {
  if (!/^[A-Z0-9]{1,21}$/.test(body)) throw new RangeError("1 to 21 capitals and digits");
  const check = 98 - mod97(`${body}RF00`);
  return `RF${String(check).padStart(2, "0")}${body}`;
}

export function isCreditorReference(text: string): boolean {
  const bare = text.replace(/\s/g, "").toUpperCase();
  return /^RF\d{2}[A-Z0-9]{1,21}$/.test(bare) && mod97(bare.slice(4) + bare.slice(0, 4)) === 1;
}

/** @returns in groups of four, as people copy it */
export const spacedReference = (reference: string): string => reference.replace(/.{4}(?=.)/g, "$& ");

/**
 * References in the words of a transfer, each once. Banks break words at 27 or 35 signs and people type blanks, dots and
 * hyphens, so signs between are passed over; only what carries right check digits counts, the longest first.
 * @param lengths of the references that are looked for; a reference has no mark of its end
 */
export function findReferences(words: string, lengths: readonly number[]): string[] {
  const bare = words.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const found = new Set<string>();
  for (let at = bare.indexOf("RF"); at >= 0; at = bare.indexOf("RF", at + 1)) {
    const longest = [...new Set(lengths)].filter((one) => one <= MOST + 4).sort((a, b) => b - a);
    for (const length of longest) {
      const part = bare.slice(at, at + length);
      if (part.length === length && isCreditorReference(part)) {
        found.add(part);
        break;
      }
    }
  }
  return [...found];
}
