import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  at,
  type DeliveryStage,
  faultsOf,
  openDeliveryStage,
} from "../../../../tests/outside/delivery-stage.ts";
import { eraseDelivery } from "../api.ts";
import type { OfferedWindow } from "../plan/promises.ts";
import { forgetTiles, readCityTiles, writeCityTiles } from "./city-maps.ts";
import { erasePhotosOf } from "./courier-photos.ts";
import { markReturned } from "./handed-in.ts";
import { eraseDeliveries, exportDeliveries } from "./personal.ts";
import { keepSent } from "./sent.ts";
import { inTenant, tell } from "./tx.ts";

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
    await eraseDeliveries(tx, [mia], stage.here.clock.now());
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

test("systems that are told hear of another end, and of what erasing takes back; no reference is left with them", async () => {
  const { kernel, clock } = stage.here;
  await stage.rows(`insert into delivery.webhook (tenant_id, url, secret, created_at)
    values (${stage.tenantId}, 'https://shop.example/hook', 'whsec_${"A".repeat(32)}', '2026-11-24')`);
  const mia = await contact();
  const id = await booked({ contactId: mia, senderRef: "A-9" });
  await stage.rows(`update delivery.delivery set latest_at = latest_at + interval '1 hour' where id = ${id}`);
  const again = () =>
    inTenant(kernel, stage.tenantId, (tx) => tell(tx, stage.tenantId, { deliveries: [id] }, clock.now()));
  await again();
  // Told once.
  await again();
  const told = () =>
    stage.rows(`select type, body from delivery.webhook_message where delivery_id = ${id} order by id`);
  expect((await told()).map(({ type }) => type)).toEqual(["delivery.booked", "delivery.changed"]);
  expect(JSON.stringify(await told())).toContain("A-9");
  await kernel.db.tenant(stage.tenantId, (tx) => eraseDeliveries(tx, [mia], clock.now()));
  expect((await told()).map(({ type }) => type)).toEqual([
    "delivery.booked",
    "delivery.changed",
    "delivery.cancelled",
  ]);
  expect(JSON.stringify(await told())).not.toContain("A-9");
  await stage.rows(`delete from delivery.webhook`);
});

test("of what ended long ago nothing is told again when a person or a picture is erased; that it went back to its sender is", async () => {
  const { kernel, clock } = stage.here;
  const { tenantId } = stage;
  const mia = await contact();
  const [id, other] = [await booked({ contactId: mia }), await booked()];
  await stage.rows(`insert into delivery.webhook (tenant_id, url, secret, created_at)
    values (${tenantId}, 'https://shop.example/hook', 'whsec_${"A".repeat(32)}', '2026-11-24')`);
  // Its messages are deleted by then.
  await stage.rows(`update delivery.delivery set state = 'done', outcome = 'handed_over', take_back = 'Bücher', take_back_state = 'taken',
    earliest_at = earliest_at - interval '40 days', due_at = due_at - interval '40 days', latest_at = latest_at - interval '40 days' where id in (${id}, ${other})`);
  const told = () =>
    stage.rows(
      `select delivery_id, type from delivery.webhook_message where delivery_id in (${id}, ${other})`,
    );
  await inTenant(kernel, tenantId, async (tx) => {
    await sql`insert into delivery.photo (tenant_id, key, file_id, delivery_id, at)
      values (${tenantId}, ${randomUUID()}, 'gone', ${other}, ${new Date(clock.now())})`.execute(tx);
    await erasePhotosOf(tx, { tenantId, id: other, reason: "Gesicht", now: clock.now() });
    await eraseDeliveries(tx, [mia], clock.now());
  });
  expect(await rowOf(id)).toMatchObject({ state: "done", address: "", contact_id: null });
  expect(await told()).toEqual([]);
  await inTenant(kernel, tenantId, (tx) =>
    markReturned(tx, { tenantId, senderTenantId: undefined }, { id: other, now: clock.now() }),
  );
  expect(await told()).toEqual([{ delivery_id: other, type: "delivery.take_back" }]);
  await stage.rows("delete from delivery.webhook");
});

test("a company that only sends forgets whom it was for: the name with the door, the rest when claims are over", async () => {
  const { here } = stage;
  const { id: senderId } = await here.tenant();
  const sent = { senderId, carrierId: stage.tenantId, deliveryId: 1 };
  const whom = { contactId: null, conversationId: null, recipient: "Olga Petrow", now: here.clock.now() };
  await inTenant(here.kernel, senderId, (tx) => keepSent(tx, sent, whom));
  const names = () =>
    inTenant(here.kernel, senderId, async (tx) =>
      (await sql<{ recipient: string }>`select recipient from delivery.sent`.execute(tx)).rows.map(
        (one) => one.recipient,
      ),
    );
  const after = async (days: number) => {
    here.clock.advance(days * 86_400_000);
    await here.settle();
    return names();
  };
  expect(await after(2)).toEqual(["Olga Petrow"]);
  expect(await after(90)).toEqual([""]);
  expect(await after(1_010)).toEqual([]);
});

test("maps that nobody set for a city go, the one that is set stays", async () => {
  const { tenantId, cityId } = stage;
  const now = stage.here.clock.now();
  const file = (id: string, days: number) =>
    stage.rows(`insert into kernel.file (tenant_id, id, mime, name, size, sha256, created_at)
      values (${tenantId}, '${id}', 'application/vnd.pmtiles', 'city.pmtiles', 8, '', '${new Date(now - days * 86_400_000).toISOString()}')`);
  await file("set", 9);
  await file("left", 9);
  await file("fresh", 0);
  const left = await inTenant(stage.here.kernel, tenantId, async (tx) => {
    await writeCityTiles(tx, { tenantId, cityId }, { fileId: "set", attribution: "" }, now);
    await forgetTiles(tx, tenantId, new Date(now - 86_400_000));
    expect((await readCityTiles(tx, { tenantId, cityId }))?.fileId).toBe("set");
    return sql<{
      id: string;
    }>`select id from kernel.file where mime = 'application/vnd.pmtiles' order by id`.execute(tx);
  });
  expect(left.rows.map(({ id }) => id)).toEqual(["fresh", "set"]);
});
