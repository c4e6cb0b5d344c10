import type { Language } from "#kernel";

const LOCALES = { de: "de-DE", en: "en-GB" } as const;
const DAYS = {
  de: { today: "heute", tomorrow: "morgen" },
  en: { today: "today", tomorrow: "tomorrow" },
} as const;
const DAY_MS = 86_400_000;

type Part = "clock" | "day" | "date";
const PARTS: Readonly<Record<Part, Readonly<Record<Language, Intl.DateTimeFormatOptions>>>> = {
  clock: {
    de: { hour: "2-digit", minute: "2-digit" },
    en: { hour: "numeric", minute: "2-digit", hour12: true },
  },
  day: {
    de: { weekday: "long", day: "numeric", month: "numeric", year: "numeric" },
    en: { weekday: "long", day: "numeric", month: "long" },
  },
  date: {
    de: { year: "numeric", month: "2-digit", day: "2-digit" },
    en: { year: "numeric", month: "2-digit", day: "2-digit" },
  },
};
/** Making a format costs a hundred times what using it costs. */
const formats = new Map<string, Intl.DateTimeFormat>();

export interface Place {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** ms since the epoch; what "today" is. */
  readonly now: number;
}

function show(part: Part, ms: number, { language, timeZone }: Place): string {
  const key = `${part} ${language} ${timeZone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[language], { ...PARTS[part][language], timeZone });
    formats.set(key, format);
  }
  return format.format(ms);
}

/** "heute um 14:30 Uhr", "morgen um 08:00 Uhr", "Montag, 24.11.2026 um 08:00 Uhr"; "today at 2:30 pm". */
export function spokenTime(ms: number, place: Place, hasClock = true): string {
  if (!hasClock) return spokenDay(ms, place);
  return `${spokenDay(ms, place)} ${place.language === "de" ? "um" : "at"} ${spokenClock(ms, place)}`;
}

/** "morgen zwischen 14:00 und 16:00 Uhr", "today between 2:00 pm and 4:00 pm"; both ends on one day. */
export function spokenSpan(from: number, to: number, place: Place): string {
  const isGerman = place.language === "de";
  const [start, end] = [show("clock", from, place), spokenClock(to, place)];
  return `${spokenDay(from, place)} ${isGerman ? "zwischen" : "between"} ${start} ${isGerman ? "und" : "and"} ${end}`;
}

/** For a sentence that begins with "from": "morgen, 08:00 Uhr", "tomorrow, 8:00 am". */
export function spokenStart(ms: number, place: Place): string {
  return `${spokenDay(ms, place)}, ${spokenClock(ms, place)}`;
}

/** "heute bis 14:30 Uhr", "today by 2:30 pm". */
export function spokenDeadline(ms: number, place: Place): string {
  return `${spokenDay(ms, place)} ${place.language === "de" ? "bis" : "by"} ${spokenClock(ms, place)}`;
}

function spokenDay(ms: number, place: Place): string {
  const day = show("date", ms, place);
  if (day === show("date", place.now, place)) return DAYS[place.language].today;
  if (day === show("date", place.now + DAY_MS, place)) return DAYS[place.language].tomorrow;
  return show("day", ms, place);
}

function spokenClock(ms: number, place: Place): string {
  const clock = show("clock", ms, place);
  return place.language === "de" ? `${clock} Uhr` : clock;
}
