/**
 * A routing problem on flat integer arrays. Node 0 to `depots - 1` are depots, the others are customers. Times and costs
 * are integers in one unit: `scale` units are one unit of the file or of the caller.
 */
export interface Problem {
  readonly depots: number;
  /** Depots and customers together: the width of the matrices. */
  readonly nodes: number;
  /** What the caller calls each node; the number in the file. */
  readonly label: Int32Array;
  /** Cost from a node to another: `cost[from * nodes + to]`. */
  readonly cost: Int32Array;
  /** Travel time; may be the same array as `cost`. */
  readonly time: Int32Array;
  /** What a customer gets out of the depot, so it is on board from the start; of a pair, what its pick-up takes on and, negative, its delivery gives off. */
  readonly demand: Int32Array;
  readonly service: Int32Array;
  /** Earliest and latest start of service at a customer; opening of a depot. */
  readonly earliest: Int32Array;
  readonly latest: Int32Array;
  /** Bits that a vehicle must have to serve the customer (cold, age check); 0 for none. */
  readonly skills: Int32Array;
  readonly vehicles: readonly VehicleType[];
  readonly scale: number;
  /** Distances before rounding, in the file's unit, where the file asks for no rounding; then they judge cost and time. */
  readonly unrounded: Float64Array | null;
  /** Whoever knows that both directions are always alike may say so; else it is found out. */
  readonly isSymmetric?: boolean;
  /**
   * Where ways take longer at some hours, what a plan is judged by: the ways of the fastest hour, and when one is done that
   * begins at a moment. `time` is then what a search counts with.
   */
  readonly timed?: {
    readonly fastest: Int32Array;
    readonly arrive: (depart: number, way: number) => number;
  };
  /** Parcels that are fetched and brought in the same route; none for a problem without any. */
  readonly pairs?: Pairs;
}

/** Pick-ups and deliveries that belong together: one route, the pick-up before the delivery. -1 for every other node. */
export interface Pairs {
  /** For a pick-up its delivery. */
  readonly deliveryOf: Int32Array;
  /** For a delivery its pick-up. */
  readonly pickupOf: Int32Array;
}

/** @param couples nodes; each stands in one of them at most */
export function pairsOf(
  nodes: number,
  couples: readonly { readonly pickup: number; readonly delivery: number }[],
): Pairs | undefined {
  if (couples.length === 0) return undefined;
  const deliveryOf = new Int32Array(nodes).fill(-1);
  const pickupOf = new Int32Array(nodes).fill(-1);
  for (const { pickup, delivery } of couples) {
    deliveryOf[pickup] = delivery;
    pickupOf[delivery] = pickup;
  }
  return { deliveryOf, pickupOf };
}

/** Vehicles, or shifts, that are alike. */
export interface VehicleType {
  readonly count: number;
  /** Nodes where it starts and ends. */
  readonly start: number;
  readonly end: number;
  readonly capacity: number;
  /** It leaves no sooner and is back no later. */
  readonly earliest: number;
  readonly latest: number;
  /** Longest time between leaving and being back; leaving may wait. `FOREVER` for no limit. */
  readonly maxDuration: number;
  /** Cost of using one at all. */
  readonly fixedCost: number;
  readonly skills: number;
}

export interface Route {
  /** Index into `vehicles`. */
  readonly vehicle: number;
  /** Customers' nodes in order. */
  readonly stops: readonly number[];
  /** So many stops at its beginning stay as they are: done, next or told to the customer. */
  readonly frozen?: number;
}

export interface Solution {
  readonly routes: readonly Route[];
  /** Customers for whom no place was found; a plan with any is none. */
  readonly absent: readonly number[];
}

/** No time is later; sums of it and of a route's times stay below 2^31. */
export const FOREVER = 1_000_000_000;

/** The matrices of more nodes would not fit beside the rest of the product. */
export const MOST_NODES = 10_000;
