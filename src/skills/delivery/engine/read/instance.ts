import { InstanceFault } from "../instance-fault.ts";
import { FOREVER, MOST_NODES, type Problem, pairsOf, type VehicleType } from "../problem.ts";

/**
 * How distances become numbers: `dimacs` cuts them to one decimal (12th DIMACS challenge), `exact` rounds them to three,
 * `none` leaves them as they are.
 */
export type Rounding = "dimacs" | "exact" | "none";

export const ROUNDINGS: readonly Rounding[] = ["dimacs", "exact", "none"];

/** What a file says, in its own units; depots and customers as they stand in it. */
export interface Instance {
  readonly labels: readonly number[];
  /** Places of the depots in `labels`. */
  readonly depots: readonly number[];
  /** Distance and travel time between two places. */
  readonly distance: (from: number, to: number) => number;
  /** True when every distance is a whole number that needs no rounding. */
  readonly areDistancesWhole: boolean;
  readonly demand: readonly number[];
  readonly service: readonly number[];
  readonly earliest: readonly number[];
  readonly latest: readonly number[];
  readonly vehicles: readonly {
    readonly count: number;
    /** A place. */
    readonly depot: number;
    readonly capacity: number;
    readonly maxDuration: number;
  }[];
  /** Places of pick-ups and their deliveries. */
  readonly pairs?: readonly { readonly pickup: number; readonly delivery: number }[];
}

/** More decimals than any window of a file has; times must stay below `FOREVER`. */
const FINE_SCALE = 10_000;

/**
 * Turns a file's words into integers.
 * @throws InstanceFault when a number is impossible, or no plan can exist
 */
export function toProblem(instance: Instance, rounding: Rounding): Problem {
  const customers = instance.labels.map((_, place) => place).filter((p) => !instance.depots.includes(p));
  const order = [...instance.depots, ...customers];
  const nodes = order.length;
  if (customers.length === 0) throw new InstanceFault("The file has no customer.");
  if (nodes > MOST_NODES)
    throw new InstanceFault(`The file has ${nodes} places, ${MOST_NODES} at most can be planned at once.`);
  const scale = scaleOf(instance, rounding);
  const { cost, time, unrounded } = matrices(instance, order, { rounding, scale });
  const times = (values: readonly number[]) =>
    Int32Array.from(order, (place) => Math.min(FOREVER, Math.round((values[place] as number) * scale)));
  const nodeOf = new Map(order.map((place, node) => [place, node]));
  const pairs = pairsOf(
    nodes,
    (instance.pairs ?? []).map(({ pickup, delivery }) => ({
      pickup: nodeOf.get(pickup) as number,
      delivery: nodeOf.get(delivery) as number,
    })),
  );
  const problem: Problem = {
    depots: instance.depots.length,
    nodes,
    label: Int32Array.from(order, (place) => instance.labels[place] as number),
    cost,
    time,
    demand: Int32Array.from(order, (place) => instance.demand[place] as number),
    service: times(instance.service),
    earliest: times(instance.earliest),
    latest: times(instance.latest),
    skills: new Int32Array(nodes),
    vehicles: instance.vehicles.map((one) => vehicleOf(one, instance, scale)),
    scale,
    unrounded,
    ...(pairs && { pairs }),
  };
  refuseImpossible(problem);
  return problem;
}

function vehicleOf(one: Instance["vehicles"][number], instance: Instance, scale: number): VehicleType {
  const depot = instance.depots.indexOf(one.depot);
  const scaled = (value: number | undefined) => Math.min(FOREVER, Math.round((value ?? 0) * scale));
  return {
    count: one.count,
    start: depot,
    end: depot,
    capacity: one.capacity,
    earliest: scaled(instance.earliest[one.depot]),
    latest: scaled(instance.latest[one.depot]),
    maxDuration: scaled(one.maxDuration),
    fixedCost: 0,
    skills: 0,
  };
}

