import { instantOf } from "#kernel";

/** Which windows an evening has: minutes of the city's clock become moments here and nowhere else. */

export interface WindowRule {
  readonly id: number;
  /** 1 = Monday ... 7 = Sunday */
  readonly weekdays: readonly number[];
  /** Minutes since local midnight of the evening's day; 1440 and more is the next morning. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly cutoffMinutes: number;
  readonly priceMinor: number;
}

/** Times are ms. */
export interface EveningWindow {
  readonly earliestAt: number;
  readonly latestAt: number;
  /** Until then it is offered. */
  readonly cutoffAt: number;
  readonly priceMinor: number;
}

const MINUTE_MS = 60_000;

/** 1 = Monday ... 7 = Sunday. @param day ISO date */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

/** @returns the calendar day so many days later */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first day whose rounds may still be out: yesterday's go on until morning. @param now ms */
export const sinceDate = (now: number): string => dayAfter(new Date(now).toISOString().slice(0, 10), -1);

/**
 * The windows of a day in order of time. In the night when the clock changes they are as long as the clock on the wall says:
 * "1 to 4" lasts two or four hours. Where two rules give the same window, the cheaper one counts.
 */
export function windowsOf(
  rules: readonly WindowRule[],
  { serviceDate, timeZone }: { readonly serviceDate: string; readonly timeZone: string },
): EveningWindow[] {
  const weekday = weekdayOf(serviceDate);
  const found = new Map<string, EveningWindow>();
  for (const rule of rules) {
    if (!rule.weekdays.includes(weekday)) continue;
    const earliestAt = instantOf(timeZone, serviceDate, rule.fromMinute);
    const latestAt = instantOf(timeZone, serviceDate, rule.toMinute);
    // Both ends in the hour that the clock leaves out.
    if (latestAt <= earliestAt) continue;
    const window = {
      earliestAt,
      latestAt,
      cutoffAt: earliestAt - rule.cutoffMinutes * MINUTE_MS,
      priceMinor: rule.priceMinor,
    };
    const key = `${earliestAt} ${latestAt}`;
    const known = found.get(key);
    if (!known || window.priceMinor < known.priceMinor) found.set(key, window);
  }
  return [...found.values()].sort((a, b) => a.earliestAt - b.earliestAt || a.latestAt - b.latestAt);
}
