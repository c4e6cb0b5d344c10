import { expect, test } from "vitest";
import { AbsentPrice } from "./absent-price.ts";
import { NOWHERE } from "./insertions.ts";

function after(tries: number, isAbsent: (n: number) => boolean): number {
  const price = new AbsentPrice(0.5, 100);
  for (let n = 0; n < tries; n++) price.count(isAbsent(n) ? 1 : 0);
  return price.price;
}

test("leaving somebody out costs more where too many tries begin so, and less where too few do", () => {
  const first = new AbsentPrice(0.5, 100).price;
  expect(first).toBe(400);
  expect(after(999, () => true)).toBe(first);
  expect(after(1_000, (n) => n % 4 !== 0)).toBeGreaterThan(first);
  expect(after(1_000, (n) => n % 4 === 0)).toBeLessThan(first);
});

test("it stays between one and never, and at a share of nothing nobody is left out", () => {
  expect(after(1_000_000, () => true)).toBe(NOWHERE);
  expect(after(1_000_000, () => false)).toBe(1);
  const never = new AbsentPrice(0, 100);
  for (let n = 0; n < 5_000; n++) never.count(0);
  expect(never.price).toBe(NOWHERE);
});
