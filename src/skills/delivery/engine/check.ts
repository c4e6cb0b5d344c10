import { FOREVER, type Problem, type VehicleType } from "./problem.ts";

/** A route as it is handed in: which kind of vehicle, and the customers by what the file calls them. */
export interface StatedRoute {
  readonly vehicle: number;
  readonly customers: readonly number[];
}

export interface Verdict {
  readonly feasible: boolean;
  /** In the file's unit, of what was handed in, feasible or not. */
  readonly cost: number;
  readonly errors: readonly string[];
}

const MOST_ERRORS = 100;
/** Sums of unrounded distances differ in their last digits by the order of summing. */
const TOLERANCE = 1e-7;

/**
 * Judges a plan by the problem alone: every customer once, demand, windows, opening, longest duration, skills, fleet, and
 * pairs: one route, the pick-up first, never more on board than the vehicle takes. It shares no code with what makes plans, and counts in the plainest way, so that the two do not err together.
 */
export function check(problem: Problem, routes: readonly StatedRoute[]): Verdict {
  const errors: string[] = [];
  const nodeOf = new Map<number, number>();
  for (let node = problem.depots; node < problem.nodes; node++)
    nodeOf.set(problem.label[node] as number, node);
  const visits = new Map<number, number>();
  const inUse = new Map<number, number>();
  let cost = 0;
  for (const [index, { vehicle, customers }] of routes.entries()) {
    const name = `Route ${index + 1}`;
    const type = problem.vehicles[vehicle];
    if (!type) {
      errors.push(`${name}: there is no vehicle ${vehicle}.`);
      continue;
    }
    if (customers.length === 0) continue;
    inUse.set(vehicle, (inUse.get(vehicle) ?? 0) + 1);
    const nodes: number[] = [];
    for (const customer of customers) {
      const node = nodeOf.get(customer);
      if (node === undefined) errors.push(`${name}: there is no customer ${customer}.`);
      else {
        nodes.push(node);
        visits.set(node, (visits.get(node) ?? 0) + 1);
      }
    }
    cost += costOf(problem, type, nodes);
    errors.push(...faultsOf(problem, type, nodes).map((fault) => `${name}: ${fault}`));
  }
  errors.push(...visitFaults(problem, visits), ...fleetFaults(problem, inUse));
  const shown = errors.slice(0, MOST_ERRORS);
  if (errors.length > MOST_ERRORS) shown.push(`And ${errors.length - MOST_ERRORS} more.`);
  return { feasible: errors.length === 0, cost, errors: shown };
}

function visitFaults(problem: Problem, visits: ReadonlyMap<number, number>): string[] {
  const faults: string[] = [];
  for (let node = problem.depots; node < problem.nodes; node++) {
    const times = visits.get(node) ?? 0;
    if (times === 0) faults.push(`Customer ${problem.label[node]} is not visited.`);
    if (times > 1) faults.push(`Customer ${problem.label[node]} is visited ${times} times.`);
  }
  return faults;
}

function fleetFaults(problem: Problem, inUse: ReadonlyMap<number, number>): string[] {
  return problem.vehicles.flatMap(({ count, start }, vehicle) => {
    const used = inUse.get(vehicle) ?? 0;
    const where = problem.depots > 1 ? ` of depot ${problem.label[start]}` : "";
    return used > count ? [`${used} vehicles${where} are used, ${count} exist.`] : [];
  });
}

function costOf(problem: Problem, type: VehicleType, nodes: readonly number[]): number {
  const { nodes: width, cost, unrounded, scale } = problem;
  let sum = type.fixedCost / scale;
  let whole = 0;
  let at = type.start;
  for (const node of [...nodes, type.end]) {
    if (unrounded) sum += unrounded[at * width + node] as number;
    else whole += cost[at * width + node] as number;
    at = node;
  }
  return sum + whole / scale;
}

/** Travel time in the unit of the windows. */
function travel({ nodes, time, unrounded, scale }: Problem, from: number, to: number): number {
  const exact = unrounded?.[from * nodes + to];
  return exact === undefined ? (time[from * nodes + to] as number) : exact * scale;
}

