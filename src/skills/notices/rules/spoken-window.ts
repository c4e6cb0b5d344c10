import { ALL_DAYS, WHOLE_DAY, WORKING_DAYS } from "./rhythm.ts";

/** Weekdays and hours as people write them, in German and English: "werktags 6 bis 9", "weekdays 6 to 9", "Mo-Fr 6:30-9 Uhr". */
export interface SpokenWindow {
  /** As Rhythm.weekdays; undefined when no day was named. */
  readonly weekdays: number | undefined;
  /** Minutes since midnight; undefined when no hour was named. */
  readonly hours: { readonly from: number; readonly to: number } | undefined;
  /** What is left of the words. */
  readonly rest: string;
}

const WEEKEND = 96;
const GROUPS: readonly [RegExp, number][] = [
  [/ (?:an )?(?:werktags?|werktagen|wochentags?|wochentagen|arbeitstags?|arbeitstagen) /, WORKING_DAYS],
  [/ (?:on )?(?:weekdays?|workdays?|working days?) /, WORKING_DAYS],
  [/ (?:am |an )?(?:wochenenden?|weekends?) /, WEEKEND],
  [/ (?:on )?(?:the )?weekends? /, WEEKEND],
  [/ (?:taeglich|jeden tag|alle tage|immer|daily|every day|any day|always) /, ALL_DAYS],
];
/** Monday first. */
const DAYS = [
  "montags?|mo|mondays?|mon",
  "dienstags?|di|tuesdays?|tues?",
  "mittwochs?|mi|wednesdays?|wed",
  "donnerstags?|do|thursdays?|thurs?|thu",
  "freitags?|fr|fridays?|fri",
  "samstags?|sonnabends?|sa|saturdays?|sat",
  "sonntags?|so|sundays?|sun",
];
const DAY = DAYS.map((names) => `(${names})`).join("|");
const RANGE = new RegExp(` (?:von |from )?(?:${DAY})(?: ?[-–] ?| bis | to | through | until )(?:${DAY}) `);
const LIST = new RegExp(` (?:(?:${DAY})(?: (?:und|and|oder|or))? )+`);
const ONE = new RegExp(`^(?:${DAY})$`);

/** @param words as wordsOf gives them */
export function readWindow(words: string): SpokenWindow {
  const days = readDays(words);
  const hours = readHours(days.rest);
  return { weekdays: days.weekdays, hours: hours.hours, rest: hours.rest };
}

function readDays(words: string): { weekdays: number | undefined; rest: string } {
  for (const [pattern, weekdays] of GROUPS)
    if (pattern.test(words)) return { weekdays, rest: words.replace(pattern, " ") };
  const range = RANGE.exec(words);
  if (range) {
    const chosen = range.slice(1).flatMap((name, n) => (name === undefined ? [] : [n % DAYS.length]));
    const [first = 0, last = 0] = chosen;
    let weekdays = 0;
    for (let day = first; ; day = (day + 1) % DAYS.length) {
      weekdays |= 1 << day;
      if (day === last) break;
    }
    return { weekdays, rest: words.replace(range[0], " ") };
  }
  const list = LIST.exec(words);
  if (!list) return { weekdays: undefined, rest: words };
  let weekdays = 0;
  for (const word of list[0].trim().split(" ")) {
    const found =
      ONE.exec(word)
        ?.slice(1)
        .findIndex((name) => name !== undefined) ?? -1;
    if (found >= 0) weekdays |= 1 << found;
  }
  return { weekdays, rest: words.replace(list[0], " ") };
}

const TIME = "(\\d{1,2})(?:[:.]([0-5]\\d))? ?(uhr|h|am|pm|o'?clock)?";
const BETWEEN = new RegExp(
  ` (?:von |from |zwischen |between |um )?${TIME}(?: ?[-–] ?| bis | und | to | and | until | till )${TIME} `,
);
const AFTER = new RegExp(` (?:ab|nach|from|after) ${TIME} `);
const BEFORE = new RegExp(` (?:bis|vor|until|before) ${TIME} `);

function readHours(words: string): { hours: SpokenWindow["hours"]; rest: string } {
  const between = BETWEEN.exec(words);
  if (between) {
    const [, h1, m1, half1, h2, m2, half2] = between;
    const to = minutes(h2, m2, half2);
    const from = minutes(h1, m1, isHalf(half1) ? half1 : sameHalf(h1, h2, half2));
    if (from !== null && to !== null && from !== to)
      return {
        hours: { from: from % WHOLE_DAY, to: to === 0 ? WHOLE_DAY : to },
        rest: words.replace(between[0], " "),
      };
    return { hours: undefined, rest: words };
  }
  for (const [pattern, isStart] of [
    [AFTER, true],
    [BEFORE, false],
  ] as const) {
    const found = pattern.exec(words);
    const at = found ? minutes(found[1], found[2], found[3]) : null;
    if (found && at !== null && at > 0 && at < WHOLE_DAY)
      return {
        hours: isStart ? { from: at, to: WHOLE_DAY } : { from: 0, to: at },
        rest: words.replace(found[0], " "),
      };
  }
  return { hours: undefined, rest: words };
}

const isHalf = (half: string | undefined): boolean => half === "am" || half === "pm";

/** "6 to 9 pm" is the evening for both; "11 to 1 pm" begins in the morning. */
function sameHalf(
  from: string | undefined,
  to: string | undefined,
  half: string | undefined,
): string | undefined {
  if (half !== "pm") return half;
  return Number(from) % 12 < Number(to) % 12 || Number(to) === 12 ? (Number(to) === 12 ? "am" : "pm") : "am";
}

function minutes(
  hour: string | undefined,
  minute: string | undefined,
  half: string | undefined,
): number | null {
  let hours = Number(hour);
  if (isHalf(half)) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half === "pm" ? 12 : 0);
  }
  const all = hours * 60 + Number(minute ?? 0);
  return all <= WHOLE_DAY ? all : null;
}
