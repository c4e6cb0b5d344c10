import type { Language } from "./words.ts";

export const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };

/** "19:35" on the clock of a zone. */
export function clockIn(language: Language, timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return (iso) => format.format(new Date(iso));
}

/** A plain date, which belongs to no zone: noon keeps it the same day in each. */
export function plainDay(
  language: Language,
  options: Pick<Intl.DateTimeFormatOptions, "weekday" | "day" | "month" | "year">,
): (day: string) => string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T12:00:00Z`));
}

/** "10,90 €" of the currency's minor unit. */
export function moneyIn(language: Language, currency: string): (minor: number) => string {
  const format = new Intl.NumberFormat(LOCALES[language], { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (minor) => format.format(minor / 10 ** digits);
}
