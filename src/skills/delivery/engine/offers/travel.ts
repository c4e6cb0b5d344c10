/** Where a stop is; what the numbers mean, the travel times know. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Travel times between places in whole seconds, at least 0. */
export interface Travel {
  /** Remembers where a node is; a node that is put again has moved. */
  put(node: number, place: Place): void;
  /**
   * Times from each of the nodes 0 to `nodes - 1` to a place, and from the place to each. The arrays belong to the travel
   * times and hold until the next call; both may be the same.
   */
  rows(place: Place, nodes: number): { readonly there: Int32Array; readonly back: Int32Array };
  between(from: number, to: number): number;
  /** Says so where both directions always take the same time: half the work for whoever needs all of them. */
  readonly isSymmetric?: boolean;
  /** Where ways take longer at some hours: the times above are then those of the fastest hour. */
  readonly clock?: TravelClock;
}

/**
 * How ways stretch through the day, first in, first out: who leaves later is never there sooner. Moments and ways are seconds.
 */
export interface TravelClock {
  /** When a way that takes `way_s` in the fastest hour is done; a whole second, and never before `depart + way_s`. */
  arrive(depart: number, way_s: number): number;
  /** The latest whole second at which to leave and be there in time. */
  leaveBy(arrive: number, way_s: number): number;
}

/** Seconds under way from one node to another for who leaves at a moment. */
export function wayAt(
  travel: Pick<Travel, "between" | "clock">,
  from: number,
  to: number,
  depart: number,
): number {
  const way = travel.between(from, to);
  return travel.clock ? travel.clock.arrive(depart, way) - depart : way;
}
