import { expect, test } from "vitest";
import { coverageOf } from "./coverage.ts";

const DAY = 86_400_000;
const ledger = (supply: number, amount: number | null, age = 0) =>
  ({
    supply,
    attested: amount === null ? [] : [{ asset: "EUR", amount, statedAt: 10 * DAY - age, statement: "" }],
    attestationLasts: 3 * DAY,
    time: 10 * DAY,
  }) as Parameters<typeof coverageOf>[0];

test("a coin needs its whole cent: what is broken counts up", () => {
  expect(coverageOf(ledger(1_000_000, 100))).toEqual({ state: "full", share: 1 });
  expect(coverageOf(ledger(1_000_001, 100)).state).toBe("short");
  expect(coverageOf(ledger(1_000_001, 101)).state).toBe("full");
});

test("an old statement and no statement are not called covered", () => {
  expect(coverageOf(ledger(1_000_000, 200, 3 * DAY)).state).toBe("stale");
  expect(coverageOf(ledger(1_000_000, null))).toEqual({ state: "short", share: null });
  expect(coverageOf(ledger(0, null))).toEqual({ state: "none", share: null });
  expect(coverageOf(ledger(0, 500))).toEqual({ state: "full", share: null });
});
