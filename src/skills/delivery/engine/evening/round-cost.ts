import { wayAt } from "../offers/travel.ts";
import { Advance } from "./forecast.ts";
import { chanceBelow } from "./normal.ts";
import { hasPromise, type Round, type RoundStop, type Ways } from "./round.ts";

/** What things cost, in seconds under way. */
export interface EveningPrices {
  /** A promise that is broken, and each second of its lateness. */
  readonly brokenPromise_s: number;
  readonly lateSecond: number;
  /** Each second after the shift's end. */
  readonly overtimeSecond: number;
  /** Each second that somebody waits for the courier from now on: as early as possible inside the window. */
  readonly waitingSecond: number;
  /** A customer whose expected arrival moves by more than `moved_s`: few changes. */
  readonly movedCustomer_s: number;
  readonly moved_s: number;
}

export const EVENING_PRICES: EveningPrices = {
  brokenPromise_s: 7_200,
  lateSecond: 2,
  overtimeSecond: 1,
  waitingSecond: 0.01,
  movedCustomer_s: 60,
  moved_s: 600,
};

/** Beyond so many standard deviations before its window's end a promise is as good as kept. */
const SURE = 4;

/** How a courier stands at a place of a sequence, and what the sequence has cost up to there. */
interface Mark {
  mean: number;
  variance: number;
  doubted_s: number;
  cost: number;
}

/**
 * What an order of a round's stops costs: ways, broken promises by their chance, overtime, waiting, and customers who are moved.
 * Costs up to each place are kept, so that an order that differs from some place on is counted from there.
 */
export class RoundCost {
  readonly #round: Round;
  readonly #stops: readonly RoundStop[];
  readonly #ways: Ways;
  readonly #now: number;
  readonly #prices: EveningPrices;
  readonly #advance: Advance;
  readonly #marks: Mark[] = [];
  /** When each stop is expected in the order of now; NaN for those that come new. */
  readonly #before: Float64Array;

  /** @param stops the round's stops and any others that are to come; sequences name them by their index here */
  constructor(
    round: Round,
    stops: readonly RoundStop[],
    { ways, now, prices }: { ways: Ways; now: number; prices: EveningPrices },
  ) {
    this.#round = round;
    this.#stops = stops;
    this.#ways = ways;
    this.#now = now;
    this.#prices = prices;
    this.#advance = new Advance(round.pace);
    this.#before = new Float64Array(stops.length).fill(Number.NaN);
    const begins = new Float64Array(stops.length);
    this.#walk(
      round.stops.map((_, n) => n),
      { from: 0, limit: Number.POSITIVE_INFINITY, begins },
    );
    for (let n = 0; n < round.stops.length; n++) this.#before[n] = begins[n] as number;
  }

  /** Remembers a sequence: what `of` is asked for next may differ from a place on only. @returns its cost */
  keep(sequence: readonly number[]): number {
    return this.#walk(sequence, { from: 0, limit: Number.POSITIVE_INFINITY, isKept: true });
  }

  /**
   * @param from places before this one are as in the kept sequence
   * @returns the cost, or infinity as soon as it is above `limit`
   */
  of(sequence: ArrayLike<number>, from: number, limit: number): number {
    return this.#walk(sequence, { from, limit });
  }

  #walk(
    sequence: ArrayLike<number>,
    { from, limit, isKept, begins }: { from: number; limit: number; isKept?: boolean; begins?: Float64Array },
  ): number {
    const advance = this.#advance;
    const { waitingSecond, movedCustomer_s, moved_s } = this.#prices;
    let cost = this.#resume(from);
    let at = from === 0 ? this.#round.at : (this.#stops[sequence[from - 1] as number] as RoundStop).stop;
    for (let place = from; place < sequence.length; place++) {
      if (isKept) this.#mark(place, cost);
      const index = sequence[place] as number;
      const stop = this.#stops[index] as RoundStop;
      const leg = wayAt(this.#ways, at, stop.stop, advance.mean);
      advance.drive(leg);
      if (place === 0) advance.notBefore(this.#now);
      advance.wait(stop.earliest);
      cost += leg;
      if (hasPromise(stop)) {
        cost += this.#lateness(stop) + waitingSecond * (advance.mean - this.#now);
        if (Math.abs(advance.mean - (this.#before[index] as number)) > moved_s) cost += movedCustomer_s;
      }
      if (begins) begins[index] = advance.mean;
      if (cost > limit) return Number.POSITIVE_INFINITY;
      advance.serve(stop.service_s);
      at = stop.stop;
    }
    if (isKept) this.#mark(sequence.length, cost);
    const home = wayAt(this.#ways, at, this.#round.end, advance.mean);
    const overtime = advance.mean + home - this.#round.latest;
    return cost + home + (overtime > 0 ? this.#prices.overtimeSecond * overtime : 0);
  }

  #lateness({ latest }: RoundStop): number {
    const { mean, sd } = this.#advance;
    const late = mean - latest;
    if (late < -SURE * sd) return 0;
    const { brokenPromise_s, lateSecond } = this.#prices;
    const chance = sd < 1 ? (late > 0 ? 1 : 0) : chanceBelow(late / sd);
    return brokenPromise_s * chance + (late > 0 ? lateSecond * late : 0);
  }

  #resume(place: number): number {
    const advance = this.#advance;
    const mark = place === 0 ? undefined : this.#marks[place];
    if (!mark) {
      advance.begin(this.#round, this.#now);
      return 0;
    }
    advance.mean = mark.mean;
    advance.variance = mark.variance;
    advance.doubted_s = mark.doubted_s;
    return mark.cost;
  }

  #mark(place: number, cost: number): void {
    const { mean, variance, doubted_s } = this.#advance;
    this.#marks[place] = { mean, variance, doubted_s, cost };
  }
}
