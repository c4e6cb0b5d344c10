import type { Routes } from "./routes.ts";
import { Sequences } from "./sequences.ts";

/** A place of a route, and a customer of another route that could come right behind it. */
export interface Pair {
  readonly slot: number;
  readonly place: number;
  readonly otherSlot: number;
  readonly otherPlace: number;
}

/** 2-opt* (Potvin and Rousseau 1995): two routes exchange what comes behind a place. */
export class TailMoves {
  readonly #routes: Routes;
  readonly #sequences: Sequences;

  constructor(routes: Routes) {
    this.#routes = routes;
    this.#sequences = new Sequences(routes);
  }

  /** Joins the head of one route with the tail of the other, and the other way round, if that is cheaper and possible. */
  exchange(slot: number, place: number, otherSlot: number, otherPlace: number): boolean {
    const routes = this.#routes;
    const { nodes, cost, time } = routes.problem;
    const vehicle = routes.vehicle(slot);
    const other = routes.vehicle(otherSlot);
    const i = slot * routes.width + place;
    const j = otherSlot * routes.width + otherPlace;
    const length = routes.length[slot] as number;
    const otherLength = routes.length[otherSlot] as number;
    const [head, next] = [routes.stop[i] as number, routes.stop[i + 1] as number];
    const [before, tail] = [routes.stop[j - 1] as number, routes.stop[j] as number];
    const isLast = place === length;
    const rest = isLast ? other.end : next;
    const frees = isLast && otherPlace === 1;
    let gain =
      (routes.leg[i] as number) + (routes.leg[j - 1] as number) - (cost[head * nodes + tail] as number);
    gain += frees ? other.fixedCost : -(cost[before * nodes + rest] as number);
    if (vehicle.end !== other.end) {
      const lastOther = (routes.stop[otherSlot * routes.width + otherLength] as number) * nodes;
      gain += (cost[lastOther + other.end] as number) - (cost[lastOther + vehicle.end] as number);
      const last = (routes.stop[slot * routes.width + length] as number) * nodes;
      if (!isLast) gain += (cost[last + vehicle.end] as number) - (cost[last + other.end] as number);
    }
    if (gain <= 0) return false;
    const headLoad = routes.loadAt[i] as number;
    const otherHead = routes.loadAt[j - 1] as number;
    if (headLoad + (routes.load[otherSlot] as number) - otherHead > vehicle.capacity) return false;
    if (otherHead + (routes.load[slot] as number) - headLoad > other.capacity) return false;
    if (routes.typeOf[slot] === routes.typeOf[otherSlot]) {
      if ((routes.depart[i] as number) + (time[head * nodes + tail] as number) > (routes.latest[j] as number))
        return false;
      const reached = (routes.depart[j - 1] as number) + (time[before * nodes + rest] as number);
      if (reached > (isLast ? other.latest : (routes.latest[i + 1] as number))) return false;
    }
    const sequences = this.#sequences;
    sequences.clear();
    sequences.append(0, slot, 1, place);
    sequences.append(0, otherSlot, otherPlace, otherLength);
    sequences.append(1, otherSlot, 1, otherPlace - 1);
    sequences.append(1, slot, place + 1, length);
    if (!sequences.isPossible(0, slot) || !sequences.isPossible(1, otherSlot)) return false;
    sequences.commit(0, slot);
    sequences.commit(1, otherSlot);
    return true;
  }
}
