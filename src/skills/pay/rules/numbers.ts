/** Numbers of receipts: a prefix, the year, and a count without gaps but for those that a restore made. */

export const NUMBER_KINDS = ["receipt"] as const;
const PLACES = 5;

/** @param count from 1 @returns e.g. "B-2026-00007" */
export function receiptNumber(prefix: string, year: number, count: number): string {
  return `${prefix}-${year}-${String(count).padStart(PLACES, "0")}`;
}

/** @param day YYYY-MM-DD in the company's time zone */
export const yearOf = (day: string): number => Number(day.slice(0, 4));
