import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { House } from "#kernel";
import { EveningStage, type Stop, type Told } from "../../../../tests/outside/evening-stage.ts";
import type { CourierEvent } from "../api/courier-page.ts";
import { Chance } from "../engine/index.ts";
import { parcelCode } from "../labels/label.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { makeChangeIn } from "./dispatch.ts";
import { record, recordIn } from "./record.ts";
import { readRunning } from "./running.ts";

/** What couriers tell is counted in the rounds that it touches, and in no others. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());
beforeEach(() => on.nextDay());
// Who has ten deliveries to come is promised no more.
const nobodys = () => on.rows("update delivery.delivery set contact_id = null, conversation_id = null");
afterEach(nobodys);

const MINUTE = 60_000;

class Undone extends Error {}

/** What a transaction would leave; it is undone. Keys of live pages are drawn anew each time. */
async function leftBy(work: (tx: DeliveryTx) => Promise<{ results: unknown }>): Promise<unknown> {
  let left: unknown;
  const { eveningId } = on;
  await inTenant(on.house, on.stage.tenantId, async (tx) => {
    const { results } = await work(tx);
    const rows = [];
    for (const query of [
      `select to_jsonb(s) as r from delivery.shift s where evening_id = ${eveningId} order by id`,
      `select to_jsonb(d) - 'live_key' as r from delivery.delivery d where evening_id = ${eveningId} order by id`,
      `select to_jsonb(e) as r from delivery.evening e where id = ${eveningId}`,
      `select to_jsonb(h) - 'id' as r from delivery.happened h where evening_id = ${eveningId} order by h.id`,
      "select kind, key, due_at from kernel.timer where kind like 'delivery%' order by kind, key",
      "select conversation_id, sent_at, purpose from kernel.message where author = 'bot' order by id",
      "select shift_id, at, latitude from delivery.courier_place order by shift_id, at",
    ])
      rows.push((await sql.raw(query).execute(tx)).rows);
    left = { results, rows };
    throw new Undone();
  }).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return left;
}

/** Half of them are nobody's, who can be told of nothing. */
async function bookedByMany(places: readonly number[]): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (const [n, east_m] of places.entries()) {
    const stop = await on.booked(east_m, 17 + (n % 3));
    if (n % 2 === 1)
      await on.rows(
        `update delivery.delivery set contact_id = null, conversation_id = null where id = ${stop.id}`,
      );
    stops.push(stop);
  }
  return stops;
}

/** Couriers and dispatchers who tell anything of anybody, in no sensible order. */
class Turmoil {
  readonly #chance: Chance;
  readonly #stops: readonly Stop[];

  constructor(seed: number, stops: readonly Stop[]) {
    this.#chance = new Chance(seed, 1);
    this.#stops = stops;
  }

