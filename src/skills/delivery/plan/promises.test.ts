import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#kernel";
import {
  at,
  type DeliveryStage,
  faultsOf,
  HOUR,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import { IMPROVE_AFTER_MS } from "../rules/limits.ts";
import { improve, optimiseApart } from "./improve.ts";
import { work } from "./improve-process.ts";
import type { ChosenWindow, Delivery, OfferedWindow, Offers } from "./promises.ts";

/** Promises on a real database, by several processes at once: the plan that is stored holds every one, always. */

let stage: DeliveryStage;
beforeAll(async () => {
  stage = await openDeliveryStage();
}, 60_000);
afterAll(() => stage.close());

/** Timers are looked at every half second, other processes hear after a moment; on a slow machine later. */
const WAITING = { timeout: 20_000 };

let days = 0;
/** A day of its own for each test, from the day after tomorrow on. */
const newDay = () => new Date(Date.parse("2026-11-26") + 86_400_000 * days++).toISOString().slice(0, 10);
let keys = 0;
const newKey = () => `key ${++keys}`;
const wish = (east_m = 1_000, more: object = {}) => ({
  cityId: stage.cityId,
  // In two directions, so that who comes later often lies between others.
  place: at(east_m, ((east_m * 7) % 5_900) - 1_500),
  days: 14,
  ...more,
});
const of = (offers: Offers, eveningId: number) => offers.windows.filter((one) => one.eveningId === eveningId);
async function firstOf(eveningId: number): Promise<OfferedWindow> {
  const found = of(await stage.room.promises.windows(stage.tenantId, wish()), eveningId)[0];
  if (!found) throw new Error("no window");
  return found;
}
const hold = (window: ChosenWindow, { room = stage.room, key = newKey(), east_m = 1_000 } = {}) =>
  room.promises.hold(stage.tenantId, wish(east_m), window, { key, address: "Große Bleichen 1" });
async function held(window: ChosenWindow, options: Parameters<typeof hold>[1] = {}): Promise<Delivery> {
  const answer = await hold(window, options);
  if (!("held" in answer)) throw new Error("gone");
  return answer.held;
}
const idsIn = async (eveningId: number) =>
  (await stage.stored(eveningId)).shifts.flatMap(({ route }) => route).toSorted((a, b) => a - b);
async function isWhole(eveningId: number): Promise<void> {
  const stored = await stage.stored(eveningId);
  expect(faultsOf(stored)).toEqual([]);
  const promised = await stage.rows(
    `select id from delivery.delivery where evening_id = ${eveningId} and state in ('held', 'booked') order by id`,
  );
  expect(await idsIn(eveningId)).toEqual(promised.map(({ id }) => id));
}

describe("a window", () => {
  test("is held, booked, moved and taken back; each call again says the same", async () => {
    const [first, second] = [await stage.evening(newDay(), [{}]), await stage.evening(newDay(), [{}])];
    const window = await firstOf(first);
    expect(window).toMatchObject({ priceMinor: 470, currency: "EUR" });
    const key = newKey();
    const one = await held(window, { key });
    expect(one).toMatchObject({ state: "held", holdUntil: stage.here.clock.now() + 600_000 });
    expect(await held(window, { key })).toEqual(one);
    await isWhole(first);

    const { promises } = stage.room;
    const booked = await promises.book(stage.tenantId, one.id);
    expect(booked).toMatchObject({ booked: { id: one.id, state: "booked", holdUntil: null } });
    expect(await promises.book(stage.tenantId, one.id)).toEqual(booked);

    const later = of(await promises.windowsFor(stage.tenantId, one.id), first)[1] as OfferedWindow;
    expect(later.earliestAt).toBe(window.earliestAt + HOUR);
    const moveKey = newKey();
    expect(await promises.change(stage.tenantId, one.id, later, moveKey)).toMatchObject({
      changed: { earliestAt: later.earliestAt, priceMinor: 480, state: "booked" },
    });
    const elsewhere = await firstOf(second);
    const moved = { changed: { eveningId: second, earliestAt: elsewhere.earliestAt, priceMinor: 470 } };
    expect(await promises.change(stage.tenantId, one.id, elsewhere)).toMatchObject(moved);
    // The first change's call comes once more, late: it is told how things stand and changes nothing.
    expect(await promises.change(stage.tenantId, one.id, later, moveKey)).toMatchObject(moved);
    expect([await idsIn(first), await idsIn(second)]).toEqual([[], [one.id]]);
    await isWhole(second);

    const cancelled = await promises.cancel(stage.tenantId, one.id);
    expect(cancelled).toMatchObject({ cancelled: { state: "cancelled", shiftId: null } });
    expect(await promises.cancel(stage.tenantId, one.id)).toEqual(cancelled);
    expect(await promises.book(stage.tenantId, one.id)).toMatchObject({ tooLate: { state: "cancelled" } });
    expect(await idsIn(second)).toEqual([]);
    await expect(promises.cancel(stage.tenantId, one.id, key)).rejects.toMatchObject({ code: "conflict" });
  });

  test("that two customers take at once is one's, and the other reads what is free now", async () => {
    const evening = await stage.evening(newDay(), [{ capacity: 1 }]);
    const other = stage.process();
    const window = await firstOf(evening);
    expect(of(await other.room.promises.windows(stage.tenantId, wish()), evening)).toContainEqual(window);
    const answers = await Promise.all([hold(window), hold(window, { room: other.room })]);
    const gone = answers.flatMap((answer) => ("gone" in answer ? [answer.gone] : []));
    expect(gone).toHaveLength(1);
    expect(of(gone[0] as Offers, evening)).toEqual([]);
    await isWhole(evening);
    expect(await idsIn(evening)).toHaveLength(1);
  });

  test("is given once, however many calls come with one key at the same moment", async () => {
    const [first, second] = [await stage.evening(newDay(), [{}]), await stage.evening(newDay(), [{}])];
    const key = newKey();
    const windows = [await firstOf(first), await firstOf(second)];
    const other = stage.process();
    const calls = await Promise.allSettled(
      [0, 1, 2, 3].map((n) =>
        held(windows[n % 2] as ChosenWindow, { key, room: n < 2 ? stage.room : other.room }),
      ),
    );
    // The key belongs to the window that was quicker; with the other one it is somebody else's.
    const ids = calls.flatMap((call) => (call.status === "fulfilled" ? [call.value.id] : []));
    const refused = calls.flatMap((call) => (call.status === "rejected" ? [call.reason.code] : []));
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(refused).toEqual(["conflict", "conflict"]);
    expect([...(await idsIn(first)), ...(await idsIn(second))]).toEqual([ids[0]]);
    await isWhole(first);
    await isWhole(second);
  });

  test("is refused with what would work", async () => {
    const date = newDay();
    const evening = await stage.evening(date, [{ capacity: 3, skills: ["cold"] }]);
    const ask = async (more: object) =>
      (await stage.room.promises.windows(stage.tenantId, wish(1_000, more))).refusal;
    expect(await ask({ place: at(20_000, 0) })).toMatchObject({ reason: "outside", distance_m: 10_000 });
    expect(await ask({ demand: 1_000 })).toMatchObject({ reason: "too_much" });
    expect(await ask({ skills: 7 })).toMatchObject({
      reason: "not_carried",
      missing: ["age_check", "fragile"],
    });
    expect(await ask({ days: 1 })).toMatchObject({ reason: "no_round", nextDate: expect.any(String) });
    const window = await firstOf(evening);
    const madeUp = { ...window, latestAt: window.latestAt + HOUR };
    expect(await hold(madeUp)).toMatchObject({ gone: { refusal: null } });
    expect(await hold({ ...window, eveningId: 999_999 })).toMatchObject({ gone: { refusal: null } });
    expect(await idsIn(evening)).toEqual([]);
  });
});

describe("a hold", () => {
  test("that nobody books ends by itself, and frees its place; coming back too late books it if it is free", async () => {
    const evening = await stage.evening(newDay(), [{ capacity: 1 }]);
    const window = await firstOf(evening);
    const one = await held(window);
    stage.here.worker();
    stage.here.clock.advance(600_000);
    await expect.poll(() => idsIn(evening), WAITING).toEqual([]);
    const two = await held(window);
    const { promises } = stage.room;
    expect(await promises.book(stage.tenantId, one.id)).toMatchObject({ gone: {} });
    await promises.cancel(stage.tenantId, two.id);
    expect(await promises.book(stage.tenantId, one.id)).toMatchObject({
      booked: { id: one.id, state: "booked" },
    });
    await isWhole(evening);
    stage.here.clock.advance(600_000);
    await stage.here.settle();
    expect(await idsIn(evening)).toEqual([one.id]);
  });
});

describe("many at once", () => {
  test("of two processes: whoever is promised something is in the plan, and no plan breaks a rule", async () => {
    const evening = await stage.evening(newDay(), [{ capacity: 6 }, { capacity: 6 }]);
    const rooms = [stage.room, stage.process().room];
    const { windows } = await stage.room.promises.windows(stage.tenantId, wish());
    const offered = windows.filter(({ eveningId }) => eveningId === evening);
    const answers = await Promise.all(
      Array.from({ length: 24 }, async (_, n) => {
        const room = rooms[n % 2] as (typeof rooms)[number];
        const window = offered[n % offered.length] as OfferedWindow;
        const answer = await hold(window, { room, east_m: 300 * n - 3_000 });
        if (!("held" in answer)) return null;
        if (n % 5 === 0) await room.promises.cancel(stage.tenantId, answer.held.id);
        else await rooms[(n + 1) % 2]?.promises.book(stage.tenantId, answer.held.id);
        return answer.held.id;
      }),
    );
    expect(answers.filter((id) => id !== null).length).toBeGreaterThan(11);
    await isWhole(evening);
    expect((await idsIn(evening)).length).toBeLessThanOrEqual(12);
    // A process that begins now builds the plan that the others have.
    const fresh = stage.process().room;
    const seen = async (room: typeof fresh) =>
      of(await room.promises.windows(stage.tenantId, wish()), evening).map(({ cost_s }) => cost_s);
    await expect.poll(() => seen(stage.room), WAITING).toEqual(await seen(fresh));
  });

  test("a process that is cut off during a booking leaves the plan as it was", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const window = await firstOf(evening);
    await held(window, { east_m: 200 });
    const before = await stage.stored(evening);
    const dying = stage.process();
    const { db } = dying.house;
    let isArmed = false;
    const cutOff: Database["tenant"] = (tenantId, doing) =>
      db.tenant(tenantId, async (tx) => {
        const result = await doing(tx as never);
        // Everything is written, and then nobody is there to commit it: PostgreSQL takes it back.
        if (isArmed) throw new Error("killed");
        return result;
      });
    Object.assign(dying.house, { db: { ...db, tenant: cutOff } });
    await dying.room.promises.windows(stage.tenantId, wish());
    isArmed = true;
    await expect(hold(window, { room: dying.room })).rejects.toThrow("killed");
    isArmed = false;
    expect(await stage.stored(evening)).toEqual(before);
    expect(await held(window, { room: dying.room })).toMatchObject({ state: "held" });
    await isWhole(evening);
  });
});

