import type { Language } from "./words.ts";

const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };

export interface Format {
  /** "19:35" */
  clock(iso: string): string;
  /** "19" or "19:30" in German, "19:00" in English */
  hour(iso: string): string;
  /** "Donnerstag, 19. November"; null for today */
  day(iso: string, now: string): string | null;
  /** "26. November", of a plain date */
  date(day: string): string;
  /** "5,00 €" */
  money(minor: number, currency: string): string;
}

/** Times on the clock of the city where it is brought. */
export function formatOf(language: Language, timeZone: string): Format {
  const locale = LOCALES[language];
  const make = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  const clock = make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = make({ weekday: "long", day: "numeric", month: "long" });
  const plain = make({ day: "numeric", month: "long" }, "UTC");
  const at = (iso: string) => clock.format(new Date(iso));
  return {
    clock: at,
    hour: (iso) => (language === "de" ? at(iso).replace(/^0/, "").replace(/:00$/, "") : at(iso)),
    day: (iso, now) => {
      const [one, today] = [day.format(new Date(iso)), day.format(new Date(now))];
      return one === today ? null : one;
    },
    date: (date) => plain.format(new Date(`${date}T12:00:00Z`)),
    money: (minor, currency) => {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(minor / 10 ** digits);
    },
  };
}
