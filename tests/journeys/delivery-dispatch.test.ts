import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as delivery from "../../src/skills/delivery/api.ts";
import { ApiClient } from "../outside/api-client.ts";
import { newCompany } from "../outside/company.ts";
import { sharedNode } from "../shared-node.ts";

/** A dispatcher's evening over HTTP: tried, done, held, written, begun and ended by hand, looked back at. */

const MIDDLE = { lat: 53.55, lon: 9.99 };
/** The day after tomorrow, so that no midnight comes between; the city's clock is UTC. */
const DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const at = (hour: number) => `${DATE}T${hour}:00:00Z`;

let owner: ApiClient;
let agent: ApiClient;
let cityId = 0;
let eveningId = 0;
let couriers: number[] = [];

beforeAll(async () => {
  owner = (await newCompany(await sharedNode())).owner;
  const { secret } = await owner.call(api.createApiKey, { body: { name: "Leitstelle", role: "agent" } });
  agent = new ApiClient(owner.base, { "x-api-key": secret });
  const city = await owner.call(delivery.createDeliveryCity, {
    body: {
      name: "Hafenstadt",
      timeZone: "UTC",
      middle: MIDDLE,
      depots: [{ name: "Mitte", place: MIDDLE }],
      windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 960, toMinute: 1_200, priceMinor: 490 }],
    },
  });
  cityId = city.id;
  couriers = [];
  for (const name of ["Ada", "Ben"])
    couriers.push((await owner.call(delivery.createCourier, { body: { name } })).id);
  const shifts = couriers.map((courierId) => ({
    courierId,
    startDepotId: city.depots[0]?.id ?? 0,
    earliestAt: at(16),
    latestAt: at(20),
    capacity: 5,
  }));
  eveningId = (await owner.call(delivery.createEvening, { body: { cityId, date: DATE, shifts } })).id;
  for (const [n, lon] of [9.98, 10.0, 10.01].entries()) {
    const place = { lat: 53.56, lon };
    const [window] = (await agent.call(delivery.listDeliveryWindows, { query: place })).windows;
    if (!window) throw new Error("no window");
    const { earliestAt, latestAt } = window;
    const { delivery: held } = await agent.call(delivery.holdDelivery, {
      body: {
        key: `dispatch ${n}`,
        cityId,
        place,
        window: { eveningId, earliestAt, latestAt },
        address: `Kai ${n + 1}`,
      },
    });
    await agent.call(delivery.bookDelivery, { params: { id: held?.id ?? 0 }, body: {} });
  }
}, 120_000);

const params = () => ({ id: eveningId });
const running = () => agent.call(delivery.getRunning, { params: params() });
type Evening = Awaited<ReturnType<typeof running>>;
const stopsOf = ({ rounds }: Evening) =>
  rounds.flatMap(({ shiftId, stops }) => stops.map((stop) => ({ ...stop, shiftId })));

