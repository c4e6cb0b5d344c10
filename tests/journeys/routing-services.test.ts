import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type RoutingSimulator, startRouting } from "../../src/simulator/routing.ts";
import type { Outside } from "../../src/skills/delivery/adapters/asking.ts";
import {
  type MatrixKind,
  openMatrixService,
} from "../../src/skills/delivery/adapters/open-matrix-service.ts";
import type { LatLon } from "../../src/skills/delivery/places/geocoder.ts";
import { fromGrid, toGrid } from "../../src/skills/delivery/plan/grid.ts";
import { Cells } from "../../src/skills/delivery/travel/cells.ts";
import { CityTravel, embeddedTable } from "../../src/skills/delivery/travel/city-travel.ts";
import { embeddedTimes } from "../../src/skills/delivery/travel/embedded-times.ts";
import { openOutsideTimes } from "../../src/skills/delivery/travel/outside-times.ts";
import { inSteps } from "../../src/skills/delivery/travel/pack-table.ts";
import { tableOfService } from "../../src/skills/delivery/travel/service-table.ts";
import type { TravelTimes } from "../../src/skills/delivery/travel/travel-times.ts";
import { openAsker } from "../../src/skills/notices/adapters/sources/ask-service.ts";

const MIDDLE = { lat: 53.55, lon: 10 };
const KEY = "a key of the tests";
const METRES_PER_SECOND = 8;
const KINDS = ["osrm", "valhalla", "openrouteservice"] as const;

const cells = new Cells({ west: -3_000, south: -2_000, east: 3_000, north: 2_000 });
const table = embeddedTable(cells, { circuity: 1.34, metresPerSecond: 5, barriers: null, factorOf: () => 1 });
const embedded = embeddedTimes({ cells, table, leg_s: 20, toGrid: (place) => toGrid(MIDDLE, place) });

const asker = openAsker({ allowedHosts: ["127.0.0.1"] });
const door: Outside = { ask: asker.ask, mayBePlain: asker.isAllowed };

const simulators = new Map<MatrixKind, RoutingSimulator>();
beforeAll(async () => {
  for (const kind of KINDS)
    simulators.set(kind, await startRouting({ kind, metresPerSecond: METRES_PER_SECOND, key: KEY }));
});
afterAll(() => Promise.all([asker, ...simulators.values()].map((one) => one.close())));
afterEach(() => {
  for (const one of simulators.values()) {
    one.mood = "well";
    one.asked.length = 0;
  }
});

const simulatorOf = (kind: MatrixKind) => simulators.get(kind) as RoutingSimulator;

function open(kind: MatrixKind, { key = KEY } = {}) {
  const clock = { now: 0 };
  const times = openOutsideTimes({
    service: openMatrixService(kind, { url: simulatorOf(kind).url, profile: "", key, agent: "test" }),
    outside: door,
    fallback: embedded,
    now: () => clock.now,
    wait: (ms) => {
      clock.now += ms;
      return Promise.resolve();
    },
  });
  return { times, clock };
}

const spots = (count: number, from = 0): LatLon[] =>
  Array.from({ length: count }, (_, n) =>
    fromGrid(MIDDLE, { x: ((n + from) * 370) % 3_000, y: ((n + from) * 290) % 2_000 }),
  );

const ask = (times: TravelTimes, sources: LatLon[], targets: LatLon[]) =>
  times.matrix({ sources, targets, departLocal: "2026-11-24T18:00" });

describe.each(KINDS)("%s", (kind) => {
  test("times from each to each, in as many requests as the service wants, and once", async () => {
    const { times } = open(kind);
    const [sources, targets] = [spots(60), spots(51, 7)];
    const { seconds, from } = await ask(times, sources, targets);
    expect(from).toBe(kind);
    expect(simulatorOf(kind).asked.length).toBe(4);
    for (const [s, t] of [
      [0, 0],
      [59, 50],
      [12, 50],
      [55, 3],
    ] as const) {
      const [a, b] = [toGrid(MIDDLE, sources[s] as LatLon), toGrid(MIDDLE, targets[t] as LatLon)];
      const along = (Math.abs(a.x - b.x) + Math.abs(a.y - b.y)) / METRES_PER_SECOND;
      expect(Math.abs((seconds[s * 51 + t] as number) - along)).toBeLessThan(0.5);
    }
    await ask(times, sources, targets);
    expect(simulatorOf(kind).asked.length).toBe(4);
  });

  test.each(["reset", "refuse", "short"] as const)("%s: the embedded times, all of them", async (mood) => {
    const { times, clock } = open(kind);
    simulatorOf(kind).mood = mood;
    const [sources, targets] = [spots(3), spots(2, 5)];
    const answer = await ask(times, sources, targets);
    expect(answer).toEqual(await ask(embedded, sources, targets));
    await ask(times, sources, targets);
    await ask(times, sources, targets);
    // The circuit is open by now.
    expect(simulatorOf(kind).asked.length).toBe(2);
    simulatorOf(kind).mood = "well";
    clock.now += 6 * 60_000;
    expect((await ask(times, sources, targets)).from).toBe(kind);
  });

  test("where there is no way there is no number", async () => {
    simulatorOf(kind).mood = "blind";
    const { seconds, from } = await ask(open(kind).times, spots(1), spots(1, 3));
    expect([from, seconds[0]]).toEqual([kind, Number.NaN]);
  });
});

test("Valhalla is told when somebody leaves; openrouteservice wants its key", async () => {
  await ask(open("valhalla").times, spots(1), spots(1, 3));
  const body = JSON.parse(simulatorOf("valhalla").asked[0]?.body ?? "{}");
  expect(body).toMatchObject({ costing: "auto", date_time: { type: 1, value: "2026-11-24T18:00" } });
  const { from } = await ask(open("openrouteservice", { key: "another" }).times, spots(1), spots(1, 3));
  expect(from).toBe("embedded");
});

test("OSRM refuses more places than it takes: the embedded times", async () => {
  const small = await startRouting({ kind: "osrm", metresPerSecond: 8, mostPlaces: 10 });
  const times = openOutsideTimes({
    service: openMatrixService("osrm", { url: small.url, profile: "bike", key: "", agent: "test" }),
    outside: door,
    fallback: embedded,
    now: () => 0,
    wait: () => Promise.resolve(),
  });
  expect((await ask(times, spots(20), spots(20, 3))).from).toBe("embedded");
  expect(small.asked[0]?.path).toMatch(/^\/table\/v1\/bike\//);
  await small.close();
});

test("a table of the service's times: plans count with it, and near cells with the embedded one", async () => {
  const options = {
    cells,
    embedded: table,
    fromGrid: (cell: { x: number; y: number }) => fromGrid(MIDDLE, cell),
    departLocal: null,
    slower: 1,
  };
  const made = await tableOfService(open("osrm").times, options);
  if (!made) throw new Error("a table");
  const travel = new CityTravel({ cells, steps: inSteps(made.table), leg_s: 20 });
  travel.put(0, { x: -2_500, y: 0 });
  travel.put(1, { x: 2_500, y: 0 });
  travel.put(2, { x: -2_510, y: 0 });
  // 5,000 m along a parallel at 8 m/s, and 20 s for the leg; the cells' middles lie a little apart.
  expect(Math.abs(travel.between(0, 1) - (20 + 5_000 / METRES_PER_SECOND))).toBeLessThan(25);
  expect(travel.between(0, 2)).toBe(Math.trunc(20 + (10 * 1.34) / 5));
  simulatorOf("osrm").mood = "refuse";
  expect(await tableOfService(open("osrm").times, options)).toBeNull();
});
