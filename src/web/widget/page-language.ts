import type { Language } from "./seam.ts";

/** "de-AT" -> "de"; anything but German and English -> null. */
export function knownLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.trim().toLowerCase().split("-")[0];
  return primary === "de" || primary === "en" ? primary : null;
}

/** The first language of the list that the product speaks. */
export function firstKnown(tags: readonly (string | null | undefined)[]): Language | null {
  for (const tag of tags) {
    const language = knownLanguage(tag);
    if (language) return language;
  }
  return null;
}
