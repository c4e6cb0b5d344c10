import fc from "fast-check";
import { expect, test } from "vitest";
import {
  coverDropOut,
  EVENING_PRICES,
  endangeredOf,
  forecast,
  frozenStops,
  promisesAtRisk,
  type Round,
  replanRound,
} from "../index.ts";
import { lineWays, roundOf, stopOf, type Town, towns } from "./rounds.fixture.ts";

const numbers = ({ stops }: Round) => stops.map(({ stop }) => stop);
const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b);

test("a promise that would be broken is brought forward, and what is frozen stays", () => {
  // Down the line and back: the last one's window ends long before.
  const stops = [2, 8, 9, 10].map((node) => stopOf(node, { latest: 20_000 }));
  const round = roundOf([...stops, stopOf(3, { latest: 2_400 })], { doing: { kind: "leaving", at: -30 } });
  const options = { ways: lineWays(300), now: 0 };
  expect(promisesAtRisk(round, options)).toBeCloseTo(1, 2);
  const better = replanRound(round, options);
  expect(numbers(better?.round ?? round)).toEqual([2, 3, 8, 9, 10]);
  expect(better?.saved).toBeGreaterThan(EVENING_PRICES.brokenPromise_s);
});

test("a way round is saved at the price of two customers who move, and not at a higher one", () => {
  // To the far end, back and there again, or straight: 2,300 or 900 seconds, and both come at another time.
  const round = roundOf([stopOf(9, { latest: 20_000 }), stopOf(2, { latest: 20_000 })], { end: 9 });
  const options = { ways: lineWays(100), now: 0 };
  expect(numbers(replanRound(round, options)?.round ?? round)).toEqual([2, 9]);
  const prices = { ...EVENING_PRICES, movedCustomer_s: 3_000 };
  expect(replanRound(round, { ...options, prices })).toBeNull();
});

test("a round in good order is left as it is", () => {
  const round = roundOf([2, 3, 4, 5].map((node) => stopOf(node, { latest: 20_000 })));
  expect(replanRound(round, { ways: lineWays(100), now: 0 })).toBeNull();
});

test("freezing holds: a re-plan keeps every stop with its courier, and what is frozen in its place", () => {
  fc.assert(
    fc.property(towns, ({ rounds, ways, now }) => {
      for (const round of rounds) {
        const better = replanRound(round, { ways, now });
        if (!better) continue;
        const frozen = frozenStops(round, now);
        expect(numbers(better.round).slice(0, frozen)).toEqual(numbers(round).slice(0, frozen));
        expect(sorted(numbers(better.round))).toEqual(sorted(numbers(round)));
        expect({ ...better.round, stops: [] }).toEqual({ ...round, stops: [] });
        expect(better.saved).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});

test("few changes: nobody moves by more than ten minutes where that is dearer than what it saves", () => {
  fc.assert(
    fc.property(towns, ({ rounds, ways, now }) => {
      for (const round of rounds) {
        const dear = replanRound(round, {
          ways,
          now,
          prices: { ...EVENING_PRICES, movedCustomer_s: 10_000_000 },
        });
        expect(movedBy(round, dear?.round ?? round, { ways, now })).toBe(0);
      }
    }),
    { numRuns: 40 },
  );
});

function movedBy(before: Round, after: Round, { ways, now }: Pick<Town, "ways" | "now">): number {
  const was = new Map(forecast(before, ways, now).map(({ begins }, n) => [before.stops[n]?.stop, begins]));
  return forecast(after, ways, now).filter(
    ({ begins }, n) =>
      Math.abs(begins - (was.get(after.stops[n]?.stop) ?? begins)) > EVENING_PRICES.moved_s + 1e-6,
  ).length;
}

test("a courier drops out: no promise is lost, frozen stops stay, and whoever is endangered is named", () => {
  fc.assert(
    fc.property(towns, fc.nat(3), fc.nat(3), (town, chosen, loads) => {
      const { rounds, ways, now } = town;
      const gone = rounds[chosen % rounds.length] as Round;
      const loadsThere = new Set(
        rounds.filter(({ shift, hasLoaded }) => !hasLoaded && shift <= loads).map(({ shift }) => shift),
      );
      const covered = coverDropOut({
        rounds,
        dropped: gone.shift,
        ways,
        now,
        parcelsAt: gone.at,
        loadsThere,
        fetching_s: 300,
      });
      const nobody = covered.endangered.filter(({ shift }) => shift === null).map(({ stop }) => stop);
      const there = covered.rounds.flatMap(numbers).filter((stop) => stop !== gone.at);
      expect(sorted([...there, ...nobody])).toEqual(sorted(rounds.flatMap(numbers)));
      for (const round of covered.rounds) holds(round, { ...town, gone, loadsThere, taken: covered.taken });
      const named = new Set(covered.endangered.map(({ stop }) => stop));
      for (const { stop } of endangeredOf(covered.rounds, ways, now)) expect(named).toContain(stop);
    }),
    { numRuns: 80 },
  );
});

interface DropOutCase extends Town {
  readonly gone: Round;
  readonly loadsThere: ReadonlySet<number>;
  readonly taken: ReadonlyMap<number, number>;
}

function holds(round: Round, { rounds, now, gone, loadsThere, taken }: DropOutCase): void {
  const before = rounds.find(({ shift }) => shift === round.shift) as Round;
  const frozen = frozenStops(before, now);
  expect(numbers(round).slice(0, frozen)).toEqual(numbers(before).slice(0, frozen));
  const own = new Set(numbers(before));
  const fetch = numbers(round).indexOf(gone.at);
  const isHelping = round.stops.length > before.stops.length;
  expect(fetch >= 0).toBe(isHelping && !loadsThere.has(round.shift));
  let load = 0;
  for (const [n, stop] of round.stops.entries()) {
    load += stop.demand;
    expect(stop.skills & ~round.skills).toBe(own.has(stop.stop) ? stop.skills & ~round.skills : 0);
    if (own.has(stop.stop) || stop.stop === gone.at) continue;
    expect(taken.get(stop.stop)).toBe(round.shift);
    expect(n).toBeGreaterThan(fetch);
  }
  if (isHelping) expect(load).toBeLessThanOrEqual(round.capacity);
}

test("a courier without anybody who could help leaves every promise named", () => {
  const alone = roundOf([stopOf(2), stopOf(3)]);
  const covered = coverDropOut({
    rounds: [alone],
    dropped: 0,
    ways: lineWays(100),
    now: 0,
    parcelsAt: 0,
    loadsThere: new Set(),
    fetching_s: 300,
  });
  expect(covered.endangered).toEqual([
    { stop: 2, shift: null, chance: 1 },
    { stop: 3, shift: null, chance: 1 },
  ]);
});
