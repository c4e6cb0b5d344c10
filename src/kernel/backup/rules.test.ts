import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backupName,
  isBackupDue,
  isDrillDue,
  lastPlanned,
  leftOutAfterRestore,
  nameTime,
  newest,
  nextAfterRestore,
  surplus,
  yearsAround,
} from "./rules.ts";

const HOUR_MS = 3_600_000;
const NIGHT = new Date(2026, 10, 22, 3, 0);
const never = { goodAt: null, failedAt: null };

describe("names of backups", () => {
  it("carry their second, in the order of time", () => {
    expect(backupName(Date.UTC(2026, 10, 22, 1, 30, 5, 999))).toBe("augenhoehe-20261122T013005Z.ahb");
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1 }), (times) => {
        const names = times.map(backupName);
        for (const [n, at] of times.entries()) expect(nameTime(names[n] as string)).toBe(at - (at % 1000));
        expect(newest(names)).toBe(backupName(Math.max(...times)));
      }),
    );
  });

  it("of others are never surplus, and one backup always stays", () => {
    const names = [1, 2, 3].map((day) => backupName(Date.UTC(2026, 0, day)));
    const all = [...names, "holiday.ahb", "augenhoehe-takebacks.json", `${names[0]}.part`];
    expect(surplus(all, 2)).toEqual([names[0]]);
    expect(surplus(all, 0)).toEqual(names.slice(0, 2));
    expect(surplus(all, 9)).toEqual([]);
  });
});

describe("what is due", () => {
  it("a backup once after each planned moment, in the morning when the night was missed", () => {
    expect(lastPlanned("02:30", NIGHT)).toEqual(new Date(2026, 10, 22, 2, 30));
    expect(lastPlanned("04:00", NIGHT)).toEqual(new Date(2026, 10, 21, 4, 0));
    expect(isBackupDue("02:30", NIGHT, never)).toBe(true);
    const at = (hour: number, minute: number) => new Date(2026, 10, 22, hour, minute).getTime();
    expect(isBackupDue("02:30", NIGHT, { goodAt: at(2, 31), failedAt: null })).toBe(false);
    expect(isBackupDue("02:30", NIGHT, { goodAt: at(2, 29), failedAt: null })).toBe(true);
  });

  it("a failed one again after an hour", () => {
    const now = NIGHT.getTime();
    expect(isBackupDue("02:30", NIGHT, { goodAt: null, failedAt: now - HOUR_MS / 2 })).toBe(false);
    expect(isBackupDue("02:30", NIGHT, { goodAt: null, failedAt: now - HOUR_MS })).toBe(true);
  });

  it("a drill each week", () => {
    expect(isDrillDue(NIGHT, null)).toBe(true);
    expect(isDrillDue(NIGHT, NIGHT.getTime() - 6 * 24 * HOUR_MS)).toBe(false);
    expect(isDrillDue(NIGHT, NIGHT.getTime() - 7 * 24 * HOUR_MS)).toBe(true);
  });
});

it("numbers go on above everything that was given, and never beyond their type", () => {
  expect(nextAfterRestore(7n, 2_147_483_647n)).toBe(107n);
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (last) => {
      const next = nextAfterRestore(last, 2n ** 63n - 1n);
      expect(next >= last && next <= 2n ** 63n - 1n).toBe(true);
    }),
  );
});

describe("numbers of documents after a restore", () => {
  const at = (text: string) => Date.parse(`${text}T12:00:00Z`);
  const in2026 = (last: number) => ({ year: 2026, last });
  it.each([
    {
      what: "43 by November, last night",
      last: 43,
      known: in2026(43),
      days: ["2026-11-21", "2026-11-22"],
      to: 200,
    },
    { what: "none yet", last: 0, known: in2026(0), days: ["2026-11-21", "2026-11-22"], to: 100 },
    // 5,000 in 324.5 days are 15.4 a day; 30 days at twice that are 925.
    { what: "a month old", last: 5_000, known: in2026(5_000), days: ["2026-11-21", "2026-12-21"], to: 6_000 },
    // 3,650 in 364.5 days of the year before are a good 10 a day; 20 days at twice that are 401.
    {
      what: "a year it does not know",
      last: 0,
      known: in2026(3_650),
      days: ["2026-12-31", "2027-01-20"],
      to: 500,
    },
    { what: "a full hundred", last: 100, known: in2026(100), days: ["2026-12-01", "2026-12-01"], to: 200 },
  ])("go on behind a gap: $what", ({ last, known, days, to }) => {
    const [takenAt = 0, now = 0] = days.map(at);
    expect(leftOutAfterRestore(last, { known, takenAt, now })).toBe(to);
  });

  it("leave at least a hundred out and end on a full hundred, whatever the clocks say", () => {
    const time = fc.integer({ min: at("2020-01-01"), max: at("2040-01-01") });
    const count = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(count, count, time, time, (last, knownLast, takenAt, now) => {
        const known = { year: new Date(takenAt).getUTCFullYear(), last: knownLast };
        const to = leftOutAfterRestore(last, { known, takenAt, now });
        expect(to - last).toBeGreaterThanOrEqual(100);
        expect(to % 100).toBe(0);
      }),
    );
  });

  it("of both years around New Year, because it is another day elsewhere", () => {
    expect(yearsAround(at("2026-11-22"))).toEqual([2026]);
    expect(yearsAround(Date.parse("2026-12-31T11:00:00Z"))).toEqual([2026, 2027]);
    expect(yearsAround(Date.parse("2027-01-01T08:00:00Z"))).toEqual([2026, 2027]);
  });
});
