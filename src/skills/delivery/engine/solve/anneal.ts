import type { Problem, Solution } from "../problem.ts";
import { fractionalPower, Random } from "../random.ts";
import { AbsentPrice } from "./absent-price.ts";
import { NOWHERE } from "./insertions.ts";
import { LocalSearch } from "./local-search.ts";
import { Recreate } from "./recreate.ts";
import { type RuinSize, ruin } from "./ruin.ts";
import { openSearch, type Search } from "./search.ts";

export interface SolveOptions {
  readonly seed: number;
  /**
   * Which share of the budget is spent after so many iterations, from 0 to 1; the search ends at 1. A share of iterations
   * gives the same plan on every machine, a share of time the best plan of that time.
   */
  readonly spent: (iterations: number) => number;
  /** At most so many iterations, counted exactly. */
  readonly most?: number;
  /** A plan to begin with; what it does not hold is inserted. */
  readonly start?: Solution;
}

export interface Solved extends Solution {
  /** In the problem's integers, absent customers left out. */
  readonly cost: number;
  readonly iterations: number;
}

/** The clock is asked once in so many iterations. */
const ITERATIONS_BETWEEN = 32;
/** From here on nobody is left out any more, beginning with the best plan so far. */
const LAST_SHARE = 0.9;
/**
 * Where there is time, the plan is heated again: a cooling that is long already ends where a longer one would. It is long
 * with this times the cube of the customers; at most so many coolings.
 */
const LONG_COOLING = 0.35;
const MOST_CYCLES = 4;
/**
 * How many iterations there will be is foreseen from those between these shares of the budget: a new process is slow in its
 * first tenths of a second, and would foresee a tenth of what it does.
 */
const FORESEEN_FROM = 0.04;
const FORESEEN_UNTIL = 0.08;

export interface Tuning extends RuinSize {
  /** First temperature in mean legs of the first plan, and what is left of it in the end. */
  readonly firstTemperature: number;
  readonly coolingRatio: number;
  /** Share of tries that may begin with customers left out, up to `LAST_SHARE`; see `AbsentPrice`. */
  readonly absentShare: number;
  /** Neighbours that a ruin may reach. */
  readonly mostNear: number;
  /** Every move of local search on the whole first plan, and on whatever is the best so far. */
  readonly polishes: boolean;
}

export const TUNING: Tuning = {
  meanRemoved: 10,
  longestString: 10,
  longString: 25,
  longShare: 0.3,
  firstTemperature: 1,
  coolingRatio: 0.01,
  absentShare: 0.5,
  mostNear: 250,
  polishes: true,
};

/**
 * Ruin and recreate under simulated annealing (Christiaens and Vanden Berghe 2020), with local search on what is about to
 * be taken. No plan that breaks a rule is ever held. Customers without a place are dearer than any way to them in what is
 * returned; on the way there some may be left out for a while.
 */
export function solve(problem: Problem, options: SolveOptions, tuning: Tuning = TUNING): Solved {
  const search = openSearch(problem, new Random(options.seed), tuning.mostNear);
  return new Annealing(search, tuning).run(options);
}

class Annealing {
  readonly #search: Search;
  readonly #tuning: Tuning;
  readonly #recreate: Recreate;
  readonly #local: LocalSearch;
  readonly #absentCost: number;
  readonly #absent: Int32Array;
  #absentCount = 0;
  #price = new AbsentPrice(0, 1);
  #cycles = 1;
  /** Where foreseeing began, and whether it is done. */
  #watched: { readonly share: number; readonly iterations: number } | null = null;
  #hasForeseen = false;
  #current = 0;
  #best = Number.POSITIVE_INFINITY;
  readonly #bestStops: Int32Array;
  readonly #bestLengths: Int32Array;
  #bestAbsent: readonly number[] = [];

  constructor(search: Search, tuning: Tuning) {
    this.#search = search;
    this.#tuning = tuning;
    this.#recreate = new Recreate(search);
    this.#local = new LocalSearch(search);
    let dearest = 1;
    const { cost } = search.problem;
    for (let at = 0; at < cost.length; at++) dearest = Math.max(dearest, cost[at] as number);
    this.#absentCost = 10 * dearest;
    this.#absent = new Int32Array(search.loose.length);
    this.#bestStops = new Int32Array(search.loose.length);
    this.#bestLengths = new Int32Array(search.routes.slots);
  }

