import { afterAll, beforeAll, expect, test } from "vitest";
import {
  at,
  type DeliveryStage,
  faultsOf,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import { eraseDelivery } from "../api.ts";
import type { OfferedWindow } from "../plan/promises.ts";
import { eraseDeliveries, exportDeliveries } from "./personal.ts";

/** Who is erased, and what a sender has erased at the carrier, is found by nobody any more; the others' promises stand. */

let stage: DeliveryStage;
let eveningId: number;
let window: OfferedWindow;
beforeAll(async () => {
  stage = await openDeliveryStage();
  eveningId = await stage.evening("2026-11-26", [{ capacity: 20 }]);
  const { windows } = await stage.room.promises.windows(stage.tenantId, {
    cityId: stage.cityId,
    place: at(1_000, 1_000),
  });
  window = windows[0] as OfferedWindow;
}, 60_000);
afterAll(() => stage.close());

let keys = 0;
async function booked(more: object = {}): Promise<number> {
  const { promises } = stage.room;
  const wish = { cityId: stage.cityId, place: at(1_000, 1_000) };
  const detail = { key: `key ${++keys}`, address: "Große Bleichen 1", doorNote: "2. Stock" };
  const answer = await promises.hold(stage.tenantId, wish, window, { ...detail, ...more });
  if (!("held" in answer)) throw new Error("not held");
  await promises.book(stage.tenantId, answer.held.id);
  return answer.held.id;
}
const rowOf = async (id: number) =>
  (
    await stage.rows(`select state, address, door_note, sender_ref, contact_id, conversation_id, latitude <> round(latitude::numeric, 1) as exact,
      (select string_agg(digest, ',') from delivery.action where delivery_id = d.id) as digests from delivery.delivery d where id = ${id}`)
  )[0];
const NAMELESS = {
  state: "cancelled",
  address: "",
  door_note: "",
  sender_ref: "",
  contact_id: null,
  conversation_id: null,
  exact: false,
  digests: "",
};

async function conversationOf(contactId: number): Promise<number> {
  const channelId = await stage.here.channel(stage.tenantId, { kind: "web", address: `talk-${contactId}` });
  const [row] = await stage.rows(`insert into kernel.conversation
      (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
    values (${stage.tenantId}, ${channelId}, ${contactId}, 'x', 'de', '2026-11-24', '2026-11-24', '2026-11-24') returning id`);
  return row?.id as number;
}
async function contact(): Promise<number> {
  const [row] = await stage.rows(
    `insert into kernel.contact (tenant_id, first_seen_at) values (${stage.tenantId}, '2026-11-24') returning id`,
  );
  return row?.id as number;
}

test("by the contact and by a conversation that alone was named, in the export and in the erasing", async () => {
  const [mia, ben] = [await contact(), await contact()];
  const [hers, his] = [await conversationOf(mia), await conversationOf(ben)];
  const mine = [await booked({ contactId: mia }), await booked({ conversationId: hers })];
  // Named by mistake: what belongs to another contact stays theirs.
  const others = [
    await booked({ contactId: ben, conversationId: his }),
    await booked({ contactId: ben }),
    await booked(),
  ];
  await stage.rows(`update delivery.delivery set conversation_id = ${hers} where id = ${others[1]}`);
  await stage.here.kernel.db.tenant(stage.tenantId, async (tx) => {
    const { deliveries } = await exportDeliveries(tx, [mia]);
    expect(deliveries).toMatchObject([{ address: "Große Bleichen 1" }, { doorNote: "2. Stock" }]);
    await eraseDeliveries(tx, [mia]);
  });
  for (const id of mine) expect(await rowOf(id)).toEqual(NAMELESS);
  for (const id of others) expect(await rowOf(id)).toMatchObject({ state: "booked", exact: true });
  expect(faultsOf(await stage.stored(eveningId))).toEqual([]);
});

test("a sender has its own forgotten, by its reference or by the id, and no other's", async () => {
  const [sender, other] = [await stage.here.tenant(), await stage.here.tenant()];
  const ids = [await booked(), await booked(), await booked(), await booked()];
  const [one, two, foreign, own] = ids as [number, number, number, number];
  await stage.rows(
    `update delivery.delivery set sender_ref = 'A-1', sender_tenant_id = case when id = ${own} then null when id = ${foreign} then ${other.id}
      else ${sender.id} end where id = any('{${ids.join(",")}}')`,
  );
  const erase = (body: object, as: number) =>
    stage.call(eraseDelivery, { body: { carrierId: stage.tenantId, ...body } }, { tenantId: as });
  // The agreement is over, or never was: that takes nobody's right away.
  expect(await erase({ senderReference: "A-2" }, sender.id)).toEqual({ erased: 0 });
  expect(await erase({ id: foreign }, sender.id)).toEqual({ erased: 0 });
  expect(await erase({ senderReference: "A-1" }, sender.id)).toEqual({ erased: 2 });
  expect([await rowOf(one), await rowOf(two)]).toEqual([NAMELESS, NAMELESS]);
  for (const id of [foreign, own]) expect(await rowOf(id)).toMatchObject({ state: "booked", exact: true });
  expect(await erase({ id: foreign }, other.id)).toEqual({ erased: 1 });
  expect(await stage.call(eraseDelivery, { body: { senderReference: "A-1" } })).toEqual({ erased: 1 });
  expect(await rowOf(own)).toEqual(NAMELESS);
  await expect(erase({}, sender.id)).rejects.toThrow();
  expect(faultsOf(await stage.stored(eveningId))).toEqual([]);
});
