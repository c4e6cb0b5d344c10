import type { Gathering, Words } from "./item.ts";

/** A text and the language it says it is in (BCP 47), or none. */
export interface Said {
  readonly text: string;
  readonly language: string;
}

/**
 * Translations as the house keeps them. Words without a language are in the source's own, unless that one is said. A
 * language that nobody here reads is better than nothing: it stands in for the source's own, and is named.
 */
export function wordsOf(said: readonly Said[], own: "de" | "en", gathering: Gathering, place: string): Words {
  const words: { de: string | null; en: string | null } = { de: null, en: null };
  const others: Said[] = [];
  for (const one of said) {
    if (one.text === "") continue;
    const language = primary(one.language) || own;
    if (language !== "de" && language !== "en") others.push(one);
    // Said for a language counts more than said for none.
    else if (words[language] === null || (one.language !== "" && language !== own))
      words[language] = one.text;
  }
  const [other] = others;
  if (other && words.de === null && words.en === null) {
    gathering.fault("other_language", `${place} ${other.language}`);
    words[own] = other.text;
  }
  return words;
}

/** "de-CH" is "de"; "" when a text is no tag. */
export function primary(tag: string): string {
  return /^([a-z]{2,3})(?:[-_]|$)/i.exec(tag.trim())?.[1]?.toLowerCase() ?? "";
}

/** The language of a whole feed where it is one of ours. */
export function feedLanguage(tag: string, own: "de" | "en"): "de" | "en" {
  const language = primary(tag);
  return language === "de" || language === "en" ? language : own;
}
