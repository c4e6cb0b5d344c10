import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agree, proposeAgreement } from "#kernel";
import {
  at,
  CITY,
  type DeliveryStage,
  faultsOf,
  HOUR,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import * as delivery from "../api.ts";
import { eraseDeliveries, exportDeliveries } from "../store/personal.ts";
import { storeTravelTable } from "../store/travel-tables.ts";
import { inTenant } from "../store/tx.ts";
import { Cells } from "../travel/cells.ts";
import { embeddedTable } from "../travel/city-travel.ts";
import { dropRound } from "./drop-round.ts";
import { optimiseApart } from "./improve.ts";
import { work } from "./improve-process.ts";
import type { OfferedWindow } from "./promises.ts";

/** What owners and dispatchers change: nothing of it breaks a promise. */

let stage: DeliveryStage;
beforeAll(async () => {
  // The Friday before the clock goes back.
  stage = await openDeliveryStage(Date.parse("2026-10-23T08:00:00Z"));
}, 60_000);
afterAll(() => stage.close());

let keys = 0;
async function promised(eveningId: number, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < count; n++) {
    const place = at(400 * n - 1_000, 300);
    const { windows } = await stage.room.promises.windows(stage.tenantId, {
      cityId: stage.cityId,
      place,
      days: 14,
    });
    const window = windows.find((one) => one.eveningId === eveningId) as OfferedWindow;
    const answer = await stage.room.promises.hold(stage.tenantId, { cityId: stage.cityId, place }, window, {
      key: `e${++keys}`,
      address: "Am Markt 3",
    });
    if (!("held" in answer)) throw new Error("gone");
    ids.push(answer.held.id);
  }
  return ids;
}
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { code: string; detail?: string; fields?: { path: string; message: string }[] }) => error,
  );

