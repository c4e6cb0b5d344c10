import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import {
  bookDay,
  type Covered,
  coverDropOut,
  forecast,
  KEEN,
  NO_TALLY,
  type Round,
  roundsOf,
} from "../../../src/skills/delivery/engine/index.ts";
import type { Reading } from "../dialogue/figure.ts";
import type { Wishes } from "./figures.ts";

const STOPS = 1_000;
const COURIERS = 60;
const GOAL_MS = 500;
/** The evening is this old when a courier drops out: all are on their way. */
const NOW_S = 4_500;
const FETCHING_S = 300;

/** A courier drops out of an evening of 1,000 stops, with the bag, and before loading; each courier once. */
export function measureDropOut({ seed, say }: Wishes): Reading {
  const day = bookDay({
    couriers: COURIERS,
    requests: Math.round(1.05 * STOPS),
    seed,
    buffer_s: 900,
    habits: KEEN,
    background: { every: 50, tries: 10 },
  });
  const open = roundsOf(day, NO_TALLY);
  const cases = [0, NOW_S].flatMap((now) => {
    const rounds = open.map((round) => asOf(round, day.travel, now));
    return rounds
      .filter(({ stops }) => stops.length > 0)
      .map((round) => timed(rounds, round, { now, travel: day.travel }));
  });
  const times = cases.map(({ ms }) => ms).sort((a, b) => a - b);
  const worst = times.at(-1) ?? 0;
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const endangered = cases.map(({ covered }) => covered.endangered.length);
  const lost = cases.reduce((sum, one) => sum + one.lost, 0);
  const named = endangered.reduce((sum, count) => sum + count, 0);
  say(`${cases.length} drop-outs: median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`);
  return {
    measured: `${worst.toFixed(0)} ms at worst, median ${median.toFixed(0)} ms; ${named} of ${lost} promises endangered, named`,
    meets: worst <= GOAL_MS && cases.every(({ isWhole }) => isWhole),
    values: { times, endangered },
    notes: [
      `${day.plan.open} stops, ${COURIERS} couriers; each drops out once before the evening and once ${NOW_S / 60} minutes into it, with the parcels in the bag: ${cases.length} cases; CPU time, by the clock ${Math.max(...cases.map(({ wall_ms }) => wall_ms)).toFixed(0)} ms at worst; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
      `no stop is missing afterwards: ${cases.every(({ isWhole }) => isWhole) ? "true in every case" : "FALSE"}`,
    ],
  };
}

/** A round as it stands when everything has gone as expected. */
function asOf(round: Round, ways: { between(from: number, to: number): number }, now: number): Round {
  const expected = forecast(round, ways, 0);
  const done = expected.filter(({ begins }) => begins <= now).length;
  const last = round.stops[done - 1];
  const since = expected[done - 1]?.begins;
  const hasLoaded = round.doing.kind === "leaving" && round.doing.at < now;
  if (!last || since === undefined) return { ...round, hasLoaded };
  return {
    ...round,
    hasLoaded,
    at: last.stop,
    doing: { kind: "serving", since, service_s: last.service_s },
    stops: round.stops.slice(done),
  };
}

function timed(
  rounds: readonly Round[],
  gone: Round,
  { now, travel }: { now: number; travel: { between(from: number, to: number): number } },
): { ms: number; wall_ms: number; lost: number; covered: Covered; isWhole: boolean } {
  // Depots with a node for each shift: the parcels of those who have not loaded lie where their round begins.
  const loadsThere = new Set(
    rounds.filter((one) => !one.hasLoaded && travel.between(one.at, gone.at) === 0).map(({ shift }) => shift),
  );
  const from = performance.now();
  const spent = cpuSeconds();
  const covered = coverDropOut({
    rounds,
    dropped: gone.shift,
    ways: travel,
    now,
    parcelsAt: gone.at,
    loadsThere: gone.hasLoaded ? new Set() : loadsThere,
    fetching_s: FETCHING_S,
  });
  const ms = 1_000 * (cpuSeconds() - spent);
  const wall_ms = performance.now() - from;
  const there = covered.rounds.flatMap(({ stops }) => stops.map(({ stop }) => stop));
  const nobody = covered.endangered.filter(({ shift }) => shift === null).map(({ stop }) => stop);
  const all = new Set([...there, ...nobody]);
  const isWhole = rounds.every(({ stops }) => stops.every(({ stop }) => all.has(stop)));
  return { ms, wall_ms, lost: gone.stops.length, covered, isWhole };
}
