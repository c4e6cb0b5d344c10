import ICAL from "ical.js";
import { instantOf } from "#kernel";
import { htmlToLine, htmlToText } from "./html-text.ts";
import {
  type Gathering,
  ID_CHARS,
  pageLink,
  type ReadSetting,
  type SourceItem,
  TEXT_CHARS,
  TITLE_CHARS,
  wordsIn,
} from "./item.ts";
import { valuesByKey } from "./rss.ts";

/** One event of a calendar with the changed occurrences of its series. */
export interface EventOf {
  readonly uid: string;
  readonly component: ICAL.Component;
  readonly changed: readonly ICAL.Component[];
}

const DAY_MS = 86_400_000;
/** How far ahead a series is told; a single event is told from the day it is entered. */
export const SERIES_DAYS = 30;
/** A daily event since 1970. */
const STEPS_MOST = 25_000;
const OCCURRENCES_MOST = 400;
/** No two zones are further apart. */
const ZONES_MS = 2 * DAY_MS;
/** A series that began years ago is read from here on. */
const LOOK_BACK_DAYS = 400;
/** Nobody is told about an event every hour. */
const TOO_OFTEN = new Set(["SECONDLY", "MINUTELY", "HOURLY"]);

/** An event's occurrences that are not over. @throws Error for dates and rules that the library refuses */
export function occurrencesOf(
  { uid, component, changed }: EventOf,
  setting: ReadSetting,
  gathering: Gathering,
): SourceItem[] {
  const event = new ICAL.Event(component);
  if (!event.startDate) {
    gathering.fault("bad_time", uid);
    return [];
  }
  const clock = clockOf(component, setting, () => gathering.fault("unknown_zone", uid));
  if (!event.isRecurring()) {
    const span = { startsAt: clock(event.startDate), endsAt: endOf(event, clock) };
    return span.endsAt <= setting.now
      ? []
      : [itemOf(event, { id: uid, ...span }, setting)].filter((one) => one !== null);
  }
  if (isTooOften(component)) {
    gathering.fault("endless_rule", uid);
    return [];
  }
  for (const one of changed) event.relateException(new ICAL.Event(one));
  return seriesItems(event, { uid, clock, setting, gathering });
}

function isTooOften(component: ICAL.Component): boolean {
  return component.getAllProperties("rrule").some((property) => {
    const rule = property.getFirstValue() as unknown as ICAL.Recur;
    return TOO_OFTEN.has(rule.freq) || !(rule.interval >= 1);
  });
}

type Clock = (time: ICAL.Time) => number;

/** The wall clock as if it were UTC, ms. */
function asUtc(time: ICAL.Time): number {
  return Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);
}

/**
 * Where to begin with a series: a daily or weekly one without a count may be moved by whole intervals without changing
 * what it gives from there on. @returns undefined = at its start
 */
function nearNow(event: ICAL.Event, now: number): ICAL.Time | undefined {
  const rules = event.component.getAllProperties("rrule");
  const rule = rules[0]?.getFirstValue() as unknown as ICAL.Recur | undefined;
  if (rules.length !== 1 || !rule || rule.count || event.component.hasProperty("rdate")) return undefined;
  const days = rule.freq === "WEEKLY" ? 7 * rule.interval : rule.freq === "DAILY" ? rule.interval : 0;
  if (days === 0) return undefined;
  const elapsed = Math.floor((now - asUtc(event.startDate)) / DAY_MS) - LOOK_BACK_DAYS;
  if (elapsed < days) return undefined;
  const start = event.startDate.clone();
  start.adjust(Math.floor(elapsed / days) * days, 0, 0, 0);
  return start;
}

function seriesItems(
  event: ICAL.Event,
  parts: { uid: string; clock: Clock; setting: ReadSetting; gathering: Gathering },
): SourceItem[] {
  const { uid, clock, setting, gathering } = parts;
  const items: SourceItem[] = [];
  const horizon = setting.now + SERIES_DAYS * DAY_MS;
  const length = endOf(event, clock) - clock(event.startDate);
  const iterator = event.iterator(nearNow(event, setting.now));
  for (let step = 0; step < STEPS_MOST; step++) {
    const at = iterator.next();
    if (!at || items.length >= OCCURRENCES_MOST) return items;
    // Whole days before anything that may still run: no need to reckon with zones.
    if (asUtc(at) + length < setting.now - ZONES_MS && event.rangeExceptions.length === 0) continue;
    const startsAt = clock(at);
    if (startsAt > horizon) return items;
    const { item } = event.getOccurrenceDetails(at);
    const isChanged = item !== event;
    if (!isChanged && startsAt + length <= setting.now) continue;
    // A changed occurrence has times of its own, in a zone of its own.
    const own = isChanged ? clockOf(item.component, setting, () => {}) : clock;
    const span = isChanged
      ? { startsAt: own(item.startDate), endsAt: endOf(item, own) }
      : { startsAt, endsAt: startsAt + length };
    if (span.endsAt <= setting.now) continue;
    const one = itemOf(item, { id: `${uid.slice(0, ID_CHARS - 40)} ${at.toString()}`, ...span }, setting);
    if (one) items.push(one);
  }
  gathering.fault("endless_rule", uid);
  return items;
}

