import { type Day, isoDay, weekday } from "./dates.ts";

/** Which days are public holidays; ISO dates of a year. */
export type Holidays = (year: number) => ReadonlySet<string>;

const SATURDAY = 6;

/** Monday to Friday without the holidays. */
export function isWorkingDay(day: Day, holidays: Holidays): boolean {
  if (weekday(day) >= SATURDAY) return false;
  const iso = isoDay(day);
  return !holidays(Number(iso.slice(0, 4))).has(iso);
}

/** The working day so many working days before `day`, which itself does not count. @param count >= 1 */
export function workingDaysBefore(day: Day, count: number, holidays: Holidays): Day {
  let at = day;
  for (let left = count; left > 0; ) {
    at -= 1;
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}
