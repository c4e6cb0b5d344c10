import { instantOf, localDate } from "#kernel";
import type { Work } from "./working-hours.ts";

/** Other work of a courier as it is told to us: the same hours on the same days of the week, such as newspapers before dawn. */

export interface WeeklyWork {
  /** 1 = Monday ... 7 = Sunday: the day on which it begins. */
  readonly weekdays: readonly number[];
  /** Minutes of the city's clock since midnight; `toMinute` of 1440 and more is the next morning. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** First day, and last one or null. YYYY-MM-DD. */
  readonly from: string;
  readonly until: string | null;
}

const DAY_MS = 86_400_000;

/**
 * Each single work that touches a time.
 * @param span ms
 * @param timeZone IANA name of the city's zone: where the clocks change, an hour of the clock is none, or two
 */
export function worksOf(
  weekly: readonly WeeklyWork[],
  span: { readonly from: number; readonly until: number },
  timeZone: string,
): readonly Work[] {
  const days: string[] = [];
  const last = localDate(span.until, timeZone);
  for (let day = localDate(span.from - DAY_MS, timeZone); day <= last; day = nextDay(day)) days.push(day);
  return weekly.flatMap((one) =>
    days
      .filter((day) => one.weekdays.includes(weekdayOf(day)) && day >= one.from && day <= (one.until ?? day))
      .map((day) => ({
        from: instantOf(timeZone, day, one.fromMinute),
        until: instantOf(timeZone, day, one.toMinute),
      }))
      .filter(({ from, until }) => until > from && until > span.from && from < span.until),
  );
}

const nextDay = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
const weekdayOf = (day: string): number => new Date(Date.parse(day)).getUTCDay() || 7;
