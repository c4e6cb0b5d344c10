import { expect, test } from "vitest";
import { check } from "../check.ts";
import { InstanceFault } from "../instance-fault.ts";
import { readProblem } from "./index.ts";

/** Depot at 0; picked up at 10 and brought to 30; picked up at 20 and brought to 10: all on one line. */
const LI_LIM = `2 10 1
0 0 0 0 0 1000 0 0 0
1 10 0 4 0 500 5 0 2
2 30 0 -4 0 500 5 1 0
3 20 0 7 0 500 5 0 4
4 10 0 -7 0 500 5 3 0
`;

const VRPLIB = `NAME : two
TYPE : PDPTW
DIMENSION : 6
VEHICLES : 2
CAPACITY : 10
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 10 0
3 30 0
4 20 0
5 10 0
6 0 5
PICKUP_AND_DELIVERY_SECTION
1 0 0 1000 0 0 0
2 4 0 500 5 0 3
3 -4 0 500 5 2 0
4 7 0 500 5 0 5
5 -7 0 500 5 4 0
6 2 0 500 5 0 0
DEPOT_SECTION
1
-1
EOF
`;

const route = (...customers: number[]) => ({ vehicle: 0, customers });
const faultOf = (text: string): string => {
  try {
    readProblem(text);
  } catch (error) {
    if (error instanceof InstanceFault) return error.message;
    throw error;
  }
  return "read";
};

test("Li and Lim's text is read with its pairs, and the checker asks for one route, order and room on the way", () => {
  const problem = readProblem(LI_LIM);
  expect([...(problem.pairs?.deliveryOf ?? [])]).toEqual([-1, 2, -1, 4, -1]);
  expect([...(problem.pairs?.pickupOf ?? [])]).toEqual([-1, -1, 1, -1, 3]);
  // 4 and 7 are never on board together.
  expect(check(problem, [route(1, 2, 3, 4)])).toEqual({ feasible: true, cost: 60, errors: [] });
  expect(check(problem, [route(1, 3, 4, 2)]).errors).toEqual([
    "Route 1: it carries 11, the vehicle takes 10.",
  ]);
  expect(check(problem, [route(2, 1, 3, 4)]).errors).toEqual([
    "Route 1: what is brought to 2 was not picked up at 1 before.",
  ]);
  expect(check(problem, [route(1, 3, 4), route(2)]).errors).toEqual([
    "Route 1: what is picked up at 1 is not brought to 2.",
    "Route 1: it carries 11, the vehicle takes 10.",
    "Route 2: what is brought to 2 was not picked up at 1 before.",
  ]);
});

test("VRPLIB says demand, windows, service and siblings in one section, beside customers out of the depot", () => {
  const problem = readProblem(VRPLIB);
  expect([...(problem.pairs?.deliveryOf ?? [])]).toEqual([-1, 2, -1, 4, -1, -1]);
  expect([...problem.demand]).toEqual([0, 4, -4, 7, -7, 2]);
  // The depot's parcel of 2 is on board until its door: 2 + 7 fits, 2 + 7 + 4 does not.
  expect(check(problem, [route(2, 3, 4, 5, 6)]).feasible).toBe(true);
  expect(check(problem, [route(4, 2, 6, 5, 3)]).errors).toEqual([
    "Route 1: it carries 13, the vehicle takes 10.",
  ]);
});

test("what does not fit together is refused by name", () => {
  const changed = (text: string, from: string, to: string) => faultOf(text.replace(from, to));
  expect(changed(LI_LIM, "2 10 1", "2 10 3")).toBe(
    "The speed (line 1) is 3; only 1 is understood: time is distance.",
  );
  expect(changed(LI_LIM, "-4 0 500 5 1 0", "-4 0 500 5 3 0")).toBe(
    "Node 1 names 2, which does not name it back.",
  );
  expect(changed(LI_LIM, "30 0 -4", "30 0 -3")).toBe(
    "Node 1 picks up 4, node 2 gives off 3: they must be the same.",
  );
  expect(changed(LI_LIM, "4 0 500 5 0 2", "4 0 500 5 0 9")).toBe(
    "Line 3 names task 9, which does not exist.",
  );
  expect(faultOf(LI_LIM.replace("1 10 0 4", "1 10 0 11").replace("-4", "-11"))).toBe(
    "Customer 1 demands 11; the largest vehicle carries 10.",
  );
  expect(changed(LI_LIM, "-4 0 500", "-4 0 20")).toMatch(/^What is picked up at 1 cannot be brought to 2/);
  expect(changed(LI_LIM, "-7 0 500", "-7 0 30")).toBe(
    "What is picked up at 3 cannot be brought to 4 within both windows and the opening of any depot.",
  );
  expect(changed(VRPLIB, "TYPE : PDPTW", "TYPE : VRPTW")).toBe(
    "PICKUP_AND_DELIVERY_SECTION is understood beside TYPE PDPTW only.",
  );
  expect(changed(VRPLIB, "DEPOT_SECTION", "DEMAND_SECTION\n1 0\nDEPOT_SECTION")).toBe(
    "DEMAND_SECTION stands beside PICKUP_AND_DELIVERY_SECTION: which counts?",
  );
  expect(changed(VRPLIB, "1 0 0 1000 0 0 0", "1 0 0 1000 0 0 2")).toBe(
    "Node 1 names 2, which does not name it back.",
  );
  expect(changed(VRPLIB, "6 2 0 500", "6 -2 0 500")).toBe("The demand of node 6 is -2 without a pick-up.");
  expect(changed(VRPLIB, "2 4 0 500 5 0 3", "2 4 0 500 5 3 3")).toMatch(/names both/);
});
