import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EveningStage, type Stop, type Told } from "../../../../tests/outside/evening-stage.ts";
import { createCourier } from "../api/couriers.ts";
import { putShift } from "../api/evenings.ts";
import * as api from "../api/running.ts";
import { ENDED } from "../rules/timer-kinds.ts";
import { afterTimers } from "../store/after/timers.ts";
import { makeChangeIn, tryChangeIn } from "./dispatch.ts";
import { atRiskIn, readRunning } from "./running.ts";

/** What couriers leave behind who drop out, are back too early, or speak up late: no promise is broken in silence. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());
beforeEach(() => on.nextDay());

const ofStop = async ({ id }: Stop) =>
  (
    await on.rows(
      `select state, outcome, shift_id, broken_at is not null as is_broken, signature, arrived_at, ended_at from delivery.delivery where id = ${id}`,
    )
  )[0];
const stateOf = async () =>
  (await on.rows(`select state from delivery.evening where id = ${on.eveningId}`))[0]?.state;
const shiftState = async ({ shiftId }: Stop) =>
  (await on.rows(`select state from delivery.shift where id = ${shiftId}`))[0]?.state;
const running = () => readRunning(on.house, on.stage.tenantId, on.eveningId);
const isFollowed = async ({ id }: Stop) =>
  (await on.rows(`select 1 from kernel.timer where kind = '${ENDED}' and key = '${id}'`)).length === 1;
/** What follows an end, ten seconds later. @returns what the customer reads of it */
async function followed({ id }: Stop): Promise<string[]> {
  const before = await on.messages();
  const payload = { deliveryId: id };
  const timer = { tenantId: on.stage.tenantId, kind: ENDED, key: String(id), payload, attempts: 1 };
  await afterTimers(on.house, on.stage.room.promises)[ENDED](timer);
  const found = await on.rows(
    `select content ->> 'text' as text from kernel.message where author = 'bot' order by sent_at, id offset ${before}`,
  );
  return found.map(({ text }) => String(text));
}
async function change(whatIf: api.WhatIf): Promise<void> {
  const { version, refused } = await tryChangeIn(on.house, on.evening, whatIf);
  expect(refused).toBeNull();
  await makeChangeIn(on.within, on.evening, { change: whatIf, version, tells: true });
}

