import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HourlyClock, type HourlyStep } from "./hourly-clock.ts";

const HOUR = 3_600;
const steps = fc
  .array(fc.record({ hour: fc.integer({ min: 14, max: 23 }), percent: fc.integer({ min: 10, max: 100 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((list): HourlyStep[] =>
    [...new Map(list.map(({ hour, percent }) => [hour * HOUR, percent]))].toSorted((a, b) => a[0] - b[0]),
  );
const moment = fc.integer({ min: 13 * HOUR, max: 25 * HOUR });
const way = fc.integer({ min: 0, max: 4_000 });

describe("ways that stretch through the day", () => {
  test("first in, first out: who leaves later is never there sooner, and nothing is quicker than in the fastest hour", () => {
    fc.assert(
      fc.property(steps, moment, moment, way, (list, one, other, way_s) => {
        const clock = new HourlyClock(list);
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(clock.arrive(early, way_s)).toBeLessThanOrEqual(clock.arrive(late, way_s));
        expect(clock.arrive(early, way_s)).toBeGreaterThanOrEqual(early + way_s);
        expect(Number.isInteger(clock.arrive(early, way_s))).toBe(true);
      }),
    );
  });

  test("who leaves by the latest moment is there in time, who leaves a little later is not", () => {
    fc.assert(
      fc.property(steps, moment, way, (list, arrive, way_s) => {
        const clock = new HourlyClock(list);
        const leave = clock.leaveBy(arrive, way_s);
        expect(clock.arrive(leave, way_s)).toBeLessThanOrEqual(arrive);
        // A second of the slowest hour is a tenth of one of the fastest.
        expect(clock.arrive(leave + 11, way_s)).toBeGreaterThan(arrive);
      }),
    );
  });

  test("an hour at half speed is as far as half an hour, the rest at full speed", () => {
    const clock = new HourlyClock([
      [17 * HOUR, 50],
      [18 * HOUR, 100],
    ]);
    expect(clock.arrive(17 * HOUR, 1_800)).toBe(18 * HOUR);
    expect(clock.arrive(17 * HOUR, 2_400)).toBe(18 * HOUR + 600);
    expect(clock.arrive(16 * HOUR, 600)).toBe(16 * HOUR + 1_200);
    expect(clock.leaveBy(18 * HOUR + 600, 2_400)).toBe(17 * HOUR);
    expect(() => new HourlyClock([[17 * HOUR, 120]])).toThrow("No hour is faster");
  });
});
