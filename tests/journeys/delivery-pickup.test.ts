import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { expectedOf } from "../../src/skills/delivery/evening/expected.ts";
import { improve } from "../../src/skills/delivery/plan/improve.ts";
import { work } from "../../src/skills/delivery/plan/improve-process.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { readCourierPage } from "../../src/skills/delivery/store/courier-page.ts";
import { readStoredEvening } from "../../src/skills/delivery/store/plan-rows.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { at, faultsOf } from "../outside/delivery-stage.ts";
import { clockAt, type DeliveryHouse, startDeliveryHouse } from "./delivery-house.ts";

/** A parcel that lies at a sender's counter: promised, planned, fetched on the round and brought, over HTTP and PostgreSQL. */

let house: DeliveryHouse;
let eveningId = 0;
let shiftId = 0;
beforeAll(async () => {
  house = await startDeliveryHouse();
  ({ eveningId, shiftId } = await house.evening());
}, 120_000);
afterAll(() => house?.close());

/** Open from five to seven. */
const COUNTER = {
  place: at(1_500, 600),
  name: "Papeterie Osterstraße",
  fromMinute: 17 * 60,
  toMinute: 19 * 60,
  serviceSeconds: 240,
};
const ASKED = [COUNTER.place.lat, COUNTER.place.lon, COUNTER.fromMinute, COUNTER.toMinute, 240].join(",");

const stored = () =>
  inTenant(house.world.kernel, house.founded.tenantId, (tx) =>
    readStoredEvening(tx, house.founded.tenantId, eveningId),
  );
const routeOf = async () => (await stored()).shifts.find(({ id }) => id === shiftId)?.route ?? [];

/** Holds and books what lies at the counter. */
async function fetched(east: number, north: number, hour: number): Promise<number> {
  const { owner, cityId } = house.founded;
  const asked = { ...at(east, north), pickup: ASKED };
  const { windows } = await owner.call(delivery.listDeliveryWindows, { query: asked });
  const window = windows.find(({ earliestAt }) => Date.parse(earliestAt) === clockAt(`${hour}:00`));
  if (!window) throw new Error(`no window at ${hour}:00`);
  const { eveningId: id, earliestAt, latestAt } = window;
  const held = await owner.call(delivery.holdDelivery, {
    body: {
      key: randomUUID(),
      cityId,
      place: at(east, north),
      window: { eveningId: id, earliestAt, latestAt },
      address: "Methfesselstraße 12, 20257 Hamburg",
      skills: [],
      pickup: COUNTER,
    },
  });
  expect(held.delivery?.pickup).toEqual(COUNTER);
  const deliveryId = held.delivery?.id ?? 0;
  const booked = await owner.call(delivery.bookDelivery, { params: { id: deliveryId }, body: {} });
  expect(booked.outcome).toBe("booked");
  return deliveryId;
}

let [atDepot, first, second] = [0, 0, 0];

test("both stops are promised or none: no window where the counter is shut or outside", async () => {
  const { owner } = house.founded;
  const shut = ASKED.replace(",1020,1140,", ",480,600,");
  const none = await owner.call(delivery.listDeliveryWindows, { query: { ...at(800, 200), pickup: shut } });
  expect(none).toMatchObject({ windows: [], refusal: { reason: "full" } });
  const far = at(90_000, 0);
  const outside = await owner.call(delivery.listDeliveryWindows, {
    query: { ...at(800, 200), pickup: `${far.lat},${far.lon},1020,1140` },
  });
  expect(outside).toMatchObject({ windows: [], refusal: { reason: "outside" } });
  const backwards = await owner.refused(delivery.listDeliveryWindows, {
    query: { ...at(800, 200), pickup: ASKED.replace(",1020,1140,", ",1140,1020,") },
  });
  expect(backwards.detail).toContain("closes before it opens");

  atDepot = await house.booked({ east: 700, north: 300, hour: 17 });
  first = await fetched(2_500, 1_200, 18);
  second = await fetched(2_600, 1_000, 19);
  const route = await routeOf();
  expect(route.toSorted((a, b) => a - b)).toEqual([-second, -first, atDepot, first, second]);
  for (const id of [first, second]) expect(route.indexOf(-id)).toBeLessThan(route.indexOf(id));
  expect(faultsOf(await stored())).toEqual([]);
});

test("the plan is the same after a restart, the optimiser keeps pairs whole, and taking one back takes both stops out", async () => {
  const { kernel } = house.world;
  const { tenantId, owner } = house.founded;
  const { book } = roomOf(kernel);
  await improve(
    { house: kernel, book, optimise: async (order) => work({ ...order, iterations: 200 }) },
    { tenantId, eveningId },
  );
  expect(faultsOf(await stored())).toEqual([]);
  const third = await fetched(3_000, -400, 18);
  expect(await routeOf()).toContain(-third);
  // To another window of the same evening: both stops move.
  const { windows } = await owner.call(delivery.windowsForDelivery, { params: { id: third }, query: {} });
  const other = windows.find(({ earliestAt }) => Date.parse(earliestAt) === clockAt("19:00"));
  if (!other) throw new Error("no window at 19:00");
  const { eveningId: _, earliestAt, latestAt } = other;
  const changed = await owner.call(delivery.changeDelivery, {
    params: { id: third },
    body: { window: { eveningId, earliestAt, latestAt } },
  });
  expect(changed).toMatchObject({ outcome: "changed", delivery: { pickup: COUNTER } });
  expect(faultsOf(await stored())).toEqual([]);
  const route = await routeOf();
  expect(route.indexOf(-third)).toBeLessThan(route.indexOf(third));
  await owner.call(delivery.cancelDelivery, { params: { id: third }, body: {} });
  expect((await routeOf()).map(Math.abs)).not.toContain(third);
  expect(faultsOf(await stored())).toEqual([]);
});

