import { expect, test } from "vitest";
import { USUAL_GRAMS_PER_KM } from "../api/emissions.ts";
import { gramsOf, isUsualRate, rateOf } from "./emissions.ts";

test("a kilometre counts by its vehicle, and walking counts as nothing", () => {
  expect(gramsOf(12_345, 200)).toBe(2_469);
  expect(gramsOf(0, 200)).toBe(0);
  expect(rateOf("foot", { ...USUAL_GRAMS_PER_KM, bicycle: 9 })).toBe(0);
  expect(rateOf("van", { ...USUAL_GRAMS_PER_KM, van: 90 })).toBe(90);
});

test("what the owner said is told from what was assumed", () => {
  expect(isUsualRate("van", 254)).toBe(true);
  expect(isUsualRate("van", 90)).toBe(false);
  expect(isUsualRate("cargo_bike", 4)).toBe(false);
});
