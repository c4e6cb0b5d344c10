import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { grantConsent, type House } from "#kernel";
import {
  type DeliveryStage,
  HOUR,
  openDeliveryStage,
  at as place,
} from "../../../../tests/outside/delivery-stage.ts";
import type { CourierEvent } from "../api/courier-page.ts";
import { createCourier } from "../api/couriers.ts";
import * as api from "../api/running.ts";
import type { Room } from "../plan/room.ts";
import { ARRIVAL } from "../rules/purposes.ts";
import { inTenant } from "../store/tx.ts";
import { makeChangeIn, tryChangeIn } from "./dispatch.ts";
import { record } from "./record.ts";
import { readRunning } from "./running.ts";
import { tick } from "./tick.ts";

/** Evenings on a real database: silence, faults, two processes, a clock that jumps, and what dispatchers may move. */

const MINUTE = 60_000;

let stage: DeliveryStage;
let contactId = 0;
let conversationId = 0;
beforeAll(async () => {
  stage = await openDeliveryStage();
  await customer();
}, 60_000);
afterAll(() => stage.close());

/** Each test has an evening of its own: the 26th, the 27th ... with rounds from 17:00 to 21:00. */
let day = Date.parse("2026-11-25T00:00:00+01:00");
let eveningId = 0;
beforeEach(() => {
  day += 24 * HOUR;
});
const clock = (hour: number, minute = 0) => day + hour * HOUR + minute * MINUTE;
const goTo = (moment: number) => stage.here.clock.advance(moment - stage.here.clock.now());
const date = () => new Date(day + 12 * HOUR).toISOString().slice(0, 10);
const here = () => ({ house: stage.here.kernel as House, book: stage.room.book });
const evening = () => ({ tenantId: stage.tenantId, eveningId });

/** Somebody who allowed the messages. */
async function customer(): Promise<void> {
  const { tenantId, here: world } = stage;
  const channelId = await world.channel(tenantId, { kind: "web", address: "evening-test" });
  const now = new Date(world.clock.now()).toISOString();
  const [row] = await stage.rows(
    `with c as (insert into kernel.contact (tenant_id, name, first_seen_at) values (${tenantId}, 'Frau Sommer', '${now}') returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      select ${tenantId}, ${channelId}, id, 'sommer', 'de', '${now}', '${now.slice(0, 10)}', '${now}' from c returning id, contact_id`,
  );
  contactId = Number(row?.contact_id);
  conversationId = Number(row?.id);
  await inTenant(world.kernel, tenantId, (tx) =>
    grantConsent(tx, {
      tenantId,
      grants: [
        {
          contactId,
          channelId,
          purpose: ARRIVAL,
          topic: "",
          language: "de",
          text: "Ja",
          how: "message",
          evidence: {},
          expiresAt: null,
        },
      ],
      now: world.clock.now(),
    }),
  );
}

/** Plans this test's evening. @param rounds room for parcels of each */
async function planned(...rounds: number[]): Promise<void> {
  const shifts = await Promise.all(
    rounds.map(async (capacity, n) => {
      const body = { name: `Courier ${date()} ${n}` };
      const { id: courierId } = await stage.call(createCourier, { body });
      return {
        courierId,
        capacity,
        earliestAt: new Date(clock(17)).toISOString(),
        latestAt: new Date(clock(21)).toISOString(),
      };
    }),
  );
  eveningId = await stage.evening(date(), shifts);
}

interface Stop {
  readonly id: number;
  readonly shiftId: number;
  readonly courierId: number;
}

/** Books the window from this hour on. */
async function booked(east_m: number, hour = 18): Promise<Stop> {
  const { promises } = stage.room;
  const window = { eveningId, earliestAt: clock(hour), latestAt: clock(hour + 2) };
  const wish = { cityId: stage.cityId, place: place(east_m, 500) };
  const key = randomUUID();
  const answer = await promises.hold(stage.tenantId, wish, window, {
    key,
    address: "Große Bleichen 1",
    contactId,
    conversationId,
  });
  if (!("held" in answer)) throw new Error("gone");
  await promises.book(stage.tenantId, answer.held.id);
  const [row] = await stage.rows(
    `select d.id, s.id as shift_id, s.courier_id from delivery.delivery d join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
      where d.id = ${answer.held.id}`,
  );
  return { id: Number(row?.id), shiftId: Number(row?.shift_id), courierId: Number(row?.courier_id) };
}

type Told = Omit<CourierEvent, "key" | "at" | "shiftId">;
const event = ({ shiftId }: Stop, told: Told, when = stage.here.clock.now()) =>
  ({ key: randomUUID(), at: new Date(when).toISOString(), shiftId, ...told }) as CourierEvent;
