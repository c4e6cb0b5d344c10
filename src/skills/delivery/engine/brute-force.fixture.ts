import { type Problem, pairsOf, type VehicleType } from "./problem.ts";

/** Some customers of a problem become pairs: the first of two picks up what the second gets. */
export function withPairs(problem: Problem, count: number): Problem {
  const demand = problem.demand.slice();
  const latest = problem.latest.slice();
  const couples = Array.from({ length: count }, (_, n) => {
    const pickup = problem.depots + 2 * n;
    const delivery = pickup + 1;
    demand[delivery] = -(demand[pickup] as number);
    latest[delivery] = (problem.latest[pickup] as number) + 300;
    return { pickup, delivery };
  });
  return {
    ...problem,
    demand,
    latest,
    pairs: pairsOf(problem.nodes, couples) as NonNullable<Problem["pairs"]>,
  };
}

/** A small problem with every rule in it, out of a source of numbers in [0, 1). */
export function smallProblem(random: () => number, sizes: { customers: number; depots: number }): Problem {
  const { customers, depots } = sizes;
  const nodes = customers + depots;
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const places = Array.from({ length: nodes }, () => [whole(0, 100), whole(0, 100)] as const);
  const cost = new Int32Array(nodes * nodes);
  for (let a = 0; a < nodes; a++)
    for (let b = 0; b < nodes; b++) {
      const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = [places[a], places[b]];
      cost[a * nodes + b] = Math.floor(Math.sqrt((ax - bx) ** 2 + (ay - by) ** 2));
    }
  const isCustomer = (n: number) => n >= depots;
  const opens = Array.from({ length: nodes }, (_, n) => (isCustomer(n) ? whole(0, 300) : 0));
  const vehicles = Array.from({ length: depots }, (_, depot) => ({
    count: whole(2, 3),
    start: depot,
    end: depot,
    capacity: whole(10, 25),
    earliest: 0,
    latest: 1_000,
    maxDuration: random() < 0.5 ? 1_000_000_000 : whole(350, 600),
    fixedCost: whole(0, 40),
    skills: depot === 0 ? 3 : 1,
  }));
  return {
    depots,
    nodes,
    label: Int32Array.from({ length: nodes }, (_, n) => n + 1),
    cost,
    time: cost,
    demand: Int32Array.from({ length: nodes }, (_, n) => (isCustomer(n) ? whole(1, 8) : 0)),
    service: Int32Array.from({ length: nodes }, (_, n) => (isCustomer(n) ? whole(0, 20) : 0)),
    earliest: Int32Array.from(opens),
    latest: Int32Array.from(opens, (value, n) => (isCustomer(n) ? value + whole(100, 400) : 1_000)),
    skills: Int32Array.from({ length: nodes }, (_, n) => (isCustomer(n) ? whole(0, 3) : 0)),
    vehicles,
    scale: 1,
    unrounded: null,
  };
}

/** The lowest cost at which all customers can be served, by trying every order of every group; null when none can be. */
export function bruteForce(problem: Problem): number | null {
  const customers = problem.nodes - problem.depots;
  const all = (1 << customers) - 1;
  const byType = problem.vehicles.map((vehicle) => bestOrders(problem, vehicle, customers));
  let best = new Array<number>(all + 1).fill(Number.POSITIVE_INFINITY);
  best[0] = 0;
  for (const [type, { count }] of problem.vehicles.entries()) {
    for (let n = 0; n < count; n++) {
      const next = [...best];
      for (let served = 0; served <= all; served++)
        for (let group = all & ~served; group > 0; group = (group - 1) & ~served & all) {
          const cost = (best[served] as number) + (byType[type]?.[group] as number);
          if (cost < (next[served | group] as number)) next[served | group] = cost;
        }
      best = next;
    }
  }
  const cost = best[all] as number;
  return cost === Number.POSITIVE_INFINITY ? null : cost;
}

function bestOrders(problem: Problem, vehicle: VehicleType, customers: number): number[] {
  const best = new Array<number>(1 << customers).fill(Number.POSITIVE_INFINITY);
  const order: number[] = [];
  const visit = (group: number) => {
    for (let n = 0; n < customers; n++) {
      const node = problem.depots + n;
      const pickup = problem.pairs?.pickupOf[node] ?? -1;
      if (pickup >= 0 && !order.includes(pickup)) continue;
      if ((group & (1 << n)) !== 0 || ((problem.skills[node] as number) & ~vehicle.skills) !== 0) continue;
      order.push(node);
      const cost = routeCost(problem, vehicle, order);
      const wider = group | (1 << n);
      if (cost.isTimely) {
        if (cost.isPossible && isEveryPairWhole(problem, order))
          best[wider] = Math.min(best[wider] as number, cost.sum);
        visit(wider);
      }
      order.pop();
    }
  };
  visit(0);
  return best;
}

function isEveryPairWhole({ pairs }: Problem, order: readonly number[]): boolean {
  return order.every(
    (node) => (pairs?.deliveryOf[node] ?? -1) < 0 || order.includes(pairs?.deliveryOf[node] as number),
  );
}

/** The most over all moments of what left the depot and is not there yet, and of pairs' parcels under way. */
function mostOnBoard({ demand, pairs }: Problem, order: readonly number[]): number {
  const isOfPair = (node: number) =>
    (pairs?.deliveryOf[node] ?? -1) >= 0 || (pairs?.pickupOf[node] ?? -1) >= 0;
  const moments = [0, ...order.map((_, n) => n + 1)].map((done) =>
    order.reduce((sum, node, n) => {
      const isDone = n < done;
      return sum + (isOfPair(node) === isDone ? (demand[node] as number) : 0);
    }, 0),
  );
  return Math.max(...moments);
}

function routeCost(problem: Problem, vehicle: VehicleType, order: readonly number[]) {
  const { nodes, cost } = problem;
  const way = (from: number, to: number) => cost[from * nodes + to] as number;
  const load = mostOnBoard(problem, order);
  const legs = [vehicle.start, ...order, vehicle.end];
  const sum = legs
    .slice(1)
    .reduce((total, node, n) => total + way(legs[n] as number, node), vehicle.fixedCost);
  const first = backAt(problem, vehicle, order, vehicle.earliest);
  if (first === null || load > vehicle.capacity) return { isTimely: false, isPossible: false, sum };
  return { isTimely: true, isPossible: first <= vehicle.latest && isShort(problem, vehicle, order), sum };
}

/** The later it leaves, the shorter it is under way, so the latest possible leaving decides; it is found by halving. */
function isShort(problem: Problem, vehicle: VehicleType, order: readonly number[]): boolean {
  let [possible, impossible] = [vehicle.earliest, vehicle.latest + 1];
  while (impossible - possible > 1) {
    const leaving = Math.floor((possible + impossible) / 2);
    const back = backAt(problem, vehicle, order, leaving);
    if (back !== null && back <= vehicle.latest) possible = leaving;
    else impossible = leaving;
  }
  return (backAt(problem, vehicle, order, possible) as number) - possible <= vehicle.maxDuration;
}

function backAt(
  { nodes, time, service, earliest, latest }: Problem,
  vehicle: VehicleType,
  order: readonly number[],
  leaving: number,
): number | null {
  let [at, now] = [vehicle.start, leaving];
  for (const node of order) {
    now = Math.max(now + (time[at * nodes + node] as number), earliest[node] as number);
    if (now > (latest[node] as number)) return null;
    now += service[node] as number;
    at = node;
  }
  return now + (time[at * nodes + vehicle.end] as number);
}
