import type { Language } from "#kernel";

/** Amounts, days and quantities as people read them; from integers, without a float in between. */

const localeOf = (language: Language): string => (language === "de" ? "de-DE" : "en-GB");

/** @param minor digits after the point @returns "123.45" of 12345 and 2 */
function decimal(amount: number, minor: number): Intl.StringNumericLiteral {
  const digits = String(amount).padStart(minor + 1, "0");
  return `${digits.slice(0, -minor)}.${digits.slice(-minor)}` as Intl.StringNumericLiteral;
}

/** @param cents in the currency's minor unit @returns e.g. "1.234,50 €" */
export function spokenMoney(cents: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: "currency", currency }).format(decimal(cents, 2));
}

/** @returns e.g. "1.234,50" */
export function spokenAmount(cents: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: 2 }).format(decimal(cents, 2));
}

/** @param milli thousandths @returns e.g. "1,5" */
export function spokenQuantity(milli: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 3 }).format(decimal(milli, 3));
}

/** @param bp basis points @returns e.g. "2,5 %" */
export function spokenPercent(bp: number, language: Language): string {
  const number = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(
    decimal(bp, 2),
  );
  return language === "de" ? `${number}\u00a0%` : `${number}%`;
}

/** @param day YYYY-MM-DD @returns e.g. "24.11.2026", "24 Nov 2026" */
export function spokenDay(day: string, language: Language): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const options =
    language === "de"
      ? ({ day: "2-digit", month: "2-digit", year: "numeric" } as const)
      : ({ day: "numeric", month: "short", year: "numeric" } as const);
  return new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: "UTC" }).format(
    Date.UTC(year, month - 1, date),
  );
}