describe("the optimiser", () => {
  const inThisProcess = async (order: Parameters<typeof work>[0]) => work({ ...order, iterations: 2_000 });

  test("improves what is stored, keeps every promise, and takes in what was booked while it worked", async () => {
    const evening = await stage.evening(newDay(), [{}, {}]);
    const window = await firstOf(evening);
    const later = { ...window, earliestAt: window.earliestAt + HOUR, latestAt: window.latestAt + HOUR };
    for (let n = 0; n < 12; n++) await held(n % 2 ? window : later, { east_m: ((n * 7) % 12) * 500 - 3_000 });
    const before = await stage.stored(evening);
    const place = { tenantId: stage.tenantId, eveningId: evening };
    const { house, room } = stage.process();
    let meanwhile: Delivery | undefined;
    const outcome = await improve(
      {
        house,
        book: room.book,
        optimise: async (order) => {
          meanwhile = await held(later, { east_m: 20 });
          return inThisProcess(order);
        },
      },
      place,
    );
    expect(outcome).toBe("adopted");
    await isWhole(evening);
    expect(await idsIn(evening)).toContain(meanwhile?.id);
    expect((await stage.stored(evening)).version).toBe(before.version + 2);
    // Every process sees the better plan, and books on it.
    const stranger = await held(window, { east_m: 100 });
    expect(await idsIn(evening)).toContain(stranger.id);
    await isWhole(evening);
    const outcomes = [];
    for (let tries = 0; tries < 3; tries++)
      outcomes.push(await improve({ house, book: room.book, optimise: inThisProcess }, place));
    expect(["adopted", "no_better"]).toContain(outcomes.at(-1));
    await isWhole(evening);
  });

  test("changes nothing where the independent check finds a broken promise", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const window = await firstOf(evening);
    for (const east_m of [3_000, -3_000, 2_900, -2_900]) await held(window, { east_m });
    const before = await stage.stored(evening);
    const { house, room } = stage.process();
    const errors: unknown[] = [];
    const log = Object.assign(Object.create(house.log), { error: (what: unknown) => errors.push(what) });
    const seen: (readonly string[])[] = [];
    const outcome = await improve(
      {
        house: { ...house, log },
        book: room.book,
        optimise: async (order) => {
          const done = await inThisProcess(order);
          seen.push(done.faults.standing, done.faults.better);
          return { ...done, faults: { standing: [], better: ["customer 2 is reached too late."] } };
        },
      },
      { tenantId: stage.tenantId, eveningId: evening },
    );
    expect(seen).toEqual([[], []]);
    expect(outcome).toBe("failed");
    expect(errors).toEqual([
      expect.objectContaining({ evening, better: ["customer 2 is reached too late."] }),
    ]);
    expect(await stage.stored(evening)).toEqual(before);
  });

  test("looks at an evening by itself soon after a booking, and works in a process apart as in this one", async () => {
    const evening = await stage.evening(newDay(), [{}]);
    const window = await firstOf(evening);
    for (const east_m of [4_000, -4_000, 3_900, -3_900]) await held(window, { east_m });
    const looked = async () =>
      (await stage.rows(`select improved_version from delivery.evening where id = ${evening}`))[0]
        ?.improved_version;
    expect(await looked()).toBe(-1);
    const order = { evening: await stage.stored(evening), seed: 1, iterations: 500, cpu_s: 60 };
    const apart = await optimiseApart(order);
    expect(apart.rounds).toEqual(work(order).rounds);
    expect(apart.iterations).toBe(500);
    stage.here.clock.advance(IMPROVE_AFTER_MS);
    stage.here.worker();
    await expect.poll(looked, WAITING).toBeGreaterThan(0);
    await isWhole(evening);
  });
});

