import { describe, expect, test } from "vitest";
import { InstanceFault } from "../instance-fault.ts";
import { FOREVER } from "../problem.ts";
import { readProblem } from "./index.ts";

const SOLOMON = `T1

VEHICLE
NUMBER     CAPACITY
  2         50

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0       200          0
    1      1         1         10          0       100         10
    2      3         4         20         20        60         10
`;

const VRP = `NAME: T2
COMMENT: two depots: and a colon
TYPE: MDVRPTW
EDGE_WEIGHT_TYPE: EUC_2D
DIMENSION: 4
VEHICLES: 3
CAPACITY: 30
VEHICLES_MAX_DURATION: 50
NODE_COORD_SECTION
1	0	0
2	10	0
3	1.5	2
4	-3	-4
DEMAND_SECTION
1 0
2 0
3 10
4 20
SERVICE_TIME_SECTION
1 0
2 0
3 5
4 5
TIME_WINDOW_SECTION
1 0 100
2 5 90
3 0 50
4 10 60
VEHICLES_DEPOT_SECTION
1 1
2 1
3 2
DEPOT_SECTION
1
2
EOF
`;

const MATRIX = `NAME : T3
TYPE : VRPTW
DIMENSION : 3
VEHICLES : 2
CAPACITY : 9
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : FULL_MATRIX
EDGE_WEIGHT_SECTION
0 5 7
6 0 4
8 3 0
NODE_COORD_SECTION
1 0 0
2 1 1
3 2 2
DEMAND_SECTION
1 0
2 4
3 5
DEPOT_SECTION
1
-1
EOF
`;

const faultOf = (
  text: string,
  ...rounding: Parameters<typeof readProblem> extends [string, ...infer R] ? R : never
) => {
  try {
    readProblem(text, ...rounding);
  } catch (error) {
    if (error instanceof InstanceFault) return error.message;
    throw error;
  }
  return "";
};

describe("Solomon and Homberger text", () => {
  test("distances are cut to one decimal, times count in tenths", () => {
    const problem = readProblem(SOLOMON);
    expect(problem).toMatchObject({ depots: 1, nodes: 3, scale: 10, unrounded: null });
    // 1.414 -> 1.4, 5 -> 5.0, 3.606 -> 3.6
    expect([...problem.cost]).toEqual([0, 14, 50, 14, 0, 36, 50, 36, 0]);
    expect([...problem.label]).toEqual([0, 1, 2]);
    expect([...problem.service]).toEqual([0, 100, 100]);
    expect([...problem.earliest]).toEqual([0, 0, 200]);
    expect([...problem.latest]).toEqual([2_000, 1_000, 600]);
    expect(problem.vehicles).toEqual([
      {
        count: 2,
        start: 0,
        end: 0,
        capacity: 50,
        earliest: 0,
        latest: 2_000,
        maxDuration: FOREVER,
        fixedCost: 0,
        skills: 0,
      },
    ]);
  });

  test("lines may end as on Windows, and other roundings count finer", () => {
    expect([...readProblem(SOLOMON.replaceAll("\n", "\r\n"), "exact").cost.subarray(0, 3)]).toEqual([
      0, 1_414, 5_000,
    ]);
    const { cost, time, unrounded, scale } = readProblem(SOLOMON, "none");
    expect([cost[1], time[1], scale]).toEqual([14_142, 14_143, 10_000]);
    expect(unrounded?.[1]).toBe(Math.SQRT2);
  });

  test.each([
    [
      "an unknown key",
      SOLOMON.replace("CUSTOMER\n", "SPEED\n 3\n\nCUSTOMER\n"),
      "Line 7 has a key that is not known: SPEED.",
    ],
    ["a missing section", SOLOMON.replace("VEHICLE\n", "\n"), "not known"],
    [
      "a missing number",
      SOLOMON.replace("        60         10", "        60"),
      "Line 12 has 6 numbers, 7 belong there.",
    ],
    [
      "a word for a number",
      SOLOMON.replace("  20         20", "  20         x2"),
      "x2 in line 12 is no number.",
    ],
    [
      "a negative time",
      SOLOMON.replace("  20         20", "  20        -20"),
      "Line 12: the ready time of customer 2 is -20.",
    ],
    [
      "a negative demand",
      SOLOMON.replace("10          0       100", "-1          0       100"),
      "demand of customer 1 is -1",
    ],
    [
      "a window that ends first",
      SOLOMON.replace("20        60 ", "20        10 "),
      "Line 12: the window of customer 2 ends (10) before it begins.",
    ],
    [
      "a customer twice",
      SOLOMON.replace("    2      3", "    1      3"),
      "Line 12: customer 1 stands twice.",
    ],
    [
      "too much demand",
      SOLOMON.replace("  2         50", "  1         25"),
      "All customers together demand 30; all vehicles together carry 25.",
    ],
    [
      "one who demands too much",
      SOLOMON.replace("  2         50", "  9         15"),
      "Customer 2 demands 20; the largest vehicle carries 15.",
    ],
    [
      "one who is out of reach",
      SOLOMON.replace("20        60 ", " 2         4 "),
      "Customer 2 cannot be reached",
    ],
    ["no customer", SOLOMON.split("\n").slice(0, 10).join("\n"), "The file has no customer."],
  ])("%s is refused with a sentence", (_, text, sentence) => {
    expect(faultOf(text)).toContain(sentence);
  });
});

