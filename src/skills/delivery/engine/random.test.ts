import { expect, test } from "vitest";
import { fractionalPower, Random } from "./random.ts";

test("the same seed gives the same numbers, another seed others, evenly spread", () => {
  const draw = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 5 }, () => random.bits());
  };
  expect(draw(1)).toEqual(draw(1));
  expect(new Random(1).bits()).not.toBe(new Random(2).bits());
  const random = new Random(7);
  const counts = new Array<number>(10).fill(0);
  for (let n = 0; n < 100_000; n++) {
    const drawn = random.below(10);
    counts[drawn] = (counts[drawn] as number) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test("exponential draws have mean 1, and powers are those of the standard library", () => {
  const random = new Random(3);
  let sum = 0;
  for (let n = 0; n < 100_000; n++) sum += random.exponential();
  expect(sum / 100_000).toBeCloseTo(1, 1);
  for (const exponent of [0, 0.1, 0.5, 0.77, 1])
    expect(fractionalPower(0.01, exponent)).toBeCloseTo(0.01 ** exponent, 4);
});
