import { expect, test } from "vitest";
import { believedAt } from "./judge.ts";

const HOUR = 3_600_000;

test("a phone's clock is believed from six hours before the round to two minutes after now", () => {
  const around = { earliestAt: 100 * HOUR, now: 103 * HOUR };
  expect(believedAt(102 * HOUR, around)).toBe(102 * HOUR);
  expect(believedAt(90 * HOUR, around)).toBe(94 * HOUR);
  expect(believedAt(200 * HOUR, around)).toBe(103 * HOUR + 120_000);
});
