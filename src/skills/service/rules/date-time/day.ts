import type { Span } from "../folded.ts";
import { addDays, type CivilDate, weekdayOf } from "../zoned-time.ts";
import { NAMED_DAYS } from "./holidays.ts";
import { NUMBER_WORD, numberOf, ORDINAL_WORD, ordinalOf } from "./numbers.ts";

/** A day that a text names, or a span of days, both inclusive. */
export interface NamedDay extends Span {
  readonly date: CivilDate;
  readonly until?: CivilDate;
}

/** "impossible": a date was named that no calendar has, such as 31.2. */
export type DayReading = NamedDay | "impossible" | undefined;

const WEEKDAYS = [
  "sonntags?|sundays?",
  "montags?|mondays?|mon\\b",
  "dienstags?|tuesdays?|tues?\\b",
  "mitt?wochs?|wed(?:ne|n)sdays?|wed\\b",
  "don+erstags?|thursdays?|thurs?\\b",
  "freitags?|fridays?|fri\\b",
  "sam(?:s|sch)tags?|sonnabends?|saturdays?|sat\\b",
];
const WEEKDAY = `(?:${WEEKDAYS.join("|")})`;
const MONTHS = [
  "januar|jaenner|january|jan",
  "februar|feber|february|feb",
  "maerz|march",
  "april|apr",
  "mai|may",
  "juni|june",
  "juli|july",
  "august|aug",
  "september|sept",
  "oktober|october|okt|oct",
  "november|nov",
  "dezember|december|dez|dec",
];
const MONTH = `(?:${MONTHS.join("|")})`;
const DAY_NUMBER = `(?:[0-3]?\\d(?:\\.|st|nd|rd|th)?|${ORDINAL_WORD})`;
const YEAR = "(?:,? (\\d{4})(?!\\d))?";
const COUNT = `(?:\\d{1,3}|einer|einem|einigen|ein|a|an|${NUMBER_WORD})`;

const indexIn = (patterns: readonly string[], said: string) =>
  patterns.findIndex((pattern) => new RegExp(`^(?:${pattern})$`).test(said));

interface Clue {
  readonly today: CivilDate;
  readonly parts: readonly (string | undefined)[];
}
type Days = { readonly date: CivilDate; readonly until?: CivilDate } | "impossible" | undefined;

