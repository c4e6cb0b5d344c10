import type { Language } from "../text/catalogue.ts";
import { useText } from "../text/use-text.ts";

/** A millionth of a coin is the ledger's unit, a hundredth is what people count in. */
const UNITS_PER_MINOR = 10_000;
const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };

/** Amounts as people read them; integers until the very end. */
export function useMoney() {
  const { language } = useText();
  const locale = LOCALES[language];
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const euro = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
  const thousand = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return {
    locale,
    /** "10,90 €" */
    euro: (minor: number) => euro.format(minor / 100).replace("-", "−"),
    /** "10,90" */
    plain: (minor: number) => number.format((minor || 0) / 100).replace("-", "−"),
    /** "10,90 HT"; of a name too. */
    coins: (minor: number, symbol: string) =>
      `${number.format((minor || 0) / 100).replace("-", "−")}\u00a0${symbol}`,
    /** In thousands of euro, for an axis. */
    thousands: (minor: number) => thousand.format(minor / 100_000),
    /** Down: nothing is called covered by rounding. @param share 1 = 100 % */
    percent: (share: number) => percent.format(Math.floor(share * 1_000) / 1_000),
  };
}

export const unitsOf = (minor: number): number => minor * UNITS_PER_MINOR;

/** What is left of a cent does not count. */
export const minorOf = (units: number): number => Math.floor(units / UNITS_PER_MINOR);
