import type { Problem } from "../problem.ts";
import { type Routes, VERSION_STEP } from "./routes.ts";

/** Above any added cost; an integer, because those are quicker to compare. */
export const NOWHERE = 0x3fff_ffff;

/** More would cost more memory than it saves time. */
const MOST_CACHED = 4_000_000;
const NO_PLACE = -1;

/**
 * The cheapest place for a customer in a route. Most routes are the same as when they were last asked for that customer,
 * so answers are kept with the route's version; those of routes that are being changed are not worth keeping.
 */
export class Insertions {
  /** Where the last found cost is to be had. */
  place = NO_PLACE;
  readonly #problem: Problem;
  readonly #routes: Routes;
  /** `cost[to * nodes + from]`: what leads to a customer lies side by side. */
  readonly #costTo: Int32Array;
  readonly #timeTo: Int32Array;
  readonly #isPlain: boolean;
  readonly #isCached: boolean;
  /** Side by side for each customer and route: version and place in one number, and the cost. */
  readonly #known: Float64Array;

  constructor(routes: Routes) {
    const { problem } = routes;
    this.#problem = problem;
    this.#routes = routes;
    this.#costTo = problem.isSymmetric ? problem.cost : transposed(problem.cost, problem.nodes);
    this.#timeTo = problem.time === problem.cost ? this.#costTo : transposed(problem.time, problem.nodes);
    this.#isPlain = this.#timeTo === problem.cost && problem.time === problem.cost;
    const size = problem.nodes * routes.slots;
    this.#isCached = size <= MOST_CACHED;
    this.#known = new Float64Array(this.#isCached ? 2 * size : 0).fill(NO_PLACE);
  }

