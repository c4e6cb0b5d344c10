import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../tests/outside/delivery-stage.ts";
import { EveningStage, type Stop } from "../../../../tests/outside/evening-stage.ts";
import { readRunning } from "../evening/running.ts";
import { reportEvenings } from "./report.ts";
import { inTenant } from "./tx.ts";

/** What is on board and shall come another evening: out of the round that is driven, into the plan of the other. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());
beforeEach(() => on.nextDay());

/** An evening with stops, and the next one; the clock stands a minute after the first began. */
async function twoEvenings(): Promise<{
  stops: Stop[];
  other: { eveningId: number; earliestAt: number; latestAt: number };
}> {
  await on.planned(5);
  const first = on.eveningId;
  const stops = [await on.booked(700), await on.booked(1_400)];
  const begin = on.clock(17, 1);
  on.nextDay();
  await on.planned(5);
  const other = { eveningId: on.eveningId, earliestAt: on.clock(18), latestAt: on.clock(20) };
  on.eveningId = first;
  on.goTo(begin);
  await on.tick();
  return { stops, other };
}

const rowOf = async ({ id }: Stop) =>
  (
    await on.rows(
      `select evening_id, shift_id, state, told_from, choice, door_note from delivery.delivery where id = ${id}`,
    )
  )[0];
const routeOf = async ({ shiftId }: Stop) =>
  (await on.rows(`select to_jsonb(route) as route from delivery.shift where id = ${shiftId}`))[0]?.route;

test("it leaves the round with all that was told and chosen, is certain on the other evening, and its courier reads why", async () => {
  const { stops, other } = await twoEvenings();
  const { tenantId } = on.stage;
  const [one, two] = stops as [Stop, Stop];
  await on.tell(one, [on.leave(one)]);
  const route = (await routeOf(one)) as number[];
  const last = stops.find(({ id }) => id === route.at(-1)) ?? two;
  const next = last === one ? two : one;
  await on.rows(
    `update delivery.delivery set choice = 'not_home', door_note = E'Zweiter Hof\nKunde ist nicht da', told_from = earliest_at, told_until = latest_at, told_expected_at = earliest_at where id = ${last.id}`,
  );
  const [{ version } = { version: 0 }] = await on.rows(
    `select version from delivery.evening where id = ${on.eveningId}`,
  );
  const { promises } = on.stage.room;
  const { windows } = await promises.windowsFor(tenantId, last.id, 7);
  expect(windows.map(({ eveningId }) => eveningId)).toContain(other.eveningId);
  expect(await promises.change(tenantId, last.id, other, "put off")).toMatchObject({
    changed: { id: last.id },
  });
  // The same call again changes nothing.
  expect(await promises.change(tenantId, last.id, other, "put off")).toMatchObject({
    changed: { id: last.id },
  });
  expect(await rowOf(last)).toMatchObject({
    evening_id: other.eveningId,
    state: "booked",
    told_from: null,
    choice: null,
    door_note: "Zweiter Hof",
  });
  expect(await routeOf(one)).toEqual([next.id]);
  const [after] = await on.rows(`select version from delivery.evening where id = ${on.eveningId}`);
  expect(Number(after?.version)).toBe(Number(version) + 1);
  const { rounds } = await readRunning(on.house, tenantId, on.eveningId);
  expect(rounds.flatMap((round) => round.stops.map(({ delivery }) => delivery?.id))).toEqual([next.id]);
  const stored = await on.stage.stored(other.eveningId);
  expect(stored.deliveries.map(({ id }) => id)).toContain(last.id);
  const said = await on.rows(
    `select words from delivery.happened where shift_id = ${one.shiftId} and kind = 'wrote'`,
  );
  expect(said).toEqual([{ words: expect.stringContaining("Große Bleichen 1") }]);
  expect(await on.tell(one, [on.done(last)])).toMatchObject([{ outcome: "refused", why: "unknown" }]);
  // The next door stays.
  expect(await promises.change(tenantId, next.id, other)).toMatchObject({ tooLate: { id: next.id } });
});

