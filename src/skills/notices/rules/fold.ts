const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

/** Lower case, umlauts as two letters, other accents gone: both spellings are typed. */
export function fold(text: string): string {
  return text
    .slice(0, 500)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** Folded words with single spaces between and around them, so that " u 3 " is found as words and not inside others. */
export function wordsOf(text: string): string {
  return ` ${fold(text)
    .replace(/[^\p{L}\p{N}:.–-]+/gu, " ")
    .replace(/[.:–-]+(?= |$)|(?<=^| )[.:–-]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()} `;
}
