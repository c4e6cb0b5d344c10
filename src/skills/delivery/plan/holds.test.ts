import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  at,
  type DeliveryStage,
  faultsOf,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import { BOOKINGS_A_PERSON_MOST, HOLDS_A_SENDER_MOST } from "../rules/limits.ts";
import { refuseTooMany } from "../store/holds.ts";
import { inTenant } from "../store/tx.ts";
import type { ChosenWindow, Delivery, HoldDetail, OfferedWindow } from "./promises.ts";
import type { Room } from "./room.ts";

/** Who may hold how much, and what the same call means the second time. */

let stage: DeliveryStage;
beforeAll(async () => {
  stage = await openDeliveryStage();
}, 60_000);
afterAll(() => stage.close());

let days = 0;
const newDay = () => new Date(Date.parse("2026-11-26") + 86_400_000 * days++).toISOString().slice(0, 10);
let keys = 0;
const newKey = () => `key ${++keys}`;
const place = at(1_000, 1_000);

/** Its windows, in order. */
async function windowsOn(eveningId: number): Promise<OfferedWindow[]> {
  const wish = { cityId: stage.cityId, place, days: 60 };
  const { windows } = await stage.room.promises.windows(stage.tenantId, wish);
  return windows.filter((one) => one.eveningId === eveningId);
}
interface Asking extends Partial<HoldDetail> {
  readonly room?: Room;
}
function hold(window: ChosenWindow, { room = stage.room, ...detail }: Asking = {}) {
  const wish = { cityId: stage.cityId, place };
  return room.promises.hold(stage.tenantId, wish, window, {
    key: newKey(),
    address: "Große Bleichen 1",
    ...detail,
  });
}
async function held(window: ChosenWindow, asking: Asking = {}): Promise<Delivery> {
  const answer = await hold(window, asking);
  if (!("held" in answer)) throw new Error(`not held: ${Object.keys(answer)}`);
  return answer.held;
}
async function contact(): Promise<number> {
  const [row] = await stage.rows(
    `insert into kernel.contact (tenant_id, name, first_seen_at) values (${stage.tenantId}, 'Mia', '2026-11-24') returning id`,
  );
  return row?.id as number;
}
const stateOf = async ({ id }: Delivery) =>
  (await stage.rows(`select state from delivery.delivery where id = ${id}`))[0]?.state;
const idsIn = async (eveningId: number) =>
  (await stage.stored(eveningId)).shifts.flatMap(({ route }) => route).toSorted((a, b) => a - b);

let first: number;
let second: number;
let window: OfferedWindow;
let later: OfferedWindow;
let elsewhere: OfferedWindow;
beforeEach(async () => {
  first = await stage.evening(newDay(), [{ capacity: 1 }]);
  second = await stage.evening(newDay(), [{ capacity: 20 }]);
  [window, later] = (await windowsOn(first)) as [OfferedWindow, OfferedWindow];
  [elsewhere] = (await windowsOn(second)) as [OfferedWindow];
});

describe("a conversation holds one window", () => {
  test("the next takes its place in the same moment, on a full round and on another evening", async () => {
    const mine = { conversationId: 501 };
    const one = await held(window, mine);
    const two = await held(later, mine);
    expect([await stateOf(one), await idsIn(first)]).toEqual(["cancelled", [two.id]]);
    const three = await held(elsewhere, mine);
    expect([await stateOf(two), await idsIn(first), await idsIn(second)]).toEqual([
      "cancelled",
      [],
      [three.id],
    ]);
    for (const evening of [first, second]) expect(faultsOf(await stage.stored(evening))).toEqual([]);
    // Another conversation's, and one of none, stay.
    await held(window, { conversationId: 502 });
    await held(elsewhere);
    expect(await stateOf(three)).toBe("held");
  });

  test("where the next is gone, the old one stays", async () => {
    await held(window);
    const one = await held(elsewhere, { conversationId: 503 });
    expect(await hold(later, { conversationId: 503 })).toHaveProperty("gone");
    expect([await stateOf(one), await idsIn(second)]).toEqual(["held", [one.id]]);
    expect(await stage.room.promises.book(stage.tenantId, one.id)).toHaveProperty("booked");
  });

  test("also where two are asked for at the same moment, by two processes", async () => {
    const mine = { conversationId: 504 };
    const room = stage.process().room;
    const answers = await Promise.all([
      hold(window, mine),
      hold(elsewhere, { ...mine, room }),
      hold(later, { ...mine, room }),
    ]);
    expect(answers.filter((answer) => "held" in answer).length).toBeGreaterThan(0);
    const open = await stage.rows(
      "select id, evening_id from delivery.delivery where conversation_id = 504 and state = 'held'",
    );
    expect(open).toHaveLength(1);
    expect([...(await idsIn(first)), ...(await idsIn(second))]).toEqual([open[0]?.id]);
  });
});