/** What is tried in order: the more particular first. */
const FORMS: readonly (readonly [RegExp, (clue: Clue) => Days])[] = [
  [
    /\b(?:zwischen (?:weihnachten und (?:neujahr|silvester)|den jahren|den feiertagen)|between christmas and new years?)\b/,
    ({ today }) => {
      const from = { year: today.year, month: 12, day: 27 };
      return { date: from, until: { ...from, day: 31 } };
    },
  ],
  [/\b(\d{4})-(\d{2})-(\d{2})\b/, ({ parts: [y, m, d] }) => real(Number(y), Number(m), Number(d))],
  [
    new RegExp(
      `(?<![\\d.])(\\d{1,2})\\.?(?: ?(?:bis|-|–|und|to|and) ?)(?:zum )?(\\d{1,2})(?:\\.|th|rd|nd|st)? ?(${MONTH}|\\d{1,2}\\.)(?![a-z])${YEAR}`,
    ),
    ({ today, parts: [from, to, month = "", year] }) => {
      const number = /^\d/.test(month) ? Number.parseInt(month, 10) : indexIn(MONTHS, month) + 1;
      const last = year ? real(Number(year), number, Number(to)) : next(today, number, Number(to));
      if (last === "impossible" || Number(from) >= Number(to)) return last;
      return { date: { ...last.date, day: Number(from) }, until: last.date };
    },
  ],
  [
    /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d))?/,
    ({ today, parts: [day, month, year] }) => dated(today, { day, month, year }),
  ],
  [
    /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\d/])|\b(?:on|am|by|until|bis) (\d{1,2})\/(\d{1,2})(?![\d/])/,
    ({ today, parts: [a, b, year, c, d] }) => {
      const [first, second] = [Number(a ?? c), Number(b ?? d)];
      // Day first, as in Europe, unless that cannot be.
      const [day, month] = second > 12 ? [second, first] : [first, second];
      return dated(today, { day: String(day), month: String(month), year });
    },
  ],
  [
    new RegExp(`(?<![\\d.])\\b(${DAY_NUMBER}) (?:of )?(${MONTH})\\b\\.?${YEAR}`),
    ({ today, parts: [day = "", month = "", year] }) => worded(today, { day, month, year }),
  ],
  [
    new RegExp(`\\b(${MONTH}) (?:the )?([0-3]?\\d(?:st|nd|rd|th)?|${ORDINAL_WORD})(?![\\d:])\\b${YEAR}`),
    ({ today, parts: [month = "", day = "", year] }) => worded(today, { day, month, year }),
  ],
  [/\b(?:vorgestern|day before yesterday)\b/, ({ today }) => ({ date: addDays(today, -2) })],
  [/\b(?:gestern|yesterday)\b/, ({ today }) => ({ date: addDays(today, -1) })],
  [
    new RegExp(`\\bvor (${COUNT}) (tag|woche|monat)\\w*|\\b(${COUNT}) (day|week|month)s? ago\\b`),
    ({ today, parts: [count, unit, amount, word] }) => ({
      date: moved(today, -counted(count ?? amount), unit ?? word ?? ""),
    }),
  ],
  [
    new RegExp(
      `\\b(?:seit(?: dem)?|letzten?|letzter|vergangene[nrm]?|vorige[nrm]?|last|since(?: last)?) (${WEEKDAY})\\b`,
    ),
    ({ today, parts: [weekday = ""] }) => {
      const back = (weekdayOf(today) - indexIn(WEEKDAYS, weekday) + 7) % 7 || 7;
      return { date: addDays(today, -back) };
    },
  ],
  [/\b(?:letzte|vorige|vergangene|last) (?:woche|week)\b/, ({ today }) => week(today, -1)],
  [/\b(?:uebermorgen|day after tomm?orr?ow)\b/, ({ today }) => ({ date: addDays(today, 2) })],
  ...NAMED_DAYS.map(([pattern, days]): (typeof FORMS)[number] => [
    new RegExp(`\\b(?:${pattern})\\b`),
    ({ today }) => {
      const [thisYear, nextYear] = [days(today.year), days(today.year + 1)];
      const chosen = isBefore(thisYear.until ?? thisYear.from, today) ? nextYear : thisYear;
      return { date: chosen.from, ...(chosen.until && { until: chosen.until }) };
    },
  ]),
  [
    new RegExp(
      `\\b(?:ueber)?(?:naechste[rn]?|kommende[rn]?|next) (?:woche|week)(?: am| on)? (${WEEKDAY})\\b|\\b(${WEEKDAY}) (?:der )?(?:naechste[rn]?|kommende[rn]?|next) (?:woche|week)\\b|\\b(${WEEKDAY}) after next\\b`,
    ),
    ({ today, parts: [a, b, c] }) => {
      const index = indexIn(WEEKDAYS, a ?? b ?? c ?? "");
      return { date: addDays(mondayOf(today), 7 + ((index + 6) % 7)) };
    },
  ],
  [
    /\b(?:heute|today) in (?:einer woche|a week|8 tagen|acht tagen)\b|\ba week today\b|\btoday week\b/,
    ({ today }) => ({ date: addDays(today, 7) }),
  ],
  [
    new RegExp(
      `\\b(${WEEKDAY}) in (?:einer woche|a week)\\b|\\ba week on (${WEEKDAY})\\b|\\b(${WEEKDAY}) week\\b`,
    ),
    ({ today, parts: [a, b, c] }) => ({ date: addDays(upcoming(today, a ?? b ?? c ?? ""), 7) }),
  ],
  [
    new RegExp(`\\bin (${COUNT}) (tag|day|woche|week|monat|month)(?:e|en|n|s)?\\b`),
    ({ today, parts: [count = "", unit = ""] }) => ({
      // "In acht Tagen" has meant a week ever since both ends were counted.
      date: count === "acht" && unit === "tag" ? addDays(today, 7) : moved(today, counted(count), unit),
    }),
  ],
  [
    new RegExp(
      `\\b(?:zwischen|von|vom|between|from) (${WEEKDAY}) (?:und|bis|and|to|till|until) (?:zum )?(${WEEKDAY})\\b|\\b(${WEEKDAY}) (?:bis|to|-|–) (${WEEKDAY})\\b`,
    ),
    ({ today, parts: [a, b, c, d] }) => {
      const date = upcoming(today, a ?? c ?? "");
      return { date, until: upcoming(date, b ?? d ?? "") };
    },
  ],
  [
    /\b(?:ende (?:der|dieser) woche|end of the week)\b/,
    ({ today }) => ({ date: addDays(mondayOf(today), 4) }),
  ],
  [/\b(?:uebernaechste woche|week after next)\b/, ({ today }) => week(today, 2)],
  [/\b(?:naechste[nr]?|kommende[nr]?|next) (?:woche|week)\b/, ({ today }) => week(today, 1)],
  [
    /\b(?:am|dieses|naechstes|kommendes|this|next|at the|on the|over the) (?:wochenende|weekend)\b/,
    ({ today }) => {
      const saturday = addDays(mondayOf(today), 5);
      return { date: isBefore(saturday, today) ? today : saturday, until: addDays(mondayOf(today), 6) };
    },
  ],
  [
    /\b(?:ende (?:des|diesen) monats|monatsende|end of the month)\b/,
    ({ today }) => ({ date: lastOf(today.year, today.month) }),
  ],
  [
    new RegExp(`\\b(?:(anfang|early|mitte|mid|ende|late|end of)|(?:im|in))[ -](${MONTH})\\b(?! ?\\d)`),
    ({ today, parts: [third, month = ""] }) => partOfMonth(today, third, indexIn(MONTHS, month) + 1),
  ],
  [
    new RegExp(
      `\\b(?:am|on the|the) (\\d{1,2})(?:\\.|st|nd|rd|th)(?! ?\\d)|\\bam (${ORDINAL_WORD})\\b(?! (?:tag|mal))`,
    ),
    ({ today, parts: [figures, word] }) => {
      const day = figures ? Number(figures) : (ordinalOf(word ?? "") ?? 0);
      return day < today.day ? real(...monthAfter(today), day) : real(today.year, today.month, day);
    },
  ],
  [
    /(?<!\b(?:heute|guten|am|jeden|schoenen) )\bmorgen\b|\btomm?orr?ow\b/,
    ({ today }) => ({ date: addDays(today, 1) }),
  ],
  [/\b(?:heute|today|tonight)\b/, ({ today }) => ({ date: today })],
  [
    new RegExp(`\\b(?:(naechste[nrms]?|next) )?(${WEEKDAY})\\b`),
    ({ today, parts: [isNext, weekday = ""] }) => {
      const date = upcoming(today, weekday);
      // Whoever means tomorrow says so: "next Tuesday" on a Monday is the Tuesday after.
      return { date: isNext && !isBefore(addDays(today, 1), date) ? addDays(date, 7) : date };
    },
  ],
  [
    /\b(mo|di|mi|do|fr|sa)[.,]? (?=(?:um |ab |gegen )?\d{1,2}(?::\d| ?uhr))/,
    ({ today, parts: [short = ""] }) => ({
      date: addDays(
        today,
        (["mo", "di", "mi", "do", "fr", "sa"].indexOf(short) + 8 - weekdayOf(today)) % 7 || 7,
      ),
    }),
  ],
];

