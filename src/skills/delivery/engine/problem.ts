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
