import type { Language } from "./words.ts";

const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };

export interface Format {
  /** "10,90 €" */
  money(minor: number): string;
  /** "1. Dezember 2026", of a plain date */
  day(day: string): string;
  /** "19:35" */
  clock(iso: string): string;
}

export function formatOf(
  language: Language,
  { timeZone, currency }: { timeZone: string; currency: string },
): Format {
  const locale = LOCALES[language];
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  const day = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return {
    money: (minor) => money.format(minor / 100),
    day: (date) => day.format(new Date(`${date}T12:00:00Z`)),
    clock: (iso) => clock.format(new Date(iso)),
  };
}
