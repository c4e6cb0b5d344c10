import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holidays, STATES } from "./holidays.ts";
import { dueAt, isOpen, nextOpening, openMs } from "./opening-hours.ts";

const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: "09:00", to: "17:00" }));
const hamburg = {
  timeZone: "Europe/Berlin",
  openingHours: weekdays,
  holidayRegion: "DE-HH",
  closedDays: [] as string[],
  answerMinutes: 60,
};
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

describe("due time", () => {
  test("runs in opening time and carries over the night", () => {
    expect(iso(dueAt(hamburg, at("2026-11-17T10:00:00+01:00")))).toBe("2026-11-17T10:00:00.000Z");
    expect(iso(dueAt(hamburg, at("2026-11-17T16:30:00+01:00")))).toBe("2026-11-18T08:30:00.000Z");
    expect(iso(dueAt(hamburg, at("2026-11-17T03:00:00+01:00")))).toBe("2026-11-17T09:00:00.000Z");
  });
  test("skips the weekend, a holiday of the region and a closed day", () => {
    // Friday 30 October 2026; Saturday is Reformation Day, which changes nothing.
    expect(iso(dueAt(hamburg, at("2026-10-30T16:45:00+01:00")))).toBe("2026-11-02T08:45:00.000Z");
    // Good Friday and Easter Monday 2026 are 3 and 6 April.
    expect(iso(dueAt(hamburg, at("2026-04-02T16:45:00+02:00")))).toBe("2026-04-07T07:45:00.000Z");
    const closed = { ...hamburg, closedDays: ["2026-11-18"] };
    expect(iso(dueAt(closed, at("2026-11-17T16:30:00+01:00")))).toBe("2026-11-19T08:30:00.000Z");
  });
  test("counts real hours over both clock changes", () => {
    const nights = {
      ...hamburg,
      openingHours: [{ weekday: 7, from: "00:00", to: "24:00" }],
      answerMinutes: 300,
    };
    // 29 March 2026: 02:00 becomes 03:00, so five hours after midnight the clock shows 06:00 (+02:00).
    expect(iso(dueAt(nights, at("2026-03-29T00:00:00+01:00")))).toBe("2026-03-29T04:00:00.000Z");
    // 25 October 2026: 03:00 becomes 02:00, so it shows 04:00 (+01:00).
    expect(iso(dueAt(nights, at("2026-10-25T00:00:00+02:00")))).toBe("2026-10-25T03:00:00.000Z");
    const day = { ...nights, answerMinutes: 24 * 60 };
    expect(iso(dueAt(day, at("2026-03-29T00:00:00+01:00")))).toBe("2026-04-04T23:00:00.000Z");
  });
  test("hours may pass midnight, overlap and be empty", () => {
    const bar = { ...hamburg, openingHours: [{ weekday: 5, from: "20:00", to: "02:00" }] };
    expect(isOpen(bar, at("2026-11-21T01:00:00+01:00"))).toBe(true);
    expect(isOpen(bar, at("2026-11-21T02:00:00+01:00"))).toBe(false);
    const twice = { ...hamburg, openingHours: [...weekdays, ...weekdays] };
    expect(dueAt(twice, at("2026-11-17T16:30:00+01:00"))).toBe(
      dueAt(hamburg, at("2026-11-17T16:30:00+01:00")),
    );
    expect(dueAt({ ...hamburg, openingHours: [] }, 0)).toBe(3_600_000);
  });
  test("a moment of a gap or of a doubled hour is found", () => {
    const gap = { ...hamburg, openingHours: [{ weekday: 7, from: "02:30", to: "04:00" }] };
    expect(iso(nextOpening(gap, at("2026-03-29T00:00:00+01:00")))).toBe("2026-03-29T01:30:00.000Z");
    expect(iso(nextOpening(gap, at("2026-10-25T00:00:00+02:00")))).toBe("2026-10-25T00:30:00.000Z");
  });
});

test("the next opening is now when open", () => {
  const noon = at("2026-11-17T12:00:00+01:00");
  expect(nextOpening(hamburg, noon)).toBe(noon);
  expect(iso(nextOpening(hamburg, at("2026-11-20T18:00:00+01:00")))).toBe("2026-11-23T08:00:00.000Z");
  expect(
    nextOpening({ ...hamburg, openingHours: [{ weekday: 7, from: "09:00", to: "09:00" }] }, noon),
  ).not.toBe(null);
});

test("a due time is later than the wait, open, and grows with the wait", () => {
  const moment = fc.integer({ min: at("2024-01-01T00:00:00Z"), max: at("2032-01-01T00:00:00Z") });
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 1, max: 10_080 }),
      fc.constantFrom(...STATES),
      (since, minutes, region) => {
        const profile = { ...hamburg, holidayRegion: region, answerMinutes: minutes };
        const due = dueAt(profile, since);
        expect(due).toBeGreaterThan(since);
        expect(isOpen(profile, due - 1)).toBe(true);
        expect(dueAt(profile, since + 60_000)).toBeGreaterThanOrEqual(due);
      },
    ),
    { numRuns: 200 },
  );
});

// Taken from the states' published calendars, not from our output.
test.each([
  [
    "DE-HH",
    2026,
    "2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2026-10-03 2026-10-31 2026-12-25 2026-12-26",
  ],
  [
    "DE-SN",
    2025,
    "2025-01-01 2025-04-18 2025-04-21 2025-05-01 2025-05-29 2025-06-09 2025-10-03 2025-10-31 2025-11-19 2025-12-25 2025-12-26",
  ],
  [
    "DE-BE",
    2025,
    "2025-01-01 2025-03-08 2025-04-18 2025-04-21 2025-05-01 2025-05-08 2025-05-29 2025-06-09 2025-10-03 2025-12-25 2025-12-26",
  ],
  [
    "DE-BW",
    2027,
    "2027-01-01 2027-01-06 2027-03-26 2027-03-29 2027-05-01 2027-05-06 2027-05-17 2027-05-27 2027-10-03 2027-11-01 2027-12-25 2027-12-26",
  ],
  ["", 2026, ""],
])("holidays of %s in %i", (region, year, days) => {
  expect([...holidays(region, year)].sort().join(" ")).toBe(days);
});

test("how much of a span somebody was there: nights, weekends and holidays do not count", () => {
  const minutes = (from: string, to: string) => openMs(hamburg, at(from), at(to)) / 60_000;
  expect(minutes("2026-11-17T10:00:00+01:00", "2026-11-17T10:20:00+01:00")).toBe(20);
  expect(minutes("2026-11-17T16:50:00+01:00", "2026-11-18T09:05:00+01:00")).toBe(15);
  // Friday evening to Monday morning
  expect(minutes("2026-11-20T16:59:00+01:00", "2026-11-23T09:01:00+01:00")).toBe(2);
  expect(minutes("2026-11-21T10:00:00+01:00", "2026-11-22T10:00:00+01:00")).toBe(0);
  expect(minutes("2026-11-18T12:00:00+01:00", "2026-11-17T12:00:00+01:00")).toBe(0);
  expect(openMs({ ...hamburg, openingHours: [] }, 1_000, 4_000)).toBe(3_000);
});
