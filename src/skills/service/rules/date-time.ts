import { fold } from "./text.ts";
import { addDays, type CivilDate, type CivilTime, localNow, toInstant, weekdayOf } from "./zoned-time.ts";

/** A moment that a customer named. */
export interface NamedTime {
  /** In the given time zone, "2026-11-30T15:00". */
  readonly local: string;
  readonly at: Date;
  /** False when only a day was named; the time is then 09:00. */
  readonly hasTime: boolean;
}

export interface TimeContext {
  readonly now: Date;
  /** IANA name, such as "Europe/Berlin". */
  readonly timeZone: string;
}

/** When only a day is named, or a part of a day. */
const DEFAULT_TIME: CivilTime = { hour: 9, minute: 0 };

/**
 * The first moment that a German or English message names: "morgen um 15 Uhr", "tomorrow at 3 pm", "am Freitag",
 * "in 2 hours", "12.12. um 9:30". A time without a day is the next such time; a weekday is the next such day.
 * @returns undefined when none is named, or the date does not exist
 */
export function findDateTime(text: string, context: TimeContext): NamedTime | undefined {
  const said = fold(text);
  const today = localNow(context.now, context.timeZone);
  const relative = readRelative(said, context);
  if (relative !== undefined) return relative;
  const day = readDay(said, today.date);
  if (day === "impossible") return undefined;
  const time = readTime(said);
  if (day === undefined && time === undefined) return undefined;
  if (day !== undefined) return named(day, time, context);
  const chosen = named(today.date, time, context);
  return chosen.at > context.now ? chosen : named(addDays(today.date, 1), time, context);
}

function named(date: CivilDate, time: CivilTime | undefined, context: TimeContext): NamedTime {
  const civil = time ?? DEFAULT_TIME;
  const pad = (value: number) => String(value).padStart(2, "0");
  return {
    local: `${date.year}-${pad(date.month)}-${pad(date.day)}T${pad(civil.hour)}:${pad(civil.minute)}`,
    at: toInstant(date, civil, context.timeZone),
    hasTime: time !== undefined,
  };
}

const AMOUNTS: Readonly<Record<string, number>> = {
  einer: 1,
  einem: 1,
  an: 1,
  a: 1,
  one: 1,
  zwei: 2,
  two: 2,
  drei: 3,
  three: 3,
};
const RELATIVE =
  /\bin (?:(\d{1,3})|(einer|einem|an?|one|zwei|two|drei|three|einer halben|half an?)) (minuten?|minutes?|min|stunden?|hours?|tagen?|days?)\b/;
const HALF_HOUR = /\bin (?:einer halben stunde|half an hour)\b/;
const MINUTE_MS = 60_000;

function readRelative(said: string, context: TimeContext): NamedTime | undefined {
  const minutes = HALF_HOUR.test(said) ? 30 : readMinutes(said);
  if (minutes === undefined) return undefined;
  const at = new Date(context.now.getTime() + minutes * MINUTE_MS);
  const { date, time } = localNow(at, context.timeZone);
  return { ...named(date, time, context), at };
}

function readMinutes(said: string): number | undefined {
  const match = RELATIVE.exec(said);
  if (match === null) return undefined;
  const amount = match[1] === undefined ? AMOUNTS[match[2] as string] : Number(match[1]);
  if (amount === undefined) return undefined;
  const unit = match[3] as string;
  if (unit.startsWith("min")) return amount;
  return unit.startsWith("t") || unit.startsWith("d") ? amount * 24 * 60 : amount * 60;
}

const WEEKDAYS = [
  /\b(?:sonntags?|sunday)\b/,
  /\b(?:montags?|monday)\b/,
  /\b(?:dienstags?|tuesday)\b/,
  /\b(?:mittwochs?|wednesday)\b/,
  /\b(?:donnerstags?|thursday)\b/,
  /\b(?:freitags?|friday)\b/,
  /\b(?:samstags?|sonnabends?|saturday)\b/,
];
const DATE = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d))?/;
const ISO_DATE = /\b(\d{4})-(\d{2})-(\d{2})\b/;
/** "morgen" is tomorrow, but not in "heute morgen", "guten morgen" and the second of "morgen morgen". */
const TOMORROW = /(?<!\b(?:heute|guten|am|jeden) )\bmorgen\b|\btomorrow\b/;

