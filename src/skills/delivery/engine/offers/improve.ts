import { FOREVER, type Problem, type Solution } from "../problem.ts";
import type { PlanRows } from "./timetable.ts";
import type { Travel } from "./travel.ts";

/** A plan as a problem of its own, and the way back. */
export interface PlanProblem {
  readonly problem: Problem;
  /** The plan itself as a solution; what is frozen in it stays. */
  readonly start: Solution;
  /** Routes of a solution as the plan takes them over: for each shift the stops, by the plan's nodes. */
  toRoutes(solution: Solution): number[][];
}

/** Makes a plan a problem for `solve` and `check`: a shift is a vehicle of its own, cost is time under way. */
export function planProblem(rows: PlanRows, travel: Travel): PlanProblem {
  const { shifts, stops, routes, frozen } = rows;
  const depots = 2 * shifts.length;
  const label = Int32Array.from([...Array(depots).keys(), ...stops.map(({ node }) => node)]);
  const nodes = label.length;
  const time = new Int32Array(nodes * nodes);
  for (let from = 0; from < nodes; from++)
    for (let to = 0; to < nodes; to++)
      if (from !== to) time[from * nodes + to] = travel.between(label[from] as number, label[to] as number);
  const column = (measure: (stop: PlanRows["stops"][number]) => number, atDepot: number) =>
    Int32Array.from({ length: nodes }, (_, n) => {
      const stop = stops[n - depots];
      return stop ? measure(stop) : atDepot;
    });
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
  };
  const nodeOf = new Map(stops.map(({ node }, n) => [node, depots + n]));
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
    toRoutes: ({ routes: found }) => {
      const lists: number[][] = shifts.map(() => []);
      for (const { vehicle, stops: order } of found)
        lists[vehicle] = order.map((node) => label[node] as number);
      return lists;
    },
  };
}
