import type { Problem } from "../problem.ts";

/** For each node the nearest customers, nearest first: row `node` of `list` has `width` of them. */
export interface Neighbours {
  readonly list: Int32Array;
  readonly width: number;
}

/** The nearest customers by cost of both directions; a customer is its own first neighbour. */
export function nearestByCost({ nodes, depots, cost }: Problem, most: number): Neighbours {
  return nearest({ nodes, depots }, most, (node, other) =>
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
  return nearest({ nodes, depots }, most, (node, other) => {
    if (node === other) return LAST;
    const at = node * nodes + other;
    const way = (service[node] as number) + (time[at] as number);
    const wait = Math.max(0, (earliest[other] as number) - way - (latest[node] as number));
    const late = Math.max(0, (earliest[node] as number) + way - (latest[other] as number));
    return Math.round((cost[at] as number) + WAIT_WEIGHT * wait + late);
  });
}

/** Above any customer's number; a whole measure and a number then fit into one double, and sort as one. */
const NUMBERS = 16_384;

/** Equal measures come in the order of nodes, so that no two machines differ. */
function nearest(
  { nodes, depots }: { nodes: number; depots: number },
  most: number,
  measure: (node: number, other: number) => number,
): Neighbours {
  const customers = nodes - depots;
  const width = Math.min(most, customers);
  const list = new Int32Array(nodes * width);
  const keys = new Float64Array(customers);
  for (let node = 0; node < nodes; node++) {
    for (let i = 0; i < customers; i++) keys[i] = measure(node, depots + i) * NUMBERS + i;
    keys.sort();
    for (let i = 0; i < width; i++) list[node * width + i] = depots + ((keys[i] as number) % NUMBERS);
  }
  return { list, width };
}
