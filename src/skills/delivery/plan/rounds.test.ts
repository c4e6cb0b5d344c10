import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  at,
  CITY,
  type DeliveryStage,
  faultsOf,
  HOUR,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import * as delivery from "../api.ts";
import { lockEvening } from "../store/plan-rows.ts";
import { storeTravelTable } from "../store/travel-tables.ts";
import { inTenant } from "../store/tx.ts";
import { Cells } from "../travel/cells.ts";
import { embeddedTable } from "../travel/city-travel.ts";
import { dropRound } from "./drop-round.ts";
import { work } from "./improve-process.ts";
import type { ChosenWindow, Delivery, OfferedWindow } from "./promises.ts";

/** Rounds and promises that two change at once, and what is at the edge: no round, no day, no way but one. */

let stage: DeliveryStage;
beforeAll(async () => {
  stage = await openDeliveryStage();
}, 60_000);
afterAll(() => stage.close());

let days = 0;
const newDay = () => new Date(Date.parse("2026-11-26") + 86_400_000 * days++).toISOString().slice(0, 10);
let keys = 0;
const wish = (place = at(1_000, 500), more: object = {}) => ({
  cityId: stage.cityId,
  place,
  days: 61,
  ...more,
});
async function windowsOn(eveningId: number, place = at(1_000, 500)): Promise<readonly OfferedWindow[]> {
  const { windows } = await stage.room.promises.windows(stage.tenantId, wish(place));
  return windows.filter((one) => one.eveningId === eveningId);
}
async function held(window: ChosenWindow | undefined, place = at(1_000, 500)): Promise<Delivery> {
  if (!window) throw new Error("no window");
  const answer = await stage.room.promises.hold(stage.tenantId, wish(place), window, {
    key: `round ${++keys}`,
    address: "Alter Wall 2",
  });
  if (!("held" in answer)) throw new Error("gone");
  return answer.held;
}

describe("while a courier drops out", () => {
  test("customers go on: what they change in the meantime is in the plan that others take over", async () => {
    const evening = await stage.evening(newDay(), [{ capacity: 4 }, { capacity: 4 }]);
    const { promises } = stage.room;
    const [first] = await windowsOn(evening);
    const all: Delivery[] = [];
    for (let n = 0; n < 6; n++) all.push(await held(first, at(600 * n - 1_500, 300)));
    const [small, large] = (await stage.stored(evening)).shifts.toSorted(
      (a, b) => a.route.length - b.route.length,
    );
    if (!small || !large) throw new Error("no rounds");
    // The other one has no room for all six, until two cancel.
    const leaving = large.route.slice(0, 2);
    const within = { house: stage.here.kernel, book: stage.room.book };
    const place = { tenantId: stage.tenantId, eveningId: evening, id: small.id };
    const reply = await dropRound(within, place, async (order) => {
      for (const id of leaving) expect(await promises.cancel(stage.tenantId, id)).toHaveProperty("cancelled");
      return work({ ...order, iterations: 300 });
    });
    expect(reply).toEqual({ outcome: "dropped", moved: small.route.length, endangered: [] });
    const after = await stage.stored(evening);
    expect(faultsOf(after)).toEqual([]);
    const staying = all.map(({ id }) => id).filter((id) => !leaving.includes(id));
    expect(after.shifts.map(({ id, route }) => [id, route.toSorted((a, b) => a - b)])).toEqual([
      [large.id, staying],
    ]);
  });

  test("windows are looked at without waiting for whoever holds the evening", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const [window, later] = await windowsOn(evening);
    const { id } = await held(window);
    const found = await inTenant(stage.here.kernel, stage.tenantId, async (tx) => {
      await lockEvening(tx, { tenantId: stage.tenantId, id: evening });
      return stage.room.promises.windowsFor(stage.tenantId, id);
    });
    const here = found.windows.filter(({ eveningId }) => eveningId === evening);
    expect(here[0]).toMatchObject({ earliestAt: window?.earliestAt });
    expect(here[1]).toMatchObject({ earliestAt: later?.earliestAt });
    // Its own place counted as free, and stands again: as in a process that has never been asked.
    const fresh = stage.process().room.promises.windows(stage.tenantId, wish());
    expect((await stage.room.promises.windows(stage.tenantId, wish())).windows).toEqual(
      (await fresh).windows,
    );
    expect(await stage.room.promises.book(stage.tenantId, id)).toHaveProperty("booked");
  });
});

