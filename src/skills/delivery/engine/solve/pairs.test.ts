import { expect, test } from "vitest";
import { bruteForce, smallProblem, withPairs } from "../brute-force.fixture.ts";
import { check } from "../check.ts";
import type { Problem, Solution } from "../problem.ts";
import { Random } from "../random.ts";
import { solve } from "./anneal.ts";

const within = (iterations: number) => ({ most: iterations, spent: (done: number) => done / iterations });

function verdictOf(problem: Problem, { routes }: Solution) {
  return check(
    problem,
    routes.map(({ vehicle, stops }) => ({
      vehicle,
      customers: stops.map((node) => problem.label[node] as number),
    })),
  );
}

function pairedProblem(seed: number, sizes: { customers: number; depots: number; pairs: number }): Problem {
  const random = new Random(seed);
  return withPairs(
    smallProblem(() => random.unit(), sizes),
    sizes.pairs,
  );
}

/** Vehicles enough that nobody has to stay behind. */
const roomy = (problem: Problem): Problem => ({
  ...problem,
  vehicles: problem.vehicles.map((one) => ({
    ...one,
    count: 20,
    latest: 2_000,
    maxDuration: 1_000_000_000,
    skills: 3,
  })),
});

test("small instances with pick-ups on the way are solved to the optimum that trying everything finds", () => {
  let solvable = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const problem = pairedProblem(seed, {
      customers: 4 + (seed % 4),
      depots: 1 + (seed % 2),
      pairs: 1 + (seed % 3 === 0 ? 1 : 0),
    });
    const optimum = bruteForce(problem);
    const solved = solve(problem, { seed, ...within(1_500) });
    if (optimum === null) {
      expect(solved.absent.length, `seed ${seed}`).toBeGreaterThan(0);
      continue;
    }
    solvable++;
    expect(solved.absent, `seed ${seed}`).toEqual([]);
    expect(verdictOf(problem, solved), `seed ${seed}`).toEqual({ feasible: true, cost: optimum, errors: [] });
  }
  expect(solvable).toBeGreaterThan(10);
});

test("three pairs and a customer out of the depot are solved to the optimum", () => {
  const problem = roomy(pairedProblem(31, { customers: 7, depots: 1, pairs: 3 }));
  expect(solve(problem, { seed: 1, ...within(3_000) }).cost).toBe(bruteForce(problem));
});

test("plans with many pairs keep every rule after every number of iterations", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const problem = roomy(pairedProblem(seed, { customers: 40, depots: 2, pairs: 3 * (seed % 6) + 2 }));
    const tight = { ...problem, vehicles: problem.vehicles.map((one) => ({ ...one, maxDuration: 700 })) };
    for (const [one, iterations] of [
      [problem, 64],
      [problem, 700],
      [tight, 400],
    ] as const) {
      const solved = solve(one, { seed, ...within(iterations) });
      if (one === problem) expect(solved.absent, `seed ${seed}`).toEqual([]);
      const { errors, cost } = verdictOf(one, solved);
      const missing = solved.absent.map((node) => `Customer ${one.label[node]} is not visited.`);
      expect([...errors].sort(), `seed ${seed}, ${iterations}`).toEqual(missing.sort());
      expect(cost, `seed ${seed}`).toBe(solved.cost);
    }
  }
});

test("a pair for which there is no room is left out with both its stops", () => {
  const problem = pairedProblem(3, { customers: 4, depots: 1, pairs: 2 });
  const demand = Int32Array.of(0, 5, -5, 30, -30);
  const solved = solve(roomy({ ...problem, demand }), { seed: 1, ...within(200) });
  expect([...solved.absent].sort()).toEqual([3, 4]);
  expect(solved.routes.flatMap(({ stops }) => stops)).toEqual([1, 2]);
});

test("what was picked up stays with its courier: its delivery leaves the route as little as the frozen pick-up", () => {
  const problem = roomy(pairedProblem(8, { customers: 16, depots: 1, pairs: 5 }));
  const first = solve(problem, { seed: 1, ...within(96) });
  const start = {
    ...first,
    routes: first.routes.map((route) => ({ ...route, frozen: Math.min(1, route.stops.length) })),
  };
  const better = solve(problem, { seed: 2, ...within(2_000), start });
  expect(verdictOf(problem, better).feasible).toBe(true);
  expect(better.cost).toBeLessThanOrEqual(first.cost);
  for (const { stops } of start.routes) {
    const held = better.routes.find((route) => route.stops[0] === stops[0]);
    const delivery = problem.pairs?.deliveryOf[stops[0] as number] ?? -1;
    if (delivery >= 0) expect(held?.stops).toContain(delivery);
    expect(held).toBeDefined();
  }
});

test("the same seed and iterations give the same plan with pairs too", () => {
  const problem = roomy(pairedProblem(5, { customers: 30, depots: 1, pairs: 10 }));
  const run = (seed: number) => solve(problem, { seed, ...within(500) });
  expect(run(1)).toEqual(run(1));
  expect(run(2).routes).not.toEqual(run(1).routes);
});
