import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { House } from "#kernel";
import {
  at,
  CITY,
  type DeliveryStage,
  HOUR,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import * as delivery from "../api.ts";
import { deleteCity, insertCity } from "../store/cities.ts";
import { travelTableOf } from "../store/evening-travel.ts";
import { storeTravelTable } from "../store/travel-tables.ts";
import { inTenant } from "../store/tx.ts";
import { Cells } from "../travel/cells.ts";
import { embeddedTable } from "../travel/city-travel.ts";
import { dropRound } from "./drop-round.ts";
import { improve } from "./improve.ts";
import { work } from "./improve-process.ts";
import { addRound } from "./plan-rounds.ts";
import type { ChosenWindow, Delivery, OfferedWindow } from "./promises.ts";
import { type Room, roomOf } from "./room.ts";

/** Copies of plans in memory: when they are read anew, what is read, and who answers meanwhile. */

let stage: DeliveryStage;
beforeAll(async () => {
  stage = await openDeliveryStage();
}, 60_000);
afterAll(() => stage.close());

/** Nothing here waits for a moment of its own; on a slow machine all of it takes longer. */
const WAITING = { timeout: 20_000 };

let days = 0;
const newDay = () => new Date(Date.parse("2026-11-26") + 86_400_000 * days++).toISOString().slice(0, 10);
let keys = 0;
const wish = (east_m = 1_000) => ({ cityId: stage.cityId, place: at(east_m, 500), days: 61 });

async function windowsOn(eveningId: number, room: Room = stage.room): Promise<readonly OfferedWindow[]> {
  const { windows } = await room.promises.windows(stage.tenantId, wish());
  return windows.filter((one) => one.eveningId === eveningId);
}
async function firstOn(eveningId: number, room: Room = stage.room): Promise<OfferedWindow> {
  const [window] = await windowsOn(eveningId, room);
  if (!window) throw new Error("no window");
  return window;
}
const hold = (window: ChosenWindow, room: Room = stage.room, east_m = 1_000) =>
  room.promises.hold(stage.tenantId, wish(east_m), window, {
    key: `book ${++keys}`,
    address: "Alter Wall 2",
  });
async function held(window: ChosenWindow, room: Room = stage.room, east_m = 1_000): Promise<Delivery> {
  const answer = await hold(window, room, east_m);
  if (!("held" in answer)) throw new Error("gone");
  return answer.held;
}
async function written(more: object): Promise<void> {
  const [city] = (await stage.call(delivery.listDeliveryCities)).items;
  if (!city) throw new Error("no city");
  const { id, ...given } = city;
  await stage.call(delivery.putDeliveryCity, { params: { id }, body: { ...given, ...more } });
}

/** A process to which no announcement comes but those that the test makes itself; its clock is `later` ms ahead. */
function deafProcess() {
  const listeners: ((tenantId: number) => void)[] = [];
  let later = 0;
  const house: House = {
    ...stage.here.kernel,
    clock: { now: () => stage.here.clock.now() + later },
    onAnnounce: (_, listener) => void listeners.push(listener),
  };
  return {
    house,
    room: roomOf(house),
    hear: () => {
      for (const listener of listeners) listener(stage.tenantId);
    },
    wait: (by_ms: number) => {
      later += by_ms;
    },
  };
}

describe("a process that hears of no change", () => {
  test("promises by the city as it is written when a window is chosen, and offers by it after seconds", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const { room, wait } = deafProcess();
    const window = await firstOn(evening, room);
    await written({ bufferSeconds: 3_600 });
    const { id } = await held(window, room);
    expect(await stage.rows(`select due_at from delivery.delivery where id = ${id}`)).toEqual([
      { due_at: new Date(window.latestAt - HOUR) },
    ]);
    const far = [at(5_000, 5_000), at(6_000, 5_000), at(6_000, 6_000), at(5_000, 5_000)];
    const coordinates = [far.map(({ lat, lon }): [number, number] => [lon, lat])];
    const zone = { name: "Ost", polygon: { type: "Polygon", coordinates }, bufferSeconds: 0, priceMinor: 0 };
    await written({ bufferSeconds: 600, zones: [zone] });
    expect(await windowsOn(evening, room)).not.toEqual([]);
    wait(6_000);
    const refusal = async () => (await room.promises.windows(stage.tenantId, wish())).refusal?.reason;
    await expect.poll(refusal, WAITING).toBe("outside");
    expect(await hold(window, room)).toMatchObject({ gone: { refusal: { reason: "outside" } } });
    await written({ zones: [] });
  });
});

