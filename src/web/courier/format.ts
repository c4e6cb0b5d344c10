import type { Language } from "../customer-page/words.ts";

const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };

export interface Format {
  /** "19:42" */
  clock(iso: string): string;
  /** "19–21 Uhr", "19:00–21:00" */
  window(from: string, until: string): string;
  /** "Donnerstag, 26. November" */
  day(date: string): string;
  number(value: number): string;
}

/** Times on the city's clock: the customer was promised those. */
export function formatOf(language: Language, timeZone: string): Format {
  const locale = LOCALES[language];
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  const day = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const at = (iso: string) => clock.format(new Date(iso));
  const short = (text: string) => text.replace(/^0/, "").replace(/:00$/, "");
  return {
    clock: at,
    window: (from, until) =>
      language === "de" ? `${short(at(from))}–${short(at(until))}\u00a0Uhr` : `${at(from)}–${at(until)}`,
    // A plain date belongs to no zone: noon keeps it the same day in each.
    day: (date) => day.format(new Date(`${date}T12:00:00Z`)),
    number: (value) => number.format(value),
  };
}
