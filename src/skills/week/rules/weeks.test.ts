import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  daysOf,
  isMonday,
  lastWeek,
  mailDueAt,
  mondayOf,
  nextMailAt,
  weekOf,
  weeksSince,
} from "./weeks.ts";

const BERLIN = "Europe/Berlin";
const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();

describe("a week on the company's clock", () => {
  test("begins and ends at its own midnight", () => {
    const { from, to } = weekOf(BERLIN, "2026-11-16");
    expect([iso(from), iso(to)]).toEqual(["2026-11-15T23:00:00.000Z", "2026-11-22T23:00:00.000Z"]);
  });

  test("has 167 hours where the clock goes forward and 169 where it goes back", () => {
    // 29 March and 25 October 2026, both Sundays.
    const spring = weekOf(BERLIN, "2026-03-23");
    expect([iso(spring.from), iso(spring.to)]).toEqual([
      "2026-03-22T23:00:00.000Z",
      "2026-03-29T22:00:00.000Z",
    ]);
    expect((spring.to - spring.from) / HOUR).toBe(167);
    const autumn = weekOf(BERLIN, "2026-10-19");
    expect([iso(autumn.from), iso(autumn.to)]).toEqual([
      "2026-10-18T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
    ]);
    expect((autumn.to - autumn.from) / HOUR).toBe(169);
  });

  test("its days have 23 and 25 hours then, and no hour is left out or counted twice", () => {
    const hours = (monday: string) =>
      daysOf(BERLIN, weekOf(BERLIN, monday)).map(({ from, to }) => (to - from) / HOUR);
    expect(hours("2026-03-23")).toEqual([24, 24, 24, 24, 24, 24, 23]);
    expect(hours("2026-10-19")).toEqual([24, 24, 24, 24, 24, 24, 25]);
  });

  test("ends where the next begins, in every zone and year", () => {
    const zones = fc.constantFrom(
      BERLIN,
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Africa/Cairo",
      "Pacific/Apia",
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 2_000 }), (zone, weeks) => {
        const monday = addDays("2020-01-06", 7 * weeks);
        const week = weekOf(zone, monday);
        expect(weekOf(zone, addDays(monday, 7)).from).toBe(week.to);
        const days = daysOf(zone, week);
        expect(days[0]?.from).toBe(week.from);
        expect(days.at(-1)?.to).toBe(week.to);
      }),
    );
  });

  test("the last week is the one that is over: to the second, on the company's clock", () => {
    expect(lastWeek(BERLIN, at("2026-11-22T23:59:59+01:00")).monday).toBe("2026-11-09");
    expect(lastWeek(BERLIN, at("2026-11-23T00:00:00+01:00")).monday).toBe("2026-11-16");
    // Still Sunday in New York, Monday in Kolkata already.
    const moment = at("2026-11-22T22:00:00Z");
    expect(lastWeek("America/New_York", moment).monday).toBe("2026-11-09");
    expect(lastWeek("Asia/Kolkata", moment).monday).toBe("2026-11-16");
  });

  test("a Monday is a day that exists and a Monday", () => {
    expect(isMonday("2026-11-16")).toBe(true);
    for (const day of ["2026-11-17", "2026-02-30", "2026-11", "heute", ""]) expect(isMonday(day)).toBe(false);
    expect(mondayOf("2026-11-22")).toBe("2026-11-16");
    expect(mondayOf("2026-11-16")).toBe("2026-11-16");
  });
});

describe("the mail", () => {
  test("is due on Monday at 7:00 of the company's clock, also after the clock was changed in the night", () => {
    expect(iso(mailDueAt(BERLIN, weekOf(BERLIN, "2026-11-16")))).toBe("2026-11-23T06:00:00.000Z");
    expect(iso(mailDueAt(BERLIN, weekOf(BERLIN, "2026-03-23")))).toBe("2026-03-30T05:00:00.000Z");
    expect(iso(mailDueAt(BERLIN, weekOf(BERLIN, "2026-10-19")))).toBe("2026-10-26T06:00:00.000Z");
  });

  test("the next one is strictly later than now", () => {
    expect(iso(nextMailAt(BERLIN, at("2026-11-23T06:59:59+01:00")))).toBe("2026-11-23T06:00:00.000Z");
    expect(iso(nextMailAt(BERLIN, at("2026-11-23T07:00:00+01:00")))).toBe("2026-11-30T06:00:00.000Z");
    expect(iso(nextMailAt(BERLIN, at("2026-11-27T12:00:00+01:00")))).toBe("2026-11-30T06:00:00.000Z");
  });
});

test("weeks to choose from: newest first, from the first that had something, never more than asked", () => {
  const now = at("2026-11-24T10:00:00+01:00");
  const first = at("2026-11-04T12:00:00+01:00");
  expect(weeksSince(BERLIN, { first, now, most: 26 })).toEqual(["2026-11-16", "2026-11-09", "2026-11-02"]);
  expect(weeksSince(BERLIN, { first: 0, now, most: 2 })).toEqual(["2026-11-16", "2026-11-09"]);
  expect(weeksSince(BERLIN, { first: now, now, most: 26 })).toEqual([]);
});
