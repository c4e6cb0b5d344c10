import type { Language } from "./catalogue.ts";
import { zoneInput } from "./zone-input.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export type Format = ReturnType<typeof makeFormat>;

/** Dates, times, spans and numbers as people in that language write them, in the company's time zone. */
export function makeFormat(language: Language, timeZone: string | undefined) {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const clock = dates({ hour: "2-digit", minute: "2-digit" });
  const weekday = dates({ weekday: "short" });
  const longDay = dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const shortDay = dates({ day: "2-digit", month: "2-digit" });
  const fullDay = dates({ day: "2-digit", month: "2-digit", year: "numeric" });
  const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone });
  const days = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" });
  const units = { minute: unit("minute"), hour: unit("hour"), day: unit("day") };
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  const dayOf = (iso: string | number) => dayKey.format(new Date(iso));
  const time = (iso: string) => clock.format(new Date(iso));
  const daysAgo = (iso: string, now: number) =>
    Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(iso))) / dayMs);

  /** "3 Tage", "2 Std. 5 Min.", "12 Min."; at least one minute. */
  const span = (ms: number): string => {
    const minutes = Math.max(1, Math.round(Math.abs(ms) / minuteMs));
    if (minutes < 60) return units.minute.format(minutes);
    if (minutes < 48 * 60) {
      const rest = minutes % 60;
      return units.hour.format(Math.floor(minutes / 60)) + (rest ? ` ${units.minute.format(rest)}` : "");
    }
    return units.day.format(Math.floor(minutes / (24 * 60)));
  };

  /** In lists: the hour today, the weekday this week, otherwise the date. */
  const near = (iso: string, now: number): string => {
    const ago = daysAgo(iso, now);
    if (ago === 0) return time(iso);
    return Math.abs(ago) < 7 ? weekday.format(new Date(iso)) : shortDay.format(new Date(iso));
  };

  /** A moment in a sentence: "17:58" today, "Fr., 17:58" this week, otherwise with the date. */
  const moment = (iso: string, now: number): string => {
    const ago = daysAgo(iso, now);
    return ago === 0 ? time(iso) : `${near(iso, now)}, ${time(iso)}`;
  };

  /** Heads a day in a conversation. */
  const day = (iso: string, now: number): string => {
    const ago = daysAgo(iso, now);
    return Math.abs(ago) < 2 ? capitalised(days.format(-ago, "day")) : longDay.format(new Date(iso));
  };

  return {
    ...zoneInput(timeZone),
    locale,
    dayOf,
    time,
    near,
    moment,
    day,
    span,
    size: (bytes: number) => sizeOf(bytes, locale),
    date: (iso: string) => fullDay.format(new Date(iso)),
    /** Without its year, for an axis. */
    dayMonth: (iso: string) => shortDay.format(new Date(iso)),
    number: (value: number) => value.toLocaleString(locale),
    percent: (value: number) => percent.format(value),
    /** A confidence or a weight with two places and a real minus. */
    share: (value: number) => share.format(value).replace("-", "−"),
  };
}

/** Bytes as "41 MB", "1,2 kB" or "48 Byte". */
function sizeOf(bytes: number, locale: string): string {
  const steps = [
    [1_000_000, "megabyte"],
    [1_000, "kilobyte"],
  ] as const;
  const [step, unit] = steps.find(([least]) => bytes >= least) ?? ([1, "byte"] as const);
  const value = bytes / step;
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits }).format(value);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