describe("what has changed", () => {
  test("is read, and nothing else: a round more is one evening, a price leaves all plans as they are", async () => {
    const [one, other] = [await stage.evening(newDay(), [{}]), await stage.evening(newDay(), [{}])];
    const { house, room } = stage.process();
    const within = { house, book: room.book };
    const city = await room.book.city(stage.tenantId, stage.cityId);
    const planOf = (id: number) => city.evenings.find((evening) => evening.id === id)?.plan;
    const [before, untouched] = [planOf(one), planOf(other)];
    const [round] = (await stage.stored(one)).shifts;
    if (!round) throw new Error("no round");
    await addRound(
      within,
      { tenantId: stage.tenantId, eveningId: one },
      {
        courierId: null,
        startDepotId: stage.depotId,
        earliestAt: new Date(round.earliestAt).toISOString(),
        latestAt: new Date(round.latestAt).toISOString(),
      },
    );
    expect(await room.book.city(stage.tenantId, stage.cityId)).toBe(city);
    expect(planOf(one)?.rounds()).toHaveLength(2);
    expect(planOf(one)).not.toBe(before);
    expect(planOf(other)).toBe(untouched);
    const { windows } = CITY;
    await written({ windows: windows.map((rule) => ({ ...rule, priceMinor: rule.priceMinor + 100 })) });
    await room.book.changed(stage.tenantId);
    expect(planOf(other)).toBe(untouched);
    expect((await firstOn(other, room)).priceMinor).toBe(570);
    await written({ windows });
  });

  test("is read while the old answers", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const { house, room, hear } = deafProcess();
    expect((await firstOn(evening, room)).priceMinor).toBe(470);
    const { db } = house;
    let goOn = () => {};
    const standsStill = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow: typeof db.tenant = async (tenantId, doing) => {
      await standsStill;
      return db.tenant(tenantId, doing);
    };
    Object.assign(house, { db: { ...db, tenant: slow } });
    const { windows } = CITY;
    await written({ windows: windows.map((rule) => ({ ...rule, priceMinor: 900 })) });
    hear();
    expect((await firstOn(evening, room)).priceMinor).toBe(470);
    goOn();
    await expect.poll(async () => (await firstOn(evening, room)).priceMinor, WAITING).toBe(900);
    await written({ windows });
  });

  test("is seen by whoever changed it, though a reading was under way that began before", async () => {
    const { house, room } = deafProcess();
    const { db } = house;
    let goOn = () => {};
    const isRead = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const late: typeof db.tenant = async (tenantId, doing) => {
      const result = await db.tenant(tenantId, doing);
      await isRead;
      return result;
    };
    Object.assign(house, { db: { ...db, tenant: late } });
    const reading = room.book.cities(stage.tenantId);
    const { kernel, clock } = stage.here;
    const body = delivery.createDeliveryCity.body?.parse({ ...CITY, name: "Kiel" });
    if (!body) throw new Error("no body");
    const { id } = await inTenant(kernel, stage.tenantId, (tx) =>
      insertCity(tx, stage.tenantId, body, clock.now()),
    );
    const seen = room.book.changed(stage.tenantId).then(() => room.book.city(stage.tenantId, id));
    goOn();
    expect((await seen).city.name).toBe("Kiel");
    await reading;
    await inTenant(kernel, stage.tenantId, (tx) => deleteCity(tx, stage.tenantId, id));
    await room.book.changed(stage.tenantId);
    await expect(room.book.city(stage.tenantId, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a table of ways is in memory once, however many there are and whoever asks for it", async () => {
  const extent = { west: -500, south: -500, east: 500, north: 500 };
  const options = { circuity: 1.34, metresPerSecond: 5.5, barriers: null, factorOf: () => 1 };
  const { tenantId, cityId } = stage;
  const table = embeddedTable(new Cells(extent), options);
  const now = stage.here.clock.now();
  await inTenant(stage.here.kernel, tenantId, (tx) =>
    storeTravelTable(
      tx,
      { tenantId, cityId },
      { extent, lines: [], table, leg_s: 25, maker: "embedded", now },
    ),
  );
  await stage.rows(`insert into delivery.travel_table (tenant_id, city_id, version, extent, lines, leg_s, maker, pairs, made_at)
    select tenant_id, city_id, n, extent, lines, leg_s, maker, pairs, made_at from delivery.travel_table, generate_series(2, 20) n`);
  const read = (travelVersion: number) =>
    inTenant(stage.here.kernel, tenantId, (tx) => travelTableOf(tx, { tenantId, cityId, travelVersion }));
  const versions = Array.from({ length: 20 }, (_, n) => n + 1);
  const kept = [];
  for (const version of versions)
    kept.push((await Promise.all([read(version), read(version)])).map(identity));
  for (const version of versions) expect(identity(await read(version))).toBe(kept[version - 1]?.[0]);
  expect(kept.every(([a, b]) => a === b)).toBe(true);
  expect(new Set(kept.flat()).size).toBe(20);
  await stage.rows(`delete from delivery.travel_table`);
});
/** Held by the steps alone, as a plan does. */
const identity = (table: { readonly steps: Uint32Array } | null) => table?.steps;

describe("an evening under way", () => {
  const inThisProcess = async (order: Parameters<typeof work>[0]) => work({ ...order, iterations: 300 });

  test("is no plan to promise on, and no fault; what is near is not taken back, the rest stays as a place", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const window = await firstOn(evening);
    const [near, far] = [await held(window), await held(window, stage.room, 3_000)];
    await stage.rows(
      `update delivery.evening set state = 'running', version = version + 1 where id = ${evening}`,
    );
    // The courier is late: for a plan these rounds would break a rule.
    await stage.rows(`update delivery.shift set latest_at = earliest_at + interval '1 minute', frozen = 1,
      route = array[${near.id}, ${far.id}]::bigint[] where evening_id = ${evening}`);
    const { house, room } = deafProcess();
    const errors: unknown[] = [];
    const log = Object.assign(Object.create(house.log), { error: (...what: unknown[]) => errors.push(what) });
    Object.assign(house, { log });
    const city = await room.book.city(stage.tenantId, stage.cityId);
    expect(city.evenings.find(({ id }) => id === evening)).toMatchObject({ state: "running", plan: null });
    expect(errors).toEqual([]);
    expect(await windowsOn(evening, room)).toEqual([]);
    const { promises } = room;
    expect(await promises.change(stage.tenantId, far.id, window)).toHaveProperty("tooLate");
    expect(await promises.cancel(stage.tenantId, near.id)).toHaveProperty("tooLate");
    expect(await promises.cancel(stage.tenantId, far.id)).toMatchObject({ cancelled: { id: far.id } });
    expect((await stage.stored(evening)).shifts[0]?.route).toEqual([near.id, far.id]);
    const place = { tenantId: stage.tenantId, eveningId: evening };
    const dropped = dropRound({ house, book: room.book }, { ...place, id: near.shiftId ?? 0 });
    await expect(dropped).rejects.toMatchObject({ code: "rule_broken" });
    const improving = { house, book: room.book, optimise: inThisProcess };
    expect(await improve(improving, place)).toBe("nothing_to_do");
  });

  test("is left alone by an optimiser that began before it", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const window = await firstOn(evening);
    for (const east_m of [3_000, -3_000, 2_900, -2_900]) await held(window, stage.room, east_m);
    const { house, room } = stage.process();
    const optimise = async (order: Parameters<typeof work>[0]) => {
      await stage.rows(
        `update delivery.evening set state = 'running', version = version + 1 where id = ${evening}`,
      );
      return inThisProcess(order);
    };
    const before = await stage.stored(evening);
    const place = { tenantId: stage.tenantId, eveningId: evening };
    expect(await improve({ house, book: room.book, optimise }, place)).toBe("nothing_to_do");
    const { version, shifts } = await stage.stored(evening);
    expect([version, shifts]).toEqual([before.version + 1, before.shifts]);
  });
});
