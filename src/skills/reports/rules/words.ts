/** Words as people type them: case, accents, umlauts and signs do not matter. "Bahnsteig 3 – dreckig!" -> "bahnsteig 3 dreckig" */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A word or phrase to look for; a star at its end also finds longer words ("verschmutz*"). */
export interface Phrase {
  readonly words: string;
  readonly isPrefix: boolean;
}

/** @returns null for a keyword without letters or digits */
export function phraseOf(keyword: string): Phrase | null {
  const words = fold(keyword);
  return words === "" ? null : { words, isPrefix: keyword.trim().endsWith("*") };
}

/** @param folded see `fold` */
export function holds(folded: string, { words, isPrefix }: Phrase): boolean {
  return ` ${folded} `.includes(isPrefix ? ` ${words}` : ` ${words} `);
}

/** The text without the words of the phrase. @param folded see `fold` */
export function without(folded: string, { words, isPrefix }: Phrase): string {
  const at = ` ${folded} `.indexOf(isPrefix ? ` ${words}` : ` ${words} `);
  if (at < 0) return folded;
  const rest = ` ${folded} `.slice(at + 1 + words.length);
  const tail = isPrefix ? rest.replace(/^\S*/, "") : rest;
  return `${` ${folded} `.slice(0, at)} ${tail}`.replace(/ +/g, " ").trim();
}
