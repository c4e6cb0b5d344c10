import fc from "fast-check";
import { NO_TALLY, paceOf, type Round, type RoundStop, type Ways } from "../index.ts";

/** Rounds of an evening with places drawn at random: what the tests of this folder share. */

const HOUR_S = 3_600;
export const PACE = paceOf(NO_TALLY, NO_TALLY);

export interface Town {
  readonly rounds: readonly Round[];
  readonly ways: Ways;
  readonly now: number;
}

export function stopOf(stop: number, more: Partial<RoundStop> = {}): RoundStop {
  const window = { earliest: 0, latest: 2 * HOUR_S };
  return { stop, ...window, service_s: 150, demand: 1, skills: 0, told: null, isLateSaid: false, ...more };
}

export function roundOf(stops: readonly RoundStop[], more: Partial<Round> = {}): Round {
  return {
    shift: 0,
    at: 0,
    doing: { kind: "leaving", at: 0 },
    end: 1,
    latest: 4 * HOUR_S,
    capacity: 100,
    skills: 0,
    hasLoaded: true,
    pace: PACE,
    stops,
    ...more,
  };
}

/** Places on a line: node n is n times `apart_s` away from node 0. */
export function lineWays(apart_s: number): Ways {
  return { between: (from, to) => Math.abs(from - to) * apart_s };
}

const place = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) });
const stopShape = fc.record({
  place,
  hour: fc.integer({ min: 0, max: 2 }),
  demand: fc.integer({ min: 1, max: 3 }),
  skills: fc.constantFrom(0, 0, 0, 1),
});

/** Couriers with rounds, the first stops of some told already; shift n has the nodes 2n and 2n + 1. */
export const towns: fc.Arbitrary<Town> = fc
  .record({
    depots: fc.array(place, { minLength: 2, maxLength: 4 }),
    stops: fc.array(stopShape, { minLength: 4, maxLength: 24 }),
    told: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
    hasLeft: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    now: fc.integer({ min: 60, max: HOUR_S }),
  })
  .map(({ depots, stops, told, hasLeft, now }) => {
    const places = [...depots.flatMap((depot) => [depot, depot]), ...stops.map((stop) => stop.place)];
    const rounds = depots.map((_, shift) => {
      const own = stops.flatMap(({ hour, demand, skills }, n) =>
        n % depots.length === shift
          ? [
              stopOf(2 * depots.length + n, {
                earliest: hour * HOUR_S,
                latest: (hour + 2) * HOUR_S,
                demand,
                skills,
              }),
            ]
          : [],
      );
      const saying = { from: now, until: now + 1_800, expected: now + 900 };
      return roundOf(
        own.map((stop, n) => (n < (told[shift] ?? 0) ? { ...stop, told: saying } : stop)),
        {
          shift,
          at: 2 * shift,
          end: 2 * shift + 1,
          doing: { kind: "leaving", at: hasLeft[shift] ? now - 30 : now + 600 },
          hasLoaded: hasLeft[shift] ?? false,
          capacity: 30,
          skills: shift % 2,
        },
      );
    });
    const between = (from: number, to: number) => {
      const [a, b] = [places[from], places[to]];
      return a && b ? Math.round(Math.hypot(a.x - b.x, a.y - b.y)) : 0;
    };
    return { rounds, ways: { between }, now };
  });