describe("VRPLIB", () => {
  test("several depots, longest duration and whose vehicles are where; nodes keep the file's numbers", () => {
    const problem = readProblem(VRP);
    expect(problem).toMatchObject({ depots: 2, nodes: 4, scale: 1_000 });
    expect([...problem.label]).toEqual([1, 2, 3, 4]);
    expect([...problem.cost.subarray(0, 4)]).toEqual([0, 10_000, 2_500, 5_000]);
    expect(problem.vehicles).toEqual([
      {
        count: 2,
        start: 0,
        end: 0,
        capacity: 30,
        earliest: 0,
        latest: 100_000,
        maxDuration: 50_000,
        fixedCost: 0,
        skills: 0,
      },
      {
        count: 1,
        start: 1,
        end: 1,
        capacity: 30,
        earliest: 5_000,
        latest: 90_000,
        maxDuration: 50_000,
        fixedCost: 0,
        skills: 0,
      },
    ]);
  });

  test("a matrix of whole numbers is taken as it is, in both directions", () => {
    const problem = readProblem(MATRIX);
    expect([...problem.cost]).toEqual([0, 5, 7, 6, 0, 4, 8, 3, 0]);
    expect(problem.scale).toBe(1);
    expect(problem.vehicles[0]?.count).toBe(2);
    const lower = MATRIX.replace("FULL_MATRIX", "LOWER_ROW").replace("0 5 7\n6 0 4\n8 3 0", "6\n8 3");
    expect([...readProblem(lower).cost]).toEqual([0, 6, 8, 6, 0, 3, 8, 3, 0]);
  });

  test("depots may stand behind customers, and a service time may hold for all", () => {
    const text = MATRIX.replace("1 0\n2 4\n3 5", "1 4\n2 0\n3 5").replace(
      "DEPOT_SECTION\n1",
      "DEPOT_SECTION\n2",
    );
    const problem = readProblem(text.replace("CAPACITY : 9", "CAPACITY : 9\nSERVICE_TIME : 3"));
    expect([...problem.label]).toEqual([2, 1, 3]);
    expect([...problem.cost.subarray(0, 3)]).toEqual([0, 6, 4]);
    expect([...problem.service]).toEqual([0, 3, 3]);
  });

  test.each([
    [
      "an unknown key",
      VRP.replace("CAPACITY:", "SALVAGE: 4\nCAPACITY:"),
      "The key SALVAGE (line 7) is not known",
    ],
    [
      "an unknown section",
      VRP.replace("DEPOT_SECTION\n1\n2\nEOF", "PRIZE_SECTION\n1 2\nDEPOT_SECTION\n1\n2\nEOF"),
      "The section PRIZE_SECTION",
    ],
    [
      "a key twice",
      VRP.replace("CAPACITY: 30", "CAPACITY: 30\nCAPACITY: 31"),
      "CAPACITY stands twice (line 8).",
    ],
    ["a missing row", VRP.replace("3\t1.5\t2\n", ""), "NODE_COORD_SECTION has no row for 3."],
    [
      "a missing matrix row",
      MATRIX.replace("8 3 0\n", ""),
      "EDGE_WEIGHT_SECTION ends in row 3 of 3: 6 numbers are there.",
    ],
    [
      "too many numbers",
      MATRIX.replace("8 3 0", "8 3 0 1"),
      "EDGE_WEIGHT_SECTION has 10 numbers, 9 belong there.",
    ],
    [
      "a negative distance",
      MATRIX.replace("8 3 0", "8 -3 0"),
      "The distance from 3 to 2 is -3: less than nothing.",
    ],
    [
      "a negative service time",
      VRP.replace("3 5\n4 5", "3 -5\n4 5"),
      "The service of node 3 is -5: less than nothing.",
    ],
    [
      "a window that ends first",
      VRP.replace("4 10 60", "4 60 10"),
      "The window of node 4 ends (10) before it begins (60).",
    ],
    ["a node that does not exist", VRP.replace("4 10 60", "5 10 60"), "names 5; 1 to 4 exist."],
    ["a node twice", VRP.replace("4 10 60", "3 10 60"), "names 3 a second time."],
    [
      "depots without vehicles",
      VRP.replace(/VEHICLES_DEPOT_SECTION\n1 1\n2 1\n3 2\n/, ""),
      "VEHICLES_DEPOT_SECTION must say whose vehicles are where.",
    ],
    [
      "a vehicle at no depot",
      VRP.replace("3 2\nDEPOT", "3 4\nDEPOT"),
      "VEHICLES_DEPOT_SECTION names node 4, which is no depot.",
    ],
    [
      "no depot",
      VRP.replace("DEPOT_SECTION\n1\n2\nEOF", "EOF").replace("VEHICLES_DEPOT_SECTION\n1 1\n2 1\n3 2\n", ""),
      "DEPOT_SECTION is missing.",
    ],
    ["an unknown type", VRP.replace("MDVRPTW", "PDTSP"), "TYPE PDTSP is none of"],
    ["an unknown weight type", VRP.replace("EUC_2D", "GEO"), "EDGE_WEIGHT_TYPE GEO is none of"],
    ["numbers before a section", "DIMENSION: 3\n4 5\n", "Line 2 has numbers that belong to no section."],
    ["nothing at all", "", "DIMENSION is missing."],
  ])("%s is refused with a sentence", (_, text, sentence) => {
    expect(faultOf(text)).toContain(sentence);
  });
});