const leave = (stop: Stop) => event(stop, { kind: "leave" });
const arrive = (stop: Stop, when?: number) =>
  event(stop, { kind: "arrive", deliveryId: stop.id } as Told, when);
const done = (stop: Stop, when?: number) =>
  event(stop, { kind: "done", deliveryId: stop.id, outcome: "handed_over", to: "" } as Told, when);
const tell = (stop: Stop, events: CourierEvent[], within = here()) =>
  record(within, { tenantId: stage.tenantId, by: "courier", courierId: stop.courierId }, events);

/** What was said to the customer of a delivery, by kind. */
const log = async (stop: Stop): Promise<unknown[]> =>
  (
    await stage.rows(
      `select kind from delivery.happened where delivery_id = ${stop.id} and kind in ('told', 'late_said') order by id`,
    )
  ).map(({ kind }) => kind);
const messages = async (): Promise<number> =>
  Number((await stage.rows("select count(*)::int as n from kernel.message where author = 'bot'"))[0]?.n);
const rows = async () => ({
  shifts: await stage.rows(`select * from delivery.shift where evening_id = ${eveningId} order by id`),
  deliveries: await stage.rows(`select * from delivery.delivery where evening_id = ${eveningId} order by id`),
  evening: await stage.rows(`select * from delivery.evening where id = ${eveningId}`),
});

/** Ticks minute by minute. */
async function until(moment: number, within: { house: House; book: Room["book"] } = here()): Promise<void> {
  while (stage.here.clock.now() < moment) {
    stage.here.clock.advance(MINUTE);
    await tick(within, evening());
  }
}

describe("silence", () => {
  test("a courier who was never heard follows the plan: the half-hour is told once, lateness is concluded from nothing", async () => {
    await planned(5);
    const stop = await booked(1_000);
    goTo(clock(16, 58));
    await until(clock(17));
    expect(await stage.rows(`select state from delivery.evening where id = ${eveningId}`)).toEqual([
      { state: "running" },
    ]);
    await until(clock(17, 31));
    expect(await log(stop)).toEqual(["told"]);
    goTo(clock(20, 30));
    await tick(here(), evening());
    expect(await log(stop)).toEqual(["told"]);
    expect(await stage.rows(`select broken_at from delivery.delivery where id = ${stop.id}`)).toEqual([
      { broken_at: null },
    ]);
    // Three hours after the last round nobody is waited for.
    goTo(clock(24, 1));
    await tick(here(), evening());
    expect(await stage.rows(`select state, outcome from delivery.delivery where id = ${stop.id}`)).toEqual([
      { state: "done", outcome: "not_recorded" },
    ]);
  });

  test("a phone that was away for an hour is believed when it comes back, and nobody was told what was not so", async () => {
    await planned(5);
    const [first, second] = [await booked(800), await booked(2_500)];
    goTo(clock(17, 10));
    await tick(here(), evening());
    await tell(first, [leave(first)]);
    await until(clock(19, 30));
    expect([await log(first), await log(second)]).toEqual([["told"], ["told"]]);
    // Half out of order, and one of it twice.
    const [one, two] = [first, second].map((stop, n) => [
      done(stop, clock(18, 5 + 10 * n)),
      arrive(stop, clock(18, 1 + 10 * n)),
    ]);
    await tell(first, [...(two ?? []), ...(one ?? []), ...(one ?? [])]);
    const { rounds } = await readRunning(stage.here.kernel, stage.tenantId, eveningId);
    expect(rounds[0]?.stops).toEqual([]);
    const kept = await stage.rows(
      `select arrived_at, ended_at, broken_at from delivery.delivery where evening_id = ${eveningId} order by id`,
    );
    expect(kept).toEqual([
      { arrived_at: new Date(clock(18, 1)), ended_at: new Date(clock(18, 5)), broken_at: null },
      { arrived_at: new Date(clock(18, 11)), ended_at: new Date(clock(18, 15)), broken_at: null },
    ]);
    expect(await stage.rows(`select route from delivery.shift where id = ${first.shiftId}`)).toMatchObject([
      { route: [first.id, second.id].map(String) },
    ]);
  });
});

