import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { House } from "#kernel";
import { EveningStage } from "../../../../tests/outside/evening-stage.ts";
import * as api from "../api/running.ts";
import { deliveryTimers } from "../jobs.ts";
import { ENDED, EVENING } from "../rules/timer-kinds.ts";
import { makeChangeIn, tryChangeIn } from "./dispatch.ts";
import { readRunning } from "./running.ts";

/** Evenings on a real database: silence, faults, two processes, a clock that jumps, and what dispatchers may move. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());
beforeEach(() => on.nextDay());

const rows = async () => ({
  shifts: await on.rows(`select * from delivery.shift where evening_id = ${on.eveningId} order by id`),
  deliveries: await on.rows(`select * from delivery.delivery where evening_id = ${on.eveningId} order by id`),
  evening: await on.rows(`select * from delivery.evening where id = ${on.eveningId}`),
});

describe("silence", () => {
  test("a courier who was never heard follows the plan: the half-hour is told once, lateness is concluded from nothing", async () => {
    await on.planned(5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(16, 58));
    await on.until(on.clock(17));
    expect(await on.rows(`select state from delivery.evening where id = ${on.eveningId}`)).toEqual([
      { state: "running" },
    ]);
    await on.until(on.clock(17, 31));
    expect(await on.log(stop)).toEqual(["told"]);
    on.goTo(on.clock(20, 30));
    await on.tick();
    expect(await on.log(stop)).toEqual(["told"]);
    expect(await on.rows(`select broken_at from delivery.delivery where id = ${stop.id}`)).toEqual([
      { broken_at: null },
    ]);
    // Three hours after the last round nobody is waited for.
    on.goTo(on.clock(24, 1));
    await on.tick();
    expect(await on.rows(`select state, outcome from delivery.delivery where id = ${stop.id}`)).toEqual([
      { state: "done", outcome: "not_recorded" },
    ]);
  });

  test("a phone that was away for an hour is believed when it comes back, and nobody was told what was not so", async () => {
    await on.planned(5);
    const [first, second] = [await on.booked(800), await on.booked(2_500)];
    on.goTo(on.clock(17, 10));
    await on.tick();
    await on.tell(first, [on.leave(first)]);
    await on.until(on.clock(19, 30));
    expect([await on.log(first), await on.log(second)]).toEqual([["told"], ["told"]]);
    // Half out of order, and one of it twice.
    const [one, two] = [first, second].map((stop, n) => [
      on.done(stop, on.clock(18, 5 + 10 * n)),
      on.arrive(stop, on.clock(18, 1 + 10 * n)),
    ]);
    await on.tell(first, [...(two ?? []), ...(one ?? []), ...(one ?? [])]);
    const { rounds } = await readRunning(on.house, on.stage.tenantId, on.eveningId);
    expect(rounds[0]?.stops).toEqual([]);
    const kept = await on.rows(
      `select arrived_at, ended_at, broken_at from delivery.delivery where evening_id = ${on.eveningId} order by id`,
    );
    expect(kept).toEqual([
      { arrived_at: new Date(on.clock(18, 1)), ended_at: new Date(on.clock(18, 5)), broken_at: null },
      { arrived_at: new Date(on.clock(18, 11)), ended_at: new Date(on.clock(18, 15)), broken_at: null },
    ]);
    expect(await on.rows(`select route from delivery.shift where id = ${first.shiftId}`)).toMatchObject([
      { route: [first.id, second.id].map(String) },
    ]);
  });
});

test("who should be at the next door, and was not heard of: nothing is told anew; what is heard then is", async () => {
  await on.planned(5);
  const stops = [await on.booked(800, 17), await on.booked(2_500, 17)];
  const [{ route = [] } = {}] = await on.rows(
    `select route from delivery.shift where id = ${stops[0]?.shiftId}`,
  );
  const [first, second] = (route as unknown[]).map((id) => stops.find((stop) => stop.id === Number(id)));
  if (!first || !second) throw new Error("nobody drives them");
  on.goTo(on.clock(17, 10));
  await on.tick();
  await on.tell(first, [on.leave(first)]);
  on.goTo(on.clock(17, 16));
  await on.tell(first, [on.arrive(first)]);
  const said = await on.log(second);
  await on.until(on.clock(17, 44));
  expect(await on.log(second)).toEqual(said);
  await on.tell(first, [on.done(first)]);
  expect(await on.log(second)).toEqual([...said, "told"]);
});

describe("faults", () => {
  test("a process that dies in the middle leaves nothing half done; told again it is done once", async () => {
    await on.planned(5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(17, 40));
    await on.tick();
    await on.tell(stop, [on.leave(stop)]);
    on.goTo(on.clock(18, 10));
    const before = await rows();
    const said = await on.messages();
    let transactions = 0;
    // The second one writes it all, and is cut off before it stands.
    const tenant: House["db"]["tenant"] = (id, work) =>
      on.house.db.tenant(id, async (tx) => {
        const result = await (work as (tx: unknown) => ReturnType<typeof work>)(tx);
        if (++transactions === 2) throw new Error("killed");
        return result;
      });
    const dying: House = { ...on.house, db: { ...on.house.db, tenant } };
    const events = [on.arrive(stop), on.done(stop)];
    await expect(on.tell(stop, events, { house: dying, book: on.stage.room.book })).rejects.toThrow("killed");
    expect(await rows()).toEqual(before);
    expect(await on.tell(stop, events)).toMatchObject([{ outcome: "taken" }, { outcome: "taken" }]);
    const other = on.stage.process();
    expect(await on.tell(stop, events, { house: other.house, book: other.room.book })).toMatchObject([
      { outcome: "known" },
      { outcome: "known" },
    ]);
    expect(await on.messages()).toBe(said);
    // What it ended with is said once, as soon as nobody took it back.
    expect(
      await on.rows(`select 1 from kernel.timer where kind = '${ENDED}' and key = '${stop.id}'`),
    ).toHaveLength(1);
    const [mine, theirs] = await Promise.all(
      [on.house, other.house].map((house) => readRunning(house, on.stage.tenantId, on.eveningId)),
    );
    expect(theirs?.rounds).toEqual(mine?.rounds);
  });

  test("an evening whose minute fails time and again is looked after in the next one", async () => {
    await on.planned(5);
    await on.booked(1_000);
    on.goTo(on.clock(17, 1));
    let transactions = 0;
    const tenant: House["db"]["tenant"] = (id, work) => {
      if (++transactions % 2 === 1) throw new Error("broken");
      return on.house.db.tenant(id, work);
    };
    const broken: House = { ...on.house, db: { ...on.house.db, tenant } };
    const timers = deliveryTimers(broken, on.stage.room);
    const payload = { eveningId: on.eveningId };
    const key = String(on.eveningId);
    const timer = { tenantId: on.stage.tenantId, kind: EVENING, key, payload, attempts: 12 };
    const work = timers[EVENING];
    await expect((typeof work === "function" ? work : work?.run)?.(timer)).rejects.toThrow("broken");
    expect(
      await on.rows(`select due_at, attempts from kernel.timer where kind = '${EVENING}' and key = '${key}'`),
    ).toEqual([{ due_at: new Date(on.clock(17, 2)), attempts: 0 }]);
  });

  test("two processes tick at once, and an hour late: one message", async () => {
    await on.planned(5);
    const stop = await on.booked(1_000);
    on.goTo(on.clock(18, 15));
    const other = on.stage.process();
    const said = await on.messages();
    await Promise.all([on.tick(), on.tick({ house: other.house, book: other.room.book }), on.tick()]);
    expect(await on.messages()).toBe(said);
    // The plan's moment (18:00) is long over for somebody who was never heard; who leaves now is announced.
    await on.tell(stop, [on.leave(stop)]);
    expect(await on.log(stop)).toEqual(["told"]);
    expect(await on.messages()).toBe(said + 1);
  });
});

describe("what dispatchers may move", () => {
  test("the next one and who was told stay; others go where it costs least; a bag stays with its courier", async () => {
    await on.planned(3, 3);
    const stops = [];
    for (const east_m of [600, 900, 2_000, 2_300])
      stops.push(await on.booked(east_m, east_m > 1_500 ? 19 : 17));
    on.goTo(on.clock(16, 50));
    const whatIf = async (change: api.WhatIf) => tryChangeIn(on.house, on.evening, change);
    const [last] = stops.slice(-1);
    if (!last) throw new Error("no stop");
    const tried = await whatIf({ kind: "best", deliveryId: last.id });
    expect(tried).toMatchObject({ refused: null, change: { kind: "move", deliveryId: last.id } });
    const parcels = await whatIf({ kind: "parcels", count: 20 });
    expect(parcels.fits).toBe(2);
    await on.tick();
    const told = (await readRunning(on.house, on.stage.tenantId, on.eveningId)).evening.deliveries.filter(
      (one) => one.told,
    );
    for (const { id } of told)
      expect(await whatIf({ kind: "best", deliveryId: id })).toMatchObject({ refused: "frozen" });
    on.goTo(on.clock(17, 1));
    await on.tell(last, [on.leave(last)]);
    const other = stops.find(({ shiftId }) => shiftId !== last.shiftId);
    if (other) {
      const away = { kind: "move", deliveryId: last.id, shiftId: other.shiftId, place: 0 } as const;
      expect(["in_bag", "frozen"]).toContain((await whatIf(away)).refused);
    }
    const { version } = await whatIf({ kind: "parcels", count: 1 });
    await expect(
      makeChangeIn(on.within, on.evening, {
        change: { kind: "drop", shiftId: last.shiftId },
        version: version + 7,
        tells: true,
      }),
    ).rejects.toMatchObject({ code: "conflict" });
    const shown = await on.stage.call(api.getRunning, { params: { id: on.eveningId } });
    expect(shown.rounds.flatMap((round) => round.stops).map((stop) => stop.name)).toEqual(
      Array.from({ length: 4 }, () => "Frau Sommer"),
    );
    const frozen = await on.stage.call(api.freezeRound, {
      params: { id: on.eveningId },
      body: { shiftId: last.shiftId, stops: 3 },
    });
    const own = frozen.rounds.find(({ shiftId }) => shiftId === last.shiftId);
    expect(own?.stops.every(({ isFrozen }) => isFrozen)).toBe(true);
  });

  test("words to all of an evening are sent once", async () => {
    await on.planned(5);
    await on.booked(700);
    await on.booked(900);
    on.goTo(on.clock(17, 1));
    await on.tick();
    const said = await on.messages();
    const write = () =>
      on.stage.call(api.writeToEvening, {
        params: { id: on.eveningId },
        body: { to: "customers", text: "Heute regnet es.", key: "rain" },
      });
    expect(await write()).toEqual({ sent: 2, unreachable: [] });
    expect(await write()).toEqual({ sent: 2, unreachable: [] });
    expect(await on.messages()).toBe(said + 2);
    const couriers = await on.stage.call(api.writeToEvening, {
      params: { id: on.eveningId },
      body: { to: "couriers", text: "Fahrt vorsichtig.", key: "slow" },
    });
    expect(couriers).toMatchObject({ sent: 0, unreachable: [{ reason: "no_page" }] });
  });
});