  any<T>(list: readonly T[]): T {
    return list[this.#chance.below(list.length)] as T;
  }

  isTrue(share: number): boolean {
    return this.#chance.isTrue(share);
  }

  minutes(): number {
    return 1 + this.#chance.below(7);
  }

  /** @param own what its round brings now */
  event(teller: Stop, own: readonly number[]): CourierEvent {
    const isOwn = own.length > 0 && this.isTrue(0.8);
    const deliveryId = isOwn
      ? this.isTrue(0.6)
        ? (own[0] as number)
        : this.any(own)
      : this.any(this.#stops).id;
    const carrierId = on.stage.tenantId;
    const told = this.any([
      ...Array<object>(4).fill({ kind: "arrive", deliveryId }),
      ...Array<object>(4).fill({ kind: "done", deliveryId, outcome: "handed_over", to: "" }),
      { kind: "not_there", deliveryId },
      { kind: "refused", deliveryId, words: "" },
      { kind: "undo", deliveryId },
      { kind: "take_back", deliveryId, isTaken: true, words: "" },
      { kind: "scan", code: parcelCode({ carrierId, deliveryId, parcel: 1 }) },
      { kind: "write", deliveryId, text: "Ich komme gleich." },
      { kind: "leave" },
      { kind: "accept" },
      { kind: "delay", minutes: 10 },
      { kind: this.isTrue(0.3) ? "back" : "leave" },
      { kind: "place", place: { lat: 53.55, lon: 9.99 } },
    ]);
    const at = on.now() - (this.isTrue(0.3) ? this.#chance.below(20) * MINUTE : 0);
    return on.event(teller, told as Told, at);
  }
}

async function openIn(shiftId: number): Promise<number[]> {
  const rows = await on.rows(
    `select d.id from delivery.shift s cross join lateral unnest(s.route) with ordinality r(id, n)
      join delivery.delivery d on d.tenant_id = s.tenant_id and d.id = r.id and d.state in ('booked', 'loaded', 'under_way')
      where s.id = ${shiftId} order by r.n`,
  );
  return rows.map(({ id }) => Number(id));
}

/** Whoever has most left to bring, and has not told to be back. */
async function dropOut(): Promise<void> {
  const [row] = await on.rows(
    `select e.version, s.id from delivery.evening e join delivery.shift s on s.evening_id = e.id and s.state not in ('dropped', 'done')
      join delivery.delivery d on d.shift_id = s.id and d.state in ('booked', 'loaded', 'under_way')
      where e.id = ${on.eveningId} group by e.id, e.version, s.id order by count(*) desc, s.id limit 1`,
  );
  const change = { kind: "drop", shiftId: Number(row?.id) } as const;
  await makeChangeIn(on.within, on.evening, { change, version: Number(row?.version), tells: true });
}

/** Deliveries that do not stand once in the route of their round, and in no other. */
const astray = () =>
  on.rows(
    `select d.id, d.shift_id, s.routes from delivery.delivery d cross join lateral (select array_agg(o.id) as routes
        from delivery.shift o, unnest(o.route) r(id) where o.evening_id = d.evening_id and r.id = d.id) s
      where d.evening_id = ${on.eveningId} and s.routes is distinct from array[d.shift_id]`,
  );

const DROPS_OUT = 12;
/** With all seeds. */
const seen = new Set<unknown>();

test.for([1, 2, 3, 4])(
  "the rounds that are touched alone leave the same rows as all of them together (seed %i)",
  { timeout: 120_000 },
  async (seed, { expect: expecting }) => {
    await on.planned(4, 4, 4, 8);
    const stops = await bookedByMany(Array.from({ length: 12 }, (_, n) => 300 + 400 * n));
    const couriers = [...new Map(stops.map((stop) => [stop.shiftId, stop])).values()];
    const all = couriers.map(({ shiftId }) => shiftId);
    const turmoil = new Turmoil(seed, stops);
    on.goTo(on.clock(16, 50));
    for (let step = 0; step < 45; step++) {
      on.goTo(on.now() + turmoil.minutes() * MINUTE);
      // What the minute brings to everybody is said already.
      await on.tick();
      if (step === DROPS_OUT) await dropOut();
      if (step === DROPS_OUT) await on.tick();
      const teller = turmoil.any(couriers);
      const own = await openIn(teller.shiftId);
      const events = Array.from({ length: turmoil.minutes() % 4 }, () => turmoil.event(teller, own));
      const by = turmoil.isTrue(0.2) ? "dispatcher" : "courier";
      const who = {
        tenantId: on.stage.tenantId,
        by,
        courierId: by === "courier" ? teller.courierId : null,
      } as const;
      const recording = { who, eveningId: on.eveningId, events };
      const whole = await leftBy((tx) => recordIn(on.house, tx, { ...recording, alsoRead: all }));
      const part = await leftBy((tx) => recordIn(on.house, tx, recording));
      expecting(part).toEqual(whole);
      const now = await record(on.within, who, events);
      expecting(now).toEqual((part as { results: unknown }).results);
      expecting(await astray()).toEqual([]);
      for (const { outcome, why } of now) seen.add(why ?? outcome);
    }
    const fetching = await on.rows(
      `select 1 from delivery.shift where evening_id = ${on.eveningId} and fetches <> '[]'`,
    );
    if (fetching.length > 0) seen.add("fetching");
  },
);

test("of what was told something was taken, refused, and of a parcel that a colleague was to fetch", () => {
  expect([...seen]).toEqual(expect.arrayContaining(["taken", "not_yours", "fetching"]));
});

/** A house that counts the characters that its database answers with. */
function counting(): { readonly house: House; characters: number } {
  const counted = { house: on.house, characters: 0 };
  const tenant: House["db"]["tenant"] = (id, work) =>
    on.house.db.tenant(id, (tx) =>
      work(
        tx.withPlugin({
          transformQuery: ({ node }) => node,
          transformResult: async ({ result }) => {
            counted.characters += JSON.stringify(result.rows).length;
            return result;
          },
        }) as never,
      ),
    );
  counted.house = { ...on.house, db: { ...on.house.db, tenant } };
  return counted;
}

/** Characters that an arrival is read from, in a round of three stops beside another of so many. */
async function readFor(others: number): Promise<number> {
  on.nextDay();
  await (others === 0 ? on.planned(3) : on.planned(3, others));
  const stops = await bookedByMany(Array.from({ length: others + 3 }, (_, n) => 300 + 40 * n));
  await nobodys();
  const byRound = Map.groupBy(stops, ({ shiftId }) => shiftId);
  const [first] = [...byRound.values()].find(({ length }) => length === 3) ?? [];
  if (!first) throw new Error("no round of three");
  on.goTo(on.clock(17, 1));
  await on.tick();
  await on.tell(first, [on.leave(first)]);
  on.goTo(on.clock(17, 30));
  await on.tick();
  const counted = counting();
  const book = on.stage.room.book;
  expect(await on.tell(first, [on.arrive(first)], { house: counted.house, book })).toMatchObject([
    { outcome: "taken" },
  ]);
  return counted.characters;
}

test("what is read for an event does not grow with the other rounds of its evening", async () => {
  const alone = await readFor(0);
  const among = await readFor(15);
  expect(alone).toBeGreaterThan(1_000);
  expect(among).toBeLessThan(1.1 * alone);
}, 60_000);

test("a round alone is as fast as all rounds together were at the last minute's look", async () => {
  await on.planned(3, 3);
  const stops: Stop[] = [];
  for (const east_m of [600, 900, 2_000, 2_300, 2_600]) stops.push(await on.booked(east_m, 17));
  const { tenantId } = on.stage;
  const kept = () =>
    on.rows(
      `select courier_id, tally from delivery.running_pace where evening_id = ${on.eveningId} order by 1`,
    );
  const paces = async (shiftId?: number) => {
    const { rounds, learned } = await readRunning(on.house, tenantId, on.eveningId, shiftId);
    return new Map(rounds.map(({ shift }) => [shift.id, learned.paceOf(shift)]));
  };
  on.goTo(on.clock(17, 1));
  const [first] = stops;
  const other = stops.find(({ shiftId }) => shiftId !== first?.shiftId);
  if (!first || !other) throw new Error("one round took all");
  await on.tick();
  await on.tell(first, [on.leave(first)]);
  await on.tell(other, [on.leave(other)]);
  on.goTo(on.clock(17, 20));
  await on.tell(first, [on.arrive(first, on.clock(17, 12)), on.done(first, on.clock(17, 19))]);
  expect(await kept()).toEqual([]);
  const before = await paces(other.shiftId);
  await on.tick();
  expect((await kept()).map(({ courier_id }) => courier_id)).toEqual([0, first.courierId]);
  const whole = await paces();
  expect((await paces(other.shiftId)).get(other.shiftId)).toEqual(whole.get(other.shiftId));
  expect((await paces(first.shiftId)).get(first.shiftId)).toEqual(whole.get(first.shiftId));
  expect(before.get(other.shiftId)).not.toEqual(whole.get(other.shiftId));
  await on.tell(first, [on.event(first, { kind: "undo", deliveryId: first.id } as Told)]);
  await on.tick();
  expect(await kept()).toEqual([]);
  await on.tell(first, [on.done(first)]);
  on.goTo(on.clock(24, 1));
  await on.tick();
  expect(await on.rows(`select state from delivery.evening where id = ${on.eveningId}`)).toEqual([
    { state: "over" },
  ]);
  expect(await kept()).toEqual([]);
});