describe("stops that a courier leaves behind", () => {
  test("the only courier drops out: it is said when the window ends, nobody counts as brought to, the evening ends", async () => {
    await on.planned(5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(17, 1));
    await on.tick();
    await on.tell(stop, [on.leave(stop)]);
    await change({ kind: "drop", shiftId: stop.shiftId });
    expect(atRiskIn(await running())).toMatchObject([{ stop: stop.id, shift: null, chance: 1 }]);
    on.goTo(on.clock(19, 59));
    await on.tick();
    expect(await ofStop(stop)).toMatchObject({ state: "booked", is_broken: false });
    on.goTo(on.clock(20, 1));
    await on.tick();
    expect(await stateOf()).toBe("over");
    expect(await ofStop(stop)).toMatchObject({ state: "failed", outcome: "not_recorded", is_broken: true });
    expect(await isFollowed(stop)).toBe(true);
    expect(await followed(stop)).toEqual([expect.stringContaining("Unser Kurier ist nicht gekommen.")]);
  });

  test("who is back with an open stop has left it behind: it is at risk, may be moved, and who goes on is out again", async () => {
    await on.planned(5, 5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(17, 1));
    await on.tick();
    const back = () => on.tell(stop, [on.event(stop, { kind: "back" } as Told)]);
    await on.tell(stop, [on.leave(stop)]);
    on.goTo(on.clock(17, 10));
    await back();
    expect(await shiftState(stop)).toBe("done");
    expect(atRiskIn(await running())).toMatchObject([{ stop: stop.id, shift: null }]);
    on.goTo(on.clock(17, 12));
    await on.tell(stop, [on.leave(stop)]);
    expect(await shiftState(stop)).toBe("out");
    expect(atRiskIn(await running())).toEqual([]);
    on.goTo(on.clock(17, 20));
    await back();
    await change({ kind: "best", deliveryId: stop.id });
    const { rounds } = await running();
    const taken = rounds.find(({ stops }) => stops.some(({ delivery }) => delivery?.id === stop.id));
    expect(taken?.shift.id).not.toBe(stop.shiftId);
    expect(taken?.isAbandoned).toBe(false);
  });

  test("told of the half-hour and left over, a stop of who dropped out can still be given to a colleague, who fetches it", async () => {
    await on.planned(5, 5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(17, 1));
    await on.tick();
    await on.tell(stop, [on.leave(stop)]);
    on.goTo(on.clock(17, 40));
    await on.tick();
    expect(await on.log(stop)).toEqual(["told"]);
    // Nobody had room for it when its courier dropped out.
    await on.rows(`update delivery.shift set state = 'dropped' where id = ${stop.shiftId}`);
    await change({ kind: "best", deliveryId: stop.id });
    const taken = (await running()).rounds.find(({ shift }) => shift.id !== stop.shiftId);
    expect(taken?.stops.map(({ delivery }) => delivery?.id ?? null)).toEqual([null, stop.id]);
  });

  test("a courier drops out at a door: colleagues fetch the parcels there, and each stop stands in one round, once", async () => {
    await on.planned(5, 5);
    const [first, ...others] = [
      await on.booked(600, 17),
      await on.booked(900, 18),
      await on.booked(1_200, 18),
    ];
    expect(new Set([first, ...others].map(({ shiftId }) => shiftId)).size).toBe(1);
    on.goTo(on.clock(17, 1));
    await on.tick();
    await on.tell(first, [on.leave(first)]);
    on.goTo(on.clock(17, 20));
    await on.tell(first, [on.arrive(first), on.done(first)]);
    await change({ kind: "drop", shiftId: first.shiftId });
    const routes = await on.rows(
      `select id, state, to_jsonb(route) as route from delivery.shift where evening_id = ${on.eveningId} order by state`,
    );
    const ids = others.map(({ id }) => id);
    expect(routes).toMatchObject([
      { state: "dropped", route: [first.id] },
      { state: "planned", route: expect.toSatisfy((route) => String(route.toSorted()) === String(ids)) },
    ]);
    const taken = (await running()).rounds.find(({ shift }) => shift.id !== first.shiftId);
    expect(taken?.stops.map(({ delivery }) => delivery === null)).toEqual([true, false, false]);
  });

  test("ended by hand before a window: its customer hears that nobody comes", async () => {
    await on.planned(5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(17, 1));
    await on.tick();
    const said = await on.messages();
    await on.stage.call(api.setEveningState, { params: { id: on.eveningId }, body: { state: "over" } });
    expect(await ofStop(stop)).toMatchObject({ state: "failed", outcome: "not_recorded", is_broken: true });
    expect(await on.messages()).toBe(said + 1);
    expect(await isFollowed(stop)).toBe(true);
  });
});

