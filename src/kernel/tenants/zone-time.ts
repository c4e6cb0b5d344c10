/** Wall clocks of a time zone. Temporal is not in Node 24 yet, so Intl does the work behind these functions. */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone);
  if (!known) {
    known = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, known);
  }
  return known;
}

/** The wall clock of a moment, read as if it were UTC. */
function wallClock(timeZone: string, ms: number): number {
  const [date = "", time = ""] = format(timeZone).format(ms).split(", ");
  const [month = 1, day = 1, year = 1970] = date.split("/").map(Number);
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Can this runtime reckon with the zone? */
export function isTimeZone(timeZone: string): boolean {
  try {
    format(timeZone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment when a wall clock shows this time. Where the clock goes forward over it, the moment after the
 * gap; where it shows it twice, the first one.
 * @param day ISO date
 * @param minutes since local midnight; 1440 and more is the next day
 */
export function instantOf(timeZone: string, day: string, minutes: number): number {
  const wanted = Date.parse(day) + minutes * MINUTE_MS;
  // The larger offset of the day before is the summer one when the clock goes back: it gives the first of two.
  const before = wanted - offsetAt(timeZone, wanted - DAY_MS);
  if (wallClock(timeZone, before) === wanted) return before;
  const after = wanted - offsetAt(timeZone, wanted + DAY_MS);
  return wallClock(timeZone, after) === wanted ? after : before;
}

function offsetAt(timeZone: string, ms: number): number {
  const whole = Math.floor(ms / 1000) * 1000;
  return wallClock(timeZone, whole) - whole;
}

/** @returns the next calendar day */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}
