/** Numbers of documents: a prefix, the year, and a count without gaps but for those that a restore made. */

export const NUMBER_KINDS = ["quotation", "confirmation"] as const;
export type NumberKind = (typeof NUMBER_KINDS)[number];

const PLACES = 4;

/** @param count from 1 @returns e.g. "AN-2026-0007" */
export function documentNumber(prefix: string, year: number, count: number): string {
  return `${prefix}-${year}-${String(count).padStart(PLACES, "0")}`;
}

/** @param day YYYY-MM-DD in the company's time zone */
export const yearOf = (day: string): number => Number(day.slice(0, 4));
