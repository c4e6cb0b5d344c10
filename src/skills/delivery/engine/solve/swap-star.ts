import type { Insertions } from "./insertions.ts";
import { NOWHERE } from "./insertions.ts";
import type { Routes } from "./routes.ts";
import { Sequences } from "./sequences.ts";

/** Places that are remembered for a customer: at least one of three is not beside the customer that leaves. */
const KEPT = 3;

/**
 * SWAP* (Vidal 2022): two customers of two routes change routes, each to its best place in the other and not to the
 * other's. Places that are in time before the other leaves are looked at, and the one where the other stood.
 */
export class SwapStar {
  readonly #routes: Routes;
  readonly #insertions: Insertions;
  readonly #sequences: Sequences;
  readonly #cost: Float64Array;
  readonly #place: Int32Array;
  readonly #saved: Float64Array;

  constructor(routes: Routes, insertions: Insertions) {
    this.#routes = routes;
    this.#insertions = insertions;
    this.#sequences = new Sequences(routes);
    this.#cost = new Float64Array(routes.problem.nodes * KEPT);
    this.#place = new Int32Array(routes.problem.nodes * KEPT);
    this.#saved = new Float64Array(routes.problem.nodes);
  }

  /** Makes the best exchange between two routes, if there is one that is cheaper. */
  improve(slot: number, other: number): boolean {
    const routes = this.#routes;
    this.#prepare(slot, other);
    this.#prepare(other, slot);
    const room = routes.vehicle(slot).capacity - (routes.load[slot] as number);
    const otherRoom = routes.vehicle(other).capacity - (routes.load[other] as number);
    const { demand } = routes.problem;
    let best = 0;
    let chosen: Exchange | null = null;
    for (let i = 1; i <= (routes.length[slot] as number); i++) {
      const node = routes.stop[slot * routes.width + i] as number;
      for (let j = 1; j <= (routes.length[other] as number); j++) {
        const partner = routes.stop[other * routes.width + j] as number;
        const more = (demand[partner] as number) - (demand[node] as number);
        const saved = (this.#saved[node] as number) + (this.#saved[partner] as number);
        if (more > room || -more > otherRoom || saved <= best) continue;
        const there = this.#bestPlace(node, other, j);
        if (saved - there.cost <= best) continue;
        const here = this.#bestPlace(partner, slot, i);
        const gain = saved - there.cost - here.cost;
        if (gain <= best) continue;
        const exchange = { slot, other, i, j, here: here.place, there: there.place };
        if (!this.#build(exchange)) continue;
        best = gain;
        chosen = exchange;
      }
    }
    if (!chosen) return false;
    this.#build(chosen);
    this.#sequences.commit(0, slot);
    this.#sequences.commit(1, other);
    return true;
  }

  /** What each customer of a route saves by leaving, and its best places in the other route. */
  #prepare(slot: number, other: number): void {
    const routes = this.#routes;
    const { nodes, cost, pairs } = routes.problem;
    const base = slot * routes.width;
    for (let i = base + 1; i <= base + (routes.length[slot] as number); i++) {
      const node = routes.stop[i] as number;
      if (pairs && ((pairs.deliveryOf[node] as number) >= 0 || (pairs.pickupOf[node] as number) >= 0)) {
        // Half a pair never changes routes.
        this.#saved[node] = Number.NEGATIVE_INFINITY;
        continue;
      }
      const closed = cost[(routes.stop[i - 1] as number) * nodes + (routes.stop[i + 1] as number)] as number;
      this.#saved[node] = (routes.leg[i - 1] as number) + (routes.leg[i] as number) - closed;
      this.#insertions.bestPlaces(node, other, {
        costs: this.#cost,
        places: this.#place,
        at: node * KEPT,
        count: KEPT,
      });
    }
  }

  /** The cheapest place of a customer in a route when the one at `without` leaves it. */
  #bestPlace(node: number, slot: number, without: number): { cost: number; place: number } {
    const routes = this.#routes;
    const { nodes, cost } = routes.problem;
    const i = slot * routes.width + without;
    const before = routes.stop[i - 1] as number;
    const after = routes.stop[i + 1] as number;
    const instead = {
      cost:
        (cost[before * nodes + node] as number) +
        (cost[node * nodes + after] as number) -
        (cost[before * nodes + after] as number),
      place: without - 1,
    };
    for (let k = node * KEPT; k < node * KEPT + KEPT; k++) {
      const place = this.#place[k] as number;
      if (this.#cost[k] === NOWHERE || (this.#cost[k] as number) >= instead.cost) break;
      if (place !== without && place !== without - 1) return { cost: this.#cost[k] as number, place };
    }
    return instead;
  }

  #build({ slot, other, i, j, here, there }: Exchange): boolean {
    const sequences = this.#sequences;
    sequences.clear();
    this.#splice(0, { slot, out: i, behind: here, from: other, node: j });
    this.#splice(1, { slot: other, out: j, behind: there, from: slot, node: i });
    return sequences.isPossible(0, slot) && sequences.isPossible(1, other);
  }

  /** A route without place `out`, and with the other route's customer behind a place. */
  #splice(which: 0 | 1, at: { slot: number; out: number; behind: number; from: number; node: number }): void {
    const { slot, out, behind, from, node } = at;
    const sequences = this.#sequences;
    const length = this.#routes.length[slot] as number;
    if (behind >= out) {
      sequences.append(which, slot, 1, out - 1);
      sequences.append(which, slot, out + 1, behind);
      sequences.append(which, from, node, node);
      sequences.append(which, slot, behind + 1, length);
      return;
    }
    sequences.append(which, slot, 1, behind);
    sequences.append(which, from, node, node);
    sequences.append(which, slot, behind + 1, out - 1);
    sequences.append(which, slot, out + 1, length);
  }
}

interface Exchange {
  readonly slot: number;
  readonly other: number;
  readonly i: number;
  readonly j: number;
  readonly here: number;
  readonly there: number;
}