test("another courier for a round accepts it anew, also while the evening runs and others are late", async () => {
  await on.planned(5, 5);
  const stops = [await on.booked(1_000), await on.booked(1_200), await on.booked(9_000)];
  const [stop] = stops as [Stop];
  await on.tell(stop, [on.event(stop, { kind: "accept" } as Told)]);
  expect(await shiftState(stop)).toBe("accepted");
  on.goTo(on.clock(16, 40));
  await on.stage.call(api.setEveningState, { params: { id: on.eveningId }, body: { state: "running" } });
  // As couriers' own order and their delays leave it: no plan could be built of it.
  await on.rows(`update delivery.delivery set due_at = earliest_at where evening_id = ${on.eveningId}`);
  const { id: courierId } = await on.stage.call(createCourier, { body: { name: `Jo ${on.date()}` } });
  const hours = {
    earliestAt: new Date(on.clock(17)).toISOString(),
    latestAt: new Date(on.clock(21)).toISOString(),
  };
  await on.stage.call(putShift, {
    params: { id: on.eveningId, shiftId: stop.shiftId },
    body: { courierId, startDepotId: on.stage.depotId, ...hours },
  });
  const now = () => on.rows(`select state, courier_id from delivery.shift where id = ${stop.shiftId}`);
  expect(await now()).toEqual([{ state: "planned", courier_id: courierId }]);
  // Neither does the log speak for the new one.
  await on.tell({ ...stop, courierId }, [
    on.event(stop, { kind: "scan", code: `AHD1:${on.stage.tenantId}:${stop.id}:1` } as Told),
  ]);
  expect(await now()).toEqual([{ state: "planned", courier_id: courierId }]);
});

describe("what is told late", () => {
  test("a hand-over before the courier dropped out counts, and the colleague fetches nothing", async () => {
    await on.planned(5, 5);
    const stop = await on.booked(1_000);
    await on.rows(
      `update delivery.delivery set take_back = 'Bücher', take_back_state = 'asked' where id = ${stop.id}`,
    );
    on.goTo(on.clock(17, 1));
    await on.tick();
    await on.tell(stop, [on.leave(stop)]);
    on.goTo(on.clock(18, 10));
    await change({ kind: "drop", shiftId: stop.shiftId });
    const helper = (await running()).rounds.find(({ stops }) => stops.length > 0);
    expect(helper?.stops.map(({ delivery }) => delivery?.id ?? null)).toEqual([null, stop.id]);
    on.goTo(on.clock(18, 15));
    const arrive = on.arrive(stop, on.clock(18, 1));
    const along = { kind: "take_back", deliveryId: stop.id, isTaken: true, words: "" } as Told;
    const answers = await on.tell(stop, [
      arrive,
      on.event(stop, along, on.clock(18, 2)),
      on.done(stop, on.clock(18, 3)),
    ]);
    expect(answers.map(({ outcome, why }) => why ?? outcome)).toEqual(["not_yours", "taken", "taken"]);
    expect(
      await on.rows(`select take_back_state from delivery.delivery where id = ${stop.id}`),
    ).toMatchObject([{ take_back_state: "taken" }]);
    expect(await ofStop(stop)).toMatchObject({
      state: "done",
      outcome: "handed_over",
      shift_id: stop.shiftId,
    });
    expect((await running()).rounds.flatMap(({ stops }) => stops)).toEqual([]);
  });

  test("not there, told after the evening's end, brings another window; after the window, what is owed", async () => {
    await on.planned(5);
    const [first, second] = [await on.booked(900), await on.booked(1_400)];
    on.goTo(on.clock(17, 1));
    await on.tick();
    on.goTo(on.clock(24, 1));
    await on.tick();
    expect(await stateOf()).toBe("over");
    expect(await ofStop(first)).toMatchObject({ state: "done", outcome: "not_recorded" });
    const vain = on.event(first, { kind: "not_there", deliveryId: first.id } as Told, on.clock(18, 5));
    await on.tell(first, [vain, on.arrive(second, on.clock(20, 9)), on.done(second, on.clock(20, 12))]);
    expect(await ofStop(first)).toMatchObject({ state: "failed", outcome: "not_there", is_broken: false });
    expect(await isFollowed(first)).toBe(true);
    expect(await ofStop(second)).toMatchObject({ state: "done", outcome: "handed_over", is_broken: true });
  });
});