describe("a courier", () => {
  const round = (courierId: number, date: string, from: number, until: number) => ({
    courierId,
    startDepotId: stage.depotId,
    earliestAt: `${date}T${from}:00:00+01:00`,
    latestAt: `${date}T${until}:00:00+01:00`,
  });

  test("is in one round at a time, though two plan them at the same moment", async () => {
    const { id } = await stage.call(delivery.createCourier, { body: { name: "Jörn" } });
    const { id: other } = await stage.call(delivery.createCourier, { body: { name: "Mira" } });
    const city = await stage.call(delivery.createDeliveryCity, { body: { ...CITY, name: "Lübeck" } });
    const date = newDay();
    const startDepotId = city.depots[0]?.id ?? 0;
    const shifts = [round(other, date, 17, 21), round(id, date, 17, 21)];
    const plans = [
      { cityId: stage.cityId, date, shifts },
      { cityId: city.id, date, shifts: shifts.toReversed().map((one) => ({ ...one, startDepotId })) },
    ];
    const made = await Promise.allSettled(plans.map((body) => stage.call(delivery.createEvening, { body })));
    expect(made.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const refused = made.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { detail: expect.stringContaining("another round") } });
    expect(
      await stage.rows(`select count(*)::int as rounds from delivery.shift where courier_id = ${id}`),
    ).toEqual([{ rounds: 1 }]);
  });

  test("tells of other work: rounds to come that the law refuses beside it are named, the others are not", async () => {
    const { id } = await stage.call(delivery.createCourier, { body: { name: "Jette" } });
    const [bad, good] = [newDay(), newDay()];
    for (const date of [bad, good]) await stage.evening(date, [round(id, date, 18, 21)]);
    const params = { id };
    expect((await stage.call(delivery.getOtherWork, { params })).refusedRounds).toEqual([]);
    const weekday = new Date(bad).getUTCDay() || 7;
    const item = { weekdays: [weekday], fromMinute: 20 * 60, toMinute: 23 * 60, from: "2026-11-01" };
    const { items, refusedRounds } = await stage.call(delivery.putOtherWork, {
      params,
      body: { items: [item] },
    });
    expect(items).toHaveLength(1);
    expect(refusedRounds).toMatchObject([
      { date: bad, reason: expect.stringMatching(/other work at that time, 60 minutes of it/) },
    ]);
    expect((await stage.call(delivery.getOtherWork, { params })).refusedRounds).toEqual(refusedRounds);
  });
});

describe("at the edge of what is planned", () => {
  test("an evening whose rounds have all dropped out is none: whoever asks is told of the next", async () => {
    const [first, second] = ["2027-01-11", "2027-01-12"];
    const city = await stage.call(delivery.createDeliveryCity, { body: { ...CITY, name: "Husum" } });
    const shift = (date: string) => ({
      startDepotId: city.depots[0]?.id ?? 0,
      earliestAt: `${date}T17:00:00+01:00`,
      latestAt: `${date}T21:00:00+01:00`,
    });
    const plan = (date: string) =>
      stage.call(delivery.createEvening, { body: { cityId: city.id, date, shifts: [shift(date)] } });
    const { id, shifts } = await plan(first);
    await stage.call(delivery.dropShift, { params: { id, shiftId: shifts[0]?.id ?? 0 } });
    const ask = (more: object) =>
      stage.room.promises.windows(stage.tenantId, { cityId: city.id, place: at(500, 0), days: 61, ...more });
    for (const demand of [0, 1])
      expect((await ask({ demand })).refusal).toEqual({ reason: "no_round", nextDate: null });
    await plan(second);
    expect((await ask({})).windows[0]?.earliestAt).toBe(Date.parse(`${second}T17:00:00+01:00`));
    expect((await ask({ days: 7 })).refusal).toEqual({ reason: "no_round", nextDate: second });
  });

  test("windows of a delivery reach as far as days are asked for, and the last planned day is named", async () => {
    const [window] = await windowsOn(await stage.evening(newDay(), [{}]));
    const { id } = await held(window);
    const far = await stage.evening("2027-01-20", [{}]);
    const { promises } = stage.room;
    const onFar = async (wanted?: number) => {
      const { windows, lastDate } = await promises.windowsFor(stage.tenantId, id, wanted);
      return [windows.some(({ eveningId }) => eveningId === far), lastDate];
    };
    expect([await onFar(), await onFar(61)]).toEqual([
      [false, "2027-01-20"],
      [true, "2027-01-20"],
    ]);
  });

  test("a city whose evenings all lie behind may move its middle and its depots", async () => {
    const { id, ...given } = await stage.call(delivery.createDeliveryCity, {
      body: { ...CITY, name: "Bremen" },
    });
    const date = newDay();
    const shift = {
      startDepotId: given.depots[0]?.id ?? 0,
      earliestAt: `${date}T17:00:00+01:00`,
      latestAt: `${date}T21:00:00+01:00`,
    };
    const evening = await stage.call(delivery.createEvening, {
      body: { cityId: id, date, shifts: [shift] },
    });
    const moved = {
      ...given,
      middle: at(500, 0),
      depots: given.depots.map((one) => ({ ...one, place: at(300, 0) })),
    };
    const put = () => stage.call(delivery.putDeliveryCity, { params: { id }, body: moved });
    await expect(put()).rejects.toMatchObject({ code: "rule_broken" });
    await stage.rows(`update delivery.evening set service_date = '2026-11-20' where id = ${evening.id}`);
    expect(await put()).toMatchObject({ middle: moved.middle, depots: [{ place: at(300, 0) }] });
  });
});