function readDay(said: string, today: CivilDate): CivilDate | "impossible" | undefined {
  const iso = ISO_DATE.exec(said);
  if (iso !== null) return realDate({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const date = DATE.exec(said);
  if (date !== null) return nextDate(date, today);
  if (/\b(?:uebermorgen|day after tomorrow)\b/.test(said)) return addDays(today, 2);
  if (TOMORROW.test(said)) return addDays(today, 1);
  if (/\b(?:heute|today|tonight)\b/.test(said)) return today;
  const weekday = WEEKDAYS.findIndex((pattern) => pattern.test(said));
  if (weekday < 0) return undefined;
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

/** A date without a year is the next one. */
function nextDate(match: RegExpExecArray, today: CivilDate): CivilDate | "impossible" {
  const day = Number(match[1]);
  const month = Number(match[2]);
  const year = match[3];
  if (year !== undefined)
    return realDate({ year: Number(year) + (year.length === 2 ? 2000 : 0), month, day });
  const isOver = month < today.month || (month === today.month && day < today.day);
  return realDate({ year: today.year + (isOver ? 1 : 0), month, day });
}

function realDate(date: CivilDate): CivilDate | "impossible" {
  const shifted = addDays(date, 0);
  return shifted.month === date.month && shifted.day === date.day ? date : "impossible";
}

const CLOCK = /(?<![\d.])([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s?uhr(?:\s([0-5]\d)\b)?/;
const AM_PM = /(?<![\d.])(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s?(am|pm|a\.m\.|p\.m\.|o'?clock)(?![a-z])/;
const COLON = /(?<![\d.:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/;
const HALF = /\bhalb (\d{1,2}|eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf)\b/;
const AT =
  /\b(?:um|gegen|ab|nach|at|around|after) ([01]?\d|2[0-3])\b(?![.:]?\d| ?(?:euro|%|tage|days|stunden|hours|minuten|minutes))/;
const HOURS = [
  "eins",
  "zwei",
  "drei",
  "vier",
  "fuenf",
  "sechs",
  "sieben",
  "acht",
  "neun",
  "zehn",
  "elf",
  "zwoelf",
];

function readTime(said: string): CivilTime | undefined {
  const clock = CLOCK.exec(said);
  const isLate = /\b(?:nachmittags?|abends?|afternoon|evening|tonight|nachts)\b/.test(said);
  if (clock !== null) return civil(clock[1], clock[2] ?? clock[3], isLate);
  const spoken = AM_PM.exec(said);
  if (spoken !== null) {
    const hour = Number(spoken[1]) % 12;
    const sign = (spoken[3] as string)[0];
    const isAfternoon = sign === "p" || (sign === "o" && isLate);
    const plain = sign === "o" && !isLate ? Number(spoken[1]) : hour + (isAfternoon ? 12 : 0);
    return civil(String(plain), spoken[2], false);
  }
  const half = HALF.exec(said);
  if (half !== null) {
    const word = half[1] as string;
    const hour = /\d/.test(word) ? Number(word) : HOURS.indexOf(word) + 1;
    return hour >= 1 && hour <= 24 ? civil(String(hour - 1), "30", isLate) : undefined;
  }
  const plain = COLON.exec(said) ?? AT.exec(said);
  if (plain !== null) return civil(plain[1], plain[2], isLate);
  return partOfDay(said);
}

function civil(hour: string | undefined, minute: string | undefined, isLate: boolean): CivilTime {
  const named = Number(hour) % 24;
  return { hour: isLate && named >= 1 && named < 12 ? named + 12 : named, minute: Number(minute ?? 0) };
}

function partOfDay(said: string): CivilTime | undefined {
  if (/\b(?:vormittags?|morning|(?:heute|morgen) frueh|heute morgen)\b/.test(said))
    return { hour: 9, minute: 0 };
  if (/\b(?:mittags?|noon)\b/.test(said)) return { hour: 12, minute: 0 };
  if (/\b(?:nachmittags?|afternoon)\b/.test(said)) return { hour: 15, minute: 0 };
  if (/\b(?:abends?|evening|tonight)\b/.test(said)) return { hour: 18, minute: 0 };
  return undefined;
}
