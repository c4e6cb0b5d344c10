/** Numbers of documents: a prefix, the year, and a gapless count. */

export type NumberKind = "quotation" | "confirmation";

const PLACES = 4;

/** @param count from 1 @returns e.g. "AN-2026-0007" */
export function documentNumber(prefix: string, year: number, count: number): string {
  return `${prefix}-${year}-${String(count).padStart(PLACES, "0")}`;
}

/** @param day YYYY-MM-DD in the company's time zone */
export const yearOf = (day: string): number => Number(day.slice(0, 4));