  /**
   * Added cost of the cheapest place in a route; `place` says behind which place it is. What is not below `bound` may be
   * any number from there on.
   */
  cheapest(node: number, slot: number, bound: number): number {
    const { load, capacity, skills, version, isTouched, slots } = this.#routes;
    const { demand, skills: needed } = this.#problem;
    if ((load[slot] as number) + (demand[node] as number) > (capacity[slot] as number)) return NOWHERE;
    if (((needed[node] as number) & ~(skills[slot] as number)) !== 0) return NOWHERE;
    if (!this.#isCached || isTouched[slot] === 1) return this.scan(node, slot, bound, NO_PLACE);
    const known = this.#known;
    const at = 2 * (node * slots + slot);
    const place = (known[at] as number) - (version[slot] as number);
    if (place >= 0 && place < VERSION_STEP) {
      this.place = place - 1;
      return known[at + 1] as number;
    }
    const cost = this.scan(node, slot, NOWHERE, NO_PLACE);
    known[at] = (version[slot] as number) + this.place + 1;
    known[at + 1] = cost;
    return cost;
  }

  /** As `cheapest`, but only what costs less than `bound`, and never behind the place `without`; load and skills are not looked at. */
  scan(node: number, slot: number, bound: number, without: number): number {
    const opening = this.#routes.openingCost(slot);
    const added = this.#isPlain
      ? this.#scanPlain(node, slot, bound - opening, without)
      : this.#scanAny(node, slot, bound - opening, without);
    return this.place === NO_PLACE ? NOWHERE : added + opening;
  }

  /**
   * Where cost is time and alike in both directions, what the way round may cost at most, to be cheaper and still in time,
   * is one number: most places take one comparison.
   */
  #scanPlain(node: number, slot: number, bound: number, without: number): number {
    const routes = this.#routes;
    const { stop, depart, latest, leg, hasDurations } = routes;
    const { nodes, cost, service, earliest, latest: due } = this.#problem;
    const row = node * nodes;
    const opens = earliest[node] as number;
    const closes = due[node] as number;
    const spent = service[node] as number;
    const base = slot * routes.width;
    const last = base + (routes.length[slot] as number);
    let best = bound;
    let bestAt = base + NO_PLACE;
    let i = base + (routes.frozen[slot] as number);
    while (i <= last && (latest[i + 1] as number) < opens + spent) i++;
    let wayTo = cost[row + (stop[i] as number)] as number;
    for (; i <= last; i++) {
      const from = depart[i] as number;
      if (from > closes) break;
      const until = (latest[i + 1] as number) - spent;
      const wayFrom = cost[row + (stop[i + 1] as number)] as number;
      const ways = wayTo + wayFrom;
      const begin = from + wayTo;
      wayTo = wayFrom;
      if (ways > Math.min(best + (leg[i] as number) - 1, until - from)) continue;
      if (begin > closes || opens + wayFrom > until || i - base === without) continue;
      if (hasDurations && !this.#fitsDuration(node, slot, i)) continue;
      best = ways - (leg[i] as number);
      bestAt = i;
    }
    this.place = bestAt - base;
    return best;
  }

  #scanAny(node: number, slot: number, bound: number, without: number): number {
    const routes = this.#routes;
    const { stop, depart, latest, leg, hasDurations } = routes;
    const { nodes, cost, time, service, earliest, latest: due } = this.#problem;
    const costTo = this.#costTo;
    const timeTo = this.#timeTo;
    const row = node * nodes;
    const opens = earliest[node] as number;
    const closes = due[node] as number;
    const spent = service[node] as number;
    const base = slot * routes.width;
    const last = base + (routes.length[slot] as number);
    let best = bound;
    let bestAt = base + NO_PLACE;
    let i = base + (routes.frozen[slot] as number);
    while (i <= last && (latest[i + 1] as number) < opens + spent) i++;
    for (; i <= last && (depart[i] as number) <= closes; i++) {
      const before = stop[i] as number;
      const after = stop[i + 1] as number;
      const added = (costTo[row + before] as number) + (cost[row + after] as number) - (leg[i] as number);
      if (added >= best) continue;
      const reached = (depart[i] as number) + (timeTo[row + before] as number);
      const begin = Math.max(reached, opens);
      if (begin > closes || begin + spent + (time[row + after] as number) > (latest[i + 1] as number))
        continue;
      if (i - base === without) continue;
      if (hasDurations && !this.#fitsDuration(node, slot, i)) continue;
      best = added;
      bestAt = i;
    }
    this.place = bestAt - base;
    return best;
  }

  /** The cheapest places in a route, cheapest first, `NOWHERE` for those that lack; load and skills are not looked at. */
  bestPlaces(node: number, slot: number, { costs, places, at, count }: PlaceList): void {
    const { stop, depart, latest, leg, length, frozen, width } = this.#routes;
    const { nodes, cost, time, service, earliest, latest: due } = this.#problem;
    const row = node * nodes;
    const opens = earliest[node] as number;
    const closes = due[node] as number;
    costs.fill(NOWHERE, at, at + count);
    const base = slot * width;
    for (let i = base + (frozen[slot] as number); i <= base + (length[slot] as number); i++) {
      if ((depart[i] as number) > closes) break;
      const before = stop[i] as number;
      const after = stop[i + 1] as number;
      const added =
        (this.#costTo[row + before] as number) + (cost[row + after] as number) - (leg[i] as number);
      if (added >= (costs[at + count - 1] as number)) continue;
      const begin = Math.max((depart[i] as number) + (this.#timeTo[row + before] as number), opens);
      const onwards = begin + (service[node] as number) + (time[row + after] as number);
      if (begin > closes || onwards > (latest[i + 1] as number)) continue;
      let k = at + count - 1;
      for (; k > at && (costs[k - 1] as number) > added; k--) {
        costs[k] = costs[k - 1] as number;
        places[k] = places[k - 1] as number;
      }
      costs[k] = added;
      places[k] = i - base;
    }
  }

  #fitsDuration(node: number, slot: number, i: number): boolean {
    const { stop, spentBefore, leaveUntil, spentAfter, beginFrom } = this.#routes;
    const { nodes, time, service, earliest, latest } = this.#problem;
    const there = (spentBefore[i] as number) + (time[(stop[i] as number) * nodes + node] as number);
    const until = leaveUntil[i] as number;
    const waitThere = Math.max(0, (earliest[node] as number) - there - until);
    const onwards =
      there +
      waitThere +
      (service[node] as number) +
      (time[node * nodes + (stop[i + 1] as number)] as number);
    const untilNow = Math.min((latest[node] as number) - there, until);
    const waitOnwards = Math.max(0, (beginFrom[i + 1] as number) - onwards - untilNow);
    return onwards + waitOnwards + (spentAfter[i + 1] as number) <= this.#routes.vehicle(slot).maxDuration;
  }
}

interface PlaceList {
  readonly costs: Float64Array;
  readonly places: Int32Array;
  readonly at: number;
  readonly count: number;
}

/** The same array where both directions are alike. */
function transposed(matrix: Int32Array, nodes: number): Int32Array {
  const turned = new Int32Array(matrix.length);
  let isSymmetric = true;
  for (let from = 0; from < nodes; from++) {
    for (let to = 0; to < nodes; to++) {
      const value = matrix[from * nodes + to] as number;
      turned[to * nodes + from] = value;
      isSymmetric &&= value === matrix[to * nodes + from];
    }
  }
  return isSymmetric ? matrix : turned;
}
