import type { Problem } from "../problem.ts";
import type { Random } from "../random.ts";
import { Insertions, NOWHERE } from "./insertions.ts";
import { type Neighbours, nearestBehind, nearestByCost } from "./neighbours.ts";
import { Routes } from "./routes.ts";

/** Neighbours behind which a local move looks. */
const MOST_BEHIND = 12;

/** What ruin, recreate and local search work on together. */
export interface Search {
  readonly problem: Problem;
  readonly routes: Routes;
  readonly random: Random;
  readonly insertions: Insertions;
  readonly near: Neighbours;
  readonly behind: Neighbours;
  /** Customers that are in no route at this moment. */
  readonly loose: Int32Array;
  looseCount: number;
  /** A customer whose cheapest place costs this or more stays loose. */
  absentPrice: number;
  /** Slots that the present ruin has taken from. */
  readonly ruined: Int32Array;
}

/** @param mostNear neighbours that a ruin may reach */
export function openSearch(problem: Problem, random: Random, mostNear: number): Search {
  const routes = new Routes(problem);
  const customers = problem.nodes - problem.depots;
  return {
    problem,
    routes,
    random,
    insertions: new Insertions(routes),
    near: nearestByCost(problem, mostNear),
    behind: nearestBehind(problem, MOST_BEHIND),
    loose: Int32Array.from({ length: customers }, (_, n) => problem.depots + n),
    looseCount: customers,
    absentPrice: NOWHERE,
    ruined: new Int32Array(routes.slots),
  };
}
