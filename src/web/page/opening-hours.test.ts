import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hoursLines, isToday, weekdayRange, zoneName } from "./opening-hours.ts";

const day = (weekday: number, from = "08:00", to = "21:00") => ({ weekday, from, to });

describe("hoursLines", () => {
  it("joins equal days and names the closed ones", () => {
    const lines = hoursLines([1, 2, 3, 4, 5].map((one) => day(one)).concat(day(6, "09:00", "18:00")));
    expect(lines).toEqual([
      { from: 1, to: 5, times: ["08:00–21:00"] },
      { from: 6, to: 6, times: ["09:00–18:00"] },
      { from: 7, to: 7, times: [] },
    ]);
  });

  it("keeps a lunch break as two times", () => {
    expect(hoursLines([day(1, "13:00", "18:00"), day(1, "08:00", "12:00")])[0]?.times).toEqual([
      "08:00–12:00",
      "13:00–18:00",
    ]);
  });

  it("covers every weekday once, whatever the hours", () => {
    const hours = fc.array(
      fc.record({
        weekday: fc.integer({ min: 1, max: 7 }),
        from: fc.constant("08:00"),
        to: fc.constant("12:00"),
      }),
    );
    fc.assert(
      fc.property(hours, (some) => {
        const covered = hoursLines(some).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, step) => from + step),
        );
        expect(covered).toEqual([1, 2, 3, 4, 5, 6, 7]);
      }),
    );
  });
});

describe("weekday names", () => {
  it("come in the page's language", () => {
    expect(weekdayRange({ from: 1, to: 5, times: [] }, "de-DE")).toBe("Montag – Freitag");
    expect(weekdayRange({ from: 7, to: 7, times: [] }, "en-GB")).toBe("Sunday");
  });

  it("take today from the company's clock, not from the visitor's", () => {
    const lateSunday = new Date("2026-11-22T23:30:00Z");
    const monday = { from: 1, to: 1, times: [] };
    expect(isToday(monday, "Europe/Berlin", lateSunday)).toBe(true);
    expect(isToday(monday, "UTC", lateSunday)).toBe(false);
  });
});

describe("zoneName", () => {
  it("says in words which clock the hours follow", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(zoneName("Europe/Berlin", "de-DE", now)).toBe("Mitteleuropäische Zeit");
    expect(zoneName("Europe/Berlin", "en-GB", now)).toBe("Central European Time");
  });
});
