import { type Day, isoDay, readDay } from "./dates.ts";

/** Days and money as people read them. */
type Language = "de" | "en";

const MONTHS: Readonly<Record<Language, string>> = {
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
  en: "January February March April May June July August September October November December",
};

/** @param iso YYYY-MM-DD @returns "30. November 2026", "30 November 2026" */
export function spokenDay(iso: string, language: Language): string {
  const [year = "", month = "", day = ""] = iso.split("-");
  const name = MONTHS[language].split(" ")[Number(month) - 1] ?? month;
  return `${Number(day)}${language === "de" ? "." : ""} ${name} ${year}`;
}

/** @returns "1.234,50 €", "€1,234.50" */
export function spokenMoney(cents: number, language: Language): string {
  const euros = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, language === "de" ? "." : ",");
  const rest = String(cents % 100).padStart(2, "0");
  return language === "de" ? `${euros},${rest} €` : `€${euros}.${rest}`;
}

/** 20261130 */
export function compactDay(day: Day | string): string {
  return (typeof day === "string" ? day : isoDay(day)).replaceAll("-", "");
}

/** @returns null for what is no such day */
export function fromCompact(text: string): string | null {
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  return text.length === 8 && readDay(iso) !== null ? iso : null;
}
