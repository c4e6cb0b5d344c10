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
}
