import { clockIn, LOCALES, moneyIn } from "../customer-page/format.ts";
import type { PublicCoin } from "./contract.ts";
import type { Language } from "./words.ts";

/** Base units of a hundredth of a coin. */
const UNITS_PER_MINOR = 10_000;

export interface Format {
  euro(minor: number): string;
  /** "184.620,00 HT" of base units */
  coins(units: number): string;
  percent(hundredths: number): string;
  day(ms: number): string;
  moment(ms: number): string;
  number(value: number): string;
}

export const minorOf = (units: number): number => Math.floor(units / UNITS_PER_MINOR);

export function formatOf(language: Language, { timeZone, coin }: PublicCoin): Format {
  const locale = LOCALES[language];
  const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "numeric",
    year: "numeric",
    timeZone,
  });
  const clock = clockIn(language, timeZone);
  return {
    euro: moneyIn(language, "EUR"),
    coins: (units) => `${plain.format(minorOf(units) / 100)}\u00a0${coin.symbol}`,
    percent: (hundredths) => percent.format(hundredths / 100),
    day: (ms) => day.format(ms),
    moment: (ms) => `${day.format(ms)}, ${clock(new Date(ms).toISOString())}`,
    number: (value) => whole.format(value),
  };
}
