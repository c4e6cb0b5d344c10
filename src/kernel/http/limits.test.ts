import { expect, test } from "vitest";
import { testClock } from "../clock.ts";
import { rateLimiter } from "./limits.ts";

test("a burst passes, then one at a time; each key has its own bucket", () => {
  const clock = testClock(1_000_000);
  const limiter = rateLimiter({ burst: 2, perMinute: 60 }, clock);
  expect([limiter.take("a"), limiter.take("a"), limiter.take("a"), limiter.take("b")]).toEqual([
    null,
    null,
    1,
    null,
  ]);
  clock.advance(999);
  expect(limiter.take("a")).toBe(1);
  clock.advance(1);
  expect([limiter.take("a"), limiter.take("a")]).toEqual([null, 1]);
  limiter.giveBack("a");
  expect([limiter.take("a"), limiter.take("a")]).toEqual([null, 1]);
  clock.advance(3_600_000);
  expect([limiter.take("a"), limiter.take("a"), limiter.take("a")]).toEqual([null, null, 1]);
});

test("the wait is long where the limit is slow, and a clock that goes back gives nothing", () => {
  const clock = testClock(1_000_000);
  const limiter = rateLimiter({ burst: 1, perMinute: 2 }, clock);
  limiter.take("a");
  expect(limiter.take("a")).toBe(30);
  clock.advance(-500_000);
  expect(limiter.take("a")).toBe(30);
});
