import fc from "fast-check";
import { expect, test } from "vitest";
import { lineNetCents, totalsOf } from "../api/totals.ts";

const line = (quantityMilli: number, priceCents: number, more = {}) => ({
  quantityMilli,
  priceCents,
  per: 1,
  discountBp: 0,
  taxBp: 1900,
  ...more,
});

// Each amount on the right was worked out by hand.
test("a line is quantity times price, less its discount, rounded half up to a cent", () => {
  expect(lineNetCents(line(3_000, 1_999))).toBe(5_997);
  // 1.5 h at 95.00 = 142.50
  expect(lineNetCents(line(1_500, 9_500))).toBe(14_250);
  // 0.333 at 0.10 = 0.0333 -> 3 cents; 0.05 at 0.10 = half a cent -> 1
  expect(lineNetCents(line(333, 10))).toBe(3);
  expect(lineNetCents(line(50, 10))).toBe(1);
  expect(lineNetCents(line(49, 10))).toBe(0);
  // 12,500 screws at 3.47 per 100 = 433.75, less 7.5 % = 401.21875 -> 401.22
  expect(lineNetCents(line(12_500_000, 347, { per: 100, discountBp: 750 }))).toBe(40_122);
  // 7 at 0.33 less 33.33 % = 2.31 x 0.6667 = 1.540077 -> 1.54
  expect(lineNetCents(line(7_000, 33, { discountBp: 3_333 }))).toBe(154);
  expect(lineNetCents(line(1_000, 100, { discountBp: 10_000 }))).toBe(0);
});

test("tax is rounded once for each rate, on the sum of its lines", () => {
  // Three lines of 0.33: the sum 0.99 at 19 % is 0.1881 -> 0.19; rounded line by line it would be 0.18.
  const small = totalsOf([line(1_000, 33), line(1_000, 33), line(1_000, 33)]);
  expect(small).toEqual({
    netCents: 99,
    taxes: [{ taxBp: 1_900, netCents: 99, taxCents: 19 }],
    taxCents: 19,
    grossCents: 118,
  });
  // 100.00 at 19 % = 19.00; 50.50 at 7 % = 3.535 -> 3.54; 10.00 at 0 %
  const mixed = totalsOf([
    line(2_000, 2_525, { taxBp: 700 }),
    line(1_000, 10_000),
    line(1_000, 1_000, { taxBp: 0 }),
  ]);
  expect(mixed.taxes.map(({ taxBp, taxCents }) => [taxBp, taxCents])).toEqual([
    [1_900, 1_900],
    [700, 354],
    [0, 0],
  ]);
  expect([mixed.netCents, mixed.taxCents, mixed.grossCents]).toEqual([16_050, 2_254, 18_304]);
});

test("nothing offered comes to nothing", () => {
  expect(totalsOf([])).toEqual({ netCents: 0, taxes: [], taxCents: 0, grossCents: 0 });
});

test("the largest quotation that the contract takes is still exact", () => {
  // 1,000 pieces at 99,999,999.99; what comes to more than 10,000,000,000.00 is refused when it is saved.
  const most = line(1_000_000, 9_999_999_999);
  expect(lineNetCents(most)).toBe(9_999_999_999_000);
});

test("for every line: never negative, never above its price, and off by less than a cent", () => {
  const any = fc.record({
    quantityMilli: fc.integer({ min: 1, max: 1_000_000 }),
    priceCents: fc.integer({ min: 0, max: 1_000_000 }),
    per: fc.integer({ min: 1, max: 10_000 }),
    discountBp: fc.integer({ min: 0, max: 10_000 }),
    taxBp: fc.integer({ min: 0, max: 5_000 }),
  });
  fc.assert(
    fc.property(any, (one) => {
      const net = lineNetCents(one);
      const exact =
        (BigInt(one.quantityMilli) * BigInt(one.priceCents) * (10_000n - BigInt(one.discountBp)) * 2n) /
        (1_000n * BigInt(one.per) * 10_000n);
      // Twice the exact amount, so that the half can be seen in integers.
      expect(BigInt(net) * 2n >= exact - 1n && BigInt(net) * 2n <= exact + 1n).toBe(true);
    }),
  );
});

test("the order of the lines changes nothing", () => {
  const lines = [line(1_000, 33), line(250, 1_999, { taxBp: 700 }), line(7_000, 5, { discountBp: 150 })];
  expect(totalsOf([...lines].reverse())).toEqual(totalsOf(lines));
});
