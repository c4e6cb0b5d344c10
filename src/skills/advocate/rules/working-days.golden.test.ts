import { expect, test } from "vitest";
import { holidays } from "#kernel";
import { isoDay, readDay } from "./dates.ts";
import { workingDaysBefore } from "./working-days.ts";

/** Counted by hand on wall calendars of the states. Easter: 5 April 2026, 28 March 2027. */
const CASES: readonly (readonly [day: string, count: number, state: string, before: string, why: string])[] =
  [
    ["2026-03-11", 1, "HH", "2026-03-10", "Wednesday to Tuesday"],
    ["2026-03-09", 1, "HH", "2026-03-06", "Monday to Friday"],
    ["2026-03-14", 1, "HH", "2026-03-13", "Saturday to Friday"],
    ["2026-03-15", 1, "HH", "2026-03-13", "Sunday to Friday"],
    ["2026-04-07", 1, "HH", "2026-04-02", "over Easter to Maundy Thursday"],
    ["2026-04-07", 7, "HH", "2026-03-25", "four days of Easter do not count"],
    ["2026-05-02", 1, "HH", "2026-04-30", "Labour Day is a Friday"],
    ["2026-05-15", 1, "HH", "2026-05-13", "Ascension Day is the 14th"],
    ["2026-05-26", 1, "HH", "2026-05-22", "over Whitsun"],
    ["2026-06-05", 1, "NW", "2026-06-03", "Corpus Christi in North Rhine-Westphalia"],
    ["2026-06-05", 1, "HE", "2026-06-03", "and in Hesse"],
    ["2026-06-05", 1, "HH", "2026-06-04", "but not in Hamburg"],
    ["2026-01-07", 1, "BY", "2026-01-05", "Epiphany in Bavaria"],
    ["2026-01-07", 1, "ST", "2026-01-05", "and in Saxony-Anhalt"],
    ["2026-01-07", 1, "HH", "2026-01-06", "but not in Hamburg"],
    ["2026-03-09", 1, "BE", "2026-03-06", "Women's Day 2026 is a Sunday"],
    ["2027-03-09", 1, "BE", "2027-03-05", "Women's Day 2027 is a Monday"],
    ["2027-03-09", 1, "MV", "2027-03-05", "and in Mecklenburg-Western Pomerania"],
    ["2027-03-09", 1, "HH", "2027-03-08", "but not in Hamburg"],
    ["2028-08-16", 1, "SL", "2028-08-14", "Assumption Day in the Saarland, a Tuesday"],
    ["2028-08-16", 1, "BY", "2028-08-15", "in Bavaria in some municipalities only"],
    ["2027-09-21", 1, "TH", "2027-09-17", "Children's Day in Thuringia, a Monday"],
    ["2027-09-21", 1, "SN", "2027-09-20", "but not in Saxony"],
    ["2028-11-01", 1, "HH", "2028-10-30", "Reformation Day, a Tuesday"],
    ["2028-11-01", 1, "SN", "2028-10-30", "and in Saxony"],
    ["2028-11-01", 1, "NW", "2028-10-31", "but not in North Rhine-Westphalia"],
    ["2028-11-02", 1, "NW", "2028-10-31", "All Saints' Day, a Wednesday"],
    ["2028-11-02", 1, "HH", "2028-11-01", "but not in Hamburg"],
    ["2026-11-19", 1, "SN", "2026-11-17", "Repentance Day in Saxony"],
    ["2026-11-19", 1, "HH", "2026-11-18", "but not in Hamburg"],
    ["2026-12-28", 1, "HH", "2026-12-24", "Christmas Day is a Friday; Christmas Eve is a working day"],
    ["2027-01-04", 7, "HH", "2026-12-22", "New Year's Day and Christmas Day do not count"],
    ["2028-10-04", 1, "DE", "2028-10-02", "German Unity Day, a Tuesday"],
    ["2026-10-05", 1, "DE", "2026-10-02", "on a Saturday it changes nothing"],
    ["2025-05-09", 1, "BE", "2025-05-07", "80 years since the war, once in Berlin"],
    ["2025-05-09", 1, "BB", "2025-05-08", "but not in Brandenburg"],
    ["2026-11-30", 30, "HH", "2026-10-19", "20 in November, 10 in October"],
    ["2026-11-30", 7, "HH", "2026-11-19", "five and two"],
    ["2026-11-30", 1, "HH", "2026-11-27", "over a weekend"],
    ["2026-11-30", 30, "SN", "2026-10-16", "Repentance Day: one more, over a weekend"],
    ["2026-11-30", 30, "NW", "2026-10-19", "All Saints' Day 2026 is a Sunday"],
    ["2026-04-30", 30, "HH", "2026-03-17", "19 in April without Good Friday and Easter Monday"],
    ["2026-06-30", 30, "BY", "2026-05-15", "Corpus Christi and Whit Monday"],
    ["2026-06-30", 30, "HH", "2026-05-18", "Whit Monday only"],
    ["2026-12-31", 30, "HH", "2026-11-18", "21 in December"],
    ["2026-12-31", 30, "SN", "2026-11-17", "the 18th is Repentance Day"],
    ["2026-01-31", 30, "BY", "2025-12-16", "Epiphany, New Year's Day, two of Christmas"],
    ["2026-01-31", 30, "HH", "2025-12-17", "without Epiphany"],
    ["2024-02-29", 30, "HH", "2024-01-18", "20 in February of a leap year"],
    ["2024-02-29", 7, "HH", "2024-02-20", "three, and four of the week before"],
    ["2027-03-31", 30, "BE", "2027-02-12", "Women's Day, Good Friday, Easter Monday"],
    ["2027-03-31", 30, "HH", "2027-02-15", "Good Friday, Easter Monday"],
  ];

test.each(CASES)("%s, %i working days before in %s: %s (%s)", (day, count, state, before) => {
  const region = state === "DE" ? "DE" : `DE-${state}`;
  const found = workingDaysBefore(readDay(day) as number, count, (year) => holidays(region, year));
  expect(isoDay(found)).toBe(before);
});
