import type { Problem } from "../problem.ts";

/** Above any customer's number; a whole measure and a number then fit into one double, and sort as one. */
const NUMBERS = 16_384;
/** Up to a share of one in so many the least are picked out; above it sorting all is quicker. */
const FEW = 8;

/**
 * For each node the nearest customers, nearest first. A row is sorted when it is first asked for: a short search on a long
 * plan asks for few.
 */
export class Neighbours {
  readonly list: Int32Array;
  readonly width: number;
  readonly #depots: number;
  readonly #measure: (node: number, other: number) => number;
  readonly #isKnown: Uint8Array;
  readonly #keys: Float64Array;

  constructor(
    { nodes, depots }: { nodes: number; depots: number },
    most: number,
    measure: (node: number, other: number) => number,
  ) {
    const customers = nodes - depots;
    this.#depots = depots;
    this.#measure = measure;
    this.width = Math.min(most, customers);
    this.list = new Int32Array(nodes * this.width);
    this.#isKnown = new Uint8Array(nodes);
    this.#keys = new Float64Array(customers);
  }

  /** Where the `width` neighbours of a node begin in `list`. */
  row(node: number): number {
    const at = node * this.width;
    if (this.#isKnown[node] === 1) return at;
    this.#isKnown[node] = 1;
    const { list, width } = this;
    const best = width * FEW < this.#keys.length ? this.#least(node) : this.#sorted(node);
    for (let i = 0; i < width; i++) list[at + i] = this.#depots + ((best[i] as number) % NUMBERS);
    return at;
  }

  /** All keys in order. Equal measures come in the order of nodes, so that no two machines differ. */
  #sorted(node: number): Float64Array {
    const keys = this.#keys;
    for (let i = 0; i < keys.length; i++) keys[i] = this.#measure(node, this.#depots + i) * NUMBERS + i;
    return keys.sort();
  }

  /** The least `width` keys in order, in the first places: few of many are inserted rather than all sorted. */
  #least(node: number): Float64Array {
    const keys = this.#keys;
    const last = this.width - 1;
    keys.fill(Number.POSITIVE_INFINITY, 0, this.width);
    for (let i = 0; i < keys.length; i++) {
      const key = this.#measure(node, this.#depots + i) * NUMBERS + i;
      if (key >= (keys[last] as number)) continue;
      let at = last;
      for (; at > 0 && (keys[at - 1] as number) > key; at--) keys[at] = keys[at - 1] as number;
      keys[at] = key;
    }
    return keys;
  }
}

/** The nearest customers by cost of both directions; a customer is its own first neighbour. */
export function nearestByCost({ nodes, depots, cost }: Problem, most: number): Neighbours {
  return new Neighbours({ nodes, depots }, most, (node, other) =>
    node === other ? 0 : 1 + (cost[node * nodes + other] as number) + (cost[other * nodes + node] as number),
  );
}

/** Share of a wait that counts as distance (Vidal et al. 2013). */
const WAIT_WEIGHT = 0.2;
/** Behind everybody. */
const LAST = 0x20_0000_0000;

/**
 * The customers that come best right behind each node: distance, wait and lateness in one figure, after Vidal et al.
 * (2013); a customer itself is left out.
 */
export function nearestBehind(problem: Problem, most: number): Neighbours {
  const { nodes, depots, cost, time, service, earliest, latest } = problem;
  return new Neighbours({ nodes, depots }, most, (node, other) => {
    if (node === other) return LAST;
    const at = node * nodes + other;
    const way = (service[node] as number) + (time[at] as number);
    const wait = Math.max(0, (earliest[other] as number) - way - (latest[node] as number));
    const late = Math.max(0, (earliest[node] as number) + way - (latest[other] as number));
    return Math.round((cost[at] as number) + WAIT_WEIGHT * wait + late);
  });
}