describe("what is said of a stop", () => {
  test("told of a delay it can be moved by hand again, and is told the new half-hour", async () => {
    await on.planned(5);
    const stops = [await on.booked(700), await on.booked(1_400), await on.booked(2_400)];
    const [first] = stops;
    if (!first) throw new Error("no stop");
    on.goTo(on.clock(17, 5));
    await on.tell(first, [
      on.leave(first),
      on.event(first, { kind: "delay", minutes: 200, words: "" } as Told),
    ]);
    await on.tick();
    for (const stop of stops) expect(await on.log(stop)).toEqual(["late_said"]);
    const order = async () => {
      const [row] = await on.rows(
        `select to_jsonb(route) as route from delivery.shift where id = ${first.shiftId}`,
      );
      return row?.route as number[];
    };
    const before = await order();
    const last = before.at(-1) ?? 0;
    await change({ kind: "move", deliveryId: last, shiftId: first.shiftId, place: 0 });
    expect(await order()).toEqual([last, ...before.slice(0, -1)]);
    const moved = stops.find(({ id }) => id === before[0]);
    if (!moved) throw new Error("not found");
    // What was held stays held.
    await on.stage.call(api.freezeRound, {
      params: { id: on.eveningId },
      body: { shiftId: first.shiftId, stops: 3 },
    });
    const again = { kind: "move", deliveryId: last, shiftId: first.shiftId, place: 2 } as const;
    expect(await tryChangeIn(on.house, on.evening, again)).toMatchObject({ refused: "frozen" });
  });

  test("taken back after its window it is no broken promise; a hand-over that is undone proves nothing", async () => {
    await on.planned(5);
    const [gone, signed] = [await on.booked(900), await on.booked(1_400)];
    on.goTo(on.clock(17, 1));
    await on.tick();
    await on.tell(signed, [on.leave(signed)]);
    const late = new Date(on.clock(20, 30)).toISOString();
    await on.rows(
      `update delivery.delivery set state = 'cancelled', ended_at = '${late}' where id = ${gone.id}`,
    );
    on.goTo(on.clock(18, 35));
    const done = { ...on.done(signed, on.clock(18, 20)), signature: "M1 1L2 2" };
    await on.tell(signed, [done as ReturnType<typeof on.done>]);
    expect(await ofStop(signed)).toMatchObject({ outcome: "handed_over", signature: "M1 1L2 2" });
    const undo = on.event(signed, { kind: "undo", deliveryId: signed.id } as Told, on.clock(18, 21));
    await on.tell(signed, [undo]);
    expect(await ofStop(signed)).toMatchObject({ outcome: null, signature: null });
    // Nobody reads of it; of the one that stands its customer does, once.
    expect(await followed(signed)).toEqual([]);
    await on.tell(signed, [on.done(signed, on.clock(18, 30))]);
    expect(await followed(signed)).toEqual([expect.stringContaining("Übergeben um 18:30 Uhr")]);
    expect(await followed(signed)).toEqual([]);
    on.goTo(on.clock(20, 31));
    await on.tick();
    expect(await ofStop(gone)).toMatchObject({ state: "cancelled", is_broken: false });
  });

  test("where a courier was is forgotten within a day, also of an evening that was over long before", async () => {
    await on.planned(5);
    const stop = await on.booked(900);
    on.goTo(on.clock(17, 1));
    await on.tick();
    const place = { kind: "place", place: { lat: 53.55, lon: 9.99 } } as Told;
    await on.tell(stop, [on.leave(stop), on.event(stop, place)]);
    on.goTo(on.clock(24, 1));
    await on.tick();
    const kept = () =>
      on.rows(
        `select 1 from delivery.courier_place p join delivery.shift s on s.id = p.shift_id where s.evening_id = ${on.eveningId}`,
      );
    expect(await kept()).toHaveLength(1);
    await on.tell(stop, [on.event(stop, place)]);
    expect(await kept()).toHaveLength(1);
    const [timer] = await on.rows(
      `select due_at from kernel.timer where kind = 'delivery_evening' and key = '${on.eveningId}'`,
    );
    const due = new Date(String(timer?.due_at)).getTime();
    expect(due).toBeLessThan(on.clock(41, 1));
    on.goTo(due);
    await on.tick();
    expect(await kept()).toEqual([]);
  });
});
