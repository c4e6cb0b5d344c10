import { instantOf, localDate } from "#kernel";

/**
 * When somebody may be written to: weekdays and hours they chose, quiet hours, a digest. Wall clocks of a time zone,
 * so that 07:00 stays 07:00 when the clock changes. Pure.
 */
export interface Rhythm {
  /** Bit 0 = Monday … bit 6 = Sunday; a public holiday counts as a Sunday. */
  readonly weekdays: number;
  /** Minutes since midnight, 0 to 1440; `to` at or before `from` passes midnight. 0 to 1440 = the whole day. */
  readonly from: number;
  readonly to: number;
  /** "default" = the company's; null = none. */
  readonly quiet: Hours | "default" | null;
  /** Minutes since midnight at which one message gathers the day's; null = at once. */
  readonly digestAt: number | null;
  /** IANA name; "" = the company's. */
  readonly zone: string;
}

export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** What the company says about days and hours. */
export interface Calendar {
  readonly zone: string;
  readonly quiet: Hours | null;
  readonly isQuietOnHolidays: boolean;
  isHoliday(day: string): boolean;
}

export const ALL_DAYS = 127;
export const WORKING_DAYS = 31;
export const WHOLE_DAY = 1440;
export const ANY_TIME: Rhythm = {
  weekdays: ALL_DAYS,
  from: 0,
  to: WHOLE_DAY,
  quiet: "default",
  digestAt: null,
  zone: "",
};

/** Nobody waits longer than this for a window; also the bound of every search. */
const SEARCH_DAYS = 15;
const STEPS_MOST = 64;
const DAY_MS = 86_400_000;

interface Span {
  from: number;
  to: number;
}

/**
 * The first moment at or after `atMs` at which a notice may go to somebody with this rhythm.
 * @returns ms since the epoch; null when there is none within 15 days
 */
export function nextAllowed(rhythm: Rhythm, calendar: Calendar, atMs: number): number | null {
  const zone = rhythm.zone || calendar.zone;
  const quiet = quietOf(rhythm, calendar);
  const limit = atMs + SEARCH_DAYS * DAY_MS;
  let at = atMs;
  for (let step = 0; step < STEPS_MOST && at <= limit; step++) {
    const later = firstInWindow(rhythm, { calendar, zone }, at);
    if (later === null) return null;
    const rest = endOfQuiet(quiet, { calendar, zone }, later);
    if (rest === later) return later;
    at = rest;
  }
  return null;
}

/**
 * When a notice that is there at `atMs` goes to somebody: at once, or with the next digest.
 * @returns ms since the epoch; null when no window comes within 15 days
 */
export function dueFor(rhythm: Rhythm, calendar: Calendar, atMs: number): number | null {
  if (rhythm.digestAt === null) return nextAllowed(rhythm, calendar, atMs);
  const zone = rhythm.zone || calendar.zone;
  const today = localDate(atMs, zone);
  for (let n = 0; n <= SEARCH_DAYS; n++) {
    const at = instantOf(zone, addDays(today, n), rhythm.digestAt);
    if (at >= atMs) return nextAllowed(rhythm, calendar, at);
  }
  return null;
}

/** Hours that a subscriber chose are an answer to the question of quiet hours: the company's do not count inside them. */
function quietOf(rhythm: Rhythm, calendar: Calendar): Hours | null {
  if (rhythm.quiet !== "default") return rhythm.quiet;
  return isWholeDay(rhythm) ? calendar.quiet : null;
}

export function isWholeDay({ from, to }: Hours): boolean {
  return from === 0 && to === WHOLE_DAY;
}

interface Place {
  calendar: Calendar;
  zone: string;
}

function firstInWindow(rhythm: Rhythm, place: Place, at: number): number | null {
  if (isWholeDay(rhythm) && rhythm.weekdays === ALL_DAYS) return at;
  // The day before counts too: its window may pass midnight.
  const day = addDays(localDate(at, place.zone), -1);
  for (let n = 0; n <= SEARCH_DAYS + 1; n++) {
    const date = addDays(day, n);
    if (!isChosen(rhythm.weekdays, date, place.calendar)) continue;
    const span = spanOf(rhythm, place.zone, date);
    if (at < span.to) return Math.max(at, span.from);
  }
  return null;
}

/** @returns `at` itself when it is not quiet */
function endOfQuiet(quiet: Hours | null, { calendar, zone }: Place, at: number): number {
  let end = at;
  const today = localDate(at, zone);
  if (calendar.isQuietOnHolidays && calendar.isHoliday(today)) end = instantOf(zone, addDays(today, 1), 0);
  if (quiet === null || isNothing(quiet)) return end;
  for (const day of [addDays(today, -1), today]) {
    const span = spanOf(quiet, zone, day);
    if (span.from <= at && at < span.to) end = Math.max(end, span.to);
  }
  return end;
}

/** Quiet from a time until the same time is never quiet; 24:00 to 00:00 is one time too. */
function isNothing({ from, to }: Hours): boolean {
  return from === to || (from === WHOLE_DAY && to === 0);
}

/** 24:00 as a beginning is the day's own midnight, so that no window is empty. */
function spanOf(hours: Hours, zone: string, day: string): Span {
  const { to } = hours;
  const from = hours.from % WHOLE_DAY;
  return {
    from: instantOf(zone, day, from),
    to: to > from ? instantOf(zone, day, to) : instantOf(zone, addDays(day, 1), to),
  };
}

function isChosen(weekdays: number, day: string, calendar: Calendar): boolean {
  const weekday = calendar.isHoliday(day) ? 6 : (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  return (weekdays & (1 << weekday)) !== 0;
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** As one column holds it, so that recipients with the same rhythm are reckoned once: "31 360-540 d - Europe/Berlin". */
export function encodeRhythm({ weekdays, from, to, quiet, digestAt, zone }: Rhythm): string {
  const quietText = quiet === "default" ? "d" : quiet === null ? "-" : `${quiet.from}-${quiet.to}`;
  return `${weekdays} ${from}-${to} ${quietText} ${digestAt ?? "-"} ${zone || "-"}`;
}

/** @throws Error for a text that encodeRhythm did not write */
export function decodeRhythm(text: string): Rhythm {
  const found = /^(\d+) (\d+)-(\d+) (d|-|(\d+)-(\d+)) (-|\d+) (\S+)$/.exec(text);
  if (!found) throw new Error(`No rhythm: ${text}`);
  const [, weekdays, from, to, quiet, quietFrom, quietTo, digest, zone = ""] = found;
  return {
    weekdays: Number(weekdays),
    from: Number(from),
    to: Number(to),
    quiet:
      quiet === "d" ? "default" : quiet === "-" ? null : { from: Number(quietFrom), to: Number(quietTo) },
    digestAt: digest === "-" ? null : Number(digest),
    zone: zone === "-" ? "" : zone,
  };
}

/** "07:30" -> 450; "24:00" -> 1440 */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** 450 -> "07:30" */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
