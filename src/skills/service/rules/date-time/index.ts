import { foldWithPlaces, type Span } from "../folded.ts";
import { addDays, type CivilDate, type CivilTime, localNow, toInstant } from "../zoned-time.ts";
import { type NamedClock, readClock, readPartOfDay } from "./clock.ts";
import { isBefore, type NamedDay, readDay } from "./day.ts";
import { NUMBER_WORD, numberOf } from "./numbers.ts";
import { mayNameTime } from "./time-words.ts";

/** A moment that a customer named, or a span of time, with its place in the text. */
export interface NamedTime extends Span {
  /** In the given time zone, "2026-11-30T15:00". */
  readonly local: string;
  readonly at: Date;
  /** False when only a day was named; the time is then 09:00. */
  readonly hasTime: boolean;
  /** False when only a time of day was named; the day is then the next on which it comes. */
  readonly hasDay: boolean;
  /** The end of a span ("zwischen 14 und 16 Uhr", "next week"); the last minute of its last day where only days were named. */
  readonly until?: Date;
}

export interface TimeContext {
  readonly now: Date;
  /** IANA name, such as "Europe/Berlin". */
  readonly timeZone: string;
}

/** When only a day is named, or a part of a day. */
const DEFAULT_TIME: CivilTime = { hour: 9, minute: 0 };
const LAST_MINUTE: CivilTime = { hour: 23, minute: 59 };

/**
 * The first moment that a German or English message names: "übermorgen nachmittag um halb drei", "next Tuesday at quarter
 * past 4", "in 2 hours", "zwischen Weihnachten und Neujahr". A time without a day is the next such time; a weekday is the
 * next such day; a past day ("gestern", "last Monday") is past.
 * @returns undefined when none is named, or the date does not exist
 */
export function findDateTime(text: string, context: TimeContext): NamedTime | undefined {
  if (!mayNameTime(text)) return undefined;
  const { text: said, original } = foldWithPlaces(text);
  const found = read(said, context);
  return found && { ...found, ...original(found) };
}

function read(said: string, context: TimeContext): NamedTime | undefined {
  const relative = readRelative(said, context);
  if (relative !== undefined) return relative;
  const today = localNow(context.now, context.timeZone).date;
  const day = readDay(said, today);
  if (day === "impossible") return undefined;
  // The figures of a date are no time of day.
  const rest = day ? said.slice(0, day.start) + " ".repeat(day.end - day.start) + said.slice(day.end) : said;
  const clock = readClock(rest, said) ?? (day && partWithin(said, day));
  if (day === undefined && clock === undefined) return undefined;
  if (day !== undefined) return named(day, clock, context);
  const soon = named({ date: today, start: 0, end: 0 }, clock, context);
  const chosen =
    soon.at > context.now ? soon : named({ date: addDays(today, 1), start: 0, end: 0 }, clock, context);
  return { ...chosen, hasDay: false, start: clock?.start ?? 0, end: clock?.end ?? 0 };
}

/**
 * What somebody means who corrects a moment: "lieber um 15 Uhr" keeps the day, "lieber am Freitag" the time.
 * @param before the moment that was understood so far
 */
export function corrected(before: Date, named: NamedTime, timeZone: string): Date {
  if (named.hasDay && named.hasTime) return named.at;
  const old = localNow(before, timeZone);
  const fresh = localNow(named.at, timeZone);
  return named.hasDay ? toInstant(fresh.date, old.time, timeZone) : toInstant(old.date, fresh.time, timeZone);
}

/** "tonight" is a day and a time of day in one word. */
function partWithin(said: string, day: NamedDay): NamedClock | undefined {
  const clock = readPartOfDay(said.slice(day.start, day.end));
  return clock && { ...clock, start: day.start, end: day.end };
}

function named(day: NamedDay, clock: NamedClock | undefined, context: TimeContext): NamedTime {
  const time = clock?.time ?? DEFAULT_TIME;
  const until = clock?.until ?? (day.until && LAST_MINUTE);
  const lastDay = clock?.until ? day.date : (day.until ?? day.date);
  return {
    local: localOf(day.date, time),
    at: toInstant(day.date, time, context.timeZone),
    hasTime: clock !== undefined,
    hasDay: true,
    ...(until && !isBefore(lastDay, day.date) && { until: toInstant(lastDay, until, context.timeZone) }),
    start: Math.min(day.start, clock?.start ?? day.start),
    end: Math.max(day.end, clock?.end ?? day.end),
  };
}

function localOf(date: CivilDate, time: CivilTime): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${date.year}-${pad(date.month)}-${pad(date.day)}T${pad(time.hour)}:${pad(time.minute)}`;
}

const MINUTE_MS = 60_000;
const FIXED_MINUTES: readonly (readonly [RegExp, number])[] = [
  [/\bin (?:einer halben stunde|half an hour)\b/, 30],
  [/\bin (?:einer viertelstunde|a quarter of an hour)\b/, 15],
  [/\bin (?:einer dreiviertelstunde|three quarters of an hour)\b/, 45],
  [/\bin (?:anderthalb|eineinhalb|an hour and a half|one and a half) ?(?:stunden|hours)?\b/, 90],
];
const COUNTED = new RegExp(
  `\\bin (\\d{1,3}|einer|einem|an?|${NUMBER_WORD}) (minuten?|minutes?|min|stunden?|std|hours?)\\b`,
);

/** "in 2 Stunden", "in half an hour": counted from now, over any change of the clocks. */
function readRelative(said: string, context: TimeContext): NamedTime | undefined {
  const found = readMinutes(said);
  if (found === undefined) return undefined;
  const at = new Date(context.now.getTime() + found.minutes * MINUTE_MS);
  const { date, time } = localNow(at, context.timeZone);
  return { local: localOf(date, time), at, hasTime: true, hasDay: true, start: found.start, end: found.end };
}

function readMinutes(said: string): (Span & { minutes: number }) | undefined {
  for (const [pattern, minutes] of FIXED_MINUTES) {
    const match = pattern.exec(said);
    if (match) return { minutes, start: match.index, end: match.index + match[0].length };
  }
  const match = COUNTED.exec(said);
  if (match === null) return undefined;
  const [whole, count = "", unit = ""] = match;
  const amount = /^(?:einer|einem|an?)$/.test(count) ? 1 : numberOf(count);
  if (Number.isNaN(amount)) return undefined;
  const minutes = unit.startsWith("min") ? amount : amount * 60;
  return { minutes, start: match.index, end: match.index + whole.length };
}
