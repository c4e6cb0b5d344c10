/** Every sentence of `setup` stands in both languages where it is used; a person who runs it chooses one. */
export interface Said {
  de: string;
  en: string;
}

export type Tongue = keyof Said;

/** @param locale LC_ALL or LANG, e.g. "de_DE.UTF-8" */
export function tongueOf(locale: string | undefined): Tongue {
  return locale?.toLowerCase().startsWith("de") ? "de" : "en";
}