function faultsOf(problem: Problem, type: VehicleType, nodes: readonly number[]): string[] {
  const { earliest, latest, skills, label, scale } = problem;
  const faults = pairFaults(problem, nodes);
  const load = heaviest(problem, nodes);
  if (load > type.capacity) faults.push(`it carries ${load}, the vehicle takes ${type.capacity}.`);
  for (const node of nodes)
    if (((skills[node] as number) & ~type.skills) !== 0)
      faults.push(`customer ${label[node]} needs what the vehicle does not have.`);
  const { begins, end } = drive(problem, type, { nodes, leaving: type.earliest });
  nodes.forEach((node, n) => {
    const begin = begins[n] as number;
    if (begin > (latest[node] as number) + TOLERANCE)
      faults.push(
        `customer ${label[node]} is reached at ${begin / scale}, its window ends at ${(latest[node] as number) / scale}.`,
      );
    if (begin < (earliest[node] as number)) faults.push(`customer ${label[node]} is served too soon.`);
  });
  if (end > type.latest + TOLERANCE)
    faults.push(`it is back at ${end / scale}, the depot closes at ${type.latest / scale}.`);
  // Leaving late shortens a round only where a way takes the same all day.
  if (faults.length > 0 || type.maxDuration >= FOREVER) return faults;
  const leaving = latestLeaving(problem, type, nodes);
  const duration = drive(problem, type, { nodes, leaving }).end - leaving;
  if (duration > type.maxDuration + TOLERANCE)
    faults.push(`it takes ${duration / scale}, ${type.maxDuration / scale} is allowed.`);
  return faults;
}

/** The most that is on board at any moment: what comes out of the depot from the start, a pair's parcel from its pick-up on. */
function heaviest({ demand, pairs }: Problem, nodes: readonly number[]): number {
  const isOfPair = (node: number) =>
    pairs !== undefined && (pairs.deliveryOf[node] !== -1 || pairs.pickupOf[node] !== -1);
  let onBoard = 0;
  for (const node of nodes) if (!isOfPair(node)) onBoard += demand[node] as number;
  let most = onBoard;
  for (const node of nodes) {
    if (isOfPair(node)) onBoard += demand[node] as number;
    else onBoard -= demand[node] as number;
    if (onBoard > most) most = onBoard;
  }
  return most;
}

function pairFaults({ pairs, label }: Problem, nodes: readonly number[]): string[] {
  if (!pairs) return [];
  const faults: string[] = [];
  for (const [n, node] of nodes.entries()) {
    const delivery = pairs.deliveryOf[node] as number;
    const pickup = pairs.pickupOf[node] as number;
    if (delivery !== -1 && !nodes.includes(delivery))
      faults.push(`what is picked up at ${label[node]} is not brought to ${label[delivery]}.`);
    if (pickup !== -1 && !nodes.slice(0, n).includes(pickup))
      faults.push(`what is brought to ${label[node]} was not picked up at ${label[pickup]} before.`);
  }
  return faults;
}

/** When service begins at each customer, and when the vehicle is back. */
function drive(
  problem: Problem,
  type: VehicleType,
  { nodes, leaving }: { nodes: readonly number[]; leaving: number },
): { begins: number[]; end: number } {
  let at = type.start;
  let now = leaving;
  const begins = nodes.map((node) => {
    const begin = Math.max(reached(problem, at, node, now), problem.earliest[node] as number);
    now = begin + (problem.service[node] as number);
    at = node;
    return begin;
  });
  return { begins, end: reached(problem, at, type.end, now) };
}

/** When the vehicle is there, if it leaves now; by the clock where ways take longer at some hours. */
function reached(problem: Problem, from: number, to: number, now: number): number {
  const { timed, nodes } = problem;
  return timed
    ? timed.arrive(now, timed.fastest[from * nodes + to] as number)
    : now + travel(problem, from, to);
}

/** Who leaves as late as every window allows is under way for the shortest time. */
function latestLeaving(problem: Problem, type: VehicleType, nodes: readonly number[]): number {
  let next = type.end;
  let due = type.latest;
  for (const node of nodes.toReversed()) {
    const end = due - travel(problem, node, next);
    due = Math.min(problem.latest[node] as number, end - (problem.service[node] as number));
    next = node;
  }
  return due - travel(problem, type.start, next);
}
