import type { Span } from "../folded.ts";
import type { CivilTime } from "../zoned-time.ts";
import { HOUR, NUMBER_WORD, numberOf } from "./numbers.ts";

/** A time on the clock that a text names, or a span of the day. */
export interface NamedClock extends Span {
  readonly time: CivilTime;
  readonly until?: CivilTime;
}

const MINUTE = `(?:[0-5]?\\d|${NUMBER_WORD})`;
const SIGN = "(?:am|pm|a\\.m\\.?|p\\.m\\.?)";
/** What makes a bare number no hour: "um 5 Euro teurer", "vor 3 Tagen". */
const NO_UNIT =
  "(?! ?(?:€|\\$|£|%|euro?|eur|cent|pound|dollar|tag|day|stunde|hour|std|minute|min\\b|woche|week|monat|month|jahr|year|stueck|mal\\b|times|kg|km|cm|mm|grad|prozent|percent|personen|leute|people|artikel|pakete?|items)|\\d|[.:,]\\d|\\.[a-z])";

/** Ways to say one moment of the day, each anchored by {@link parse}; the longer ones first. */
const FORMS: readonly (readonly [pattern: string, parse: (parts: readonly string[]) => Clock | undefined])[] =
  [
    [
      `(${MINUTE}) (?:minuten? |minutes )?(nach|vor|past|after|to|before) (halb )?(${HOUR})${NO_UNIT}`,
      ([minutes, side, half, hour]) => {
        const ahead = side === "vor" || side === "to" || side === "before";
        return shifted(
          hourOf(hour),
          (half ? -30 : 0) + (ahead ? -1 : 1) * numberOf(minutes as string),
          hour as string,
        );
      },
    ],
    [
      `(?:a )?(?:viertel|quarter) (nach|vor|past|after|to|before) (${HOUR})(?: uhr)?`,
      ([side, hour]) =>
        shifted(hourOf(hour), /^(?:vor|to|before)$/.test(side as string) ? -15 : 15, hour as string),
    ],
    [
      `(drei ?)?viertel (${HOUR})`,
      ([three, hour]) => shifted(hourOf(hour), three ? -15 : -45, hour as string),
    ],
    [`halb (${HOUR})(?: uhr)?`, ([hour]) => shifted(hourOf(hour), -30, hour as string)],
    [`half (?:past )?(${HOUR})`, ([hour]) => shifted(hourOf(hour), 30, hour as string)],
    [
      `(${HOUR})[:.]([0-5]\\d) ?(?:uhr|h|(${SIGN}))`,
      ([hour, minute, sign]) => exact(hour as string, Number(minute), sign),
    ],
    [`(${HOUR}):([0-5]\\d)`, ([hour, minute]) => exact(hour as string, Number(minute), undefined)],
    [`(\\d{1,2})h([0-5]\\d)?`, ([hour, minute]) => exact(hour as string, Number(minute ?? 0), undefined)],
    [
      `(${HOUR}) ?uhr(?: (${MINUTE})${NO_UNIT}(?![a-z]))?`,
      ([hour, minute]) => exact(hour as string, minute === undefined ? 0 : numberOf(minute), undefined),
    ],
    [`(${HOUR}) ?(${SIGN})`, ([hour, sign]) => exact(hour as string, 0, sign)],
    [`(${HOUR}) ?o'?clock`, ([hour]) => exact(hour as string, 0, undefined)],
    ["(mitternacht|midnight)", () => ({ hour: 0, minute: 0, isExact: true })],
    ["(mittags?|noon|midday)", () => ({ hour: 12, minute: 0, isExact: true })],
  ];
/** An hour alone counts only beside a preposition or in a span. */
const BARE = `(?!ein\\b|null\\b|zero\\b)${HOUR}(?:\\.[0-5]\\d)?`;

interface Clock extends CivilTime {
  /** Morning or afternoon is not in doubt. */
  readonly isExact: boolean;
}

const hourOf = (said: string | undefined) => numberOf(said ?? "");

function exact(hour: string, minute: number, sign: string | undefined): Clock | undefined {
  const named = numberOf(hour);
  if (!(named <= 24) || !(minute < 60)) return undefined;
  if (sign === undefined) return { hour: named % 24, minute, isExact: isTwentyFour(hour, named) };
  if (named < 1 || named > 12) return undefined;
  return { hour: (named % 12) + (sign.startsWith("p") ? 12 : 0), minute, isExact: true };
}

/** "04:00" and "16 Uhr" are hours of the day; "4" and "vier" may be either. */
function isTwentyFour(said: string, hour: number): boolean {
  return hour > 12 || hour === 0 || /^0\d$/.test(said);
}

function shifted(hour: number, minutes: number, said: string): Clock | undefined {
  if (!(hour >= 0 && hour <= 24)) return undefined;
  const all = (hour * 60 + minutes + 24 * 60) % (24 * 60);
  return { hour: Math.floor(all / 60), minute: all % 60, isExact: isTwentyFour(said, hour) };
}

