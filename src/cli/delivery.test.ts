import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { deliveryCommand } from "./delivery.ts";

/** `augenhoehe delivery` as it is called, on an instance of eight customers round a depot. */

let folder: string;
let printed: string;
let told: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-delivery-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = told = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const SOLOMON = `ring

VEHICLE
NUMBER     CAPACITY
  3         40

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0      1000          0
    1      3         4         10          0       900         10
    2      6         8         10          0       900         10
    3     -3         4         10          0       900         10
    4     -6         8         10          0       900         10
    5     -3        -4         10          0       900         10
    6     -6        -8         10          0       900         10
    7      3        -4         10          0       900         10
    8      6        -8         10          0       900         10
`;

const DEPOTS = `NAME: two
TYPE: MDVRP
EDGE_WEIGHT_TYPE: EUC_2D
DIMENSION: 4
VEHICLES: 2
CAPACITY: 10
NODE_COORD_SECTION
1 0 0
2 100 0
3 3 4
4 103 4
DEMAND_SECTION
1 0
2 0
3 1
4 1
VEHICLES_DEPOT_SECTION
1 1
2 2
DEPOT_SECTION
1
2
EOF
`;

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const answer = () => {
  const text = printed;
  printed = "";
  return JSON.parse(text);
};

test("solve prints cost, routes by the file's numbers, CPU seconds and iterations; check agrees", async () => {
  const path = await file("ring.txt", SOLOMON);
  expect(await deliveryCommand(["solve", path, "--iterations", "500", "--seed", "7", "--json"])).toBe(0);
  const solved = answer();
  // Two vehicles, each up and down one side: 10 + 10 + 16 or 12 across.
  expect(solved).toEqual({
    cost: 64,
    routes: expect.any(Array),
    cpuSeconds: expect.any(Number),
    iterations: 500,
  });
  expect(solved.routes.flat().sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const solution = await file("ring.json", JSON.stringify(solved));
  expect(await deliveryCommand(["check", path, solution])).toBe(0);
  expect(answer()).toEqual({ feasible: true, cost: 64, errors: [] });
  await deliveryCommand(["solve", path, "--iterations", "500", "--seed", "7", "--json"]);
  expect(answer().routes).toEqual(solved.routes);
  await deliveryCommand(["solve", path, "--iterations", "200", "--threads", "2", "--json"]);
  expect(answer()).toMatchObject({ cost: 64, iterations: 400 });
});

test("seconds are CPU seconds; for people there are sentences", async () => {
  const path = await file("seconds.txt", SOLOMON);
  await deliveryCommand(["solve", path, "--seconds", "0.2"]);
  expect(printed).toMatch(
    /^Route 1: [\d ]+\nRoute 2: [\d ]+\nCost 64; 2 routes; 0\.[12]\d* CPU seconds; \d+ iterations\n$/,
  );
});

test("with several depots each route names its own", async () => {
  const path = await file("two.vrp", DEPOTS);
  await deliveryCommand(["solve", path, "--iterations", "100", "--json"]);
  const { cost, routes } = answer();
  expect(cost).toBe(20);
  expect(routes).toEqual([
    { depot: 1, customers: [3] },
    { depot: 2, customers: [4] },
  ]);
  const wrong = await file(
    "wrong.json",
    JSON.stringify({
      routes: [
        { depot: 1, customers: [4, 3] },
        { depot: 2, customers: [4] },
      ],
    }),
  );
  expect(await deliveryCommand(["check", path, wrong])).toBe(1);
  expect(answer()).toMatchObject({ feasible: false, errors: ["Customer 4 is visited 2 times."] });
  const bare = await file("bare.json", "[[3],[4]]");
  await expect(deliveryCommand(["check", path, bare])).rejects.toThrow(
    "Route 1 of the solution must say its depot",
  );
});

test("who finds no place is named, and the exit code says so", async () => {
  // One vehicle, and two customers at opposite ends who can both be reached at their last moment only.
  const path = await file(
    "torn.txt",
    SOLOMON.replace("  3         40", "  1         99").replace(
      "    8      6        -8         10          0       900",
      "    8      6        -8         10          0        10",
    ),
  );
  const torn = await file(
    "torn2.txt",
    (await readText(path)).replace(
      "    4     -6         8         10          0       900",
      "    4     -6         8         10          0        10",
    ),
  );
  expect(await deliveryCommand(["solve", torn, "--iterations", "200", "--json"])).toBe(1);
  expect(answer().absent).toHaveLength(1);
  expect(told).toContain("1 are left out");
});

async function readText(path: string): Promise<string> {
  return (await import("node:fs/promises")).readFile(path, "utf8");
}

test("what is wrong with the call or the file is said in one sentence", async () => {
  const path = await file("again.txt", SOLOMON);
  await expect(deliveryCommand([])).rejects.toThrow("Say `delivery solve FILE");
  await expect(deliveryCommand(["solve", path])).rejects.toThrow("Say either --seconds");
  await expect(deliveryCommand(["solve", path, "--seconds", "1", "--iterations", "1"])).rejects.toThrow(
    "Say either",
  );
  await expect(deliveryCommand(["solve", path, "--seconds=-1"])).rejects.toThrow(
    "--seconds is a number above 0",
  );
  await expect(deliveryCommand(["solve", path, "--iterations", "1.5"])).rejects.toThrow(
    "--iterations is a whole number",
  );
  await expect(deliveryCommand(["solve", path, "--iterations", "9", "--rounding", "up"])).rejects.toThrow(
    "--rounding is one of",
  );
  await expect(deliveryCommand(["solve", join(folder, "none"), "--iterations", "9"])).rejects.toThrow(
    "ENOENT",
  );
  const bad = await file("bad.txt", SOLOMON.replace("900", "x"));
  await expect(deliveryCommand(["solve", bad, "--iterations", "9"])).rejects.toThrow(
    "was not read. x in line 11 is no number.",
  );
  const noJson = await file("no.json", "{");
  await expect(deliveryCommand(["check", path, noJson])).rejects.toThrow("no JSON");
  const odd = await file("odd.json", '[["a"]]');
  await expect(deliveryCommand(["check", path, odd])).rejects.toThrow('Route 1 of the solution names "a"');
  const key = await file("key.json", '[{"depot": 0, "customers": [1], "speed": 2}]');
  await expect(deliveryCommand(["check", path, key])).rejects.toThrow("the key speed, which is not known");
});

test("simulate --engine prints what is accepted and kept, the same for the same seed", async () => {
  const call = [
    "simulate",
    "--engine",
    "--requests",
    "60",
    "--couriers",
    "2",
    "--evenings",
    "1",
    "--seed",
    "4",
    "--json",
  ];
  expect(await deliveryCommand(call)).toBe(0);
  const first = answer();
  expect(first).toMatchObject({
    seed: 4,
    requests: 60,
    couriers: 2,
    evenings: 1,
    tail: "normal",
    optimiser: true,
    through: "engine",
  });
  expect(first.acceptance).toBeGreaterThan(0.3);
  expect(first.windowKept).toBeGreaterThan(0.9);
  expect(first.costPerStop.eur).toBeGreaterThan(0);
  await deliveryCommand(call);
  expect({ ...answer(), backgroundPerBooking_ms: 0 }).toEqual({ ...first, backgroundPerBooking_ms: 0 });
  await deliveryCommand([...call.slice(0, -1), "--tail", "heavy", "--no-optimiser"]);
  expect(printed).toMatch(/^Accepted: [\d.]+ % of 60 requests; [\d.]+ stops an evening\nWindow kept: /);
});

test("simulate refuses what it does not know by name", async () => {
  await expect(deliveryCommand(["simulate", "--tail", "long"])).rejects.toThrow(
    "--tail is normal or heavy, not long.",
  );
  await expect(deliveryCommand(["simulate", "--speed", "2"])).rejects.toThrow("--speed");
  await expect(deliveryCommand(["simulate", "--engine", "--good-phones"])).rejects.toThrow("--good-phones");
  await expect(deliveryCommand(["simulate", "--couriers", "0"])).rejects.toThrow(
    "--couriers is a whole number from 1 to 400.",
  );
  await expect(deliveryCommand(["simulate", "--evenings", "1.5"])).rejects.toThrow("--evenings is a whole");
});
