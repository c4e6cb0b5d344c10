import { addDays, type CivilDate } from "../zoned-time.ts";

/** Days that people call by a name; `until` where the name means several. */
export interface NamedDays {
  readonly from: CivilDate;
  readonly until?: CivilDate;
}

type DaysOfYear = (year: number) => NamedDays;

const fixed =
  (month: number, day: number, lastDay?: number): DaysOfYear =>
  (year) => ({
    from: { year, month, day },
    ...(lastDay !== undefined && { until: { year, month, day: lastDay } }),
  });

const fromEaster =
  (days: number, last?: number): DaysOfYear =>
  (year) => ({
    from: addDays(easterOf(year), days),
    ...(last !== undefined && { until: addDays(easterOf(year), last) }),
  });

/**
 * Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Nature printed in 1876 (Meeus, "Astronomical
 * Algorithms", chapter 8).
 */
export function easterOf(year: number): CivilDate {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return { year, month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}

/** Folded patterns, the more particular first. Each is a whole name; no groups. */
export const NAMED_DAYS: readonly (readonly [pattern: string, days: DaysOfYear])[] = [
  ["heiligabend|heilig abend|christmas eve|xmas eve", fixed(12, 24)],
  ["(?:erste[rnm]?|1\\.) (?:weihnachtstag|weihnachtsfeiertag)|christmas day|xmas day", fixed(12, 25)],
  ["(?:zweite[rnm]?|2\\.) (?:weihnachtstag|weihnachtsfeiertag)|boxing day", fixed(12, 26)],
  ["weihnachten|weihnachtstagen?|christmas|xmas", fixed(12, 24, 26)],
  ["silvester|sylvester|new years eve", fixed(12, 31)],
  ["neujahrs?(?:tag)?|new years day|new years?(?! eve)", fixed(1, 1)],
  ["nikolaus(?:tag)?", fixed(12, 6)],
  ["valentinstag|valentines day", fixed(2, 14)],
  ["tag der arbeit|may day", fixed(5, 1)],
  ["tag der deutschen einheit", fixed(10, 3)],
  ["reformationstag|halloween", fixed(10, 31)],
  ["allerheiligen", fixed(11, 1)],
  ["heilige drei koenige|heiligen drei koenigen?|epiphany", fixed(1, 6)],
  ["rosenmontag", fromEaster(-48)],
  ["aschermittwoch|ash wednesday", fromEaster(-46)],
  ["gruendonnerstag|maundy thursday", fromEaster(-3)],
  ["karfreitag|good friday", fromEaster(-2)],
  ["ostersamstag|karsamstag|easter saturday", fromEaster(-1)],
  ["ostermontag|easter monday", fromEaster(1)],
  ["ostersonntag|easter sunday", fromEaster(0)],
  ["ostern|easter", fromEaster(0, 1)],
  ["christi himmelfahrt|himmelfahrt|vatertag|ascension day", fromEaster(39)],
  ["pfingstmontag|whit monday", fromEaster(50)],
  ["pfingstsonntag|whit sunday|pentecost", fromEaster(49)],
  ["pfingsten|whitsun", fromEaster(49, 50)],
  ["fronleichnam|corpus christi", fromEaster(60)],
];