describe("rounds", () => {
  test("a courier drops out: others take over what was promised, or it is named and nothing changes", async () => {
    const evening = await stage.evening("2026-10-26", [{ capacity: 4 }, { capacity: 4 }]);
    const ids = await promised(evening, 4);
    const before = await stage.stored(evening);
    const [busy] = before.shifts.filter(({ route }) => route.length > 0);
    const dropped = await stage.call(delivery.dropShift, { params: { id: evening, shiftId: busy?.id ?? 0 } });
    expect(dropped).toEqual({ outcome: "dropped", moved: busy?.route.length, endangered: [] });
    const after = await stage.stored(evening);
    expect(faultsOf(after)).toEqual([]);
    expect(after.shifts.map(({ route }) => route.toSorted((a, b) => a - b))).toEqual([ids]);
    const [last] = after.shifts;
    expect(
      await stage.call(delivery.dropShift, { params: { id: evening, shiftId: last?.id ?? 0 } }),
    ).toMatchObject({
      outcome: "endangered",
      moved: 0,
      endangered: ids.map((deliveryId) => ({ deliveryId })),
    });
    expect(await stage.stored(evening)).toEqual(after);
  });

  test("of an evening that has begun are not given to others: refused with what to do, nothing changes", async () => {
    const evening = await stage.evening("2026-10-28", [{ capacity: 4 }, { capacity: 4 }]);
    await promised(evening, 2);
    const before = await stage.stored(evening);
    const shiftId = before.shifts.find(({ route }) => route.length > 0)?.id ?? 0;
    const past = { ...stage.here.kernel, clock: { now: () => Date.parse("2026-10-28T16:00:00Z") } };
    const place = { tenantId: stage.tenantId, eveningId: evening, id: shiftId };
    const fault = await refused(dropRound({ house: past, book: stage.room.book }, place));
    expect(fault).toMatchObject({
      code: "rule_broken",
      detail: expect.stringMatching(/has begun.*nothing was changed.*another courier.*cancel/),
    });
    expect(await stage.stored(evening)).toEqual(before);
  });

  test("are added and moved; what would break a promise is refused", async () => {
    const evening = await stage.evening("2026-10-27", [{}]);
    const [id] = await promised(evening, 1);
    const begin = Date.parse("2026-10-27T16:00:00Z");
    const shift = (from: number, until: number) => ({
      startDepotId: stage.depotId,
      earliestAt: new Date(begin + from * HOUR).toISOString(),
      latestAt: new Date(begin + until * HOUR).toISOString(),
    });
    const more = await stage.call(delivery.addShift, { params: { id: evening }, body: shift(0, 3) });
    expect(more.shifts).toHaveLength(2);
    const carrying = more.shifts.find(({ route }) => route.length > 0)?.id ?? 0;
    const place = { id: evening, shiftId: carrying };
    const late = await refused(stage.call(delivery.putShift, { params: place, body: shift(3, 5) }));
    expect(late).toMatchObject({
      code: "rule_broken",
      detail: expect.stringContaining("promised a delivery"),
    });
    const earlier = await stage.call(delivery.putShift, { params: place, body: shift(-1, 4) });
    expect(earlier.shifts.find((one) => one.id === carrying)).toMatchObject({
      earliestAt: shift(-1, 4).earliestAt,
      route: [id],
    });
    expect(faultsOf(await stage.stored(evening))).toEqual([]);
  });

  test("in the past, elsewhere, twice by one courier or on a planned day are refused with what would work", async () => {
    const courier = await stage.call(delivery.createCourier, {
      body: { name: "Mira", phone: "+4940123456", capacity: 25, skills: ["cold"] },
    });
    const shift = (date: string, more: object = {}) => ({
      startDepotId: stage.depotId,
      courierId: courier.id,
      earliestAt: `${date}T16:00:00Z`,
      latestAt: `${date}T20:00:00Z`,
      ...more,
    });
    const plan = (date: string, ...shifts: ReturnType<typeof shift>[]) =>
      stage.call(delivery.createEvening, { body: { cityId: stage.cityId, date, shifts } });
    const planned = await plan("2026-10-29", shift("2026-10-29"));
    expect(planned.shifts).toMatchObject([{ capacity: 25, skills: ["cold"], endDepotId: stage.depotId }]);
    const faults = [
      [() => plan("2026-10-22", shift("2026-10-22")), /2026-10-22 cannot be planned/],
      [
        () => plan("2026-10-23", shift("2026-10-23", { earliestAt: "2026-10-23T07:00:00Z" })),
        /begins in the past/,
      ],
      [() => plan("2026-10-30", shift("2026-10-29")), /does not begin on 2026-10-30/],
      [() => plan("2026-10-30", shift("2026-10-30", { startDepotId: 999 })), /no depot 999/],
      [() => plan("2026-10-30", shift("2026-10-30"), shift("2026-10-30")), /has another round/],
      [() => plan("2026-10-29", shift("2026-10-29")), /planned already/],
    ] as const;
    for (const [planned, words] of faults) expect((await refused(planned()))?.detail).toMatch(words);
    expect(
      (await refused(stage.call(delivery.deleteCourier, { params: { id: courier.id } })))?.detail,
    ).toContain("2026-10-29");
    await stage.call(delivery.putCourier, { params: { id: courier.id }, body: { name: "Mira B." } });
    expect((await stage.call(delivery.listCouriers)).items).toMatchObject([{ name: "Mira B.", phone: "" }]);
  });
});

