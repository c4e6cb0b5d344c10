/** A day on the calendar; months from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A time on the clock. */
export interface CivilTime {
  readonly hour: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * What calendar and clock show at a moment.
 * @throws RangeError when the time zone is not an IANA name
 */
export function localNow(at: Date, timeZone: string): { date: CivilDate; time: CivilTime } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) as number;
  return {
    date: { year: read("year"), month: read("month"), day: read("day") },
    time: { hour: read("hour"), minute: read("minute") },
  };
}

/**
 * The moment at which calendar and clock show this. A time that the change to summer time skips becomes the time as
 * much later; of a time that comes twice, the first is taken.
 */
export function toInstant(date: CivilDate, time: CivilTime, timeZone: string): Date {
  const asUtc = Date.UTC(date.year, date.month - 1, date.day, time.hour, time.minute);
  const earlier = asUtc - offsetAt(asUtc - DAY_MS, timeZone);
  if (offsetAt(earlier, timeZone) === asUtc - earlier) return new Date(earlier);
  const later = asUtc - offsetAt(asUtc + DAY_MS, timeZone);
  return new Date(offsetAt(later, timeZone) === asUtc - later ? later : earlier);
}

const DAY_MS = 86_400_000;

function offsetAt(instant: number, timeZone: string): number {
  const { date, time } = localNow(new Date(instant), timeZone);
  const shown = Date.UTC(date.year, date.month - 1, date.day, time.hour, time.minute);
  return shown - Math.floor(instant / 60_000) * 60_000;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** 0 is Sunday. */
export function weekdayOf(date: CivilDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
}
