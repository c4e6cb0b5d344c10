import type { Language } from "#kernel";

/** Amounts are integers in the currency's minor unit (cents); never floats. */

export const EURO = "EUR";
const PLACES = 2;

const localeOf = (language: Language): string => (language === "de" ? "de-DE" : "en-GB");

/** @returns "12.30" of 1230; "-0.05" of -5 */
export function decimalOf(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(PLACES + 1, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/**
 * @param text as the standards write amounts: "12.3", "12.30", "0.5", "12"
 * @returns minor units; null when it is none, or has parts of a cent
 */
export function minorOf(text: string): number | null {
  const [, whole, part = ""] = /^(\d{1,13})(?:\.(\d{1,5}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || /[1-9]/.test(part.slice(PLACES))) return null;
  const minor = Number(whole) * 100 + Number(part.slice(0, PLACES).padEnd(PLACES, "0"));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** @returns e.g. "1.234,50 €" */
export function spokenMoney(minor: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: "currency", currency }).format(
    decimalOf(minor) as Intl.StringNumericLiteral,
  );
}

/** @param day YYYY-MM-DD @returns e.g. "24.11.2026", "24 November 2026" */
export function spokenDay(day: string, language: Language): string {
  const options =
    language === "de"
      ? ({ day: "2-digit", month: "2-digit", year: "numeric" } as const)
      : ({ day: "numeric", month: "long", year: "numeric" } as const);
  return new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: "UTC" }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}