describe("a city", () => {
  test("names every field that cannot work, and unknown keys by name", async () => {
    const tooShort = { weekdays: [1], fromMinute: 600, toMinute: 640, priceMinor: 1 };
    const wrong = {
      ...CITY,
      name: "Bremen",
      timeZone: "Europe/Bremen",
      bufferSeconds: 3_600,
      depots: [
        { name: "Mitte", place: { lat: 9.99, lon: 53.55 } },
        { name: "Mitte", place: CITY.middle },
      ],
      windows: [tooShort],
    };
    const fault = await refused(stage.call(delivery.createDeliveryCity, { body: wrong }));
    expect(fault?.fields?.map(({ path }) => path)).toEqual([
      "timeZone",
      "depots.0.place",
      "windows.0.toMinute",
      "depots.1.name",
    ]);
    expect(
      delivery.createDeliveryCity.body?.safeParse({ ...CITY, bufferMinutes: 3 }).error?.issues,
    ).toMatchObject([{ code: "unrecognized_keys", keys: ["bufferMinutes"] }]);
  });

  test("is written anew; promises stay as they were made, prices of new ones follow", async () => {
    const evening = await stage.evening("2026-11-02", [{}]);
    await promised(evening, 2);
    const [city] = (await stage.call(delivery.listDeliveryCities)).items;
    if (!city) throw new Error("no city");
    const { id, version: _, ...given } = city;
    const border = [
      at(-9_000, -9_000),
      at(9_000, -9_000),
      at(9_000, 9_000),
      at(-9_000, 9_000),
      at(-9_000, -9_000),
    ];
    const polygon = {
      type: "Polygon" as const,
      coordinates: [border.map(({ lat, lon }): [number, number] => [lon, lat])],
    };
    const slow = {
      ...given,
      speedKmh: 3,
      zones: [{ name: "Nord", polygon, bufferSeconds: 600, priceMinor: 150 }],
    };
    const written = await stage.call(delivery.putDeliveryCity, { params: { id }, body: slow });
    expect(written).toMatchObject({ speedKmh: 3, zones: [{ id: expect.any(Number), name: "Nord" }] });
    expect(written.windows).toEqual(city.windows);
    const stored = await stage.stored(evening);
    expect([stored.travel.speedKmh, faultsOf(stored)]).toEqual([20, []]);
    const ask = (place: { lat: number; lon: number }) =>
      stage.call(delivery.listDeliveryWindows, { query: { ...place, days: 14 } });
    expect((await ask(at(0, 100))).windows[0]?.priceMinor).toBe(300 + 170 + 150);
    expect((await ask(at(12_000, 0))).refusal).toMatchObject({ reason: "outside", distanceMetres: 3_000 });
    const moved = { ...slow, middle: at(1_000, 0) };
    expect(
      (await refused(stage.call(delivery.putDeliveryCity, { params: { id }, body: moved })))?.detail,
    ).toContain("while evenings are planned");
    const noDepot = { ...slow, depots: [] };
    expect(
      (await refused(stage.call(delivery.putDeliveryCity, { params: { id }, body: noDepot })))?.detail,
    ).toContain('"Mitte"');
    await stage.call(delivery.putDeliveryCity, { params: { id }, body: given });
  });

  test("in the night when the clock goes back every window is as long as the clock says, and is kept", async () => {
    const [city] = (await stage.call(delivery.listDeliveryCities)).items;
    if (!city) throw new Error("no city");
    const { id, version: _, ...given } = city;
    const night = { weekdays: [6], fromMinute: 1_440 + 90, toMinute: 1_440 + 210, priceMinor: 900 };
    await stage.call(delivery.putDeliveryCity, {
      params: { id },
      body: { ...given, windows: [...given.windows, night] },
    });
    const begin = Date.parse("2026-10-24T22:00:00Z");
    const round = {
      earliestAt: new Date(begin).toISOString(),
      latestAt: new Date(begin + 5 * HOUR).toISOString(),
    };
    const evening = await stage.evening("2026-10-24", [round]);
    const ask = { cityId: id, place: at(500, 0), days: 2 };
    const { windows } = await stage.room.promises.windows(stage.tenantId, ask);
    // 01:30 in summer time to 03:30 in winter time: three hours of real time.
    expect(windows).toMatchObject([
      {
        eveningId: evening,
        earliestAt: Date.parse("2026-10-24T23:30:00Z"),
        latestAt: Date.parse("2026-10-25T02:30:00Z"),
      },
    ]);
    const answer = await stage.room.promises.hold(stage.tenantId, ask, windows[0] as OfferedWindow, {
      key: "night",
      address: "Nachtweg 1",
    });
    expect(answer).toHaveProperty("held");
    expect(faultsOf(await stage.stored(evening))).toEqual([]);
    await stage.call(delivery.putDeliveryCity, { params: { id }, body: given });
  });
});