/** The day that a folded text names, counted from `today` in the place's own calendar. */
export function readDay(said: string, today: CivilDate): DayReading {
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(said);
    const days = match && read({ today, parts: match.slice(1) });
    if (match && days === "impossible") return days;
    if (match && days)
      return {
        ...toldOf(said, match, { days: days as object as { date: CivilDate }, today }),
        start: match.index,
        end: match.index + match[0].length,
      };
  }
  return undefined;
}

/** A day that is told of, not planned: "am 3. November bestellt", "I bought it on Monday". */
const TOLD =
  /(?<![a-z])(?:bestellt|gekauft|erhalten|bekommen|geliefert worden|angekommen|bezahlt|ueberwiesen|zurueckgeschickt|abgeschickt|angerufen|geschrieben|seit|war|wurde|hatte|ordered|bought|received|paid|arrived|returned|sent|called|wrote|since|was|were)(?![a-z])/;
const PLANNED =
  /(?<![a-z])(?:kann|koennen|koennte|koennt|wird|werden|kommt|soll|sollte|bitte|moechte|will|wollen|darf|can|could|will|would|shall|should|please|want)(?![a-z])/;
const CLAUSE_END = /[?!;,]|\.(?= [a-z])/;
const WITHOUT_YEAR =
  /^(?!.*(?:19|20)\d\d).*(?:\d{1,2}\. ?\d{1,2}\.|(?<![a-z])(?:jan|feb|maerz|apr|mai|jun|jul|aug|sep|okt|nov|dez|mar|may|oct|dec)[a-z]*)/;