describe("limits", () => {
  test("a person has so many open deliveries, whatever they are asked by; a hold that is replaced does not count", async () => {
    const contactId = await contact();
    for (let n = 1; n < BOOKINGS_A_PERSON_MOST; n++) await held(elsewhere, { contactId });
    const last = await held(elsewhere, { contactId, conversationId: 510 });
    await expect(hold(elsewhere, { contactId })).rejects.toMatchObject({ code: "rule_broken" });
    const instead = await held(elsewhere, { contactId, conversationId: 510 });
    expect(await stateOf(last)).toBe("cancelled");
    const other = await contact();
    await stage.rows(`update kernel.contact set merged_into = ${contactId} where id = ${other}`);
    await expect(hold(elsewhere, { contactId: other })).rejects.toMatchObject({ code: "rule_broken" });
    await stage.room.promises.cancel(stage.tenantId, instead.id);
    await held(elsewhere, { contactId: other });
  });

  test("a sender holds so many windows", async () => {
    const sender = (await stage.here.tenant({ name: "Absender" })).id;
    const one = await held(elsewhere);
    const copies = (count: number) =>
      stage.rows(`insert into delivery.delivery (tenant_id, sender_tenant_id, evening_id, earliest_at, latest_at, due_at, latitude, longitude,
          service_s, demand, state, hold_until, price_minor, currency, created_at, changed_at)
        select tenant_id, ${sender}, evening_id, earliest_at, latest_at, due_at, latitude, longitude, service_s, demand, state, hold_until,
          price_minor, currency, created_at, changed_at from delivery.delivery, generate_series(1, ${count}) where id = ${one.id}`);
    const ask = () =>
      inTenant(stage.here.kernel, stage.tenantId, (tx) =>
        refuseTooMany(tx, stage.tenantId, {
          contactId: undefined,
          senderTenantId: sender,
          insteadOf: undefined,
          now: stage.here.clock.now(),
        }),
      );
    await copies(HOLDS_A_SENDER_MOST - 1);
    await ask();
    await copies(1);
    await expect(ask()).rejects.toMatchObject({ code: "rule_broken" });
  });

  test("nothing is held for who is erased", async () => {
    const contactId = await contact();
    await stage.rows(`update kernel.contact set erased_at = '2026-11-24' where id = ${contactId}`);
    await expect(hold(elsewhere, { contactId })).rejects.toMatchObject({ code: "not_found" });
    expect(await idsIn(second)).toEqual([]);
  });
});

describe("the same key again", () => {
  test("with something else is a conflict, and changes nothing", async () => {
    const mine = { key: newKey() };
    const one = await held(window, mine);
    for (const [other, more] of [
      [later, {}],
      [window, { address: "Große Bleichen 2" }],
      [elsewhere, {}],
    ] as const)
      await expect(hold(other, { ...mine, ...more })).rejects.toMatchObject({ code: "conflict" });
    const { promises } = stage.room;
    const moving = newKey();
    await promises.change(stage.tenantId, one.id, later, moving);
    await expect(promises.change(stage.tenantId, one.id, window, moving)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await idsIn(first)).toEqual([one.id]);
  });

  test("is answered by what became of it: held anew, gone, booked, taken back", async () => {
    const mine = { key: newKey() };
    const { promises } = stage.room;
    const one = await held(window, mine);
    // Nobody was there to end it in time, and then it has ended.
    for (const end of [async () => {}, () => stage.room.promises.expire(stage.tenantId, one.id)]) {
      stage.here.clock.advance(601_000);
      await end();
      const again = await held(window, mine);
      expect(again).toMatchObject({ id: one.id, state: "held" });
      expect(again.holdUntil).toBe(stage.here.clock.now() + 600_000);
    }
    stage.here.clock.advance(601_000);
    await promises.expire(stage.tenantId, one.id);
    const other = await held(window);
    expect(await hold(window, mine)).toHaveProperty("gone");
    await promises.cancel(stage.tenantId, other.id);
    expect(await promises.book(stage.tenantId, one.id, newKey())).toHaveProperty("booked");
    expect(await hold(window, mine)).toMatchObject({ booked: { id: one.id } });
    expect(await idsIn(first)).toEqual([one.id]);
  });

  test("a booking, a change and a cancelling say how it stands now", async () => {
    const { promises } = stage.room;
    const [holding, booking, moving, ending] = [newKey(), newKey(), newKey(), newKey()];
    const { id } = await held(window, { key: holding });
    const calls = {
      book: () => promises.book(stage.tenantId, id, booking),
      change: () => promises.change(stage.tenantId, id, later, moving),
      cancel: () => promises.cancel(stage.tenantId, id, ending),
    };
    expect(await calls.book()).toHaveProperty("booked");
    expect(await calls.change()).toHaveProperty("changed");
    expect(await calls.cancel()).toHaveProperty("cancelled");
    expect(await calls.cancel()).toHaveProperty("cancelled");
    const over = { tooLate: { id, state: "cancelled" } };
    expect(await calls.book()).toMatchObject(over);
    expect(await calls.change()).toMatchObject(over);
    expect(await hold(window, { key: holding })).toMatchObject(over);
  });
});