describe("faults", () => {
  test("a process that dies in the middle leaves nothing half done; told again it is done once", async () => {
    await planned(5);
    const stop = await booked(1_000);
    goTo(clock(17, 40));
    await tick(here(), evening());
    await tell(stop, [leave(stop)]);
    goTo(clock(18, 10));
    const before = await rows();
    const said = await messages();
    const dying = { ...stage.here.kernel, profile: () => Promise.reject(new Error("killed")) } as House;
    const events = [arrive(stop), done(stop)];
    await expect(tell(stop, events, { house: dying, book: stage.room.book })).rejects.toThrow("killed");
    expect(await rows()).toEqual(before);
    expect(await tell(stop, events)).toMatchObject([{ outcome: "taken" }, { outcome: "taken" }]);
    const other = stage.process();
    expect(await tell(stop, events, { house: other.house, book: other.room.book })).toMatchObject([
      { outcome: "known" },
      { outcome: "known" },
    ]);
    expect(await messages()).toBe(said + 1);
    const [mine, theirs] = await Promise.all(
      [stage.here.kernel, other.house].map((house) => readRunning(house, stage.tenantId, eveningId)),
    );
    expect(theirs?.rounds).toEqual(mine?.rounds);
  });

  test("two processes tick at once, and an hour late: one message", async () => {
    await planned(5);
    const stop = await booked(1_000);
    goTo(clock(18, 15));
    const other = stage.process();
    const said = await messages();
    await Promise.all([
      tick(here(), evening()),
      tick({ house: other.house, book: other.room.book }, evening()),
      tick(here(), evening()),
    ]);
    expect(await messages()).toBe(said);
    // The plan's moment (18:00) is long over for somebody who was never heard; who leaves now is announced.
    await tell(stop, [leave(stop)]);
    expect(await log(stop)).toEqual(["told"]);
    expect(await messages()).toBe(said + 1);
  });
});

describe("what dispatchers may move", () => {
  test("the next one and who was told stay; others go where it costs least; a bag stays with its courier", async () => {
    await planned(3, 3);
    const stops = [];
    for (const east_m of [600, 900, 2_000, 2_300]) stops.push(await booked(east_m, east_m > 1_500 ? 19 : 17));
    goTo(clock(16, 50));
    const whatIf = async (change: api.WhatIf) => tryChangeIn(stage.here.kernel, evening(), change);
    const [last] = stops.slice(-1);
    if (!last) throw new Error("no stop");
    const tried = await whatIf({ kind: "best", deliveryId: last.id });
    expect(tried).toMatchObject({ refused: null, change: { kind: "move", deliveryId: last.id } });
    const parcels = await whatIf({ kind: "parcels", count: 20 });
    expect(parcels.fits).toBe(2);
    await tick(here(), evening());
    const told = (await readRunning(stage.here.kernel, stage.tenantId, eveningId)).evening.deliveries.filter(
      (one) => one.told,
    );
    for (const { id } of told)
      expect(await whatIf({ kind: "best", deliveryId: id })).toMatchObject({ refused: "frozen" });
    goTo(clock(17, 1));
    await tell(last, [leave(last)]);
    const other = stops.find(({ shiftId }) => shiftId !== last.shiftId);
    if (other) {
      const away = { kind: "move", deliveryId: last.id, shiftId: other.shiftId, place: 0 } as const;
      expect(["in_bag", "frozen"]).toContain((await whatIf(away)).refused);
    }
    const { version } = await whatIf({ kind: "parcels", count: 1 });
    await expect(
      makeChangeIn(here(), evening(), {
        change: { kind: "drop", shiftId: last.shiftId },
        version: version + 7,
        tells: true,
      }),
    ).rejects.toMatchObject({ code: "conflict" });
    const shown = await stage.call(api.getRunning, { params: { id: eveningId } });
    expect(shown.rounds.flatMap((round) => round.stops).map((stop) => stop.name)).toEqual(
      Array.from({ length: 4 }, () => "Frau Sommer"),
    );
    const frozen = await stage.call(api.freezeRound, {
      params: { id: eveningId },
      body: { shiftId: last.shiftId, stops: 3 },
    });
    const own = frozen.rounds.find(({ shiftId }) => shiftId === last.shiftId);
    expect(own?.stops.every(({ isFrozen }) => isFrozen)).toBe(true);
  });

  test("words to all of an evening are sent once", async () => {
    await planned(5);
    await booked(700);
    await booked(900);
    goTo(clock(17, 1));
    await tick(here(), evening());
    const said = await messages();
    const write = () =>
      stage.call(api.writeToEvening, {
        params: { id: eveningId },
        body: { to: "customers", text: "Heute regnet es.", key: "rain" },
      });
    expect(await write()).toEqual({ sent: 2, unreachable: [] });
    expect(await write()).toEqual({ sent: 2, unreachable: [] });
    expect(await messages()).toBe(said + 2);
    const couriers = await stage.call(api.writeToEvening, {
      params: { id: eveningId },
      body: { to: "couriers", text: "Fahrt vorsichtig.", key: "slow" },
    });
    expect(couriers).toMatchObject({ sent: 0, unreachable: [{ reason: "no_page" }] });
  });
});
