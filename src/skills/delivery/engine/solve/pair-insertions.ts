import type { Pairs, Problem } from "../problem.ts";
import { type Insertions, NOWHERE } from "./insertions.ts";
import type { Routes } from "./routes.ts";

const NO_PLACE = -1;
/** More would cost more memory than it saves time. */
const MOST_CACHED = 4_000_000;

interface Wanted {
  /** A customer out of the depot, or the pick-up of a pair. */
  readonly node: number;
  /** -1 for a customer out of the depot. */
  readonly delivery: number;
}

/**
 * The cheapest places in a route where parcels are picked up on the way: a pair goes in at the best pair of places, a
 * customer out of the depot where what is on board up to there leaves room. A parcel is on board between its places only.
 */
export class PairInsertions {
  /** Behind which place the customer or the pick-up comes, and the delivery: as the route stands. */
  place = NO_PLACE;
  deliveryPlace = NO_PLACE;
  readonly #problem: Problem;
  readonly #pairs: Pairs;
  readonly #routes: Routes;
  readonly #singles: Insertions;
  readonly #isCached: boolean;
  readonly #version: Float64Array;
  readonly #cost: Float64Array;
  readonly #places: Int32Array;
  /** What is on board behind each place, and the most of it from the start on. */
  #onBoard = new Int32Array(64);
  #mostSoFar = new Int32Array(64);

  constructor(routes: Routes, singles: Insertions, pairs: Pairs) {
    this.#problem = routes.problem;
    this.#pairs = pairs;
    this.#routes = routes;
    this.#singles = singles;
    const size = routes.problem.nodes * routes.slots;
    this.#isCached = size <= MOST_CACHED;
    this.#version = new Float64Array(this.#isCached ? size : 0).fill(NO_PLACE);
    this.#cost = new Float64Array(this.#isCached ? size : 0);
    this.#places = new Int32Array(this.#isCached ? 2 * size : 0);
  }