const A_WEEKDAY =
  /(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)/;

/** In a clause that tells of the past, a date without a year, or a weekday, is the last one and not the next. */
function toldOf(
  said: string,
  match: RegExpExecArray,
  { days, today }: { days: { date: CivilDate }; today: CivilDate },
): { date: CivilDate } {
  const before = said.slice(0, match.index).split(CLAUSE_END).at(-1) ?? "";
  const after = said.slice(match.index + match[0].length).split(CLAUSE_END)[0] ?? "";
  const clause = `${before} ${after}`;
  const isTold = TOLD.test(clause) && !PLANNED.test(clause) && isBefore(today, days.date);
  if (!isTold || "until" in days) return days;
  if (A_WEEKDAY.test(match[0]) && !/\d/.test(match[0])) return { ...days, date: addDays(days.date, -7) };
  if (!WITHOUT_YEAR.test(match[0])) return days;
  return { ...days, date: { ...days.date, year: days.date.year - 1 } };
}

export function isBefore(a: CivilDate, b: CivilDate): boolean {
  return a.year !== b.year ? a.year < b.year : a.month !== b.month ? a.month < b.month : a.day < b.day;
}

function real(year: number, month: number, day: number): { date: CivilDate } | "impossible" {
  const shifted = addDays({ year, month, day }, 0);
  return shifted.month === month && shifted.day === day ? { date: { year, month, day } } : "impossible";
}

/** A date without a year is the next one. */
function next(today: CivilDate, month: number, day: number): { date: CivilDate } | "impossible" {
  const isOver = isBefore({ year: today.year, month, day }, today);
  return real(today.year + (isOver ? 1 : 0), month, day);
}

interface Said {
  readonly day: string | undefined;
  readonly month: string | undefined;
  readonly year: string | undefined;
}

function dated(today: CivilDate, { day, month, year }: Said): Days {
  if (year === undefined) return next(today, Number(month), Number(day));
  return real(Number(year) + (year.length === 2 ? 2000 : 0), Number(month), Number(day));
}

function worded(today: CivilDate, { day = "", month = "", year }: Said): Days {
  const number = ordinalOf(day) ?? Number.parseInt(day, 10);
  return dated(today, { day: String(number), month: String(indexIn(MONTHS, month) + 1), year });
}

function counted(said = ""): number {
  return /^(?:einer|einem|a|an)$/.test(said) ? 1 : said === "einigen" ? 3 : numberOf(said);
}

function moved(today: CivilDate, count: number, unit: string): CivilDate {
  if (unit === "tag" || unit === "day") return addDays(today, count);
  if (unit === "woche" || unit === "week") return addDays(today, 7 * count);
  const months = today.year * 12 + today.month - 1 + count;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  return { year, month, day: Math.min(today.day, lastOf(year, month).day) };
}

/** The next such day; today's own name means a week from now. */
function upcoming(today: CivilDate, weekday: string): CivilDate {
  return addDays(today, (indexIn(WEEKDAYS, weekday) - weekdayOf(today) + 7) % 7 || 7);
}

function mondayOf(date: CivilDate): CivilDate {
  return addDays(date, -((weekdayOf(date) + 6) % 7));
}

/** Monday to Friday: whoever names a week to a company means its working days. */
function week(today: CivilDate, ahead: number): { date: CivilDate; until: CivilDate } {
  const monday = addDays(mondayOf(today), 7 * ahead);
  return { date: monday, until: addDays(monday, 4) };
}

function lastOf(year: number, month: number): CivilDate {
  return addDays(
    month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 },
    -1,
  );
}

function monthAfter({ year, month }: CivilDate): [year: number, month: number] {
  return month === 12 ? [year + 1, 1] : [year, month + 1];
}

function partOfMonth(today: CivilDate, third: string | undefined, month: number): Days {
  const year = today.year + (month < today.month ? 1 : 0);
  const last = lastOf(year, month).day;
  const [from, to] =
    third === undefined
      ? [1, last]
      : /^(?:anfang|early)$/.test(third)
        ? [1, 10]
        : /^mi/.test(third)
          ? [11, 20]
          : [21, last];
  return { date: { year, month, day: from }, until: { year, month, day: to } };
}
