import { LOCALES } from "../customer-page/format.ts";
import type { Language } from "../customer-page/words.ts";

export interface Format {
  /** "24.11.2026" */
  day(iso: string): string;
  /** "10:05" */
  clock(iso: string): string;
  /** "24.11.2026, 10:05" */
  time(iso: string): string;
  number(value: number): string;
}

/** Times in the company's zone: the conversation names the same ones. */
export function formatOf(language: Language, timeZone: string): Format {
  const locale = LOCALES[language];
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const day = make({ dateStyle: "medium" });
  const clock = make({ hour: "2-digit", minute: "2-digit" });
  const time = make({ dateStyle: "medium", timeStyle: "short" });
  const here = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const place = timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone;
  /** Names the zone only to somebody under another clock. */
  const elsewhere = (iso: string) =>
    here.format(new Date(iso)) === clock.format(new Date(iso)) ? "" : ` (${place})`;
  const number = new Intl.NumberFormat(locale);
  return {
    // A plain date belongs to no zone: noon keeps it the same day in each.
    day: (iso) => day.format(new Date(iso.length === 10 ? `${iso}T12:00:00Z` : iso)),
    clock: (iso) => `${clock.format(new Date(iso))}${elsewhere(iso)}`,
    time: (iso) => `${time.format(new Date(iso))}${elsewhere(iso)}`,
    number: (value) => number.format(value),
  };
}

/** "Katrin Brandt" -> "Katrin Brandt"; nobody's name -> the word given. */
export function nameOr(name: string, word: string): string {
  return name.trim() || word;
}
