/** Sentences of a room. German has the form of address as a dimension; a plain string serves both. */
export type Sentence = string | { sie: string; du: string };
export type Messages = Readonly<Record<string, Sentence>>;
export type Language = "de" | "en";
export type FormOfAddress = "sie" | "du";

export interface Catalogue {
  de: Messages;
  en: Messages;
}

/** Throws when a key is missing in one of the languages: start-up refuses half a catalogue. */
export function checkCatalogue(room: string, catalogue: Catalogue): void {
  for (const key of new Set([...Object.keys(catalogue.de), ...Object.keys(catalogue.en)])) {
    if (!(key in catalogue.de) || !(key in catalogue.en))
      throw new Error(`Message ${room}.${key} is missing in one language`);
  }
}

/**
 * Picks a sentence and fills `{name}` places.
 * @throws Error for an unknown key (a programming fault, found by the catalogue's test)
 */
export function translate(
  catalogue: Catalogue,
  choice: { language: Language; form: FormOfAddress },
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const sentence = catalogue[choice.language][key];
  if (sentence === undefined) throw new Error(`Unknown message key ${key}`);
  const text = typeof sentence === "string" ? sentence : sentence[choice.form];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
