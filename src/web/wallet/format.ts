import { LOCALES, moneyIn } from "../customer-page/format.ts";
import type { Language } from "../customer-page/words.ts";

const UNITS_A_COIN = 1_000_000;
const UNITS_A_CENT = 10_000;
/** A name that fills half a line may stand in the next one. */
const LONG_NAME = 14;

export interface Format {
  /** "10,90" of base units */
  amount(units: number): string;
  /** "10,90 Hafentaler" */
  coins(units: number): string;
  /** "+10,90", "−10,90" */
  change(units: number): string;
  /** "10,90 €" of cents */
  money(minor: number): string;
  /** "10,90 €" of base units: one coin is one euro. */
  euro(units: number): string;
  /** "Donnerstag, 19. November 2026, 18:04" */
  moment(ms: number): string;
  /** "19.11.2026" */
  day(ms: number): string;
  /** "18:04" */
  clock(ms: number): string;
  count(value: number): string;
}

export function formatOf(language: Language, coin: { name: string }, timeZone: string): Format {
  const locale = LOCALES[language];
  const two = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const six = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  const at = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (ms: number) => format.format(ms);
  };
  const amount = (units: number) =>
    (units % UNITS_A_CENT === 0 ? two : six).format(units / UNITS_A_COIN).replace("-", "−");
  const money = moneyIn(language, "EUR");
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return {
    amount,
    coins: (units) => amount(units) + (coin.name.length > LONG_NAME ? " " : "\u00a0") + coin.name,
    change: (units) => (units > 0 ? `+${amount(units)}` : amount(units)),
    money,
    euro: (units) => money(Math.floor(units / UNITS_A_CENT)),
    moment: at({ weekday: "long", day: "numeric", month: "long", year: "numeric", ...time }),
    day: at({ day: "2-digit", month: "2-digit", year: "numeric" }),
    clock: at(time),
    count: (value) => new Intl.NumberFormat(locale).format(value),
  };
}