test("an evening counts with the table of ways that its city had, in every process; without one by distance", async () => {
  const extent = { west: -10_000, south: -10_000, east: 10_000, north: 10_000 };
  const cells = new Cells(extent);
  const options = { circuity: 1.34, metresPerSecond: 2, barriers: null, factorOf: () => 1 };
  const pairs = embeddedTable(cells, options);
  const before = await stage.evening("2026-10-31", [{}]);
  await inTenant(stage.here.kernel, stage.tenantId, (tx) =>
    storeTravelTable(
      tx,
      { tenantId: stage.tenantId, cityId: stage.cityId },
      { extent, lines: [], table: pairs, leg_s: 30, maker: "embedded", now: stage.here.clock.now() },
    ),
  );
  const evening = await stage.evening("2026-11-01", [{}]);
  expect((await stage.stored(before)).travel.table).toBeNull();
  await promised(evening, 4);
  const stored = await stage.stored(evening);
  expect([stored.travel.table?.leg_s, faultsOf(stored)]).toEqual([30, []]);
  const wish = { cityId: stage.cityId, place: at(3_000, 0), days: 14 };
  const { windows } = await stage.process().room.promises.windows(stage.tenantId, wish);
  const costOn = (id: number) => windows.find(({ eveningId }) => eveningId === id)?.cost_s ?? 0;
  // Twice 3 km at 2 m/s and 20 km/h, roads a third longer than the crow flies.
  expect(costOn(before)).toBeLessThan(1_600);
  expect(costOn(evening)).toBeGreaterThan(1_600);
  const order = { evening: stored, seed: 1, iterations: 300, cpu_s: 60 };
  expect((await optimiseApart(order)).rounds).toEqual(work(order).rounds);
  await stage.rows(`update delivery.evening set travel_version = null where id = ${evening}`);
  await stage.rows(`delete from delivery.travel_table`);
});

describe("a person", () => {
  test("is told what is kept; erased, the parcel is brought to nobody and the others' plan stands", async () => {
    const evening = await stage.evening("2026-11-03", [{}]);
    const ids = await promised(evening, 3);
    const [contact] = await stage.rows(
      `insert into kernel.contact (tenant_id, name, first_seen_at) values (${stage.tenantId}, 'Ida', '2026-10-23') returning id`,
    );
    const contactId = contact?.id as number;
    await stage.rows(
      `update delivery.delivery set contact_id = ${contactId}, door_note = 'hinten' where id = ${ids[1]}`,
    );
    const inCarrier = <T>(work: (tx: never) => Promise<T>) =>
      stage.here.kernel.db.tenant(stage.tenantId, (tx) => work(tx as never));
    expect(await inCarrier((tx) => exportDeliveries(tx, [contactId]))).toMatchObject({
      deliveries: [{ address: "Am Markt 3", doorNote: "hinten", state: "held" }],
    });
    await inCarrier((tx) => eraseDeliveries(tx, [contactId], stage.here.clock.now()));
    const [row] = await stage.rows(`select * from delivery.delivery where id = ${ids[1]}`);
    expect(row).toMatchObject({
      contact_id: null,
      address: "",
      door_note: "",
      state: "cancelled",
      latitude: 53.6,
    });
    const stored = await stage.stored(evening);
    expect(faultsOf(stored)).toEqual([]);
    expect(stored.shifts.flatMap(({ route }) => route).toSorted((a, b) => a - b)).toEqual([ids[0], ids[2]]);
  });
});

