import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distanceMetres, type Point } from "./distance.ts";
import { type Candidate, findDuplicate } from "./duplicate.ts";

const HOUR = 3_600_000;
const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const HALF_ROUND = Math.PI * 6_371_008.8;

describe("distance", () => {
  // By hand: a degree of latitude is 6,371,008.8 m * pi / 180 = 111,195.08 m on this sphere; at 60° north one of longitude is half.
  it.each<[string, Point, Point, number]>([
    ["a degree north", { latitude: 53, longitude: 10 }, { latitude: 54, longitude: 10 }, 111_195.08],
    [
      "a thousandth of a degree east at the equator",
      { latitude: 0, longitude: 0 },
      { latitude: 0, longitude: 0.001 },
      111.195,
    ],
    [
      "a thousandth of a degree east at 60° north",
      { latitude: 60, longitude: 0 },
      { latitude: 60, longitude: 0.001 },
      55.5975,
    ],
    [
      "across the date line",
      { latitude: 0, longitude: 179.9995 },
      { latitude: 0, longitude: -179.9995 },
      111.195,
    ],
    ["pole to pole", { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 77 }, 20_015_114.4],
  ])("%s", (_, a, b, metres) => {
    expect(distanceMetres(a, b) / metres).toBeCloseTo(1, 4);
  });

  it("is a metric on the sphere", () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const ab = distanceMetres(a, b);
        expect(distanceMetres(a, a)).toBe(0);
        expect(ab).toBeGreaterThanOrEqual(0);
        expect(ab).toBeLessThanOrEqual(HALF_ROUND + 1e-6);
        expect(distanceMetres(b, a)).toBeCloseTo(ab, 6);
        // Rounding grows towards the far side of the Earth.
        expect(distanceMetres(a, c)).toBeLessThanOrEqual(ab + distanceMetres(b, c) + 1);
      }),
    );
  });
});

const candidate = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  place: fc.oneof(
    fc.record({
      name: fc.constantFrom("", "Altona", "Gleis 3"),
      latitude: fc.double({ min: 53.5, max: 53.6, noNaN: true }),
      longitude: fc.double({ min: 9.9, max: 10.1, noNaN: true }),
    }),
    fc.record({
      name: fc.constantFrom("", "Altona", "altona!", "Gleis 3"),
      latitude: fc.constant(null),
      longitude: fc.constant(null),
    }),
  ),
  lastSaidAt: fc.integer({ min: 0, max: 100 }).map((hours) => hours * HOUR),
});
const candidates = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 20 });
const nearness = fc.record({
  radiusMetres: fc.integer({ min: 1, max: 20_000 }),
  withinHours: fc.integer({ min: 1, max: 100 }),
});

describe("duplicates", () => {
  it("are near in place and time, and nothing nearer is left out", () => {
    fc.assert(
      fc.property(candidate, candidates, nearness, ({ place, lastSaidAt: saidAt }, all, near) => {
        const found = findDuplicate({ place, saidAt }, all, near);
        const distances = new Map(all.map((one) => [one.id, metres(place, one)]));
        const fits = all.filter(
          ({ id, lastSaidAt }) =>
            Math.abs(saidAt - lastSaidAt) <= near.withinHours * HOUR &&
            (distances.get(id) as number) <= near.radiusMetres,
        );
        if (found === null) {
          expect(fits).toEqual([]);
          return;
        }
        expect(fits.map(({ id }) => id)).toContain(found);
        const least = Math.min(...fits.map(({ id }) => distances.get(id) as number));
        expect(distances.get(found)).toBe(least);
      }),
    );
  });

  it("are the same whatever the order", () => {
    fc.assert(
      fc.property(candidate, candidates, nearness, ({ place, lastSaidAt: saidAt }, all, near) => {
        const told = { place, saidAt };
        expect(findDuplicate(told, [...all].reverse(), near)).toBe(findDuplicate(told, all, near));
      }),
    );
  });

  it("only grow in number with radius and hours", () => {
    fc.assert(
      fc.property(candidate, candidates, nearness, ({ place, lastSaidAt: saidAt }, all, near) => {
        const wider = { radiusMetres: near.radiusMetres * 2, withinHours: near.withinHours * 2 };
        if (findDuplicate({ place, saidAt }, all, near) !== null)
          expect(findDuplicate({ place, saidAt }, all, wider)).not.toBeNull();
      }),
    );
  });

  const at = (latitude: number, id = 1): Candidate => ({
    id,
    place: { name: "", latitude, longitude: 10 },
    lastSaidAt: 0,
  });
  const here = { name: "", latitude: 53.55, longitude: 10 };
  const near = { radiusMetres: 150, withinHours: 1 };

  // 0.001° of latitude is 111 m, 0.0014° is 156 m.
  it("111 m are near, 156 m are not, at 150 m", () => {
    expect(findDuplicate({ place: here, saidAt: 0 }, [at(53.551)], near)).toBe(1);
    expect(findDuplicate({ place: here, saidAt: 0 }, [at(53.5514)], near)).toBeNull();
  });
  it("an hour is near, a second more is not, at one hour", () => {
    expect(findDuplicate({ place: here, saidAt: HOUR }, [at(53.55)], near)).toBe(1);
    expect(findDuplicate({ place: here, saidAt: HOUR + 1_000 }, [at(53.55)], near)).toBeNull();
  });
  it("names are compared as words; a name says nothing about a point", () => {
    const named = (name: string): Candidate => ({
      id: 4,
      place: { name, latitude: null, longitude: null },
      lastSaidAt: 0,
    });
    const told = { place: { name: "Bahnhof Altona, Gleis 3", latitude: null, longitude: null }, saidAt: 0 };
    expect(findDuplicate(told, [named("bahnhof altona gleis 3")], near)).toBe(4);
    expect(findDuplicate(told, [named("Bahnhof Altona, Gleis 4")], near)).toBeNull();
    expect(findDuplicate(told, [at(53.55)], near)).toBeNull();
    expect(findDuplicate({ ...told, place: { ...told.place, name: "" } }, [named("")], near)).toBeNull();
  });
});

/** As the rule is described, without its code: points by distance, names by their letters. */
function metres(place: Candidate["place"], { place: other }: Candidate): number {
  if (place.latitude !== null && other.latitude !== null)
    return distanceMetres(place as Point, other as Point);
  const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return letters(place.name) !== "" && letters(place.name) === letters(other.name) ? 0 : Infinity;
}
