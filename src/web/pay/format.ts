import { clockIn, moneyIn, plainDay } from "../customer-page/format.ts";
import type { Language } from "../customer-page/words.ts";

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
  return {
    money: moneyIn(language, currency),
    day: plainDay(language, { day: "numeric", month: "long", year: "numeric" }),
    clock: clockIn(language, timeZone),
  };
}
