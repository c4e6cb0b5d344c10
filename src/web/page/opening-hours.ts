import type { CompanyPage } from "../widget/contract.ts";

type OpeningHours = CompanyPage["openingHours"];

/** Weekdays in a row that are open at the same times. 1 is Monday, 7 Sunday. */
export interface HoursLine {
  from: number;
  to: number;
  /** "08:00–21:00"; empty: closed. */
  times: string[];
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];

function timesOf(day: number, hours: OpeningHours): string[] {
  const ofDay = hours.filter(({ weekday }) => weekday === day);
  return ofDay.map(({ from, to }) => `${from}–${to}`).sort();
}

/** The week in as few lines as it takes: Monday to Friday, Saturday, Sunday. */
export function hoursLines(hours: OpeningHours): HoursLine[] {
  const lines: HoursLine[] = [];
  for (const day of DAYS) {
    const times = timesOf(day, hours);
    const last = lines.at(-1);
    if (last && last.times.join() === times.join()) last.to = day;
    else lines.push({ from: day, to: day, times });
  }
  return lines;
}

/** "Montag bis Freitag" by Intl. 1 January 2024 was a Monday. */
export function weekdayRange({ from, to }: HoursLine, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const name = (day: number) => format.format(new Date(Date.UTC(2024, 0, day)));
  if (from === to) return name(from);
  return `${name(from)} – ${name(to)}`;
}

/** Of a line's weekdays, is today one? In the company's time zone. */
export function isToday({ from, to }: HoursLine, timeZone: string, now: Date): boolean {
  const name = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone }).format(now);
  const today = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(name) + 1;
  return today >= from && today <= to;
}

/** "Mitteleuropäische Zeit" for Europe/Berlin; the zone's own name where the language has none. */
export function zoneName(timeZone: string, locale: string, now: Date): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "longGeneric" });
  return format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}
