import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ALL_DAYS,
  ANY_TIME,
  type Calendar,
  decodeRhythm,
  dueFor,
  encodeRhythm,
  nextAllowed,
  type Rhythm,
  WORKING_DAYS,
} from "./rhythm.ts";

const BERLIN: Calendar = {
  zone: "Europe/Berlin",
  quiet: { from: 21 * 60, to: 7 * 60 },
  isQuietOnHolidays: false,
  isHoliday: (day) => day === "2026-12-25",
};
const at = (time: string): number => Date.parse(time);
const shown = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const next = (rhythm: Partial<Rhythm>, time: string, calendar = BERLIN) =>
  shown(nextAllowed({ ...ANY_TIME, ...rhythm }, calendar, at(time)));

const minutes = fc.integer({ min: 0, max: 1440 });
const rhythms: fc.Arbitrary<Rhythm> = fc.record({
  weekdays: fc.integer({ min: 1, max: ALL_DAYS }),
  from: minutes,
  to: minutes,
  quiet: fc.oneof(
    fc.constant("default" as const),
    fc.constant(null),
    fc.record({ from: minutes, to: minutes }),
  ),
  digestAt: fc.option(fc.integer({ min: 0, max: 1439 })),
  zone: fc.constantFrom("", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"),
});
const moments = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") });

/** Minutes since midnight on the wall, by another way than the rule's. */
function wallMinutes(ms: number, zone: string): number {
  const text = new Date(ms).toLocaleTimeString("en-GB", { timeZone: zone, hour12: false });
  const [hours = 0, mins = 0, seconds = 0] = text.split(":").map(Number);
  return hours * 60 + mins + seconds / 60;
}

const isWithin = (minute: number, { from, to }: { from: number; to: number }): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;

describe("quiet hours", () => {
  test("hold what comes at night until the morning, over midnight", () => {
    expect(next({}, "2026-11-24T21:30:00+01:00")).toBe("2026-11-25T06:00:00.000Z");
    expect(next({}, "2026-11-25T03:00:00+01:00")).toBe("2026-11-25T06:00:00.000Z");
    expect(next({}, "2026-11-25T07:00:00+01:00")).toBe("2026-11-25T06:00:00.000Z");
    expect(next({}, "2026-11-25T20:59:59+01:00")).toBe("2026-11-25T19:59:59.000Z");
  });

  test("end at seven on the wall in the nights in which the clock changes", () => {
    expect(next({}, "2026-03-28T22:00:00+01:00")).toBe("2026-03-29T05:00:00.000Z");
    expect(next({}, "2026-10-24T22:00:00+02:00")).toBe("2026-10-25T06:00:00.000Z");
  });

  test("of a person who chose none, or others, are that person's", () => {
    expect(next({ quiet: null }, "2026-11-24T22:00:00+01:00")).toBe("2026-11-24T21:00:00.000Z");
    expect(next({ quiet: { from: 12 * 60, to: 14 * 60 } }, "2026-11-24T12:30:00+01:00")).toBe(
      "2026-11-24T13:00:00.000Z",
    );
  });

  test("of the company do not count inside hours that the person chose", () => {
    const early = { from: 5 * 60, to: 6 * 60 };
    expect(next(early, "2026-11-24T05:30:00+01:00")).toBe("2026-11-24T04:30:00.000Z");
  });

  test("a whole public holiday where the company wants it", () => {
    const calendar = { ...BERLIN, isQuietOnHolidays: true };
    expect(next({}, "2026-12-25T10:00:00+01:00", calendar)).toBe("2026-12-26T06:00:00.000Z");
  });

  test("in the person's own time zone", () => {
    expect(next({ zone: "America/New_York" }, "2026-11-24T10:00:00+01:00")).toBe("2026-11-24T12:00:00.000Z");
  });
});

describe("weekdays and hours", () => {
  const commuter = { weekdays: WORKING_DAYS, from: 6 * 60, to: 9 * 60 };

  test("U3, weekdays 6 to 9: now, at six, or on Monday", () => {
    expect(next(commuter, "2026-11-24T07:30:00+01:00")).toBe("2026-11-24T06:30:00.000Z");
    expect(next(commuter, "2026-11-24T04:00:00+01:00")).toBe("2026-11-24T05:00:00.000Z");
    expect(next(commuter, "2026-11-27T09:00:00+01:00")).toBe("2026-11-30T05:00:00.000Z");
  });

  test("a public holiday counts as a Sunday", () => {
    expect(next(commuter, "2026-12-25T07:00:00+01:00")).toBe("2026-12-28T05:00:00.000Z");
    expect(next({ ...commuter, weekdays: 64 }, "2026-12-25T07:00:00+01:00")).toBe("2026-12-25T06:00:00.000Z");
  });

  test("a window that passes midnight belongs to the day on which it begins", () => {
    const friday = { weekdays: 16, from: 22 * 60, to: 2 * 60 };
    expect(next(friday, "2026-11-28T01:00:00+01:00")).toBe("2026-11-28T00:00:00.000Z");
    expect(next(friday, "2026-11-29T01:00:00+01:00")).toBe("2026-12-04T21:00:00.000Z");
  });
});

test("a digest comes at its time, the next day when the time is over", () => {
  const daily = { ...ANY_TIME, digestAt: 18 * 60 };
  expect(shown(dueFor(daily, BERLIN, at("2026-11-24T10:00:00+01:00")))).toBe("2026-11-24T17:00:00.000Z");
  expect(shown(dueFor(daily, BERLIN, at("2026-11-24T18:00:01+01:00")))).toBe("2026-11-25T17:00:00.000Z");
});

test("what is allowed is never in quiet hours, never outside of the hours, never before it was asked", () => {
  fc.assert(
    fc.property(rhythms, moments, (rhythm, now) => {
      const found = nextAllowed(rhythm, BERLIN, now);
      if (found === null) return;
      expect(found).toBeGreaterThanOrEqual(now);
      const minute = wallMinutes(found, rhythm.zone || BERLIN.zone);
      const isWhole = rhythm.from === 0 && rhythm.to === 1440;
      // A time that the change to summer time skips has no place on the wall.
      const isChange = /-(03|04|09|10|11)-/.test(new Date(found).toISOString());
      if (!isChange && rhythm.from !== rhythm.to && !isWhole)
        expect(isWithin(minute, { from: rhythm.from % 1440, to: rhythm.to })).toBe(true);
      const quiet = rhythm.quiet === "default" ? (isWhole ? BERLIN.quiet : null) : rhythm.quiet;
      if (!isChange && quiet && quiet.from !== quiet.to && quiet.from < 1440)
        expect(isWithin(minute, quiet)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("24:00 as a beginning is midnight: no window is empty, and no quiet is endless", () => {
  const monday = { weekdays: 1, from: 1440, to: 0, quiet: null };
  expect(next(monday, "2026-11-24T10:00:00+01:00")).toBe("2026-11-29T23:00:00.000Z");
  expect(next(monday, "2026-11-30T10:00:00+01:00")).toBe("2026-11-30T09:00:00.000Z");
  expect(next({ quiet: { from: 1440, to: 0 } }, "2026-11-24T10:00:00+01:00")).toBe(
    "2026-11-24T09:00:00.000Z",
  );
});

test("asking again at the answer gives the answer", () => {
  fc.assert(
    fc.property(rhythms, moments, (rhythm, now) => {
      const found = nextAllowed(rhythm, BERLIN, now);
      if (found !== null) expect(nextAllowed(rhythm, BERLIN, found)).toBe(found);
    }),
    { numRuns: 300 },
  );
});

test("a rhythm comes back from its column as it was", () => {
  fc.assert(
    fc.property(rhythms, (rhythm) => {
      expect(decodeRhythm(encodeRhythm(rhythm))).toEqual(rhythm);
    }),
  );
});
