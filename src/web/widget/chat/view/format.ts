import type { Language } from "../../seam.ts";

const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };
const KB = 1_000;
const MB = 1_000_000;

export function localeOf(language: Language): string {
  return LOCALES[language];
}

/** "17:42", in the browser's time zone. */
export function clockTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" }).format(
    new Date(iso),
  );
}

/** The day as a key, in the browser's time zone: two messages of one day have the same. */
export function dayKey(iso: string): string {
  return new Date(iso).toDateString();
}

/** "Heute", "Gestern", else "Donnerstag, 19. November 2026". */
export function dayName(iso: string, language: Language, now: Date): string {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(new Date(iso)) - midnight(now)) / 86_400_000);
  const locale = LOCALES[language];
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: "full" }).format(new Date(iso));
}

/** "2,4 MB", "812 kB". */
export function fileSize(bytes: number, language: Language): string {
  const unit = bytes >= MB ? "megabyte" : "kilobyte";
  const value = bytes >= MB ? bytes / MB : Math.max(1, bytes / KB);
  const format = { style: "unit", unit, maximumFractionDigits: bytes >= MB ? 1 : 0 } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(value);
}

/** "4.096" or "4,096". */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}
