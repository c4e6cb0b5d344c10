import { useMemo } from "react";
import { type Format, makeFormat } from "../text/format.ts";
import { useText } from "../text/use-text.ts";

export type CityFormat = Format & {
  /** "19:42" */
  clock(at: string | number): string;
  /** "18–20 Uhr" is the caller's; here "18:00–20:00". */
  window(from: string, until: string): string;
  /** "Donnerstag, 19.11.2026" @param day YYYY-MM-DD, of the city's clock */
  longDay(day: string): string;
  /** "19.11.2026" */
  shortDay(day: string): string;
  /** "87,4 km" */
  distance(metres: number): string;
  money(minor: number, currency: string): string;
  /** Of the city's clock. */
  today(): string;
};

/** Times as the city's clocks show them, wherever desk and company are. */
export function useCityFormat(timeZone: string | undefined): CityFormat {
  const { language } = useText();
  return useMemo(() => {
    const format = makeFormat(language, timeZone);
    const { locale } = format;
    // A calendar day is the same everywhere: it is written as it is, in no zone.
    const long = new Intl.DateTimeFormat(locale, {
      timeZone: "UTC",
      weekday: "long",
      day: "numeric",
      month: language === "de" ? "2-digit" : "long",
      year: "numeric",
    });
    const short = new Intl.DateTimeFormat(locale, {
      timeZone: "UTC",
      day: "2-digit",
      month: "2-digit",
      year: "numeric",
    });
    const kilometres = new Intl.NumberFormat(locale, {
      style: "unit",
      unit: "kilometer",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const clock = (at: string | number) => format.time(new Date(at).toISOString());
    return {
      ...format,
      clock,
      window: (from, until) => `${clock(from)}–${clock(until)}`,
      longDay: (day) => long.format(new Date(day)),
      shortDay: (day) => short.format(new Date(day)),
      distance: (metres) => kilometres.format(metres / 1_000),
      money: (minor, currency) => moneyOf(minor, currency, locale),
      today: () => format.dayOf(Date.now()),
    };
  }, [language, timeZone]);
}

/** From the smallest unit, whatever share of the whole that is in this currency. */
function moneyOf(minor: number, currency: string, locale: string): string {
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  const places = money.resolvedOptions().maximumFractionDigits ?? 2;
  return money.format(minor / 10 ** places);
}
