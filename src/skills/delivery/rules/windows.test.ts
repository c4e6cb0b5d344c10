import { describe, expect, test } from "vitest";
import { type WindowRule, windowsOf } from "./windows.ts";

const HOUR = 3_600_000;
const rule = (fromMinute: number, toMinute: number, more: Partial<WindowRule> = {}): WindowRule => ({
  id: 1,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  fromMinute,
  toMinute,
  cutoffMinutes: 60,
  priceMinor: 500,
  ...more,
});
const inBerlin = (serviceDate: string, ...rules: WindowRule[]) =>
  windowsOf(rules, { serviceDate, timeZone: "Europe/Berlin" });

describe("windows of a day", () => {
  test("are the city's clock as moments, in order, with the cut-off before", () => {
    expect(inBerlin("2026-11-25", rule(1_140, 1_260), rule(1_020, 1_140))).toEqual([
      {
        earliestAt: Date.parse("2026-11-25T16:00:00Z"),
        latestAt: Date.parse("2026-11-25T18:00:00Z"),
        cutoffAt: Date.parse("2026-11-25T15:00:00Z"),
        priceMinor: 500,
      },
      {
        earliestAt: Date.parse("2026-11-25T18:00:00Z"),
        latestAt: Date.parse("2026-11-25T20:00:00Z"),
        cutoffAt: Date.parse("2026-11-25T17:00:00Z"),
        priceMinor: 500,
      },
    ]);
  });

  test("only on their weekdays; of two equal ones the cheaper", () => {
    const wednesday = rule(1_020, 1_140, { weekdays: [3] });
    expect(inBerlin("2026-11-25", wednesday)).toHaveLength(1);
    expect(inBerlin("2026-11-26", wednesday)).toEqual([]);
    expect(inBerlin("2026-11-25", wednesday, rule(1_020, 1_140, { priceMinor: 300 }))).toMatchObject([
      { priceMinor: 300 },
    ]);
  });

  test("in the night when the clock goes back an hour more passes, when it goes forward one less", () => {
    const length = (date: string, one: WindowRule) =>
      inBerlin(date, one).map(({ earliestAt, latestAt }) => (latestAt - earliestAt) / HOUR);
    const night = rule(1_440 + 60, 1_440 + 240);
    // Saturday's evening goes on into the Sunday whose clock changes.
    expect(length("2026-10-24", night)).toEqual([4]);
    expect(length("2026-03-28", night)).toEqual([2]);
    expect(length("2026-11-24", night)).toEqual([3]);
  });
});