describe("a stop that holds the others' way together", () => {
  const EXTENT = { west: -10_000, south: -10_000, east: 10_000, north: 10_000 };
  const [WEST, EAST, BRIDGE] = [at(-3_000, 0), at(3_000, 0), at(0, 3_000)];

  /** From west to east it takes two hours more than by distance, but not by way of the north. */
  async function divided(): Promise<void> {
    const cells = new Cells(EXTENT);
    const options = { circuity: 1.34, metresPerSecond: 5.5, barriers: null, factorOf: () => 1 };
    const table = embeddedTable(cells, options);
    const [west, east] = [cells.at({ x: -3_000, y: 0 }), cells.at({ x: 3_000, y: 0 })];
    for (const pair of [west * cells.count + east, east * cells.count + west]) table.extra_s[pair] = 7_200;
    const { tenantId, cityId } = stage;
    const now = stage.here.clock.now();
    await inTenant(stage.here.kernel, tenantId, (tx) =>
      storeTravelTable(
        tx,
        { tenantId, cityId },
        { extent: EXTENT, lines: [], table, leg_s: 25, maker: "embedded", now },
      ),
    );
  }

  test("is moved all the same: its old place is driven by, and is nobody's", async () => {
    await divided();
    const [evening, other] = [await stage.evening(newDay(), [{}]), await stage.evening(newDay(), [{}])];
    const [window] = await windowsOn(evening, WEST);
    const west = await held(window, WEST);
    const between = await held(window, BRIDGE);
    const east = await held(window, EAST);
    const { promises } = stage.room;
    await promises.book(stage.tenantId, between.id);
    const offers = await promises.windowsFor(stage.tenantId, between.id, 61);
    const later = offers.windows.find(
      ({ eveningId, earliestAt }) => eveningId === evening && earliestAt === between.earliestAt + 2 * HOUR,
    );
    if (!later) throw new Error("no later window");
    expect(await promises.change(stage.tenantId, between.id, later)).toMatchObject({
      changed: { id: between.id, earliestAt: later.earliestAt, state: "booked" },
    });
    const left = await stage.rows(
      `select id, state, address, contact_id, price_minor from delivery.delivery where evening_id = ${evening} and id > ${east.id}`,
    );
    expect(left).toMatchObject([{ state: "cancelled", address: "", contact_id: null, price_minor: 0 }]);
    const stored = await stage.stored(evening);
    expect(faultsOf(stored)).toEqual([]);
    const stops = [west.id, east.id, between.id, left[0]?.id];
    expect(stored.shifts.flatMap(({ route }) => route).toSorted()).toEqual(stops.toSorted());
    // What is in memory is what any other process reads.
    const seen = (room = stage.room) => room.promises.windows(stage.tenantId, wish(at(2_000, 2_000)));
    expect((await seen()).windows).toEqual((await seen(stage.process().room)).windows);
    // From its new place it goes as any other: to another evening, with nothing left behind.
    const elsewhere = (await windowsOn(other, BRIDGE))[0] as OfferedWindow;
    expect(await promises.change(stage.tenantId, between.id, elsewhere)).toMatchObject({
      changed: { eveningId: other },
    });
    const after = (await stage.stored(evening)).shifts.flatMap(({ route }) => route);
    expect(after.toSorted()).toEqual([west.id, east.id, left[0]?.id].toSorted());
  });
});