/**
 * Reads times of one event: in UTC, in the zone that the file defines, in a zone of the world's list, or else in the
 * company's. A date without a time begins at midnight of the company's day.
 */
function clockOf(component: ICAL.Component, setting: ReadSetting, onUnknown: () => void): Clock {
  const named = component.getFirstProperty("dtstart")?.getParameter("tzid");
  const tzid = typeof named === "string" ? named : "";
  const zone = tzid !== "" && formatsOf("en", tzid) ? tzid : setting.timeZone;
  let isNamed = false;
  return (time) => {
    const day = `${String(time.year).padStart(4, "0")}-${String(time.month).padStart(2, "0")}-${String(time.day).padStart(2, "0")}`;
    if (time.isDate) return instantOf(setting.timeZone, day, 0);
    const isKnown = time.zone && time.zone !== ICAL.Timezone.localTimezone;
    // A name of the world's list is kept up to date by Node; what a file says about it may be years old.
    if (isKnown && (zone !== tzid || time.zone === ICAL.Timezone.utcTimezone))
      return time.toUnixTime() * 1000;
    if (!isKnown && tzid !== "" && zone !== tzid && !isNamed) {
      isNamed = true;
      onUnknown();
    }
    return instantOf(zone, day, time.hour * 60 + time.minute) + time.second * 1000;
  };
}

/** Formats are dear to make, and a calendar has thousands of events. */
interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly hour: Intl.DateTimeFormat;
}
const formats = new Map<string, Formats | null>();
/** Files bring their own names of zones; not each of them is kept. */
const FORMATS_MOST = 500;

/** @returns null for a zone that this runtime does not know */
function formatsOf(language: "de" | "en", timeZone: string): Formats | null {
  const key = `${language} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = makeFormats(language === "de" ? "de-DE" : "en-GB", timeZone);
  if (formats.size < FORMATS_MOST) formats.set(key, made);
  return made;
}

function makeFormats(locale: string, timeZone: string): Formats | null {
  try {
    return {
      day: new Intl.DateTimeFormat(locale, {
        timeZone,
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
      }),
      hour: new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit" }),
    };
  } catch {
    return null;
  }
}

/** The library adds what section 3.6.1 says about events without an end. */
function endOf(event: ICAL.Event, clock: Clock): number {
  return Math.max(clock(event.endDate), clock(event.startDate));
}

function itemOf(
  event: ICAL.Event,
  at: { id: string; startsAt: number; endsAt: number },
  setting: ReadSetting,
): SourceItem | null {
  const { component } = event;
  const title = htmlToLine(event.summary ?? "", TITLE_CHARS);
  if (title === "") return null;
  const place = htmlToLine(event.location ?? "", TITLE_CHARS);
  const when = spoken(at.startsAt, event.startDate.isDate, setting);
  const about = htmlToText(event.description ?? "", TEXT_CHARS);
  const text = [place === "" ? when : `${when}, ${place}`, about].filter((line) => line !== "").join("\n");
  const categories = component.getAllProperties("categories").flatMap((property) => property.getValues());
  return {
    id: at.id.slice(0, ID_CHARS),
    title: wordsIn(setting.language, title),
    text: wordsIn(setting.language, text),
    link: pageLink(String(component.getFirstPropertyValue("url") ?? "")),
    publishedAt: null,
    startsAt: at.startsAt,
    endsAt: at.endsAt,
    values: valuesByKey({ category: categories.map(String), location: [place] }),
    isCancelled: String(component.getFirstPropertyValue("status") ?? "").toUpperCase() === "CANCELLED",
  };
}

/** Day and hour as the company's clock shows them: the event's own words rarely say them. */
function spoken(ms: number, isWholeDay: boolean, { language, timeZone }: ReadSetting): string {
  const shown = formatsOf(language, timeZone);
  if (!shown) return "";
  const day = shown.day.format(ms);
  return isWholeDay ? day : `${day}, ${shown.hour.format(ms)}${language === "de" ? " Uhr" : ""}`;
}