  /** Added cost of the cheapest place or pair of places in a route, `NOWHERE` for none. */
  cheapest(node: number, slot: number): number {
    const { version, isTouched, slots } = this.#routes;
    if (!this.#isCached || isTouched[slot] === 1) return this.#scan(node, slot);
    const at = node * slots + slot;
    if (this.#version[at] === version[slot]) {
      this.place = this.#places[2 * at] as number;
      this.deliveryPlace = this.#places[2 * at + 1] as number;
      return this.#cost[at] as number;
    }
    const cost = this.#scan(node, slot);
    this.#version[at] = version[slot] as number;
    this.#cost[at] = cost;
    this.#places[2 * at] = this.place;
    this.#places[2 * at + 1] = this.deliveryPlace;
    return cost;
  }

  /** Puts in what `cheapest` found. */
  insert(node: number, slot: number, place: number, deliveryPlace: number): void {
    this.#routes.insert(node, slot, place);
    const delivery = this.#pairs.deliveryOf[node] as number;
    if (delivery >= 0) this.#routes.insert(delivery, slot, deliveryPlace + 1);
  }

  #scan(node: number, slot: number): number {
    this.place = NO_PLACE;
    this.deliveryPlace = NO_PLACE;
    const { skills } = this.#problem;
    const delivery = this.#pairs.deliveryOf[node] as number;
    const needed = (skills[node] as number) | (delivery < 0 ? 0 : (skills[delivery] as number));
    if ((needed & ~(this.#routes.skills[slot] as number)) !== 0) return NOWHERE;
    this.#weigh(slot);
    return delivery < 0 ? this.#single(node, slot) : this.#pair({ node, delivery }, slot);
  }

  #weigh(slot: number): void {
    const { length, width, load, stop } = this.#routes;
    const { demand } = this.#problem;
    const { deliveryOf, pickupOf } = this.#pairs;
    const count = length[slot] as number;
    if (count >= this.#onBoard.length) {
      this.#onBoard = new Int32Array(2 * count);
      this.#mostSoFar = new Int32Array(2 * count);
    }
    const base = slot * width;
    // A pair takes on what it gives off, so the sum of a route is what leaves the depot.
    let now = load[slot] as number;
    let most = now;
    this.#onBoard[0] = now;
    this.#mostSoFar[0] = most;
    for (let i = 1; i <= count; i++) {
      const node = stop[base + i] as number;
      const isOfPair = (deliveryOf[node] as number) >= 0 || (pickupOf[node] as number) >= 0;
      now += isOfPair ? (demand[node] as number) : -(demand[node] as number);
      most = Math.max(most, now);
      this.#onBoard[i] = now;
      this.#mostSoFar[i] = most;
    }
  }

  /** A customer out of the depot is on board from the start up to its place. */
  #single(node: number, slot: number): number {
    const { length, capacity } = this.#routes;
    const room = (capacity[slot] as number) - (this.#problem.demand[node] as number);
    if ((this.#mostSoFar[0] as number) > room) return NOWHERE;
    let last = length[slot] as number;
    while ((this.#mostSoFar[last] as number) > room) last--;
    const cost = this.#singles.scan(node, slot, NOWHERE, NO_PLACE);
    this.place = this.#singles.place;
    if (cost === NOWHERE || this.place <= last) return cost;
    return this.#singleUpTo(node, slot, last);
  }

  /** As `Insertions.scan`, over the places up to `last` only: seldom needed, so in the plainest way. */
  #singleUpTo(node: number, slot: number, last: number): number {
    const { stop, depart, latest, leg, frozen, width } = this.#routes;
    const { nodes, cost, time, service, earliest, latest: due } = this.#problem;
    const base = slot * width;
    let best = NOWHERE;
    this.place = NO_PLACE;
    for (let i = base + (frozen[slot] as number); i <= base + last; i++) {
      const [before, after] = [stop[i] as number, stop[i + 1] as number];
      const added =
        (cost[before * nodes + node] as number) + (cost[node * nodes + after] as number) - (leg[i] as number);
      if (added >= best) continue;
      const begin = Math.max(
        (depart[i] as number) + (time[before * nodes + node] as number),
        earliest[node] as number,
      );
      if (begin > (due[node] as number)) continue;
      const reached = begin + (service[node] as number) + (time[node * nodes + after] as number);
      if (reached > (latest[i + 1] as number)) continue;
      if (!this.#isShort(slot, { node, delivery: -1 }, i - base, i - base)) continue;
      best = added;
      this.place = i - base;
    }
    return best;
  }

  /** For each place of the pick-up the round is driven on with it, and the delivery tried behind every stop. */
  #pair(wanted: Wanted, slot: number): number {
    const { stop, depart, latest, leg, frozen, width, length, capacity } = this.#routes;
    const { nodes, cost, time, service, earliest, latest: due, demand } = this.#problem;
    const { node, delivery } = wanted;
    const opening = this.#routes.openingCost(slot);
    const room = (capacity[slot] as number) - (demand[node] as number);
    const base = slot * width;
    const last = base + (length[slot] as number);
    let best = NOWHERE;
    for (let i = base + (frozen[slot] as number); i <= last; i++) {
      const before = stop[i] as number;
      if ((depart[i] as number) > (due[node] as number)) break;
      let now = Math.max(
        (depart[i] as number) + (time[before * nodes + node] as number),
        earliest[node] as number,
      );
      if (now > (due[node] as number)) continue;
      now += service[node] as number;
      const ahead = cost[before * nodes + node] as number;
      // The way round by the pick-up, once the next stop is not the delivery.
      const apart = ahead + (cost[node * nodes + (stop[i + 1] as number)] as number) - (leg[i] as number);
      let at = node;
      for (let j = i; j <= last && (this.#onBoard[j - base] as number) <= room; j++) {
        const after = stop[j + 1] as number;
        const onwards = cost[delivery * nodes + after] as number;
        const added =
          opening +
          (j === i
            ? ahead + (cost[node * nodes + delivery] as number) + onwards - (leg[i] as number)
            : apart + (cost[at * nodes + delivery] as number) + onwards - (leg[j] as number));
        const there = Math.max(now + (time[at * nodes + delivery] as number), earliest[delivery] as number);
        if (
          added < best &&
          there <= (due[delivery] as number) &&
          there + (service[delivery] as number) + (time[delivery * nodes + after] as number) <=
            (latest[j + 1] as number) &&
          this.#isShort(slot, wanted, i - base, j - base)
        ) {
          best = added;
          this.place = i - base;
          this.deliveryPlace = j - base;
        }
        now += time[at * nodes + after] as number;
        if (j === last || now > (latest[j + 1] as number)) break;
        now = Math.max(now, earliest[after] as number) + (service[after] as number);
        at = after;
      }
    }
    return best;
  }

  /** Whether the route keeps the longest duration with what is wanted in it: driven through, because few have to be. */
  #isShort(slot: number, { node, delivery }: Wanted, place: number, deliveryPlace: number): boolean {
    if (!this.#routes.hasDurations) return true;
    const { stop, width, length } = this.#routes;
    const { nodes, time, service, earliest, latest } = this.#problem;
    const { start, end, latest: closes, maxDuration } = this.#routes.vehicle(slot);
    const base = slot * width;
    let at = start;
    let spent = 0;
    let until = closes;
    const visit = (next: number) => {
      spent += time[at * nodes + next] as number;
      const wait = Math.max(0, (earliest[next] as number) - spent - until);
      until = Math.min(until, (latest[next] as number) - spent);
      spent += wait + (service[next] as number);
      at = next;
    };
    for (let n = 0; n <= (length[slot] as number); n++) {
      if (n > 0) visit(stop[base + n] as number);
      if (n === place) visit(node);
      if (n === deliveryPlace && delivery >= 0) visit(delivery);
    }
    return spent + (time[at * nodes + end] as number) <= maxDuration;
  }
}