describe("a customer who is named", () => {
  test("must be there, and the conversation theirs; a conversation alone brings its contact", async () => {
    const evening = await stage.evening("2026-11-05", [{}]);
    const channelId = await stage.here.channel(stage.tenantId, { kind: "web", address: "named" });
    const customers = await stage.rows(`with c as (insert into kernel.contact (tenant_id, name, first_seen_at)
        select ${stage.tenantId}, n, '2026-10-23' from unnest(array['Ida', 'Kim']) n returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, thread, reply_address, language, last_message_at, last_day, created_at)
        select ${stage.tenantId}, ${channelId}, id, id::text, '', 'de', '2026-10-23', '2026-10-23', '2026-10-23' from c
        returning contact_id as "contactId", id as "conversationId"`);
    type Named = { contactId: number; conversationId: number };
    const [{ contactId, conversationId }, other] = customers as [Named, Named];
    const query = { ...at(100, 0), days: 14 };
    const { windows, cityId } = await stage.call(delivery.listDeliveryWindows, { query });
    const found = windows.find(({ eveningId }) => eveningId === evening);
    const { earliestAt = "", latestAt = "" } = found ?? {};
    const hold = (who: { contactId?: number; conversationId?: number }) =>
      stage.call(delivery.holdDelivery, {
        body: {
          key: `who ${++keys}`,
          cityId,
          place: at(100, 0),
          window: { eveningId: evening, earliestAt, latestAt },
          address: "Großneumarkt 10",
          ...who,
        },
      });
    for (const who of [{ conversationId: 999_999 }, { contactId: other.contactId, conversationId }])
      expect(await refused(hold(who))).toMatchObject({ code: "not_found" });
    for (const who of [{ conversationId }, { contactId, conversationId }])
      expect((await hold(who)).delivery).toMatchObject({ contactId, conversationId });
  });
});

describe("a sender", () => {
  test("needs an agreement; its own deliveries and nobody else's are seen, without its contact", async () => {
    const sender = (await stage.here.tenant({ name: "Kaufhaus" })).id;
    const as = { tenantId: sender };
    const query = { ...at(100, 0), days: 14, carrierId: stage.tenantId };
    expect(await refused(stage.call(delivery.listDeliveryWindows, { query }, as))).toMatchObject({
      code: "forbidden",
    });
    const now = stage.here.clock.now();
    const { db } = stage.here.kernel;
    const agreement = await db.tenant(sender, (tx) =>
      proposeAgreement(tx, {
        tenantId: sender,
        withTenantId: stage.tenantId,
        purpose: "delivery.orders",
        fields: ["address", "parcel", "place", "reference", "window"],
        expiresAt: now + 90 * 86_400_000,
        now,
      }),
    );
    await db.tenant(stage.tenantId, (tx) => agree(tx, { tenantId: stage.tenantId, id: agreement, now }));
    const evening = await stage.evening("2026-11-04", [{}]);
    const [own] = await promised(evening, 1);
    const { windows, cityId } = await stage.call(delivery.listDeliveryWindows, { query }, as);
    const window = windows.find((one) => one.eveningId === evening);
    if (!window) throw new Error("no window");
    const body = {
      key: "o-1",
      cityId,
      place: at(100, 0),
      window: { eveningId: evening, earliestAt: window.earliestAt, latestAt: window.latestAt },
      address: "Jungfernstieg 7",
      doorNote: "nicht vereinbart",
      senderReference: "4711",
      carrierId: stage.tenantId,
    };
    const { outcome, delivery: held } = await stage.call(delivery.holdDelivery, { body }, as);
    expect([outcome, held]).toMatchObject([
      "held",
      { address: "Jungfernstieg 7", doorNote: "", senderReference: "4711", contactId: null },
    ]);
    const carrierId = stage.tenantId;
    const listed = await stage.call(delivery.listDeliveries, { query: { carrierId } }, as);
    expect(listed.items.map(({ id }) => id)).toEqual([held?.id]);
    const foreign = stage.call(delivery.getDelivery, { params: { id: own ?? 0 }, query: { carrierId } }, as);
    expect(await refused(foreign)).toMatchObject({ code: "not_found" });
  });
});
