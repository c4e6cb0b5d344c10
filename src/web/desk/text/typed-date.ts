import type { Language } from "./catalogue.ts";

/**
 * Days as people type them, the day before the month, as both languages of the desk have it (the English one is British). A
 * form keeps what a native field keeps: "2026-12-24", with a time of day "2026-12-24T17:54". The browser's own field writes
 * days as the browser's language does, which may be another one than the desk's.
 */
const TYPED =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2})?)?)(?:(?:,\s*|\s+|T)(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*(am|pm|uhr))?)?$/i;

interface Kind {
  withTime: boolean;
}

/**
 * @param today ISO date: a day without a year is the next one
 * @returns null when it is no such day, or lacks its time
 */
export function readTyped(text: string, { withTime, today }: Kind & { today: string }): string | null {
  const found = TYPED.exec(text.trim());
  if (!found) return null;
  const [, isoYear, isoMonth, isoDay, day, month, year, hours, minutes, half] = found;
  const date = isoYear
    ? valid(Number(isoYear), Number(isoMonth), Number(isoDay))
    : withYear({ day: Number(day), month: Number(month), year }, today);
  if (date === null || (hours !== undefined) !== withTime) return null;
  if (!withTime) return date;
  const time = clock(Number(hours), Number(minutes), half?.toLowerCase());
  return time && `${date}T${time}`;
}

/** "24.12.2026, 17:54", "24/12/2026, 17:54"; "" for nothing. @param value as `readTyped` gives it */
export function writeTyped(value: string, language: Language): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(value);
  if (!found) return "";
  const [, year, month, day, time] = found;
  const date = [day, month, year].join(language === "de" ? "." : "/");
  return time === undefined ? date : `${date}, ${time}`;
}

function withYear(
  { day, month, year }: { day: number; month: number; year: string | undefined },
  today: string,
): string | null {
  if (year !== undefined) return valid(Number(year.length === 2 ? `20${year}` : year), month, day);
  const now = Number(today.slice(0, 4));
  const here = valid(now, month, day);
  return here !== null && here >= today ? here : valid(now + 1, month, day);
}

function valid(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return at.toISOString().slice(0, 10);
}

function clock(hours: number, minutes: number, half: string | undefined): string | null {
  const isHalf = half === "am" || half === "pm";
  if (isHalf && (hours < 1 || hours > 12)) return null;
  const whole = isHalf ? (hours % 12) + (half === "pm" ? 12 : 0) : hours;
  if (whole > 23 || minutes > 59) return null;
  return `${String(whole).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