/** A process whose clock stands at this time of a day, UTC; the city is an hour ahead. */
function processAt(date: string, time: string) {
  const { house, room } = stage.process();
  const setTo = (then: string) =>
    void Object.assign(house, { clock: { now: () => Date.parse(`${date}T${then}Z`) } });
  setTo(time);
  return { room, setTo };
}

describe("an evening that is near", () => {
  test("a hold ends by the window's cut-off or when the first round begins; what is over is not booked", async () => {
    const date = newDay();
    const evening = await stage.evening(date, [{}]);
    const utc = (time: string) => Date.parse(`${date}T${time}Z`);
    const { room, setTo } = processAt(date, "14:55:00");
    const offered = of(await room.promises.windows(stage.tenantId, wish()), evening);
    const [first, , third] = offered as [OfferedWindow, OfferedWindow, OfferedWindow];
    expect([first.earliestAt, third.earliestAt]).toEqual([utc("16:00:00"), utc("18:00:00")]);
    const one = await held(first, { room });
    const two = await held(first, { room, east_m: 1_200 });
    expect(one.holdUntil).toBe(utc("15:00:00"));
    const timers = await stage.rows(
      `select due_at from kernel.timer where kind = 'delivery_expire' and key = '${one.id}'`,
    );
    expect(timers).toEqual([{ due_at: new Date(utc("15:00:00")) }]);
    setTo("14:59:59");
    expect(await room.promises.book(stage.tenantId, two.id)).toMatchObject({ booked: { id: two.id } });
    setTo("15:00:01");
    expect(await room.promises.book(stage.tenantId, one.id)).toHaveProperty("gone");

    setTo("15:55:00");
    const late = await held(third, { room });
    expect(late.holdUntil).toBe(utc("16:00:00"));
    // As one was held before holds ended with the beginning.
    await stage.rows(`update delivery.delivery set hold_until = '${date}T17:30:00Z' where id = ${late.id}`);
    setTo("16:00:00");
    expect(await room.promises.book(stage.tenantId, late.id)).toHaveProperty("gone");
    const rows = await stage.rows(
      `select state from delivery.delivery where evening_id = ${evening} order by id`,
    );
    expect(rows.map(({ state }) => state)).toEqual(["held", "booked", "held"]);
  });

  test("a hold that is moved into it ends by its beginning; once begun, nothing is moved out of it", async () => {
    const [date, next] = [newDay(), newDay()];
    const [evening, other] = [await stage.evening(date, [{}]), await stage.evening(next, [{}])];
    const { room, setTo } = processAt(date, "15:55:00");
    const offers = await room.promises.windows(stage.tenantId, wish());
    const [near] = of(offers, evening).filter(({ earliestAt }) => earliestAt >= Date.parse(`${date}T18:00Z`));
    const [far] = of(offers, other);
    if (!(near && far)) throw new Error("no window");
    const { id } = await held(far, { room });
    const begin = Date.parse(`${date}T16:00:00Z`);
    expect(await room.promises.change(stage.tenantId, id, near)).toMatchObject({
      changed: { eveningId: evening, holdUntil: begin },
    });
    await room.promises.book(stage.tenantId, id);
    setTo("16:00:00");
    expect(await room.promises.change(stage.tenantId, id, far)).toMatchObject({
      tooLate: { eveningId: evening, state: "booked" },
    });
    expect([await idsIn(evening), await idsIn(other)]).toEqual([[id], []]);
    await isWhole(evening);
  });

  test("what is frozen is not taken back: the courier is near", async () => {
    const date = newDay();
    const evening = await stage.evening(date, [{}]);
    const before = processAt(date, "12:00:00").room;
    const [window] = of(await before.promises.windows(stage.tenantId, wish()), evening);
    if (!window) throw new Error("no window");
    const { id } = await held(window, { room: before });
    await before.promises.book(stage.tenantId, id);
    await stage.rows(`update delivery.shift set frozen = 1 where evening_id = ${evening}`);
    const { room } = processAt(date, "15:30:00");
    expect(await room.promises.cancel(stage.tenantId, id)).toMatchObject({ tooLate: { state: "booked" } });
    await isWhole(evening);
    await stage.rows(`update delivery.shift set frozen = 0 where evening_id = ${evening}`);
    const free = processAt(date, "15:30:00").room;
    expect(await free.promises.cancel(stage.tenantId, id)).toMatchObject({ cancelled: { id } });
  });
});