  run({ spent, start, most = Number.POSITIVE_INFINITY }: SolveOptions): Solved {
    const { routes, problem } = this.#search;
    if (start) this.#place(start);
    this.#recreate.run();
    if (this.#tuning.polishes) this.#local.polish();
    this.#keep();
    const legs = problem.nodes - problem.depots + routes.used;
    const first = (this.#tuning.firstTemperature * routes.total) / Math.max(1, legs);
    this.#price = new AbsentPrice(this.#tuning.absentShare, first);
    let iterations = 0;
    for (let share = spent(0); share < 1; share = spent(iterations)) {
      this.#prepare(share, iterations);
      const temperature = first * fractionalPower(this.#tuning.coolingRatio, (share * this.#cycles) % 1);
      const until = Math.min(iterations + ITERATIONS_BETWEEN, most);
      for (; iterations < until; iterations++) this.#iterate(temperature);
      if (iterations >= most) break;
    }
    return {
      routes: routes.toRoutes(this.#bestStops, this.#bestLengths),
      absent: withDeliveries(problem, this.#bestAbsent),
      cost: this.#best - this.#absentCost * this.#bestAbsent.length,
      iterations,
    };
  }

  /** Sets what a customer who is left out costs now, and how often the plan is heated, once that can be told. */
  #prepare(share: number, iterations: number): void {
    const search = this.#search;
    if (this.#tuning.polishes && !this.#hasForeseen) this.#foresee(share, iterations);
    const price = share < LAST_SHARE ? this.#price.price : NOWHERE;
    if (price === search.absentPrice) return;
    search.absentPrice = price;
    if (price === NOWHERE) this.#returnToBest();
    this.#current = this.#value();
  }

  #foresee(share: number, iterations: number): void {
    if (share >= FORESEEN_FROM) this.#watched ??= { share, iterations };
    if (this.#watched === null || share < FORESEEN_UNTIL || share <= this.#watched.share) return;
    this.#hasForeseen = true;
    const { nodes, depots } = this.#search.problem;
    const all = (iterations - this.#watched.iterations) / (share - this.#watched.share);
    const coolings = all / (LONG_COOLING * (nodes - depots) ** 3);
    this.#cycles = Math.min(MOST_CYCLES, Math.max(1, Math.round(coolings)));
  }

  #returnToBest(): void {
    const search = this.#search;
    search.routes.restore(this.#bestStops, this.#bestLengths);
    search.looseCount = this.#bestAbsent.length;
    for (const [n, node] of this.#bestAbsent.entries()) search.loose[n] = node;
    this.#keep();
  }

  #iterate(temperature: number): void {
    const search = this.#search;
    const { routes, random } = search;
    ruin(search, this.#tuning);
    this.#recreate.run();
    const bound = this.#current + temperature * random.exponential();
    this.#price.count(this.#absentCount);
    if (this.#value() < bound) this.#local.run();
    if (this.#tuning.polishes && this.#whole() < this.#best) this.#local.polish();
    if (this.#value() < bound) this.#keep();
    else {
      routes.undo();
      search.looseCount = this.#absentCount;
      for (let i = 0; i < this.#absentCount; i++) search.loose[i] = this.#absent[i] as number;
    }
  }

  /** What the search goes by. */
  #value(): number {
    const { routes, absentPrice, looseCount } = this.#search;
    return routes.total + (absentPrice === NOWHERE ? this.#absentCost : absentPrice) * looseCount;
  }

  /** What plans are compared by in the end. */
  #whole(): number {
    return this.#search.routes.total + this.#absentCost * this.#search.looseCount;
  }

  #keep(): void {
    const { routes, loose, looseCount } = this.#search;
    routes.keep();
    for (let i = 0; i < looseCount; i++) this.#absent[i] = loose[i] as number;
    this.#absentCount = looseCount;
    this.#current = this.#value();
    const whole = this.#whole();
    if (whole >= this.#best) return;
    this.#best = whole;
    routes.copyTo(this.#bestStops, this.#bestLengths);
    if (looseCount > 0 || this.#bestAbsent.length > 0) this.#bestAbsent = [...loose.subarray(0, looseCount)];
  }

  #place(start: Solution): void {
    const search = this.#search;
    const { routes, loose, problem } = search;
    const taken = new Set<number>();
    for (const { vehicle, stops, frozen = 0 } of start.routes) {
      const slot = routes.emptySlot(vehicle);
      if (slot < 0 || stops.length === 0) continue;
      routes.replace(slot, Int32Array.from(stops), stops.length);
      routes.frozen[slot] = frozenWithPairs(problem, stops, Math.min(frozen, stops.length));
      for (const node of stops) taken.add(node);
    }
    let left = 0;
    for (let i = 0; i < search.looseCount; i++) {
      const node = loose[i] as number;
      if (!taken.has(node)) loose[left++] = node;
    }
    search.looseCount = left;
  }
}

/** A pair that is left out is named with both its stops. */
function withDeliveries({ pairs }: Problem, absent: readonly number[]): readonly number[] {
  if (!pairs) return absent;
  return absent.flatMap((node) => {
    const delivery = pairs.deliveryOf[node] as number;
    return delivery < 0 ? [node] : [node, delivery];
  });
}

/** What was picked up stays with its courier: up to the last delivery whose pick-up is frozen, all is. */
function frozenWithPairs({ pairs }: Problem, stops: readonly number[], frozen: number): number {
  if (!pairs || frozen === 0) return frozen;
  let last = frozen;
  for (const [n, node] of stops.entries()) {
    const pickup = pairs.pickupOf[node] as number;
    if (n >= frozen && pickup >= 0 && stops.indexOf(pickup) < last) last = n + 1;
  }
  return last;
}
