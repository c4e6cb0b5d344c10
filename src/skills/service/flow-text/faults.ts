import { type Catalogue, type Language, translate } from "#kernel";
import type { Place } from "./document.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";

/** What is wrong with a text, where, and what was expected there. */
export interface Fault extends Place {
  /** A key of the sentences in messages/. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export const faultCatalogue: Catalogue = { de, en };

export function fault(place: Place, code: string, values: Fault["values"] = {}): Fault {
  return { line: place.line, column: place.column, code, values };
}

/** The sentence without its place. */
export function describeFault({ code, values }: Fault, language: Language): string {
  return translate(faultCatalogue, { language, form: "sie" }, code, values);
}

/** "Zeile 12, Spalte 3: …" */
export function locatedFault(one: Fault, language: Language): string {
  const place =
    language === "de" ? `Zeile ${one.line}, Spalte ${one.column}` : `Line ${one.line}, column ${one.column}`;
  return `${place}: ${describeFault(one, language)}`;
}