test("what is tried is what is done, on the version that was tried; words, holds and links are the dispatcher's", async () => {
  const before = await running();
  expect(before).toMatchObject({ state: "planned", cityName: "Hafenstadt", date: DATE, atRisk: [] });
  expect(
    stopsOf(before)
      .map(({ address }) => address)
      .sort(),
  ).toEqual(["Kai 1", "Kai 2", "Kai 3"]);
  const [one] = stopsOf(before);
  const other = before.rounds.find(({ shiftId }) => shiftId !== one?.shiftId);
  if (!one || !other) throw new Error("no two rounds");
  const change = { kind: "move", deliveryId: one.deliveryId, shiftId: other.shiftId, place: 0 } as const;
  const tried = await agent.call(delivery.tryChange, { params: params(), body: change });
  expect(tried).toMatchObject({ refused: null, version: before.version });
  expect(tried.after.distanceMetres).toBeGreaterThan(0);
  expect(stopsOf(await running()).find(({ deliveryId }) => deliveryId === one.deliveryId)?.shiftId).toBe(
    one.shiftId,
  );

  const body = { change, version: tried.version };
  const after = await agent.call(delivery.makeChange, { params: params(), body });
  expect(stopsOf(after).find(({ deliveryId }) => deliveryId === one.deliveryId)?.shiftId).toBe(other.shiftId);
  expect((await agent.refused(delivery.makeChange, { params: params(), body })).code).toBe("conflict");
  const more = await agent.call(delivery.tryChange, {
    params: params(),
    body: { kind: "parcels", count: 20 },
  });
  expect(more.fits).toBe(7);

  const frozen = await agent.call(delivery.freezeRound, {
    params: params(),
    body: { shiftId: other.shiftId, stops: 1 },
  });
  const held = frozen.rounds.find(({ shiftId }) => shiftId === other.shiftId);
  expect(held?.stops[0]?.isFrozen).toBe(true);

  const written = await agent.call(delivery.writeToEvening, {
    params: params(),
    body: { to: "customers", text: "Es regnet.", key: "rain" },
  });
  expect(written).toMatchObject({ sent: 0 });
  expect(written.unreachable.map(({ reason }) => reason)).toEqual(Array(3).fill("no_conversation"));
  const link = { params: { id: couriers[0] ?? 0 } };
  const { url } = await owner.call(delivery.makeCourierLink, link);
  expect(url).toMatch(/\/courier#\d+\.[0-9a-f]{64}$/);
  const told = await agent.call(delivery.writeToEvening, {
    params: params(),
    body: { to: "couriers", text: "Fahrt vorsichtig.", key: "slow" },
  });
  expect(told).toMatchObject({ sent: 1, unreachable: [{ name: "Ben", reason: "no_page" }] });
  expect(await owner.call(delivery.endCourierLink, link)).toEqual({ ok: true });
  expect((await agent.refused(delivery.makeCourierLink, link)).code).toBe("forbidden");
});

const set = (state: "running" | "over") =>
  owner.call(delivery.setEveningState, { params: params(), body: { state } });

test("what a courier cannot tell the dispatcher records, with who says so; a mistake is taken back", async () => {
  expect((await set("running")).state).toBe("running");
  const [one] = stopsOf(await running());
  const deliveryId = one?.deliveryId ?? 0;
  const told = (end: delivery.EndGiven["end"], more: object = {}) => ({
    params: params(),
    body: { key: randomUUID(), deliveryId, end, saidBy: "Ada, am Telefon", ...more },
  });
  const of = (evening: Evening) => stopsOf(evening).find((stop) => stop.deliveryId === deliveryId);
  const refused = async (end: delivery.EndGiven["end"]) =>
    (await agent.refused(delivery.recordDeliveryEnd, told(end))).code;
  expect(await refused("undone")).toBe("rule_broken");
  const wrong = told("not_there", { at: at(18) });
  expect(of(await agent.call(delivery.recordDeliveryEnd, wrong))).toMatchObject({ outcome: "not_there" });
  // Told twice, as when an answer got lost.
  expect(of(await agent.call(delivery.recordDeliveryEnd, wrong))).toMatchObject({ outcome: "not_there" });
  expect(await refused("handed_over")).toBe("rule_broken");
  expect(of(await agent.call(delivery.recordDeliveryEnd, told("undone")))).toMatchObject({ outcome: null });
  // It happened before what was recorded by mistake.
  const right = told("neighbour", { to: "Familie Kurz", at: at(17) });
  const after = await agent.call(delivery.recordDeliveryEnd, right);
  expect(of(after)).toMatchObject({ state: "done", outcome: "neighbour" });
  expect(Date.parse(of(after)?.endedAt ?? "")).toBeLessThan(Date.parse(at(18)));
  const said = after.happened.filter((entry) => entry.deliveryId === deliveryId && entry.saidBy !== "");
  expect(said.map(({ kind, by, words }) => [kind, by, words])).toEqual([
    ["done", "dispatcher", "Familie Kurz"],
    ["undone", "dispatcher", ""],
    ["not_there", "dispatcher", ""],
  ]);
  const elsewhere = { ...told("handed_over"), params: { id: eveningId + 1_000 } };
  expect((await agent.refused(delivery.recordDeliveryEnd, elsewhere)).code).toBe("not_found");
  // The same end again, earlier: the one before it was taken back.
  await agent.call(delivery.recordDeliveryEnd, told("undone"));
  const again = await agent.call(delivery.recordDeliveryEnd, told("neighbour", { at: at(16) }));
  expect(of(again)).toMatchObject({ outcome: "neighbour" });
  expect(of(await agent.call(delivery.recordDeliveryEnd, told("undone")))).toMatchObject({
    state: expect.stringMatching(/booked|loaded|under_way/),
  });
});

test("an evening is begun and ended by hand, and looked back at", async () => {
  expect((await agent.call(delivery.listDeliveryWindows, { query: MIDDLE })).windows).toEqual([]);
  const over = await set("over");
  expect(over.state).toBe("over");
  expect(stopsOf(over).map(({ state, outcome }) => [state, outcome])).toEqual(
    Array(3).fill(["failed", "not_recorded"]),
  );
  const replay = await agent.call(delivery.getReplay, { params: params() });
  expect(replay.happened.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["moved", "frozen", "begun", "over"]),
  );
  expect(replay.orders.flatMap(({ route }) => route).length).toBeGreaterThanOrEqual(3);
  const report = await agent.call(delivery.getDeliveryReport, { query: { from: DATE, until: DATE, cityId } });
  expect(report.rows).toMatchObject([
    { eveningId, deliveries: 3, handedOver: 0, notRecorded: 0, windowJudged: 3, windowKept: 0 },
  ]);
  expect(report.sums).toMatchObject([{ eveningId: null, date: null, windowJudged: 3 }]);
});