const page = async () => {
  const { tenantId, courierId } = house.founded;
  const read = await readCourierPage(house.world.kernel, {
    tenantId,
    courierId,
    name: "Ida",
    language: "de",
  });
  const shift = read.shifts.find(({ id }) => id === shiftId);
  if (!shift) throw new Error("no shift on the page");
  return shift;
};
const label = (id: number) => `AHD1:${house.founded.tenantId}:${id}:1`;

test("the courier fetches at the counter what is scanned there, the customer counts the stop, and the evening ends whole", async () => {
  await house.until("17:00");
  expect(await house.tell(shiftId, { kind: "scan", code: label(atDepot) }, { kind: "leave" })).toEqual([
    "taken",
    "taken",
  ]);
  const out = await page();
  expect(out.pickups).toMatchObject([{ name: COUNTER.name, deliveryIds: expect.any(Array) }]);
  expect(out.pickups.flatMap(({ deliveryIds }) => deliveryIds).toSorted()).toEqual(
    [first, second].toSorted(),
  );
  const stopOf = (id: number) => out.stops.find(({ deliveryId }) => deliveryId === id);
  expect(stopOf(first)).toMatchObject({ fetchAt: COUNTER.name, state: "booked" });
  expect(stopOf(atDepot)).toMatchObject({ fetchAt: null, state: "under_way" });
  // The door from the depot and the counter come before it, the counter once.
  const { tenantId } = house.founded;
  const before = out.stops.findIndex(({ deliveryId }) => deliveryId === first);
  const expected = await expectedOf(house.world.kernel, tenantId, first);
  expect(expected?.stopsBefore).toBe(before + 1);

  const arrives = (deliveryId: number) => ({ kind: "arrive" as const, deliveryId });
  const done = (deliveryId: number) => ({
    kind: "done" as const,
    deliveryId,
    outcome: "handed_over" as const,
    to: "",
  });
  for (const { deliveryId } of out.stops.slice(0, before)) {
    await house.until("17:20");
    expect(await house.tell(shiftId, arrives(deliveryId), done(deliveryId))).toEqual(["taken", "taken"]);
  }
  await house.until("17:40");
  expect(
    await house.tell(shiftId, { kind: "scan", code: label(first) }, { kind: "scan", code: label(second) }),
  ).toEqual(["taken", "taken"]);
  const loaded = await page();
  expect(loaded.pickups).toEqual([]);
  expect(loaded.stops.filter(({ fetchAt }) => fetchAt !== null)).toEqual([]);
  expect((await expectedOf(house.world.kernel, tenantId, first))?.stopsBefore).toBe(0);
  expect(await house.row(first)).toMatchObject({ picked_up_at: new Date(clockAt("17:40")) });
  for (const [id, clock] of [
    [first, "18:20"],
    [second, "19:10"],
  ] as const) {
    await house.until(clock);
    expect(await house.tell(shiftId, arrives(id), done(id))).toEqual(["taken", "taken"]);
    expect(await house.row(id)).toMatchObject({ state: "done", outcome: "handed_over", broken_at: null });
  }
});

test("hours of the day: an evening keeps them as it was made, and promises less in the rush hour than by its fastest", async () => {
  const { owner, cityId } = house.founded;
  const { items } = await owner.call(delivery.listDeliveryCities, {});
  const found = items.find(({ id }) => id === cityId);
  if (!found) throw new Error("no city");
  const { id: _, ...city } = found;
  const hourlySpeeds = [
    { fromMinute: 15 * 60, percent: 25 },
    { fromMinute: 19 * 60, percent: 100 },
  ];
  const body = { ...city, hourlySpeeds };
  await owner.call(delivery.putDeliveryCity, { params: { id: cityId }, body });
  const slow = await house.evening("2026-11-25");
  const read = await inTenant(house.world.kernel, house.founded.tenantId, (tx) =>
    readStoredEvening(tx, house.founded.tenantId, slow.eveningId),
  );
  // Three and seven in the afternoon, on a clock that began a day before midnight, UTC; Hamburg is an hour ahead.
  expect(read.travel.hours).toEqual([
    [38 * 3_600, 25],
    [42 * 3_600, 100],
  ]);
  // Seven kilometres are two hours away until seven, and half an hour after it.
  const place = at(7_000, 0);
  const { windows } = await owner.call(delivery.listDeliveryWindows, { query: { ...place, days: 3 } });
  const begins = windows
    .filter((one) => one.eveningId === slow.eveningId)
    .map(({ earliestAt }) => (Date.parse(earliestAt) - clockAt("00:00", "2026-11-25")) / 3_600_000);
  expect(begins).not.toContain(17);
  expect(begins).toContain(19);
  const ordered = await owner.refused(delivery.putDeliveryCity, {
    params: { id: cityId },
    body: { ...body, hourlySpeeds: hourlySpeeds.toReversed() },
  });
  expect(JSON.stringify(ordered)).toContain("stand in order");
});
