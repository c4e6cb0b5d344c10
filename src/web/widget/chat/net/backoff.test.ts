import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoff } from "./backoff.ts";

describe("backoff", () => {
  it("begins within a second and never waits longer than half a minute", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const wait_ms = backoff(attempt, random);
          expect(wait_ms).toBeGreaterThanOrEqual(500);
          expect(wait_ms).toBeLessThanOrEqual(30_000);
        },
      ),
    );
    expect(backoff(1, 1)).toBe(1_000);
  });

  it("doubles with every attempt", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => backoff(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });
});
