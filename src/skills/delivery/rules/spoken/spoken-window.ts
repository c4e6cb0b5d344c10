import type { Language } from "#kernel";

/** Windows, days and prices as people read them, on the clock of the city where it is brought. */

const LOCALES = { de: "de-DE", en: "en-GB" } as const;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

export interface SpokenIn {
  readonly language: Language;
  /** IANA name of the city's zone. */
  readonly timeZone: string;
}

interface Span {
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  { language, timeZone }: SpokenIn,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${name}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone });
    formats.set(key, known);
  }
  return known;
}

/** "Dienstag, 24. November", "Tuesday, 24 November". */
export function spokenDay(speaking: SpokenIn, at: number): string {
  const weekday = format(speaking, "weekday", { weekday: "long" }).format(at);
  const day = format(speaking, "day", { day: "numeric", month: "long" }).format(at);
  return `${weekday}, ${day}`;
}

/** Hour and minute of the wall clock. */
export function wallMinutes(at: number, timeZone: string): number {
  const [hour = 0, minute = 0] = format({ language: "en", timeZone }, "clock", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
    .format(at)
    .split(":")
    .map(Number);
  return hour * 60 + minute;
}

/** "18" or "18:30" in German, "18:00" in English. */
export function spokenClock({ language, timeZone }: SpokenIn, at: number): string {
  const all = wallMinutes(at, timeZone);
  const hour = Math.floor(all / 60);
  const minutes = String(all % 60).padStart(2, "0");
  if (language === "en") return `${String(hour).padStart(2, "0")}:${minutes}`;
  return minutes === "00" ? String(hour) : `${hour}:${minutes}`;
}

/** "Dienstag, 24. November, 18 bis 20 Uhr", "Tuesday, 24 November, 18:00 to 20:00". */
export function spokenWindow(speaking: SpokenIn, { earliestAt, latestAt }: Span): string {
  const [from, to] = [spokenClock(speaking, earliestAt), spokenClock(speaking, latestAt)];
  const day = spokenDay(speaking, earliestAt);
  const hours = speaking.language === "de" ? `${from} bis ${to} Uhr` : `${from} to ${to}`;
  if (!changesClock(speaking.timeZone, { earliestAt, latestAt })) return `${day}, ${hours}`;
  const note =
    speaking.language === "de" ? "die Uhr wird dazwischen umgestellt" : "the clocks change in between";
  return `${day}, ${hours} (${note})`;
}

/** Does the wall clock run another time between them than the real one? */
function changesClock(timeZone: string, { earliestAt, latestAt }: Span): boolean {
  const shown = wallMinutes(latestAt, timeZone) - wallMinutes(earliestAt, timeZone);
  const real = Math.round((latestAt - earliestAt) / MINUTE_MS);
  return (((shown - real) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES !== 0;
}

/** The same in parts, for a line of the day; a window that ends after midnight goes on beyond 24 hours. */
export function windowOnDay(speaking: SpokenIn, { earliestAt, latestAt }: Span) {
  const from = wallMinutes(earliestAt, speaking.timeZone);
  const until = wallMinutes(latestAt, speaking.timeZone);
  return {
    day: spokenDay(speaking, earliestAt),
    // Whole hours without their minutes, in any language: the line beside it has the same numbers.
    label: [earliestAt, latestAt].map((at) => spokenClock({ ...speaking, language: "de" }, at)).join("–"),
    from,
    until: until > from ? until : until + DAY_MINUTES,
  };
}

/** Of a button: "Di 24.11., 18–20 Uhr", "Tue 24 Nov, 18:00–20:00"; at most 24 characters (WhatsApp's rows). */
export function windowTitle(speaking: SpokenIn, { earliestAt, latestAt }: Span): string {
  const [from, to] = [spokenClock(speaking, earliestAt), spokenClock(speaking, latestAt)];
  const weekday = format(speaking, "short", { weekday: "short" }).format(earliestAt);
  if (speaking.language === "en") {
    const day = format(speaking, "short day", { day: "numeric", month: "short" }).format(earliestAt);
    return `${weekday} ${day}, ${from}–${to}`;
  }
  const [day, month] = format({ ...speaking, language: "en" }, "figures", {
    day: "numeric",
    month: "numeric",
  })
    .format(earliestAt)
    .split("/")
    .map(Number);
  const unit = `${from}${to}`.includes(":") ? "" : " Uhr";
  return `${weekday.replace(".", "")} ${day}.${month}., ${from}–${to}${unit}`;
}

/** "4,90 €", "€4.90". @param minor in the currency's smallest unit */
export function spokenMoney(language: Language, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(LOCALES[language], { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const whole = String(minor).padStart(digits + 1, "0");
  const number = digits === 0 ? whole : `${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
  return format.format(number as Intl.StringNumericLiteral);
}
