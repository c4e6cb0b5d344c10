import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backupName,
  isBackupDue,
  isDrillDue,
  lastPlanned,
  nameTime,
  newest,
  nextAfterRestore,
  surplus,
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
