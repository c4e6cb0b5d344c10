import { afterAll, beforeAll, expect, test } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { travelOf } from "../../src/skills/delivery/store/evening-travel.ts";
import { readTravelTable, storeTravelTable } from "../../src/skills/delivery/store/travel-tables.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { factorsOfEvening } from "../../src/skills/delivery/store/zone-paces.ts";
import { makeTable } from "../../src/skills/delivery/travel/make-table.ts";
import { at, CITY } from "../outside/delivery-stage.ts";
import { type DeliveryHouse, startDeliveryHouse } from "./delivery-house.ts";

/** What finished ways teach of a city's zones, and evenings that are planned with it. */

let house: DeliveryHouse;
let east = 0;
let place = { tenantId: 0, cityId: 0 };

const corner = (x: number, y: number): [number, number] => {
  const { lat, lon } = at(x, y);
  return [lon, lat];
};
const box = (west: number, right: number) => ({
  type: "Polygon" as const,
  coordinates: [
    [
      corner(west, -9_000),
      corner(right, -9_000),
      corner(right, 9_000),
      corner(west, 9_000),
      corner(west, -9_000),
    ],
  ],
});
const city = (more: object = {}) => ({
  ...CITY,
  zones: [
    { name: "Ost", polygon: box(0, 9_000) },
    { name: "West", polygon: box(-9_000, 0) },
  ],
  ...more,
});

beforeAll(async () => {
  house = await startDeliveryHouse();
  const { owner, tenantId, cityId, depotId } = house.founded;
  place = { tenantId, cityId };
  const depots = CITY.depots.map((one) => ({ ...one, id: depotId }));
  const saved = await owner.call(delivery.putDeliveryCity, {
    params: { id: cityId },
    body: city({ depots }),
  });
  east = saved.zones[0]?.id ?? 0;
}, 120_000);
afterAll(() => house?.close());

const versionOn = async (date: string): Promise<unknown> => {
  const { eveningId } = await house.evening(date);
  const [row] = await house.rows(`select travel_version from delivery.evening where id = ${eveningId}`);
  return row?.travel_version;
};
/** Seconds between two places of a table, without setting off and parking. */
async function between(version: number, x: number): Promise<number> {
  const { kernel } = house.world;
  const ways = { ...place, travelVersion: version, circuityPercent: 134, speedKmh: 20, leg_s: 25 };
  const travel = await inTenant(kernel, place.tenantId, (tx) => travelOf(tx, ways));
  travel.put(0, { x, y: -2_000 });
  travel.put(1, { x, y: 2_000 });
  return travel.between(0, 1) - 25;
}

test("an evening that is over leaves what its zones were like, and few ways change no plan", async () => {
  const { shiftId } = await house.evening();
  const ids: number[] = [];
  for (const [x, y] of [
    [1_500, 500],
    [2_500, 900],
    [-1_500, 500],
    [-2_500, 900],
  ] as const)
    ids.push(await house.booked({ east: x, north: y, hour: 18 }));
  await house.until("17:30");
  await house.tell(shiftId, { kind: "leave" });
  const [round] = await house.rows(
    `select to_jsonb(route) as route from delivery.shift where id = ${shiftId}`,
  );
  const route = round?.route as number[];
  expect(route.toSorted()).toEqual(ids.toSorted());
  for (const [n, deliveryId] of route.entries()) {
    await house.until(`18:${String(10 + 10 * n).padStart(2, "0")}`);
    await house.tell(
      shiftId,
      { kind: "arrive", deliveryId },
      { kind: "done", deliveryId, outcome: "handed_over", to: "" },
    );
  }
  await house.tell(shiftId, { kind: "back" });
  await house.until("19:00");
  const paces = await house.rows(
    "select zone_id, factor_percent, legs from delivery.zone_pace order by zone_id",
  );
  expect(paces).toHaveLength(2);
  for (const { factor_percent: percent, legs } of paces) {
    expect(Number(percent)).toBeGreaterThanOrEqual(90);
    expect(Number(percent)).toBeLessThanOrEqual(110);
    expect(Number(legs)).toBeGreaterThanOrEqual(2);
  }
  const { owner, cityId } = house.founded;
  const known = await owner.call(delivery.getCityKnowledge, { params: { id: cityId } });
  expect(known.zonePaces.map(({ percent, legs }) => [percent, legs])).toEqual(
    paces.map(({ factor_percent: percent, legs }) => [percent, legs]),
  );
  expect(await versionOn("2026-11-25")).toBeNull();
});

test("what is known of zones is in the table that evenings from now on count with, and follows the city's numbers", async () => {
  await house.rows(
    `update delivery.zone_pace set factor_percent = case when zone_id = ${east} then 151 else 100 end, legs = 100`,
  );
  expect(await versionOn("2026-11-26")).toBe(1);
  expect(await versionOn("2026-11-27")).toBe(1);
  expect((await between(1, 3_000)) / (await between(1, -3_000))).toBeCloseTo(1.5, 1);
  const { owner, cityId, depotId } = house.founded;
  const depots = CITY.depots.map((one) => ({ ...one, id: depotId }));
  const zones = (await owner.call(delivery.listDeliveryCities)).items[0]?.zones ?? [];
  await owner.call(delivery.putDeliveryCity, {
    params: { id: cityId },
    body: city({ depots, zones, speedKmh: 10 }),
  });
  expect(await versionOn("2026-11-28")).toBe(2);
  expect((await between(2, -3_000)) / (await between(1, -3_000))).toBeCloseTo(2, 1);
});

test("a table that somebody had made begins without what zones taught beside the old one, and is scaled by what comes", async () => {
  const { kernel, clock } = house.world;
  const { middle } = CITY;
  const ways = { middle, radius_m: 10_000, circuity: 1, metresPerSecond: 4, leg_s: 25, barriers: [] };
  const made = await makeTable(ways);
  const stored = await inTenant(kernel, place.tenantId, (tx) =>
    storeTravelTable(tx, place, { ...made, maker: "osrm", now: clock.now() }),
  );
  expect(await versionOn("2026-11-29")).toBe(stored);
  expect(await house.rows("select zone_id from delivery.zone_pace")).toEqual([]);
  // An evening that was planned beside the old ways teaches nothing about zones any more; one that counts with the new ones does.
  const taughtBy = async (date: string) => {
    const [row] = await house.rows(`select id from delivery.evening where service_date = '${date}'`);
    return inTenant(kernel, place.tenantId, (tx) => factorsOfEvening(tx, place.tenantId, Number(row?.id)));
  };
  expect(await taughtBy("2026-11-28")).toBeNull();
  expect(await taughtBy("2026-11-29")).toEqual({});
  await house.rows(`insert into delivery.zone_pace (tenant_id, city_id, zone_id, factor_percent, legs, changed_at)
    values (${place.tenantId}, ${place.cityId}, ${east}, 151, 100, '2026-11-28')`);
  const version = await versionOn("2026-11-30");
  expect(version).toBe(stored + 1);
  expect(await taughtBy("2026-11-30")).toEqual({ [east]: 150 });
  expect(await taughtBy("2026-11-29")).toEqual({});
  const read = await inTenant(kernel, place.tenantId, (tx) => readTravelTable(tx, place, stored + 1));
  expect(read).toMatchObject({ maker: "osrm", zoneFactors: { [east]: 150 }, basis: null });
  expect(await between(stored + 1, -3_000)).toBe(1_000);
  expect((await between(stored + 1, 3_000)) / 1_000).toBeCloseTo(1.5, 1);
});
