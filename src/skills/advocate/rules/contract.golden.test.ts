import { expect, test } from "vitest";
import { cancellation } from "./contract.ts";
import { readContract } from "./contract-row.ts";
import { isoDay, readDay } from "./dates.ts";

/** A contract as a row: start, minimumMonths, noticePeriod, renewalMonths, postTermNotice, cancelled. */
type Case = readonly [row: string, today: string, termEnd: string, lastDay: string | null, why: string];

/** Reckoned by hand: terms from the start, month ends, EOM and EOQ, open-ended contracts (309 no. 9), notices given. */
const CASES: readonly Case[] = [
  ["2025-01-01,12,1M,12,,", "2025-03-02", "2025-12-31", "2025-11-30", "the first term"],
  ["2025-01-01,12,1M,12,,", "2025-11-30", "2025-12-31", "2025-11-30", "on the last day it is not too late"],
  ["2025-01-01,12,1M,12,,", "2025-12-01", "2026-12-31", "2026-11-30", "a day later it is the next term"],
  [
    "2025-01-15,24,3M,12,,",
    "2026-03-02",
    "2027-01-14",
    "2026-10-14",
    "24 months from the 15th end with the 14th",
  ],
  ["2025-01-15,24,3M,12,,", "2026-10-15", "2028-01-14", "2027-10-14", "after 24 months it goes on by 12"],
  [
    "2023-12-31,6,1M,6,,",
    "2024-01-01",
    "2024-06-29",
    "2024-05-29",
    "31 June is missing: the day before 30 June",
  ],
  [
    "2023-12-31,6,1M,6,,",
    "2024-06-01",
    "2024-12-30",
    "2024-11-30",
    "anchored at the start: the 31st comes back",
  ],
  [
    "2024-02-29,12,1M,12,,",
    "2024-03-02",
    "2025-02-27",
    "2025-01-27",
    "29 February 2025 is missing: the day before the 28th",
  ],
  ["2024-02-29,12,1M,12,,", "2027-03-01", "2028-02-28", "2028-01-28", "2028 has the leap day again"],
  ["2024-03-31,1,14D,1,,", "2024-04-01", "2024-04-29", "2024-04-15", "month by month from a 31st"],
  ["2024-03-31,1,14D,1,,", "2024-04-16", "2024-05-30", "2024-05-16", "the second month has its 31st"],
  [
    "2026-02-01,1,0D,1,,",
    "2026-02-28",
    "2026-02-28",
    "2026-02-28",
    "without a period: the last day of the term",
  ],
  ["2026-02-01,1,0D,1,,", "2026-03-01", "2026-03-31", "2026-03-31", "and the next month after it"],
  ["2023-03-01,12,1M,12,,", "2023-12-01", "2024-02-29", "2024-01-31", "the term ends with a leap day"],
  ["2022-03-01,12,1M,12,,", "2022-12-01", "2023-02-28", "2023-01-31", "the same a year earlier"],
  [
    "2025-01-15,12,3M EOM,12,,",
    "2025-02-01",
    "2026-01-31",
    "2025-10-31",
    "14 January is no month's end: 31 January",
  ],
  ["2025-01-15,12,3M EOQ,12,,", "2025-02-01", "2026-03-31", "2025-12-31", "the quarter's end after it"],
  [
    "2025-01-01,12,3M EOQ,12,,",
    "2025-03-02",
    "2025-12-31",
    "2025-09-30",
    "the term ends with a quarter already",
  ],
  ["2025-02-01,24,6W EOQ,3,,", "2026-10-01", "2027-03-31", "2027-02-17", "42 days before the quarter's end"],
  ["2025-02-01,24,4W EOM,1,,", "2026-12-31", "2027-01-31", "2027-01-03", "a Sunday stays the last day"],
  ["2025-02-01,24,4W EOM,1,,", "2027-01-04", "2027-02-28", "2027-01-31", "28 days before 28 February"],
  [
    "2025-02-10,12,1M EOM,1,,",
    "2026-02-01",
    "2026-03-31",
    "2026-02-28",
    "31 January is over: the next month's end",
  ],
  ["2023-11-20,3,1M EOM,3,,", "2023-12-01", "2024-02-29", "2024-01-31", "19 February goes to the leap day"],
  [
    "2025-05-05,2,0D EOQ,1,,",
    "2025-07-01",
    "2025-09-30",
    "2025-09-30",
    "4 July goes to the third quarter's end",
  ],
  [
    "2025-05-05,2,0D EOQ,1,,",
    "2025-10-01",
    "2025-12-31",
    "2025-12-31",
    "three terms share a quarter, then the next",
  ],
  ["2025-01-01,24,1M,indefinite,1M,", "2026-03-02", "2026-12-31", "2026-11-30", "the first term as ever"],
  ["2025-01-01,24,1M,indefinite,1M,", "2026-11-30", "2026-12-31", "2026-11-30", "its last day"],
  [
    "2025-01-01,24,1M,indefinite,1M,",
    "2026-12-01",
    "2027-01-01",
    "2026-12-01",
    "open-ended: a month from today",
  ],
  ["2025-01-01,24,1M,indefinite,1M,", "2027-01-31", "2027-02-28", "2027-01-31", "31 February is missing"],
  ["2025-01-01,24,1M,indefinite,1M,", "2028-01-31", "2028-02-29", "2028-01-31", "in a leap year"],
  [
    "2025-01-01,24,1M,indefinite,14D,",
    "2027-02-20",
    "2027-03-06",
    "2027-02-20",
    "8 days of February, 6 of March",
  ],
  ["2025-01-01,24,1M,indefinite,4W,", "2027-03-02", "2027-03-30", "2027-03-02", "28 days"],
  [
    "2025-01-01,24,3M,indefinite,1M,",
    "2026-10-01",
    "2026-12-31",
    "2026-10-01",
    "1 November lies within the first term",
  ],
  [
    "2026-01-01,0,1M,indefinite,1M,",
    "2026-03-02",
    "2026-04-02",
    "2026-03-02",
    "open-ended from the first day",
  ],
  ["2024-02-29,12,1M,indefinite,1M,", "2024-06-01", "2025-02-27", "2025-01-27", "from a leap day"],
  ["2025-06-01,12,1M,,,", "2026-03-02", "2026-05-31", null, "ends by itself: nothing to cancel"],
  ["2025-06-01,12,1M,,,", "2027-01-01", "2026-05-31", null, "and has ended"],
  ["2025-01-01,24,3M,12,,2026-09-30", "2026-10-05", "2026-12-31", null, "the notice came on its last day"],
  ["2025-01-01,24,3M,12,,2026-10-01", "2026-10-05", "2027-12-31", null, "the notice came a day late"],
  [
    "2025-01-01,24,1M,indefinite,1M,2027-03-15",
    "2027-03-20",
    "2027-04-15",
    null,
    "a notice in the open-ended phase",
  ],
  [
    "2025-01-01,24,1M,12,,2025-02-01",
    "2026-03-02",
    "2026-12-31",
    null,
    "an early notice ends the first term",
  ],
  ["2027-01-01,12,1M,12,,", "2026-03-02", "2027-12-31", "2027-11-30", "a contract that has not begun"],
  [
    "1996-04-30,12,3M,12,,",
    "2026-03-02",
    "2027-04-29",
    "2027-01-29",
    "the thirty-first term; 29 January 2026 is over",
  ],
  ["1999-08-31,6,1M,6,,", "2026-03-02", "2026-08-30", "2026-07-30", "54 half years: no drift from February"],
  [
    "2025-01-01,12,3M,1,,",
    "2025-10-01",
    "2026-01-31",
    "2025-10-31",
    "the period is longer than the further term",
  ],
  ["2025-07-01,6,2W,6,,", "2025-12-01", "2025-12-31", "2025-12-17", "fourteen days before"],
  [
    "2025-10-31,1,1M,1,,",
    "2025-11-01",
    "2025-12-30",
    "2025-11-30",
    "29 October, for the first month, is over",
  ],
  [
    "2026-01-30,1,7D,1,,",
    "2026-02-01",
    "2026-02-27",
    "2026-02-20",
    "30 February is missing: the day before the 28th",
  ],
  [
    "2028-01-30,1,7D,1,,",
    "2028-02-01",
    "2028-02-28",
    "2028-02-21",
    "in a leap year: the day before the 29th",
  ],
  ["2024-02-01,36,3M,12,,", "2026-03-02", "2027-01-31", "2026-10-31", "three years"],
];

test.each(CASES)("%s seen on %s: ends %s, last day %s (%s)", (row, today, termEnd, lastDay) => {
  const [
    start = "",
    minimumMonths = "",
    noticePeriod = "",
    renewalMonths = "",
    postTermNotice = "",
    cancelled = "",
  ] = row.split(",");
  const terms = readContract({
    start,
    minimumMonths,
    noticePeriod,
    renewalMonths,
    postTermNotice,
    cancelled,
  });
  const found = cancellation(terms, readDay(today) as number);
  expect([isoDay(found.termEnd), found.lastDay === null ? null : isoDay(found.lastDay)]).toEqual([
    termEnd,
    lastDay,
  ]);
});
