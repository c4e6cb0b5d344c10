import { expect, test } from "vitest";
import { isoDay, readDay } from "./dates.ts";
import { lastBeginning, type Period, readPeriod } from "./periods.ts";

/**
 * Reckoned by hand with a printed calendar: the contract ends with the first date, the notice period is the second
 * column; the third is the last day on which a notice may arrive. BGB 187 I (the day of arrival does not count), 188 I
 * (days), 188 II (weeks, months), 188 III (a missing day is the month's last), 193 (does not apply).
 */
const CASES: readonly (readonly [end: string, period: string, lastDay: string, why: string])[] = [
  ["2026-12-31", "1M", "2026-11-30", "1 December + 1 month would be 1 January"],
  ["2026-12-31", "2M", "2026-10-31", "31 October + 2 months is 31 December"],
  ["2026-12-31", "3M", "2026-09-30", "September has 30 days; 1 October would be a day late"],
  ["2026-12-31", "6M", "2026-06-30", "June has 30 days"],
  ["2026-03-31", "1M", "2026-02-28", "February's last; 1 March runs to 1 April"],
  ["2024-03-31", "1M", "2024-02-29", "the same in a leap year"],
  ["2000-03-31", "1M", "2000-02-29", "2000 was a leap year: divisible by 400"],
  ["2100-03-31", "1M", "2100-02-28", "2100 will be none: divisible by 100"],
  ["2026-02-28", "1M", "2026-01-31", "31 February is missing, so 28 February (188 III)"],
  ["2100-02-28", "1M", "2100-01-31", "and in 2100"],
  ["2024-02-29", "1M", "2024-01-31", "31 February is missing, so 29 February"],
  ["2024-02-28", "1M", "2024-01-28", "29 January would run to 29 February"],
  ["2026-02-27", "1M", "2026-01-27", "28 January would run to 28 February"],
  ["2026-02-28", "3M", "2025-11-30", "30 February is missing, so 28 February"],
  ["2024-02-29", "3M", "2023-11-30", "30 February is missing, so 29 February"],
  ["2024-02-28", "3M", "2023-11-28", "29 November would run to 29 February"],
  ["2026-04-30", "1M", "2026-03-31", "31 April is missing, so 30 April"],
  ["2026-04-29", "1M", "2026-03-29", "30 March would run to 30 April"],
  ["2026-05-31", "3M", "2026-02-28", "1 March would run to 1 June"],
  ["2026-05-30", "3M", "2026-02-28", "28 February runs to 28 May, 1 March to 1 June"],
  ["2026-05-28", "3M", "2026-02-28", "exactly"],
  ["2026-05-27", "3M", "2026-02-27", "28 February would run to 28 May"],
  ["2028-05-31", "3M", "2028-02-29", "leap day + 3 months is 29 May"],
  ["2028-05-28", "3M", "2028-02-28", "the leap day would run to 29 May"],
  ["2025-02-28", "12M", "2024-02-29", "a year after a leap day ends on 28 February"],
  ["2024-02-29", "12M", "2023-02-28", "1 March 2023 would run to 1 March 2024"],
  ["2024-02-28", "12M", "2023-02-28", "the same day of the year before"],
  ["2026-06-30", "1M", "2026-05-31", "31 June is missing, so 30 June"],
  ["2026-07-31", "1M", "2026-06-30", "1 July would run to 1 August"],
  ["2026-08-31", "1M", "2026-07-31", "both months have 31 days"],
  ["2026-09-30", "6M", "2026-03-31", "31 September is missing, so 30 September"],
  ["2026-09-30", "3M", "2026-06-30", "both months have 30 days"],
  ["2026-06-30", "4M", "2026-02-28", "1 March would run to 1 July"],
  ["2026-01-14", "1M", "2025-12-14", "across the turn of the year"],
  ["2026-01-31", "1M", "2025-12-31", "from New Year's Eve"],
  ["2026-01-31", "2M", "2025-11-30", "1 December would run to 1 February"],
  ["2026-01-30", "2M", "2025-11-30", "30 November runs to 30 January"],
  ["2026-03-15", "6M", "2025-09-15", "in the middle of a month"],
  ["2026-12-31", "14D", "2026-12-17", "17 December + 14 days"],
  ["2026-12-31", "30D", "2026-12-01", "thirty days are no month"],
  ["2026-03-01", "1D", "2026-02-28", "the day before"],
  ["2024-03-01", "1D", "2024-02-29", "the day before, a leap day"],
  ["2024-03-14", "14D", "2024-02-29", "14 days across a leap day"],
  ["2026-03-14", "14D", "2026-02-28", "14 days without one"],
  ["2026-01-10", "14D", "2025-12-27", "across the turn of the year"],
  ["2026-06-30", "0D", "2026-06-30", "no period at all: the last day itself"],
  ["2026-03-31", "90D", "2025-12-31", "31 + 28 + 31 days"],
  ["2024-03-31", "90D", "2024-01-01", "31 + 29 + 31 are 91, so one day later in the year"],
  ["2024-12-31", "365D", "2024-01-01", "a leap year has 366 days"],
  ["2025-12-31", "365D", "2024-12-31", "2025 has 365"],
  ["2026-12-31", "6W", "2026-11-19", "42 days, Thursday to Thursday"],
  ["2026-12-31", "4W", "2026-12-03", "28 days, no month"],
  ["2026-01-15", "2W", "2026-01-01", "New Year's Day: a holiday moves nothing (193)"],
  ["2024-03-07", "1W", "2024-02-29", "a week from a leap day"],
  ["2026-03-07", "1W", "2026-02-28", "a Saturday stays the last day (193)"],
  ["2026-11-30", "12W", "2026-09-07", "84 days: 30 of November, 31 of October, 23 of September"],
  ["2026-05-31", "1M", "2026-04-30", "the contract ends on a Sunday, no matter"],
  ["2026-11-30", "1M", "2026-10-31", "Saturday and Reformation Day: it stays (193)"],
  ["2027-01-25", "1M", "2026-12-25", "Christmas Day: it stays (193)"],
  ["2027-06-30", "1M", "2027-05-31", "31 June is missing"],
];

test.each(CASES)("a contract to %s with %s: last day %s (%s)", (end, period, lastDay) => {
  const last = lastBeginning(readDay(end) as number, readPeriod(period) as Period);
  expect(isoDay(last)).toBe(lastDay);
});

test("what is no period is none", () => {
  for (const text of [
    "",
    "M",
    "3",
    "-1M",
    "1.5M",
    "3m",
    "3Y",
    "1M EOY",
    "1MEOM",
    "1M  EOM",
    "99999D",
    "121M",
  ])
    expect(readPeriod(text), text).toBeNull();
});
