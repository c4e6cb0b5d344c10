import { clockIn, LOCALES, moneyIn, plainDay } from "../customer-page/format.ts";
import type { Language } from "../customer-page/words.ts";

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
  const day = new Intl.DateTimeFormat(LOCALES[language], {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone,
  });
  const at = clockIn(language, timeZone);
  return {
    clock: at,
    hour: (iso) => (language === "de" ? at(iso).replace(/^0/, "").replace(/:00$/, "") : at(iso)),
    day: (iso, now) => {
      const [one, today] = [day.format(new Date(iso)), day.format(new Date(now))];
      return one === today ? null : one;
    },
    date: plainDay(language, { day: "numeric", month: "long" }),
    money: (minor, currency) => moneyIn(language, currency)(minor),
  };
}
