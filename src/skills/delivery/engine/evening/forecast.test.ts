import { expect, test } from "vitest";
import { addTook, forecast, lateChance, NO_TALLY, paceOf } from "../index.ts";
import { chanceBelow, laterOf, notBefore } from "./normal.ts";
import { lineWays, PACE, roundOf, stopOf } from "./rounds.fixture.ts";

const took = (leg: number, legTook: number, service: number, serviceTook: number) => ({
  leg_s: leg,
  legTook_s: legTook,
  service_s: service,
  serviceTook_s: serviceTook,
});

test("the normal distribution is that of the books", () => {
  expect(chanceBelow(0)).toBeCloseTo(0.5, 6);
  expect(chanceBelow(1.645)).toBeCloseTo(0.95, 4);
  expect(chanceBelow(-1.96)).toBeCloseTo(0.025, 4);
  // Half of a standard normal is cut away: mean and deviation of what is left, and of the later of it and 0.
  expect(notBefore(0, 1, 0)).toEqual({ mean: expect.closeTo(0.79788, 4), sd: expect.closeTo(0.60281, 4) });
  expect(laterOf(0, 1, 0)).toEqual({ mean: expect.closeTo(0.39894, 4), sd: expect.closeTo(0.58379, 4) });
  expect(laterOf(100, 1, 0)).toEqual({ mean: 100, sd: 1 });
  expect(laterOf(-100, 1, 0)).toEqual({ mean: 0, sd: 0 });
});

test("what is learned of a courier is shrunken: 750 planned seconds count as much as what was believed", () => {
  const own = addTook(NO_TALLY, took(750, 900, 150, 150), PACE);
  const pace = paceOf(own, NO_TALLY);
  expect(pace.legFactor).toBeCloseTo((750 + 900) / 1_500, 9);
  expect(pace.legDoubt).toBeCloseTo(0.1 / Math.SQRT2, 9);
  expect(PACE).toEqual({
    legFactor: 1,
    serviceFactor: 1,
    legSpread: 0.25,
    serviceSpread: 0.5,
    legDoubt: 0.1,
  });
});

test("one long wait says something about all services, and hardly anything about the courier", () => {
  const own = addTook(NO_TALLY, took(120, 120, 150, 3_000), PACE);
  // 450 of 3,000 seconds count: (3,750 + 450) / 3,900.
  expect(paceOf(own, NO_TALLY).serviceFactor).toBeCloseTo(4_200 / 3_900, 9);
  const all = paceOf(NO_TALLY, own);
  expect(all.serviceFactor).toBeCloseTo(33_000 / 30_150, 9);
  expect(all.serviceSpread).toBeGreaterThan(1);
});

test("a forecast adds legs and services, and so do their variances", () => {
  const round = roundOf([stopOf(1), stopOf(2)], { doing: { kind: "leaving", at: 1_000 } });
  const [first, second] = forecast(round, lineWays(600), 0);
  expect(first).toEqual({ begins: 1_600, sd: expect.closeTo(Math.hypot(150, 60), 6) });
  expect(second).toEqual({ begins: 2_350, sd: expect.closeTo(Math.hypot(150, 150, 75, 120), 6) });
});

test("nobody is expected before now, nor before the window opens", () => {
  const late = roundOf([stopOf(1)], { doing: { kind: "leaving", at: 0 } });
  const [overdue] = forecast(late, lineWays(600), 900);
  expect(overdue?.begins).toBeGreaterThan(900);
  expect(overdue?.begins).toBeLessThan(1_050);
  const early = roundOf([stopOf(1, { earliest: 5_000, latest: 9_000 }), stopOf(2)]);
  const [waits, then] = forecast(early, lineWays(600), 0);
  expect(waits).toEqual({ begins: 5_000, sd: 0 });
  expect(then?.begins).toBe(5_750);
});

test("who serves is free when the service is likely to be over", () => {
  const serving = roundOf([stopOf(2)], { at: 1, doing: { kind: "serving", since: 100, service_s: 150 } });
  const [after] = forecast(serving, lineWays(600), 110);
  expect(after?.begins).toBeGreaterThan(850);
  expect(after?.begins).toBeLessThan(870);
  const [muchLater] = forecast(serving, lineWays(600), 1_000);
  expect(muchLater?.begins).toBeGreaterThan(1_600);
});

test("the chance that a promise breaks is a half where the window ends as the courier is expected", () => {
  expect(lateChance(stopOf(1, { latest: 600 }), { begins: 600, sd: 100 })).toBeCloseTo(0.5, 6);
  expect(lateChance(stopOf(1, { latest: 600 }), { begins: 436, sd: 100 })).toBeCloseTo(0.0505, 3);
  expect(lateChance(stopOf(1, { latest: 600 }), { begins: 601, sd: 0 })).toBe(1);
  expect(lateChance(stopOf(1, { latest: 1_000_000_000 }), { begins: 2e9, sd: 0 })).toBe(0);
});
