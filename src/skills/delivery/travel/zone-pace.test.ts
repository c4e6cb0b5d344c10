import fc from "fast-check";
import { expect, test } from "vitest";
import { countedFactors, nextZonePaces, type ZonedLeg, type ZonePace } from "./zone-pace.ts";

const TRUE = new Map([
  [0, 1],
  [7, 1.4],
  [9, 0.8],
]);
/** Ways between all zones, as slow as their ends are, in a city that is as slow as `city` tonight. */
function evening(each: number, city = 1): ZonedLeg[] {
  const zones = [...TRUE.keys()];
  return zones.flatMap((from) =>
    zones.flatMap((to) =>
      Array.from({ length: each }, (_, n) => {
        const planned_s = 120 + 10 * n;
        const factor = Math.sqrt((TRUE.get(from) ?? 1) * (TRUE.get(to) ?? 1));
        return { from, to, planned_s, driven_s: planned_s * factor * city };
      }),
    ),
  );
}
const ofZone = (paces: readonly ZonePace[], zoneId: number): number =>
  paces.find((one) => one.zoneId === zoneId)?.factor ?? Number.NaN;

test("evening by evening the zones come near to what they are, beside the city's mean", () => {
  let paces: ZonePace[] = [];
  for (let n = 0; n < 12; n++) paces = nextZonePaces(evening(6, n % 2 === 0 ? 1.2 : 1), paces);
  expect(ofZone(paces, 7) / ofZone(paces, 9)).toBeGreaterThan(1.5);
  expect(ofZone(paces, 7) / ofZone(paces, 9)).toBeLessThan(1.9);
  expect(countedFactors(paces)).toMatchObject({ 7: expect.any(Number), 9: expect.any(Number) });
});

test("one evening moves a zone by a tenth at most, and one way by next to nothing", () => {
  const wild = evening(50).map((leg) => (leg.to === 7 ? { ...leg, driven_s: leg.driven_s * 9 } : leg));
  for (const { factor } of nextZonePaces(wild, [])) {
    expect(factor).toBeGreaterThanOrEqual(0.9);
    expect(factor).toBeLessThanOrEqual(1.1);
  }
  const single = nextZonePaces([{ from: 0, to: 7, planned_s: 100, driven_s: 200 }], []);
  expect(Math.abs(ofZone(single, 7) - 1)).toBeLessThan(0.1);
  expect(countedFactors(single)).toEqual({});
});

test("a slow night of the whole city is nobody's zone", () => {
  const even = evening(20).map((leg) => ({ ...leg, driven_s: leg.planned_s * 1.6 }));
  for (const { factor } of nextZonePaces(even, [])) expect(factor).toBeCloseTo(1, 1);
});

test("whatever was driven, factors stay within their bounds", () => {
  const leg = fc.record({
    from: fc.integer({ min: 0, max: 4 }),
    to: fc.integer({ min: 0, max: 4 }),
    planned_s: fc.double({ min: -10, max: 5_000, noNaN: true }),
    driven_s: fc.double({ min: -10, max: 20_000, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(fc.array(leg, { maxLength: 30 }), { maxLength: 15 }), (evenings) => {
      let paces: ZonePace[] = [];
      for (const legs of evenings) paces = nextZonePaces(legs, paces);
      for (const { factor } of paces) {
        expect(factor).toBeGreaterThan(0.59);
        expect(factor).toBeLessThan(2.51);
      }
    }),
    { numRuns: 60 },
  );
});
