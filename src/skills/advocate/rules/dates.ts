/** Calendar days without time or zone, as whole numbers of days since 1970-01-01 (proleptic Gregorian). */
export type Day = number;

const DAY_MS = 86_400_000;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @returns null for what is no day of the calendar, 2026-02-29 too */
export function readDay(text: string): Day | null {
  if (!ISO_DAY.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms)) return null;
  const day = ms / DAY_MS;
  return isoDay(day) === text ? day : null;
}

/** @returns YYYY-MM-DD */
export function isoDay(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

interface MonthPlace {
  /** Months since January of the year 0. */
  readonly month: number;
  readonly dayOfMonth: number;
}

function placeOf(day: Day): MonthPlace {
  const date = new Date(day * DAY_MS);
  return { month: date.getUTCFullYear() * 12 + date.getUTCMonth(), dayOfMonth: date.getUTCDate() };
}

function firstOf(month: number): Day {
  return Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / DAY_MS;
}

/**
 * The day with the same number so many months later (or earlier); a day that month lacks becomes its last
 * (BGB section 188, paragraph 3).
 */
export function addMonths(day: Day, months: number): Day {
  const { month, dayOfMonth } = placeOf(day);
  const first = firstOf(month + months);
  return Math.min(first + dayOfMonth - 1, firstOf(month + months + 1) - 1);
}

export function endOfMonth(day: Day): Day {
  return firstOf(placeOf(day).month + 1) - 1;
}

export function endOfQuarter(day: Day): Day {
  const { month } = placeOf(day);
  return firstOf(month - (month % 3) + 3) - 1;
}

/** 1 = Monday … 7 = Sunday. Day 0 was a Thursday. */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
