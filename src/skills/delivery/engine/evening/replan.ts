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
  const order = bestOrder(cost, identity(round.stops.length), { first: frozen });
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

/**
 * Takes the best move again and again until none gains.
 * @param first places before this one are left alone
 * @param most moves at most
 */
export function bestOrder(
  cost: RoundCost,
  sequence: readonly number[],
  { first, most = MOST_MOVES }: { first: number; most?: number },
): { sequence: readonly number[]; saved: number } {
  const begun = cost.keep(sequence);
  let now = begun;
  let best = sequence;
  for (let moves = 0; moves < most; moves++) {
    const next = bestMove(cost, best, { first, now });
    if (!next) break;
    best = next.sequence;
    now = next.cost;
    cost.keep(best);
  }
  return { sequence: best, saved: begun - now };
}

interface Move {
  readonly at: number;
  readonly count: number;
  readonly to: number;
  readonly isTurned: boolean;
}

function bestMove(
  cost: RoundCost,
  sequence: readonly number[],
  { first, now }: { first: number; now: number },
): { sequence: number[]; cost: number } | null {
  const { length } = sequence;
  const tried = new Int32Array(length);
  let least = now - 1;
  let found: Move | null = null;
  for (let at = first; at < length; at++) {
    for (let count = 1; at + count <= length; count++) {
      const isSegment = count <= LONGEST_SEGMENT;
      for (let to = isSegment ? first : at; to <= (isSegment ? length - count : at); to++) {
        // In its own place a segment can only be turned; elsewhere it goes as it is.
        const isTurned = to === at;
        if (isTurned && count < 2) continue;
        const move = { at, count, to, isTurned };
        write(tried, sequence, move);
        const sum = cost.of(tried, Math.min(at, to), least);
        if (sum >= least) continue;
        least = sum;
        found = move;
      }
    }
  }
  if (!found) return null;
  write(tried, sequence, found);
  return { sequence: [...tried], cost: least };
}

/** The sequence with a segment taken out and put in again so that it begins at place `to`. */
function write(into: Int32Array, sequence: readonly number[], { at, count, to, isTurned }: Move): void {
  for (let place = 0; place < sequence.length; place++) {
    const inside = place - to;
    let from = place;
    if (inside >= 0 && inside < count) from = isTurned ? at + count - 1 - inside : at + inside;
    else if (to > at && place >= at && place < to) from = place + count;
    else if (to < at && place >= to + count && place < at + count) from = place - count;
    into[place] = sequence[from] as number;
  }
}