function scaleOf(instance: Instance, rounding: Rounding): number {
  const finite = (values: readonly number[]) => values.filter((value) => value < FOREVER);
  const numbers = [instance.service, instance.earliest, instance.latest].flatMap(finite);
  if (instance.areDistancesWhole && numbers.every(Number.isInteger)) return 1;
  const scale = rounding === "dimacs" ? 10 : rounding === "exact" ? 1_000 : FINE_SCALE;
  const highest = numbers.reduce((most, value) => Math.max(most, value), 0);
  if (highest * scale < FOREVER) return scale;
  if (rounding === "none" && highest * 10 < FOREVER) return 10;
  throw new InstanceFault(`The time ${highest} is too large to be planned with ${scale} steps a unit.`);
}

function matrices(
  { distance }: Instance,
  order: readonly number[],
  { rounding, scale }: { rounding: Rounding; scale: number },
): { cost: Int32Array; time: Int32Array; unrounded: Float64Array | null } {
  const size = order.length * order.length;
  const cost = new Int32Array(size);
  const keepsAll = rounding === "none" && scale > 1;
  // Travel is rounded up, so what fits in whole steps also fits in truth.
  const time = keepsAll ? new Int32Array(size) : cost;
  const unrounded = keepsAll ? new Float64Array(size) : null;
  let at = 0;
  for (const from of order) {
    for (const to of order) {
      const exact = distance(from, to);
      const steps = rounding === "dimacs" ? Math.floor(exact * scale) : Math.round(exact * scale);
      if (steps >= FOREVER) throw new InstanceFault(`The distance ${exact} is too large to be planned.`);
      if (keepsAll) time[at] = Math.ceil(exact * scale);
      if (unrounded) unrounded[at] = exact;
      cost[at++] = steps;
    }
  }
  return { cost, time, unrounded };
}

/** @throws InstanceFault when a customer cannot be served by any vehicle, or all vehicles together are too small */
function refuseImpossible(problem: Problem): void {
  const { nodes, depots, demand, vehicles, label, pairs } = problem;
  const fleet = vehicles.reduce((sum, { count, capacity }) => sum + count * capacity, 0);
  const wanted = demand.reduce((sum, value) => sum + value, 0);
  if (wanted > fleet)
    throw new InstanceFault(`All customers together demand ${wanted}; all vehicles together carry ${fleet}.`);
  const largest = vehicles.reduce((most, { capacity }) => Math.max(most, capacity), 0);
  for (let node = depots; node < nodes; node++) {
    if ((demand[node] as number) > largest)
      throw new InstanceFault(
        `Customer ${label[node]} demands ${demand[node]}; the largest vehicle carries ${largest}.`,
      );
    if (!vehicles.some((vehicle) => canServe(problem, vehicle, node)))
      throw new InstanceFault(
        `Customer ${label[node]} cannot be reached within its window and back within the opening of any depot.`,
      );
    const delivery = pairs?.deliveryOf[node] ?? -1;
    if (delivery >= 0 && !vehicles.some((vehicle) => canServe(problem, vehicle, node, delivery)))
      throw new InstanceFault(
        `What is picked up at ${label[node]} cannot be brought to ${label[delivery]} within both windows and the opening of any depot.`,
      );
  }
}

function canServe(
  { nodes, time, service, earliest, latest }: Problem,
  vehicle: VehicleType,
  ...stops: readonly number[]
): boolean {
  let at = vehicle.start;
  let now = vehicle.earliest;
  let duration = 0;
  for (const node of stops) {
    const way = time[at * nodes + node] as number;
    now = Math.max(now + way, earliest[node] as number);
    if (now > (latest[node] as number)) return false;
    now += service[node] as number;
    duration += way + (service[node] as number);
    at = node;
  }
  const home = time[at * nodes + vehicle.end] as number;
  return now + home <= vehicle.latest && duration + home <= vehicle.maxDuration;
}
