import { cpuUsage } from "node:process";
import { check, type Problem, type Route, refine, solve } from "../engine/index.ts";
import { type ChangedRound, LivePlan } from "./live-plan.ts";
import type { StoredDelivery, StoredEvening } from "./stored-evening.ts";

/** What the optimiser's process is asked for. */
export interface ImproveOrder {
  readonly evening: StoredEvening;
  readonly seed: number;
  /** At most so many iterations, and about so many seconds of processor time. */
  readonly iterations: number;
  readonly cpu_s: number;
  /** Deliveries that are in no round and want a place. */
  readonly more?: readonly StoredDelivery[];
}

export interface Improved {
  /** Every round; null when the stored plan breaks a rule, or no order with what is wanted more is kept at every hour. */
  readonly rounds: readonly ChangedRound[] | null;
  /** Deliveries for whom no place was found. */
  readonly absent: readonly number[];
  /** What the independent checker holds against the plan as it stood, and against the better one: deliveries by number. */
  readonly faults: { readonly standing: readonly string[]; readonly better: readonly string[] };
  readonly iterations: number;
  readonly cpu_ms: number;
}

const NOTHING: Improved = {
  rounds: null,
  absent: [],
  faults: { standing: [], better: [] },
  iterations: 0,
  cpu_ms: 0,
};

/** The whole work of the process apart. */
export function work({ evening, seed, iterations, cpu_s, more = [] }: ImproveOrder): Improved {
  const begun = spent();
  const plan = LivePlan.of(evening);
  if (!plan) return NOTHING;
  const { made, idsOf } = plan.problem(more);
  const from = spent();
  // Who wants a place is found one by a search that may leave others out for a while.
  const search = more.length === 0 ? refine : solve;
  const solved = search(made.problem, {
    seed,
    start: made.start,
    most: iterations,
    spent: (done) => Math.max(done / iterations, (spent() - from) / (1_000 * cpu_s)),
  });
  // Where hours differ, who would be late goes elsewhere; where that does not work, the plan stays as it is.
  const routes = made.toTimedRoutes(solved);
  if (!routes && more.length > 0)
    return { ...NOTHING, iterations: solved.iterations, cpu_ms: Math.round(spent() - begun) };
  const rounds = routes ? idsOf(routes) : evening.shifts.map(({ id, route }) => ({ shiftId: id, route }));
  const placed = new Set(rounds.flatMap(({ route }) => route));
  const absent = [...evening.deliveries, ...more].map(({ id }) => id).filter((id) => !placed.has(id));
  const faults = {
    standing: more.length === 0 ? faultsOf(made.problem, made.start.routes) : [],
    better: routes && absent.length === 0 ? faultsOf(made.problem, routesOf(made.problem, routes)) : [],
  };
  return { rounds, absent, faults, iterations: solved.iterations, cpu_ms: Math.round(spent() - begun) };
}

/** A plan's routes, by its nodes, as the problem knows them. */
function routesOf({ label, depots }: Problem, routes: readonly (readonly number[])[]): Route[] {
  const nodeOf = new Map([...label].map((node, n) => [node, n]));
  return routes.map((route, vehicle) => ({
    vehicle,
    stops: route.map((node) => nodeOf.get(node) ?? depots),
  }));
}

/** The plan is judged once more by who shares no code with those who made it. */
function faultsOf(problem: Problem, routes: readonly Route[]): readonly string[] {
  const stated = routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
  return check(problem, stated).errors;
}

/** Processor time of this process, ms. */
function spent(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1_000;
}