test("a broken promise that is put off stays owed, and the next one is a promise of its own", async () => {
  await on.rows("update delivery.city set compensation_minor = 300");
  const { stops, other } = await twoEvenings();
  const first = on.eveningId;
  const [one, two] = stops as [Stop, Stop];
  await on.tell(one, [on.leave(one)]);
  const route = (await routeOf(one)) as number[];
  const last = stops.find(({ id }) => id === route.at(-1)) ?? two;
  await on.rows(
    `update delivery.delivery set late_said_at = latest_at, broken_at = latest_at, compensation_minor = 500 where id = ${last.id}`,
  );
  const { promises } = on.stage.room;
  await promises.change(on.stage.tenantId, last.id, other, "put off, broken");
  const owed = async () =>
    (
      await on.rows(
        `select broken_at is not null as is_broken, compensation_minor from delivery.delivery where id = ${last.id}`,
      )
    )[0];
  expect(await owed()).toEqual({ is_broken: false, compensation_minor: 500 });
  on.nextDay();
  on.eveningId = other.eveningId;
  const [row] = await on.rows(
    `select s.id, s.courier_id from delivery.shift s where s.evening_id = ${on.eveningId}`,
  );
  const next: Stop = { id: last.id, shiftId: Number(row?.id), courierId: Number(row?.courier_id) };
  on.goTo(other.earliestAt - 3_540_000);
  await on.tick();
  await on.tell(next, [on.leave(next)]);
  on.goTo(other.latestAt + 600_000);
  expect(await on.tell(next, [on.arrive(next)])).toMatchObject([{ outcome: "taken" }]);
  await on.tick();
  expect(await owed()).toEqual({ is_broken: true, compensation_minor: 800 });
  // Each evening answers for the promise that was broken on it.
  await on.rows(`update delivery.evening set state = 'over' where id in (${first}, ${other.eveningId})`);
  const { tenantId } = on.stage;
  const span = { from: "2000-01-01", until: "2099-12-31", cityId: undefined };
  const report = await inTenant(on.house, tenantId, (tx) => reportEvenings(tx, tenantId, span));
  const of = (id: number) => {
    const row = report.find((found) => found.row.eveningId === id)?.row;
    return [row?.windowKept, row?.windowJudged, row?.brokenSaid, row?.compensationMinor];
  };
  expect(of(first)).toEqual([0, 1, 1, 500]);
  expect(of(other.eveningId)).toEqual([0, 1, 0, 300]);
  await on.rows("update delivery.city set compensation_minor = 0");
});

test("a pair leaves with both its visits: what is frozen and held behind it stays as many stops as before", async () => {
  await on.planned(5);
  const stops = [await on.booked(700), await on.booked(1_400)];
  const { promises } = on.stage.room;
  const { tenantId, cityId } = on.stage;
  const counter = { name: "Papeterie", fromMinute: 1_020, toMinute: 1_200, service_s: 240 };
  const held = await promises.hold(
    tenantId,
    { cityId, place: at(900, 500), pickup: { ...counter, place: at(800, 300) } },
    { eveningId: on.eveningId, earliestAt: on.clock(18), latestAt: on.clock(20) },
    { key: "pair", address: "Große Bleichen 1" },
  );
  if (!("held" in held)) throw new Error("not held");
  const { id: pair } = held.held;
  await promises.book(tenantId, pair);
  const first = on.eveningId;
  const begin = on.clock(17, 1);
  on.nextDay();
  await on.planned(5);
  const other = { eveningId: on.eveningId, earliestAt: on.clock(18), latestAt: on.clock(20) };
  on.eveningId = first;
  on.goTo(begin);
  await on.tick();
  const [one] = stops as [Stop, Stop];
  await on.tell(one, [on.leave(one)]);
  const [next] = await on.rows(
    `select id from delivery.delivery where shift_id = ${one.shiftId} and state = 'under_way'`,
  );
  const behind = stops.find(({ id }) => id !== Number(next?.id));
  await on.rows(`update delivery.shift set route = array[${next?.id}, ${-pair}, ${pair}, ${behind?.id}]::bigint[], frozen = 4,
    held_stops = 3 where id = ${one.shiftId}`);
  expect(await promises.change(tenantId, pair, other)).toMatchObject({ changed: { id: pair } });
  const [shift] = await on.rows(
    `select to_jsonb(route) as route, frozen, held_stops from delivery.shift where id = ${one.shiftId}`,
  );
  expect(shift).toEqual({ route: [Number(next?.id), behind?.id], frozen: 2, held_stops: 1 });
});

test("of a courier who was never heard of nobody knows which door is next: nothing leaves the round", async () => {
  const { stops, other } = await twoEvenings();
  const [one] = stops as [Stop];
  const answer = await on.stage.room.promises.change(on.stage.tenantId, one.id, other);
  expect(answer).toMatchObject({ tooLate: { id: one.id } });
  expect(await rowOf(one)).toMatchObject({ evening_id: on.eveningId });
});
