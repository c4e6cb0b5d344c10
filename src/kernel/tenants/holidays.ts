/**
 * Public holidays of the German states, computed. Source of the rules: the states' holiday laws
 * (Feiertagsgesetze) as of 2025; days that hold in single municipalities only (Fronleichnam in Saxony and
 * Thuringia, Mariä Himmelfahrt in Bavaria, Friedensfest in Augsburg) are entered as closed days instead.
 */

const DAY_MS = 86_400_000;

/** Month, day, and the states it holds in; no states = everywhere. */
interface FixedDay {
  month: number;
  day: number;
  states?: string;
  since?: number;
}

const FIXED: readonly FixedDay[] = [
  { month: 1, day: 1 },
  { month: 1, day: 6, states: "BW BY ST" },
  { month: 3, day: 8, states: "BE", since: 2019 },
  { month: 3, day: 8, states: "MV", since: 2023 },
  { month: 5, day: 1 },
  { month: 8, day: 15, states: "SL" },
  { month: 9, day: 20, states: "TH", since: 2019 },
  { month: 10, day: 3 },
  { month: 10, day: 31, states: "BB MV SN ST TH" },
  { month: 10, day: 31, states: "HB HH NI SH", since: 2018 },
  { month: 11, day: 1, states: "BW BY NW RP SL" },
  { month: 12, day: 25 },
  { month: 12, day: 26 },
];

/** Days after Easter Sunday. */
const MOVING: readonly { offset: number; states?: string }[] = [
  { offset: -2 },
  { offset: 0, states: "BB" },
  { offset: 1 },
  { offset: 39 },
  { offset: 49, states: "BB" },
  { offset: 50 },
  { offset: 60, states: "BW BY HE NW RP SL" },
];

/** Ordered once by law. */
const ONCE: Readonly<Record<string, string>> = { "2025-05-08": "BE", "2028-06-17": "BE" };

export const STATES = [
  "DE-BB",
  "DE-BE",
  "DE-BW",
  "DE-BY",
  "DE-HB",
  "DE-HE",
  "DE-HH",
  "DE-MV",
  "DE-NI",
  "DE-NW",
  "DE-RP",
  "DE-SH",
  "DE-SL",
  "DE-SN",
  "DE-ST",
  "DE-TH",
] as const;

const cache = new Map<string, ReadonlySet<string>>();
const CACHE_ENTRIES = 200;

/**
 * @param region "DE-HH" and so on, "DE" for the days of the whole country, "" or anything else for none
 * @returns ISO dates
 */
export function holidays(region: string, year: number): ReadonlySet<string> {
  const key = `${region} ${year}`;
  const known = cache.get(key);
  if (known) return known;
  const days = compute(region, year);
  if (cache.size >= CACHE_ENTRIES) cache.clear();
  cache.set(key, days);
  return days;
}

function compute(region: string, year: number): ReadonlySet<string> {
  if (region !== "DE" && !(STATES as readonly string[]).includes(region)) return new Set();
  const state = region.slice(3);
  const holdsHere = (states: string | undefined) =>
    states === undefined || (state !== "" && states.includes(state));
  const days = new Set<string>();
  for (const one of FIXED)
    if (holdsHere(one.states) && year >= (one.since ?? 0))
      days.add(iso(Date.UTC(year, one.month - 1, one.day)));
  const easter = easterSunday(year);
  for (const one of MOVING) if (holdsHere(one.states)) days.add(iso(easter + one.offset * DAY_MS));
  if (state === "SN") days.add(iso(repentanceDay(year)));
  for (const [day, states] of Object.entries(ONCE))
    if (day.startsWith(`${year}-`) && holdsHere(states)) days.add(day);
  return days;
}

/** Wednesday before 23 November. */
function repentanceDay(year: number): number {
  const latest = Date.UTC(year, 10, 22);
  return latest - ((new Date(latest).getUTCDay() + 4) % 7) * DAY_MS;
}

/** Gregorian Easter Sunday as UTC midnight. Source: Meeus, Astronomical Algorithms, chapter 8 (Butcher's method). */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return Date.UTC(year, month - 1, day);
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
