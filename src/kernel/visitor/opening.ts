import type { Language } from "../i18n/catalogue.ts";
import { localDate } from "../tenants/local-date.ts";
import { isOpen, nextOpening } from "../tenants/opening-hours.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import { dayAfter } from "../tenants/zone-time.ts";

/** When people are there, in words that follow a colon: "morgen, 08:00 Uhr", "Monday, 8:00 am". */
const WORDS = {
  de: { locale: "de-DE", today: "heute", tomorrow: "morgen", hour12: false },
  en: { locale: "en-GB", today: "today", tomorrow: "tomorrow", hour12: true },
} as const;
const WEEK_DAYS = 6;

export interface People {
  here: boolean;
  next: Record<Language, string> | null;
}

export function peopleOf(profile: TenantProfile, now: number): People {
  if (isOpen(profile, now)) return { here: true, next: null };
  const opens = nextOpening(profile, now);
  if (opens === null) return { here: false, next: null };
  const place = { opens, now, timeZone: profile.timeZone };
  return { here: false, next: { de: spoken("de", place), en: spoken("en", place) } };
}

function spoken(language: Language, place: { opens: number; now: number; timeZone: string }): string {
  const { locale, hour12 } = WORDS[language];
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone: place.timeZone,
    hour: hour12 ? "numeric" : "2-digit",
    minute: "2-digit",
    hour12,
  }).format(place.opens);
  return `${dayName(language, place)}, ${clock}${language === "de" ? " Uhr" : ""}`;
}

function dayName(
  language: Language,
  { opens, now, timeZone }: { opens: number; now: number; timeZone: string },
): string {
  const { locale, today, tomorrow } = WORDS[language];
  const day = localDate(opens, timeZone);
  const thisDay = localDate(now, timeZone);
  if (day === thisDay) return today;
  if (day === dayAfter(thisDay)) return tomorrow;
  const isNear = day <= dayAfter(thisDay, WEEK_DAYS);
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "long",
    ...(isNear ? {} : { day: "numeric", month: "long" }),
  }).format(opens);
}
