import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInside, nearestOn, polygonFault, type ZoneShape } from "./zones.ts";

const square: ZoneShape = {
  rings: [
    [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
      { x: 0, y: 0 },
    ],
    [
      { x: 4, y: 4 },
      { x: 6, y: 4 },
      { x: 6, y: 6 },
      { x: 4, y: 6 },
      { x: 4, y: 4 },
    ],
  ],
};
const coordinate = fc.integer({ min: -50, max: 150 }).map((n) => n / 10 + 0.05);

describe("a zone", () => {
  test("holds what is inside its border and in no hole", () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const isWithin = (low: number, high: number) => x > low && x < high && y > low && y < high;
        expect(isInside(square, { x, y })).toBe(isWithin(0, 10) && !isWithin(4, 6));
      }),
    );
  });

  test("names the nearest point of its border", () => {
    expect(nearestOn(square, { x: 13, y: 5 })).toEqual({ x: 10, y: 5, distance: 3 });
    expect(nearestOn(square, { x: 13, y: 14 })).toEqual({ x: 10, y: 10, distance: 5 });
  });

  test("is refused in words when its border does not close or has no corners", () => {
    const ring = (...points: [number, number][]) => ({ type: "Polygon" as const, coordinates: [points] });
    expect(polygonFault(ring([0, 0], [1, 0], [1, 1], [0, 0]))).toBeNull();
    expect(polygonFault(ring([0, 0], [1, 0], [1, 1], [0, 1]))).toContain("does not end where it begins");
    expect(polygonFault(ring([0, 0], [1, 0], [0, 0]))).toContain("3 points");
  });
});
