import { forecast, lateChance } from "./forecast.ts";
import { frozenStops, type Round, type RoundStop, type Ways } from "./round.ts";
import { EVENING_PRICES, type EveningPrices, RoundCost } from "./round-cost.ts";

export interface ReplanOptions {
  readonly ways: Ways;
  /** Seconds of the plan's clock. */
  readonly now: number;
  readonly prices?: EveningPrices;
}

export interface Replanned {
  readonly round: Round;
  /** What the change saves, in seconds under way as `EveningPrices` has them. */
  readonly saved: number;
}

/** Stops that move together, as in Or-opt. */
const LONGEST_SEGMENT = 3;
/** A bound, so that a re-plan never takes long; two to five moves are usual. */
const MOST_MOVES = 40;
/** A change must be worth saying. */
const LEAST_SAVED_S = 30;

/**
 * Puts what is left of one courier's round into a better order: Or-opt and 2-opt on the expected cost of the evening, with
 * what is frozen as it stands. Parcels are in the bag already, so that no other courier comes into it. The price per moved
 * customer keeps changes few.
 * @returns null when the order of now is the best that was found
 */
export function replanRound(
  round: Round,
  { ways, now, prices = EVENING_PRICES }: ReplanOptions,
): Replanned | null {
  const frozen = frozenStops(round, now);
  if (round.stops.length - frozen < 2) return null;
  const cost = new RoundCost(round, round.stops, { ways, now, prices });
  const order = bestOrder(cost, identity(round.stops.length), frozen);
  if (order.saved < LEAST_SAVED_S) return null;
  const stops = order.sequence.map((index) => round.stops[index] as RoundStop);
  return { round: { ...round, stops }, saved: order.saved };
}

/** How many of a round's promises will be broken, as expected from what has happened up to now. */
export function promisesAtRisk(round: Round, { ways, now }: ReplanOptions): number {
  return forecast(round, ways, now).reduce(
    (sum, expected, n) => sum + lateChance(round.stops[n] as RoundStop, expected),
    0,
  );
}

export function identity(length: number): number[] {
  return Array.from({ length }, (_, n) => n);
}

/** Takes the best move again and again until none gains. @param first places before this one are left alone */
export function bestOrder(
  cost: RoundCost,
  sequence: number[],
  first: number,
): { sequence: number[]; saved: number } {
  const begun = cost.keep(sequence);
  let now = begun;
  let best = sequence;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const next = bestMove(cost, best, { first, now });
    if (!next) break;
    best = next.sequence;
    now = next.cost;
    cost.keep(best);
  }
  return { sequence: best, saved: begun - now };
}

function bestMove(
  cost: RoundCost,
  sequence: readonly number[],
  { first, now }: { first: number; now: number },
): { sequence: number[]; cost: number } | null {
  let least = now - 1;
  let found: number[] | null = null;
  const weigh = (candidate: number[], from: number) => {
    const sum = cost.of(candidate, from, least);
    if (sum >= least) return;
    least = sum;
    found = candidate;
  };
  const { length } = sequence;
  for (let at = first; at < length; at++) {
    for (let count = 1; count <= LONGEST_SEGMENT && at + count <= length; count++)
      for (let to = first; to <= length - count; to++)
        if (to !== at) weigh(moved(sequence, { at, count, to }), Math.min(at, to));
    for (let last = at + 2; last < length; last++) weigh(turned(sequence, at, last), at);
  }
  return found ? { sequence: found, cost: least } : null;
}

/** The sequence with a segment taken out and put in again so that it begins at place `to`. */
function moved(
  sequence: readonly number[],
  { at, count, to }: { at: number; count: number; to: number },
): number[] {
  const rest = sequence.slice();
  const segment = rest.splice(at, count);
  rest.splice(to, 0, ...segment);
  return rest;
}

function turned(sequence: readonly number[], from: number, to: number): number[] {
  return [...sequence.slice(0, from), ...sequence.slice(from, to + 1).reverse(), ...sequence.slice(to + 1)];
}
