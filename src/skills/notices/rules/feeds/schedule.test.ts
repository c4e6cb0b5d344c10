import { expect, test } from "vitest";
import { maxAgeOf, nextReading, retryAfterOf } from "./schedule.ts";

const MINUTE_MS = 60_000;
const next = (outcome: Partial<Parameters<typeof nextReading>[1]>, jitter = 0) =>
  nextReading(
    { now: 0, intervalSeconds: 600, jitter },
    { failures: 0, retryAfterMs: null, maxAgeMs: null, ...outcome },
  ) / MINUTE_MS;

test("what works is read at its interval, later when the answer may be kept longer, within the hour", () => {
  expect(next({})).toBe(10);
  expect(next({}, 0.5)).toBe(10.5);
  expect(next({ maxAgeMs: 5 * MINUTE_MS })).toBe(10);
  expect(next({ maxAgeMs: 30 * MINUTE_MS })).toBe(30);
  expect(next({ maxAgeMs: 7 * 24 * 60 * MINUTE_MS })).toBe(60);
});

test("what fails is asked half as often each time, and at least every six hours", () => {
  expect([1, 2, 3, 4, 10, 1_000].map((failures) => next({ failures }))).toEqual([10, 20, 40, 80, 360, 360]);
});

test("Retry-After is obeyed, up to a day", () => {
  expect(next({ failures: 1, retryAfterMs: 90 * MINUTE_MS })).toBe(90);
  expect(next({ failures: 3, retryAfterMs: MINUTE_MS })).toBe(40);
  expect(next({ failures: 1, retryAfterMs: 9 * 24 * 60 * MINUTE_MS })).toBe(1440);
});

test("Retry-After and max-age are read as RFC 9110 and 9111 have them", () => {
  const now = Date.UTC(2026, 10, 24, 9);
  expect(retryAfterOf("120", now)).toBe(120_000);
  expect(retryAfterOf("Tue, 24 Nov 2026 09:01:00 GMT", now)).toBe(60_000);
  expect(retryAfterOf("Tue, 24 Nov 2026 08:00:00 GMT", now)).toBe(0);
  expect(retryAfterOf("soon", now)).toBeNull();
  expect(retryAfterOf(undefined, now)).toBeNull();
  expect(maxAgeOf("public, max-age=300")).toBe(300_000);
  expect(maxAgeOf("s-maxage=9")).toBeNull();
});
