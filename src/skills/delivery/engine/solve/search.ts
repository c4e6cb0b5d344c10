import type { Problem } from "../problem.ts";
import type { Random } from "../random.ts";
import { Insertions, NOWHERE } from "./insertions.ts";
import { type Neighbours, nearestBehind, nearestByCost } from "./neighbours.ts";
import { PairInsertions } from "./pair-insertions.ts";
import { Routes } from "./routes.ts";

/** Neighbours behind which a local move looks. */
const MOST_BEHIND = 12;

/** What ruin, recreate and local search work on together. */
export interface Search {
  readonly problem: Problem;
  readonly routes: Routes;
  readonly random: Random;
  readonly insertions: Insertions;
  /** Instead of `insertions` where parcels are picked up on the way. */
  readonly pairInsertions: PairInsertions | null;
  readonly near: Neighbours;
  readonly behind: Neighbours;
  /** Customers that are in no route at this moment; a pair by its pick-up. */
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
  const { pairs } = problem;
  const insertions = new Insertions(routes);
  // The list is as long as there are customers, whoever stands in it.
  const loose = new Int32Array(customers);
  let looseCount = 0;
  for (let node = problem.depots; node < problem.nodes; node++)
    if ((pairs?.pickupOf[node] ?? -1) < 0) loose[looseCount++] = node;
  return {
    problem,
    routes,
    random,
    insertions,
    pairInsertions: pairs ? new PairInsertions(routes, insertions, pairs) : null,
    near: nearestByCost(problem, mostNear),
    behind: nearestBehind(problem, MOST_BEHIND),
    loose,
    looseCount,
    absentPrice: NOWHERE,
    ruined: new Int32Array(routes.slots),
  };
}
