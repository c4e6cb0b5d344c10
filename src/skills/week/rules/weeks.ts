import { instantOf, localDate } from "#kernel";

/**
 * Weeks as a company counts them: from Monday 0:00 to Monday 0:00 on its own clock (ISO 8601). Where the clock is
 * changed a week has 167 or 169 hours, so nothing here multiplies days by 24 hours.
 */
export interface Week {
  /** The day it begins with, "2026-11-16". */
  readonly monday: string;
  /** ms since the epoch; `to` does not belong to it. */
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const MAIL_MINUTES = 7 * 60;

/** Calendar days, not hours: both ends are read as UTC. @param day ISO date */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Monday = 0 … Sunday = 6. */
function weekdayOf(day: string): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}

/** Is it a day that exists, and a Monday? */
export function isMonday(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day && weekdayOf(day) === 0;
}

/** The Monday at or before a calendar day. */
export function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** @param monday as `isMonday` */
export function weekOf(timeZone: string, monday: string): Week {
  return { monday, from: instantOf(timeZone, monday, 0), to: instantOf(timeZone, addDays(monday, 7), 0) };
}

/** The last week that is over. @param now ms since the epoch */
export function lastWeek(timeZone: string, now: number): Week {
  return weekOf(timeZone, addDays(mondayOf(localDate(now, timeZone)), -7));
}

/** The days of a week, each as a span: a day too may have 23 or 25 hours. */
export function daysOf(timeZone: string, week: Week): { from: number; to: number }[] {
  return Array.from({ length: 7 }, (_, n) => ({
    from: instantOf(timeZone, addDays(week.monday, n), 0),
    to: instantOf(timeZone, addDays(week.monday, n + 1), 0),
  }));
}

/** When the mail about a week is due: Monday 7:00 after it, on the company's clock. */
export function mailDueAt(timeZone: string, week: Week): number {
  return instantOf(timeZone, addDays(week.monday, 7), MAIL_MINUTES);
}

/** The next Monday 7:00 after a moment, ms since the epoch. */
export function nextMailAt(timeZone: string, now: number): number {
  const last = lastWeek(timeZone, now);
  const due = mailDueAt(timeZone, last);
  return due > now ? due : mailDueAt(timeZone, weekOf(timeZone, addDays(last.monday, 7)));
}

/** Mondays that can be looked at, newest first. @param first ms; the week of this moment is the oldest */
export function weeksSince(timeZone: string, span: { first: number; now: number; most: number }): string[] {
  const oldest = mondayOf(localDate(span.first, timeZone));
  const mondays: string[] = [];
  for (
    let { monday } = lastWeek(timeZone, span.now);
    monday >= oldest && mondays.length < span.most;
    monday = addDays(monday, -7)
  )
    mondays.push(monday);
  return mondays;
}
