import { expect, test } from "vitest";
import { worksOf } from "./other-work.ts";
import { refusalOf } from "./working-hours.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
/** Newspapers from Monday to Saturday, two to six in the morning. */
const NEWSPAPERS = [
  { weekdays: [1, 2, 3, 4, 5, 6], fromMinute: 120, toMinute: 360, from: "2026-01-01", until: null },
];
const ms = (text: string) => Date.parse(text);

test("each morning of a week is a work, Sundays and days before it began are none", () => {
  const week = { from: ms("2026-11-23T00:00:00Z"), until: ms("2026-11-30T00:00:00Z") };
  const works = worksOf(NEWSPAPERS, week, ZONE);
  expect(works).toHaveLength(6);
  expect(works[0]).toEqual({ from: ms("2026-11-23T01:00:00Z"), until: ms("2026-11-23T05:00:00Z") });
  const [weekly] = NEWSPAPERS;
  const later = [
    { ...(weekly as (typeof NEWSPAPERS)[number]), from: "2026-11-26", until: "2026-11-27" as never },
  ];
  expect(worksOf(later, week, ZONE)).toHaveLength(2);
});

test("in the night in which the clocks change the work is an hour shorter or longer", () => {
  const hours = (day: string) =>
    worksOf(
      [{ weekdays: [7], fromMinute: 60, toMinute: 300, from: "2026-01-01", until: null }],
      { from: ms(`${day}T00:00:00Z`) - 6 * HOUR, until: ms(`${day}T12:00:00Z`) },
      ZONE,
    ).map(({ from, until }) => (until - from) / HOUR);
  expect(hours("2026-03-29")).toEqual([3]);
  expect(hours("2026-10-25")).toEqual([5]);
});

test("evenings between mornings of newspapers are allowed from five on, not before", () => {
  const round = (from: string) => ({ from: ms(from), until: ms(from) + 4 * HOUR });
  const works = worksOf(
    NEWSPAPERS,
    { from: ms("2026-10-01T00:00:00Z"), until: ms("2026-12-10T00:00:00Z") },
    ZONE,
  );
  // Tuesday, 24 November: 17 o'clock is 16 UTC.
  expect(refusalOf(round("2026-11-24T16:00:00Z"), works)).toBeNull();
  expect(refusalOf(round("2026-11-24T15:00:00Z"), works)).toMatchObject({
    rule: "rest",
    earliestStartAt: ms("2026-11-24T16:00:00Z"),
  });
});
