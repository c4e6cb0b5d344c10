import { expect, test } from "vitest";
import { check } from "./check.ts";
import type { Problem } from "./problem.ts";

/** Depot 0 and customers 1 to 3 on a line, ten apart; two vehicles of capacity 10. */
function line(changes: Partial<Problem> = {}): Problem {
  const nodes = 4;
  const cost = Int32Array.from(
    { length: nodes * nodes },
    (_, n) => 10 * Math.abs(Math.floor(n / nodes) - (n % nodes)),
  );
  return {
    depots: 1,
    nodes,
    label: Int32Array.of(0, 1, 2, 3),
    cost,
    time: cost,
    demand: Int32Array.of(0, 4, 4, 4),
    service: Int32Array.of(0, 5, 5, 5),
    earliest: Int32Array.of(0, 0, 0, 50),
    latest: Int32Array.of(200, 100, 100, 100),
    skills: new Int32Array(nodes),
    vehicles: [
      {
        count: 2,
        start: 0,
        end: 0,
        capacity: 10,
        earliest: 0,
        latest: 200,
        maxDuration: 1_000,
        fixedCost: 0,
        skills: 0,
      },
    ],
    scale: 1,
    unrounded: null,
    ...changes,
  };
}

const route = (...customers: number[]) => ({ vehicle: 0, customers });

test("a plan that keeps every rule is feasible, with its cost in the file's unit", () => {
  expect(check(line(), [route(1, 2), route(3)])).toEqual({ feasible: true, cost: 100, errors: [] });
  expect(check(line({ scale: 10 }), [route(2, 1), route(3)])).toEqual({
    feasible: true,
    cost: 10,
    errors: [],
  });
});

test("what is broken is said with route, customer and numbers, and the cost is counted all the same", () => {
  const late = line({ latest: Int32Array.of(200, 100, 14, 100) });
  expect(check(late, [route(1, 2), route(3)])).toEqual({
    feasible: false,
    cost: 100,
    errors: ["Route 1: customer 2 is reached at 25, its window ends at 14."],
  });
  expect(check(line(), [route(1, 2, 3)]).errors).toEqual(["Route 1: it carries 12, the vehicle takes 10."]);
  expect(check(line(), [route(1), route(2), route(3)]).errors).toEqual(["3 vehicles are used, 2 exist."]);
  expect(check(line(), [route(1, 2), route(2, 9)]).errors).toEqual([
    "Route 2: there is no customer 9.",
    "Customer 2 is visited 2 times.",
    "Customer 3 is not visited.",
  ]);
  expect(check(line(), [{ vehicle: 4, customers: [1] }, route(1, 2), route(3)]).errors).toEqual([
    "Route 1: there is no vehicle 4.",
  ]);
});

test("opening, longest duration and skills are kept", () => {
  const vehicle = line().vehicles[0] as Problem["vehicles"][number];
  const closing = line({ vehicles: [{ ...vehicle, latest: 80 }] });
  expect(check(closing, [route(1, 2), route(3)]).errors).toEqual([
    "Route 2: it is back at 85, the depot closes at 80.",
  ]);
  // Customer 3 opens at 50: leaving at 20 takes 65, leaving at 0 would take 85.
  expect(check(line({ vehicles: [{ ...vehicle, maxDuration: 65 }] }), [route(1, 2), route(3)]).feasible).toBe(
    true,
  );
  expect(
    check(line({ vehicles: [{ ...vehicle, maxDuration: 64 }] }), [route(1, 2), route(3)]).errors,
  ).toEqual(["Route 2: it takes 65, 64 is allowed."]);
  const cold = line({ skills: Int32Array.of(0, 0, 2, 0), vehicles: [{ ...vehicle, skills: 1 }] });
  expect(check(cold, [route(1, 2), route(3)]).errors).toEqual([
    "Route 1: customer 2 needs what the vehicle does not have.",
  ]);
});

test("distances before rounding judge cost and time where a file asks for no rounding", () => {
  const unrounded = Float64Array.from(line().cost, (value) => value * 1.01);
  const { cost, feasible } = check(line({ unrounded }), [route(1, 2), route(3)]);
  expect(cost).toBeCloseTo(101, 9);
  expect(feasible).toBe(true);
  const tight = line({ unrounded, latest: Int32Array.of(200, 10, 100, 100) });
  expect(check(tight, [route(1, 2), route(3)]).errors).toEqual([
    "Route 1: customer 1 is reached at 10.1, its window ends at 10.",
  ]);
});
