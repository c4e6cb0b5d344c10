import { FOREVER, type Problem, pairsOf, type Solution } from "../problem.ts";
import { type Solved, type SolveOptions, solve, TUNING, type Tuning } from "../solve/anneal.ts";
import type { Plan, Shift } from "./plan.ts";
import type { PlanRows } from "./plan-rows.ts";
import { repairRoutes } from "./repair.ts";
import type { Travel, TravelClock } from "./travel.ts";

/** A plan as a problem of its own, and the way back. */
export interface PlanProblem {
  readonly problem: Problem;
  /** The plan itself as a solution; what is frozen in it stays. */
  readonly start: Solution;
  /** Routes of a solution as the plan takes them over: for each shift the stops, by the plan's nodes. */
  toRoutes(solution: Solution): number[][];
  /** As `toRoutes`, by the times that change through the day: who would be late is moved; null where somebody has no place. */
  toTimedRoutes(solution: Solution): number[][] | null;
}

/** Makes a plan a problem for `solve` and `check`: a shift is a vehicle of its own, cost is time under way. */
export function planProblem(rows: PlanRows, travel: Travel): PlanProblem {
  const { shifts, stops, routes, frozen } = rows;
  const depots = 2 * shifts.length;
  const label = Int32Array.from([...Array(depots).keys(), ...stops.map(({ node }) => node)]);
  const nodes = label.length;
  const fastest = matrixOf(label, travel);
  const { clock } = travel;
  const time = clock ? stretched(fastest, { rows, clock, depots }) : fastest;
  const column = (measure: (stop: PlanRows["stops"][number]) => number, atDepot: number) =>
    Int32Array.from({ length: nodes }, (_, n) => {
      const stop = stops[n - depots];
      return stop ? measure(stop) : atDepot;
    });
  const nodeOf = new Map(stops.map(({ node }, n) => [node, depots + n]));
  const pairs = pairsOf(
    nodes,
    stops.flatMap(({ node, mate, isPickup }) =>
      isPickup && mate !== undefined
        ? [{ pickup: nodeOf.get(node) as number, delivery: nodeOf.get(mate) as number }]
        : [],
    ),
  );
  const problem: Problem = {
    depots,
    nodes,
    label,
    cost: time,
    time,
    demand: column(({ demand }) => demand, 0),
    service: column(({ service_s }) => service_s, 0),
    earliest: column(({ earliest }) => earliest, 0),
    latest: column(({ latest }) => latest, FOREVER),
    skills: column(({ skills }) => skills, 0),
    vehicles: shifts.map((shift, n) => ({
      count: 1,
      start: 2 * n,
      end: 2 * n + 1,
      capacity: shift.capacity,
      earliest: shift.earliest,
      latest: shift.latest,
      maxDuration: FOREVER,
      fixedCost: 0,
      skills: shift.skills,
    })),
    scale: 1,
    unrounded: null,
    isSymmetric: (travel.isSymmetric ?? false) && !clock,
    ...(clock && { timed: { fastest, arrive: (depart: number, way: number) => clock.arrive(depart, way) } }),
    ...(pairs && { pairs }),
  };
  const toRoutes = ({ routes: found }: Solution): number[][] => {
    const lists: number[][] = shifts.map(() => []);
    for (const { vehicle, stops: order } of found)
      lists[vehicle] = order.map((node) => label[node] as number);
    return lists;
  };
  return {
    problem,
    start: {
      routes: routes.map((route, vehicle) => ({
        vehicle,
        stops: route.map((node) => nodeOf.get(node) as number),
        frozen: frozen[vehicle] ?? 0,
      })),
      absent: [],
    },
    toRoutes,
    toTimedRoutes: (solution) =>
      clock ? repairRoutes(rows, travel, toRoutes(solution)) : toRoutes(solution),
  };
}

function matrixOf(label: Int32Array, travel: Travel): Int32Array {
  const nodes = label.length;
  const time = new Int32Array(nodes * nodes);
  for (let from = 0; from < nodes; from++) {
    for (let to = travel.isSymmetric ? from + 1 : 0; to < nodes; to++) {
      if (from === to) continue;
      const way = travel.between(label[from] as number, label[to] as number);
      time[from * nodes + to] = way;
      if (travel.isSymmetric) time[to * nodes + from] = way;
    }
  }
  return time;
}

/**
 * The optimiser counts a way once for all day: as long as it takes in the middle of the time in which it can be driven at all,
 * behind the one window and before the end of the other.
 */
function stretched(
  fastest: Int32Array,
  { rows, clock, depots }: { readonly rows: PlanRows; readonly clock: TravelClock; readonly depots: number },
): Int32Array {
  const { shifts, stops } = rows;
  const nodes = depots + stops.length;
  const leaves = (n: number) => {
    const stop = stops[n - depots];
    return stop ? stop.earliest + stop.service_s : (shifts[n >> 1] as Shift).earliest;
  };
  const arrives = (n: number) => stops[n - depots]?.latest ?? (shifts[n >> 1] as Shift).latest;
  return fastest.map((way, at) => {
    if (way === 0) return 0;
    const from = leaves(Math.floor(at / nodes));
    const middle = Math.round((from + Math.max(from, arrives(at % nodes) - way)) / 2);
    return clock.arrive(middle, way) - middle;
  });
}

/** For a search from a good plan: colder than a search from nothing, which would first make the plan worse. */
const WARM: Tuning = { ...TUNING, firstTemperature: 0.1, mostNear: 60, polishes: false, absentShare: 0 };

/**
 * As `solve`, from a plan that is good already and holds everybody: of 900 stops that the couriers can hardly do, 25,000 iterations took away
 * 1.8 % of the way, those of a search from nothing 0.2 %; of a plan that was far from good (469 stops) both made the same (one seed each).
 */
export function refine(problem: Problem, options: SolveOptions & { readonly start: Solution }): Solved {
  return solve(problem, options, WARM);
}

/**
 * One round of the optimiser beside bookings: ruin and recreate from the plan as it is. Works on rows alone, so it may run in
 * another process.
 * @param tries ruins, counted exactly: the same routes on every machine
 * @returns routes for `Plan.adopt`, or null where nothing better was found
 */
export function betterRoutes(
  rows: PlanRows,
  travel: Travel,
  { seed, tries }: { seed: number; tries: number },
): number[][] | null {
  if (rows.stops.length < 2) return null;
  const { problem, start, toTimedRoutes } = planProblem(rows, travel);
  const before = costOf(problem, start);
  const solved = refine(problem, { seed, most: tries, spent: (done) => done / tries, start });
  return solved.absent.length === 0 && solved.cost < before ? toTimedRoutes(solved) : null;
}

/** `betterRoutes` taken over by a plan in the same process. @returns whether the plan is better now */
export function improvePlan(plan: Plan, travel: Travel, budget: { seed: number; tries: number }): boolean {
  const { version } = plan;
  const routes = betterRoutes(plan.rows(), travel, budget);
  return routes !== null && plan.adopt(version, routes);
}

function costOf({ nodes, cost, vehicles }: Problem, { routes }: Solution): number {
  let sum = 0;
  for (const { vehicle, stops } of routes) {
    const type = vehicles[vehicle];
    if (!type || stops.length === 0) continue;
    let at = type.start;
    for (const node of [...stops, type.end]) {
      sum += cost[at * nodes + node] as number;
      at = node;
    }
  }
  return sum;
}
