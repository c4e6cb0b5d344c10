import { expect, test } from "vitest";
import { bruteForce, smallProblem } from "../brute-force.fixture.ts";
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

function numbers(seed: number): () => number {
  const random = new Random(seed);
  return () => random.unit();
}

test("small instances are solved to the optimum that trying everything finds", () => {
  let solvable = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const problem = smallProblem(numbers(seed), { customers: 4 + (seed % 4), depots: 1 + (seed % 2) });
    const optimum = bruteForce(problem);
    const solved = solve(problem, { seed, ...within(1_500) });
    if (optimum === null) {
      expect(solved.absent.length, `seed ${seed}`).toBeGreaterThan(0);
      continue;
    }
    solvable++;
    expect(solved.absent, `seed ${seed}`).toEqual([]);
    expect(verdictOf(problem, solved), `seed ${seed}`).toEqual({ feasible: true, cost: optimum, errors: [] });
    expect(solved.cost, `seed ${seed}`).toBe(optimum);
  }
  expect(solvable).toBeGreaterThan(12);
});

test("eight customers of one depot are solved to the optimum", () => {
  const problem = smallProblem(numbers(77), { customers: 8, depots: 1 });
  expect(solve(problem, { seed: 1, ...within(3_000) }).cost).toBe(bruteForce(problem));
});

/** Customers on a grid, so that the answer is known and moves of every kind are tried. */
function grid(side: number): Problem {
  const base = smallProblem(numbers(1), { customers: side * side, depots: 1 });
  const at = (node: number) =>
    node === 0 ? [0, 0] : [10 * ((node - 1) % side), 10 * Math.floor((node - 1) / side)];
  const cost = Int32Array.from({ length: base.nodes ** 2 }, (_, n) => {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [at(Math.floor(n / base.nodes)), at(n % base.nodes)];
    return Math.abs(ax - bx) + Math.abs(ay - by);
  });
  const open = base.earliest.map(() => 0);
  return {
    ...base,
    cost,
    time: cost,
    earliest: open,
    latest: open.map(() => 100_000),
    service: open,
    skills: open,
    demand: base.demand.map((_, n) => (n === 0 ? 0 : 1)),
    vehicles: [
      {
        ...(base.vehicles[0] as Problem["vehicles"][number]),
        count: 1,
        capacity: 1_000,
        latest: 100_000,
        maxDuration: 100_000,
        fixedCost: 0,
      },
    ],
  };
}

test("one vehicle drives a grid of 36 without a detour", () => {
  // A customer stands at the depot; every other way is at least 10, and an even grid has a round trip of such ways.
  const problem = grid(6);
  expect(solve(problem, { seed: 1, ...within(10_000) }).cost).toBe(360);
});

test("the same seed and number of iterations give the same plan, another seed another way to it", () => {
  const problem = smallProblem(numbers(5), { customers: 40, depots: 2 });
  const roomy = { ...problem, vehicles: problem.vehicles.map((one) => ({ ...one, count: 20 })) };
  const run = (seed: number) => solve(roomy, { seed, ...within(1_000) });
  expect(run(1)).toEqual(run(1));
  expect(run(1).iterations).toBe(1_000);
  expect(run(2).routes).not.toEqual(run(1).routes);
});

test("what is frozen at the beginning of a route stays, and a plan to begin with is never made worse", () => {
  const base = smallProblem(numbers(9), { customers: 20, depots: 1 });
  const problem = { ...base, vehicles: base.vehicles.map((one) => ({ ...one, count: 12 })) };
  const first = solve(problem, { seed: 3, ...within(64) });
  const start = {
    ...first,
    routes: first.routes.map((route) => ({ ...route, frozen: Math.min(2, route.stops.length) })),
  };
  const better = solve(problem, { seed: 4, ...within(5_000), start });
  expect(better.cost).toBeLessThanOrEqual(first.cost);
  expect(verdictOf(problem, better).feasible).toBe(true);
  for (const { stops, frozen } of start.routes) {
    const beginning = stops.slice(0, frozen);
    expect(better.routes.some((route) => beginning.every((node, n) => route.stops[n] === node))).toBe(true);
  }
});

test("without room for all, the others are served and who is left out is named", () => {
  const base = smallProblem(numbers(11), { customers: 10, depots: 1 });
  const vehicle = {
    ...(base.vehicles[0] as Problem["vehicles"][number]),
    count: 1,
    capacity: 9,
    maxDuration: 1_000_000_000,
  };
  const solved = solve({ ...base, vehicles: [vehicle] }, { seed: 1, ...within(2_000) });
  const served = solved.routes.flatMap(({ stops }) => stops);
  expect(served.length).toBeGreaterThan(0);
  expect(solved.absent.length).toBe(10 - served.length);
});
