import { localDate } from "#kernel";
import type { ChosenWindow } from "../../plan/promises.ts";
import { foldWords } from "./folded.ts";
import { wallMinutes } from "./spoken-window.ts";

/** Which of the offered windows a customer means who writes instead of tapping. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A moment or a span that a text names. */
export interface NamedTime {
  /** ms */
  readonly at: number;
  /** The end of a span; null = a moment. */
  readonly until: number | null;
  /** False when only a time of day was named. */
  readonly hasDay: boolean;
  /** False when only a day was named. */
  readonly hasTime: boolean;
}

/** Parts of a day as windows go, in hours: whoever says "evening" means any window of it. */
const PARTS: readonly (readonly [RegExp, number, number])[] = [
  [/ (?:\p{L}*abends?|feierabend|evening|tonight) /u, 16, 23],
  [/ (?:\p{L}*nachmittags?|afternoon) /u, 12, 18],
  [/ (?:vormittags?|morgens|frueh|mittags?|morning|noon) /, 6, 14],
];
const CLOCK = /\d| (?:um|ab|gegen|vor|nach|bis|at|after|before|by) (?!feierabend)\p{L}+ /u;

/** "Morgen abend" is no moment but the whole evening. @param text what named it */
export function wholePart(text: string, named: NamedTime, timeZone: string): NamedTime {
  const said = foldWords(text);
  const part = PARTS.find(([pattern]) => pattern.test(said));
  if (!part || !named.hasTime || named.until !== null || CLOCK.test(said)) return named;
  const midnight = named.at - wallMinutes(named.at, timeZone) * MINUTE_MS;
  return { ...named, at: midnight + part[1] * HOUR_MS, until: midnight + part[2] * HOUR_MS };
}

const ORDINALS: readonly RegExp[] = [
  /^(?:1|eins|erste[nrs]?|first|one)$/,
  /^(?:2|zwei|zweite[nrs]?|second|two)$/,
  /^(?:3|drei|dritte[nrs]?|third|three)$/,
  /^(?:4|vier|vierte[nrs]?|fourth|four)$/,
  /^(?:5|fuenf|fuenfte[nrs]?|fifth|five)$/,
  /^(?:6|sechs|sechste[nrs]?|sixth|six)$/,
  /^(?:7|sieben|siebte[nrs]?|seventh|seven)$/,
  /^(?:8|acht|achte[nrs]?|eighth|eight)$/,
];
/** What may stand round an ordinal, and says nothing by itself. */
const AROUND =
  / (?:die|das|der|den|dem|bitte|nehme|nehm|ich|moechte|gern|gerne|dann|lieber|nummer|nr|fenster|zeitfenster|option|moeglichkeit|variante|termin|ja|ok|okay|passt|the|one|please|i|will|would|like|take|ll|number|slot|window|yes|id|ill)(?= )/g;
const EARLIEST =
  /^(?:(?:am )?frueheste[nrs]?|naechste[nrs]?|naechstmoegliche[nrs]?|schnellste[nrs]?|(?:ist )?(?:mir )?egal|earliest|soonest|any|whatever|first possible)$/;
const LAST = /^(?:letzte[nrs]?|spaeteste[nrs]?|last|latest)$/;

/**
 * "Die zweite", "Nummer 3", "2", "das früheste", "the last one".
 * @param count how many are offered
 * @returns the place in the list, or null where no place is named
 */
export function readPlaceInList(text: string, count: number): number | null {
  const said = foldWords(text);
  if (said === "" || count === 0) return null;
  const rest = said.replace(AROUND, "").trim();
  // "Die erste eine": "one" counts as a number only where it is all that was said.
  const alone = rest === "" && / (?:one|eins) /.test(said) ? "1" : rest;
  const place = ORDINALS.findIndex((pattern) => pattern.test(alone));
  if (place >= 0) return place < count ? place : null;
  if (EARLIEST.test(rest)) return 0;
  return LAST.test(rest) ? count - 1 : null;
}

/**
 * The windows that fit what was named. A moment fits where it lies inside; of windows that overlap, the one that begins then.
 * A time of day without a day means the first day on which one fits.
 * @param windows in order of time
 */
export function fitting<One extends ChosenWindow>(
  named: NamedTime,
  windows: readonly One[],
  timeZone: string,
): readonly One[] {
  const dayOf = (at: number) => localDate(at, timeZone);
  if (!named.hasDay) return fittingTime(named, windows, timeZone);
  const first = dayOf(named.at);
  const last = named.until === null || named.hasTime ? first : dayOf(named.until);
  const days = windows.filter(({ earliestAt }) => dayOf(earliestAt) >= first && dayOf(earliestAt) <= last);
  return named.hasTime ? within(days, named.at, named.until) : days;
}

function fittingTime<One extends ChosenWindow>(
  named: NamedTime,
  windows: readonly One[],
  timeZone: string,
): readonly One[] {
  const from = wallMinutes(named.at, timeZone);
  const length = named.until === null ? null : named.until - named.at;
  for (const day of [...new Set(windows.map(({ earliestAt }) => localDate(earliestAt, timeZone)))]) {
    const ofDay = windows.filter(({ earliestAt }) => localDate(earliestAt, timeZone) === day);
    const [one] = ofDay;
    if (!one) continue;
    const at = one.earliestAt + (from - wallMinutes(one.earliestAt, timeZone)) * MINUTE_MS;
    const found = within(ofDay, at, length === null ? null : at + length);
    if (found.length > 0) return found;
  }
  return [];
}

/** Of a span those inside it, else those that it touches; of a moment those round it, and best the one that begins then. */
function within<One extends ChosenWindow>(
  windows: readonly One[],
  at: number,
  until: number | null,
): readonly One[] {
  if (until !== null && until > at) {
    const inside = windows.filter(({ earliestAt, latestAt }) => earliestAt >= at && latestAt <= until);
    if (inside.length > 0) return inside;
    return windows.filter(({ earliestAt, latestAt }) => earliestAt < until && latestAt > at);
  }
  const round = windows.filter(({ earliestAt, latestAt }) => earliestAt <= at && at < latestAt);
  const exact = round.filter(({ earliestAt }) => earliestAt === at);
  return exact.length > 0 ? exact : round;
}
