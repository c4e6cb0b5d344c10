import { holidays } from "./holidays.ts";
import { localDate } from "./local-date.ts";
import type { TenantProfile } from "./profile.ts";
import { dayAfter, instantOf, weekdayOf } from "./zone-time.ts";

/** What opening hours are made of. Without any hours a company counts as always open. */
export type Calendar = Pick<TenantProfile, "timeZone" | "openingHours" | "holidayRegion" | "closedDays">;

/** Nobody promises further ahead; also the bound of every loop here. */
const SEARCH_DAYS = 400;
const MINUTE_MS = 60_000;

interface Span {
  from: number;
  to: number;
}

/**
 * By when a person answers: `answerMinutes` of opening time after `sinceMs`.
 * @param sinceMs when the customer began to wait, ms since the epoch
 * @returns ms since the epoch
 */
export function dueAt(profile: Calendar & Pick<TenantProfile, "answerMinutes">, sinceMs: number): number {
  let left = profile.answerMinutes * MINUTE_MS;
  if (profile.openingHours.length === 0) return sinceMs + left;
  let last = sinceMs;
  for (const span of spansFrom(profile, sinceMs)) {
    const length = span.to - span.from;
    if (left <= length) return span.from + left;
    left -= length;
    last = span.to;
  }
  return last + left;
}

/**
 * How much of a span somebody was there.
 * @param fromMs @param toMs ms since the epoch
 * @returns ms; all of it for a company without hours
 */
export function openMs(calendar: Calendar, fromMs: number, toMs: number): number {
  if (calendar.openingHours.length === 0) return Math.max(0, toMs - fromMs);
  let open = 0;
  for (const span of spansFrom(calendar, fromMs)) {
    if (span.from >= toMs) break;
    open += Math.min(span.to, toMs) - span.from;
  }
  return open;
}

/** Is somebody there at this moment? */
export function isOpen(calendar: Calendar, atMs: number): boolean {
  if (calendar.openingHours.length === 0) return true;
  for (const span of spansFrom(calendar, atMs)) return span.from <= atMs;
  return false;
}

/**
 * The first moment at or after `atMs` at which the company is open (`atMs` itself when it is open now).
 * @returns ms since the epoch; null when it does not open within 400 days
 */
export function nextOpening(calendar: Calendar, atMs: number): number | null {
  if (calendar.openingHours.length === 0) return atMs;
  for (const span of spansFrom(calendar, atMs)) return Math.max(span.from, atMs);
  return null;
}

/** Open times after a moment, in order, without overlaps; the first is cut at the moment. */
function* spansFrom(calendar: Calendar, sinceMs: number): Generator<Span> {
  let reached = sinceMs;
  // The day before counts too: its hours may pass midnight.
  let day = dayAfter(localDate(sinceMs, calendar.timeZone), -1);
  for (let n = 0; n < SEARCH_DAYS; n++, day = dayAfter(day)) {
    for (const span of spansOf(calendar, day)) {
      const from = Math.max(span.from, reached);
      if (span.to <= from) continue;
      reached = span.to;
      yield { from, to: span.to };
    }
  }
}

function spansOf(calendar: Calendar, day: string): Span[] {
  if (calendar.closedDays.includes(day)) return [];
  const weekday = weekdayOf(day);
  const hours = calendar.openingHours.filter((one) => one.weekday === weekday);
  if (hours.length === 0 || holidays(calendar.holidayRegion, Number(day.slice(0, 4))).has(day)) return [];
  return hours
    .map((one) => {
      const from = minutesOf(one.from);
      const to = minutesOf(one.to);
      return {
        from: instantOf(calendar.timeZone, day, from),
        to: instantOf(calendar.timeZone, day, to > from ? to : to + 1440),
      };
    })
    .sort((a, b) => a.from - b.from);
}

/** "HH:MM" -> minutes since midnight */
function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
