import type { Problem, Solution, StatedRoute } from "../../skills/delivery/engine/index.ts";
import { UsageError } from "../options.ts";

/** A route as the command line prints it: customers alone with one depot, with several the depot beside them. */
export type PrintedRoute =
  | readonly number[]
  | { readonly depot: number; readonly customers: readonly number[] };

export function printedRoutes(problem: Problem, { routes }: Solution): PrintedRoute[] {
  return routes.map(({ vehicle, stops }) => {
    const customers = stops.map((node) => problem.label[node] as number);
    if (problem.depots === 1) return customers;
    const { start = 0 } = problem.vehicles[vehicle] ?? {};
    return { depot: problem.label[start] as number, customers };
  });
}

/** For the checker: each route with the kind of vehicle that its depot has. */
export function statedRoutes(problem: Problem, { routes }: Solution): StatedRoute[] {
  return routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
}

/**
 * Reads what `solve` printed, or its routes alone.
 * @throws UsageError saying which route is none
 */
export function readSolution(problem: Problem, text: string): StatedRoute[] {
  const value = parse(text);
  const routes = Array.isArray(value) ? value : isRecord(value) ? value.routes : undefined;
  if (!Array.isArray(routes)) throw new UsageError('The solution has no list "routes".');
  return routes.map((route: unknown, n) => statedRoute(problem, route, `Route ${n + 1} of the solution`));
}

function statedRoute(problem: Problem, route: unknown, name: string): StatedRoute {
  if (Array.isArray(route)) {
    if (problem.depots > 1)
      throw new UsageError(
        `${name} must say its depot: {"depot": N, "customers": [...]}; there are several.`,
      );
    return { vehicle: 0, customers: numbers(route, name) };
  }
  if (!isRecord(route) || !Array.isArray(route.customers))
    throw new UsageError(`${name} is neither a list of customers nor {"depot", "customers"}.`);
  const unknown = Object.keys(route).find((key) => key !== "depot" && key !== "customers");
  if (unknown !== undefined) throw new UsageError(`${name} has the key ${unknown}, which is not known.`);
  const vehicle = problem.vehicles.findIndex(({ start }) => problem.label[start] === route.depot);
  if (vehicle < 0) throw new UsageError(`${name} begins at ${String(route.depot)}, where no vehicle stands.`);
  return { vehicle, customers: numbers(route.customers, name) };
}

function numbers(list: readonly unknown[], name: string): number[] {
  return list.map((one) => {
    if (typeof one !== "number" || !Number.isInteger(one))
      throw new UsageError(`${name} names ${JSON.stringify(one)}, which is no customer's number.`);
    return one;
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The solution is no JSON: ${(error as Error).message}.`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