/** "am" alone would be the German preposition of "am Montag". */
const ANY = `(?:${FORMS.map(([pattern]) => pattern.replace(/\((?!\?)/g, "(?:")).join("|")})`;
const EDGE = "(?<![a-z0-9.,:/-])";
const END = "(?![a-z0-9])";
const BEFORE_BARE = "(?:um|gegen|ab|nach|bis|vor|at|around|about|after|before|by|until|from)";
const ONE = new RegExp(`${EDGE}(${ANY})${END}`);
const BARE_ONE = new RegExp(`\\b${BEFORE_BARE} (?:etwa |ca\\.? |so |circa )?(${BARE})${END}${NO_UNIT}`);
const TO = " ?(?:und|bis|and|to|till|until|-|–) ?";
const SPANS = [
  new RegExp(`\\b(?:zwischen|von|between|from) (${ANY}|${BARE})${TO}(${ANY}|${BARE})${END}${NO_UNIT}`),
  new RegExp(`${EDGE}(${ANY}|${BARE})${TO}(${ANY})${END}`),
];
const ANCHORED = FORMS.map(([pattern, parse]) => [new RegExp(`^${pattern}$`), parse] as const);

function parseClock(said: string): Clock | undefined {
  for (const [pattern, parse] of ANCHORED) {
    const match = pattern.exec(said);
    if (match) return parse(match.slice(1));
  }
  const [hour = "", minute] = said.split(".");
  return exact(hour, Number(minute ?? 0), undefined);
}

type PartOfDay = "early" | "late" | "night";

function partIn(said: string): PartOfDay | undefined {
  if (/\b(?:nachmittags?|nachmittag|abends?|afternoon|evening|tonight|mittags)\b/.test(said)) return "late";
  if (/\b(?:nachts|at night)\b/.test(said)) return "night";
  return /\b(?:morgens|vormittags?|morning|(?:heute|morgen) frueh|heute morgen|in der frueh|in aller fruehe?)\b/.test(
    said,
  )
    ? "early"
    : undefined;
}

/** Whoever says "um vier" and nothing more means the afternoon: nobody is called at night. */
const AFTERNOON_UP_TO_HOUR = 6;

function settle({ hour, minute, isExact }: Clock, part: PartOfDay | undefined): CivilTime {
  if (isExact) return { hour, minute };
  if (part === "late") return { hour: hour >= 1 && hour < 12 ? hour + 12 : hour, minute };
  if (part === "night") return { hour: hour === 12 ? 0 : hour >= 6 ? hour + 12 : hour, minute };
  const isAfternoon = part === undefined && hour >= 1 && hour <= AFTERNOON_UP_TO_HOUR;
  return { hour: isAfternoon ? hour + 12 : hour, minute };
}

/**
 * The first time of day that a folded text names: "halb drei", "quarter past 4", "zwischen 14 und 16 Uhr".
 * @param around the whole message, which may say elsewhere that the afternoon is meant
 */
export function readClock(said: string, around = said): NamedClock | undefined {
  const part = partIn(around);
  for (const pattern of SPANS) {
    const span = pattern.exec(said);
    const found = span && readSpan(span, part);
    if (found) return found;
  }
  const one = ONE.exec(said) ?? BARE_ONE.exec(said);
  const clock = one && parseClock(one[1] as string);
  if (one && clock) {
    return { time: settle(clock, part), start: one.index, end: one.index + one[0].length };
  }
  return readPartOfDay(said);
}

function readSpan(match: RegExpExecArray, part: PartOfDay | undefined): NamedClock | undefined {
  const [from, to] = [parseClock(match[1] as string), parseClock(match[2] as string)];
  if (!from || !to) return undefined;
  const until = settle(to, part);
  let time = settle(from, part ?? (until.hour < 12 ? "early" : undefined));
  // "between 2 and 4 pm", "from 9 to 12": the first is the last such hour before the second.
  if (!from.isExact && until.hour > 12 && from.hour + 12 < until.hour && from.hour <= 7)
    time = { hour: from.hour + 12, minute: from.minute };
  if (time.hour * 60 + time.minute >= until.hour * 60 + until.minute) {
    if (from.isExact || from.hour * 60 + from.minute >= until.hour * 60 + until.minute) return undefined;
    time = { hour: from.hour, minute: from.minute };
  }
  return { time, until, start: match.index, end: match.index + match[0].length };
}

const PARTS: readonly (readonly [RegExp, CivilTime])[] = [
  [
    /\b(?:am )?(?:vormittags?|in the morning|morning|(?:heute|morgen) frueh|heute morgen|in der frueh|morgens)\b/,
    { hour: 9, minute: 0 },
  ],
  [/\b(?:am |in the )?(?:fruehen |early )?(?:nachmittags?|afternoon)\b/, { hour: 15, minute: 0 }],
  [
    /\b(?:am |in the )?(?:fruehen |early )?(?:abends?|evening|tonight)\b|\bnach feierabend\b|\bafter work\b/,
    { hour: 18, minute: 0 },
  ],
];

/** "morgen Vormittag", "tonight" */
export function readPartOfDay(said: string): NamedClock | undefined {
  for (const [pattern, time] of PARTS) {
    const match = pattern.exec(said);
    // "Guten Morgen" and "good evening" greet.
    if (match && !/\b(?:guten|good|schoenen) $/.test(said.slice(0, match.index)))
      return { time, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}
