import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agree, proposeAgreement, revokeAgreement, type Tx } from "#kernel";
import type { CityInput } from "../../src/skills/delivery/api/cities.ts";
import type { CourierEvent } from "../../src/skills/delivery/api/courier-page.ts";
import { record } from "../../src/skills/delivery/evening/record.ts";
import { optionId } from "../../src/skills/delivery/flows/option-ids.ts";
import { catalogue } from "../../src/skills/delivery/flows/words.ts";
import { deliveryTimers } from "../../src/skills/delivery/jobs.ts";
import { planEvening } from "../../src/skills/delivery/plan/plan-rounds.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { ACROSS, EVENING, EXPIRE, FORGET_ACROSS } from "../../src/skills/delivery/rules/timer-kinds.ts";
import { afterTimers } from "../../src/skills/delivery/store/after/timers.ts";
import { insertCity } from "../../src/skills/delivery/store/cities.ts";
import { eraseDeliveries, exportDeliveries } from "../../src/skills/delivery/store/personal.ts";
import { keepSent } from "../../src/skills/delivery/store/sent.ts";
import { deliveryFlow } from "../../src/skills/delivery/store/talk/flow.ts";
import type { FindPlace } from "../../src/skills/delivery/store/talk/outside.ts";
import { talkTimers } from "../../src/skills/delivery/store/talk/timers.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { Visitor } from "../outside/visitor.ts";
import { startWebNode, type WebNode } from "./web-node.ts";

/** A shop's parcel is brought by another company: the shop's customer reads of it in the shop's conversation, and nowhere else. */

const DATE = "2026-11-24";
const at = (hour: number, minute = 0) =>
  Date.parse(`${DATE}T00:00:00+01:00`) + hour * 3_600_000 + minute * 60_000;
const DOOR = { lat: 53.573, lon: 9.96 };
const CITY: CityInput = {
  name: "Hamburg",
  timeZone: "Europe/Berlin",
  middle: { lat: 53.55, lon: 9.99 },
  radiusMetres: 15_000,
  circuityPercent: 134,
  speedKmh: 20,
  legSeconds: 25,
  bufferSeconds: 900,
  holdSeconds: 600,
  serviceSeconds: 150,
  currency: "EUR",
  active: true,
  hourMinor: 0,
  kilometreMinor: 0,
  compensationMinor: 0,
  proof: "none",
  tries: 2,
  afterFailure: "another_window",
  collectDays: 7,
  depots: [{ name: "Altona", place: { lat: 53.55, lon: 9.94 } }],
  zones: [],
  windows: [{ weekdays: [2], fromMinute: 1_020, toMinute: 1_140, cutoffMinutes: 120, priceMinor: 490 }],
};

let node: WebNode;
let carrierId = 0;
let senderId = 0;
let agreementId = 0;
let shiftId = 0;
let customer: Visitor;

beforeAll(async () => {
  node = await startWebNode({
    parts: (kernel) => {
      const timers = deliveryTimers(kernel, roomOf(kernel));
      const wanted = Object.entries(timers).filter(([kind]) =>
        [EXPIRE, EVENING, ACROSS, FORGET_ACROSS].includes(kind),
      );
      const findPlace: FindPlace = async ({ cities }) => {
        const place = {
          cityId: cities[0]?.id ?? 0,
          place: DOOR,
          address: "Eppendorfer Weg 87, 20259 Hamburg",
        };
        return { is: "sure", place };
      };
      const { promises } = roomOf(kernel);
      const outside = { promises, findPlace, expectedOf: async () => null };
      return {
        flows: [{ skill: "delivery", flow: deliveryFlow(kernel, () => undefined), catalogue }],
        timers: {
          ...Object.fromEntries(wanted),
          ...afterTimers(kernel, promises),
          ...talkTimers(kernel, outside),
        },
      };
    },
  });
  const { kernel, clock } = node.world;
  carrierId = (await node.company("kontor-carrier")).id;
  senderId = (await node.company("kontor-shop")).id;
  const now = clock.now();
  agreementId = await kernel.db.tenant(senderId, (tx) =>
    proposeAgreement(tx, {
      tenantId: senderId,
      withTenantId: carrierId,
      purpose: "delivery.orders",
      fields: ["address", "parcel", "place", "reference", "window"],
      expiresAt: now + 365 * 86_400_000,
      now,
    }),
  );
  await kernel.db.tenant(carrierId, (tx) => agree(tx, { tenantId: carrierId, id: agreementId, now }));
  const city = await inTenant(kernel, carrierId, (tx) => insertCity(tx, carrierId, CITY, now));
  const hours = { earliestAt: new Date(at(16, 30)).toISOString(), latestAt: new Date(at(21)).toISOString() };
  const shifts = [
    { courierId: null, startDepotId: city.depots[0]?.id ?? 0, capacity: 9, skills: [], ...hours },
  ];
  await planEvening(within(), carrierId, { cityId: city.id, date: DATE, shifts });
  const [shift] = await rows<{ id: number }>(carrierId, "select id from delivery.shift");
  shiftId = shift?.id ?? 0;
  customer = new Visitor(node.url, "kontor-shop");
  await customer.say("Guten Tag");
  await node.world.settle();
}, 60_000);
afterAll(() => node?.close());

const within = () => ({ house: node.world.kernel, book: roomOf(node.world.kernel).book });
const to = (moment: number) => node.world.clock.advance(moment - node.world.clock.now());
const rows = async <T>(tenantId: number, text: string): Promise<T[]> =>
  (await inTenant(node.world.kernel, tenantId, (tx) => sql.raw<T>(text).execute(tx))).rows;
const read = async (): Promise<string[]> =>
  (await customer.history()).items
    .filter(({ author }) => author === "bot")
    .map(({ text }) => (text ?? "").replace(/\u00a0/g, " "));

/** The shop orders for its customer, as its till does. @returns the delivery's id at the carrier */
async function ordered(reference: string): Promise<number> {
  const { promises } = roomOf(node.world.kernel);
  const [found] = await rows<{ id: number }>(carrierId, "select id from delivery.city");
  const wish = { cityId: found?.id ?? 0, place: DOOR, days: 14 };
  const window = (await promises.windows(carrierId, wish)).windows[0];
  if (!window) throw new Error("no window");
  const detail = {
    key: reference,
    address: "Eppendorfer Weg 87",
    senderTenantId: senderId,
    senderRef: reference,
  };
  const answer = await promises.hold(carrierId, wish, window, detail);
  if (!("held" in answer)) throw new Error("gone");
  const { id: deliveryId } = answer.held;
  await promises.book(carrierId, deliveryId);
  const [row] = await rows<{ contactId: number; conversationId: number }>(
    senderId,
    'select contact_id as "contactId", id as "conversationId" from kernel.conversation',
  );
  if (!row) throw new Error("nobody wrote");
  const now = node.world.clock.now();
  await inTenant(node.world.kernel, senderId, (tx) =>
    keepSent(tx, { senderId, carrierId, deliveryId }, { ...row, now }),
  );
  return deliveryId;
}

type Told = CourierEvent extends infer E
  ? E extends CourierEvent
    ? Omit<E, "key" | "at" | "shiftId">
    : never
  : never;
async function tells(...told: Told[]): Promise<void> {
  const now = new Date(node.world.clock.now()).toISOString();
  const events = told.map((one) => ({ ...one, key: randomUUID(), at: now, shiftId }) as CourierEvent);
  const results = await record(within(), { tenantId: carrierId, by: "dispatcher", courierId: null }, events);
  expect(results.map(({ outcome }) => outcome)).toEqual(told.map(() => "taken"));
  await node.world.settle();
}

test("the shop's customer finds a window in the shop's chat, books it, and takes it back; nobody else can", async () => {
  const talk = async (one: Visitor, text: string): Promise<string> => {
    const option = (await one.history()).items
      .at(-1)
      ?.options.find(({ title }) => title.replace(/\s/g, " ").startsWith(text));
    await one.say(option?.title ?? text, option ? { choice: option.id } : {});
    await node.world.settle();
    return ((await one.history()).items.at(-1)?.text ?? "").replace(/\u00a0/g, " ");
  };
  const own = new Visitor(node.url, "kontor-shop");
  await talk(own, "Wann können Sie liefern?");
  expect(await talk(own, "Eppendorfer Weg 87, 20259 Hamburg")).toContain("Eppendorfer Weg 87");
  expect(await talk(own, "Di 24.11.")).toContain("Fest buchen?");
  expect(await talk(own, "Ja, buchen")).toContain("Versprochen: Dienstag, 24. November, 17 bis 19 Uhr");
  const [made] = await rows<Record<string, unknown>>(
    carrierId,
    "select id, state, contact_id, conversation_id, sender_tenant_id from delivery.delivery order by id desc limit 1",
  );
  expect(made).toMatchObject({
    state: "booked",
    contact_id: null,
    conversation_id: null,
    sender_tenant_id: senderId,
  });
  const tapped = (one: Visitor) =>
    one.say("x", { choice: optionId("reallycancel", Number(made?.id)) }).then(() => node.world.settle());
  const stranger = new Visitor(node.url, "kontor-shop");
  await tapped(stranger);
  const state = async () =>
    (
      await rows<{ state: string }>(carrierId, `select state from delivery.delivery where id = ${made?.id}`)
    )[0]?.state;
  expect(await state()).toBe("booked");
  await tapped(own);
  expect(await state()).toBe("cancelled");
});

test("the half-hour and the hand-over are said by the shop; the carrier has neither customer nor conversation", async () => {
  const id = await ordered("HK-1");
  const second = await ordered("HK-2");
  to(at(16, 45));
  await customer.say("Ich bin heute zu Hause.");
  await node.world.settle();
  const before = (await read()).length;
  to(at(17, 5));
  await tells({ kind: "leave" });
  const coming = (await read()).slice(before);
  expect(coming.some((text) => /zwischen|bis/.test(text))).toBe(true);
  expect(coming.length).toBeGreaterThanOrEqual(1);
  // Looked at again: nothing is said twice.
  to(at(17, 6));
  await node.world.settle();
  expect(await read()).toHaveLength(before + coming.length);

  await tells(
    { kind: "arrive", deliveryId: id },
    { kind: "done", deliveryId: id, outcome: "handed_over", to: "" },
  );
  expect(await read()).toHaveLength(before + coming.length + 1);

  const [kept] = await rows<{ contact_id: number | null; conversation_id: number | null }>(
    carrierId,
    `select contact_id, conversation_id from delivery.delivery where id = ${id}`,
  );
  expect(kept).toEqual({ contact_id: null, conversation_id: null });
  const heard = await rows(carrierId, "select id from kernel.message");
  expect(heard).toEqual([]);

  // The agreement ends: the shop's conversation is closed to the carrier at once, and the dispatcher sees why.
  const now = node.world.clock.now();
  await node.world.kernel.db.tenant(senderId, (tx) =>
    revokeAgreement(tx, { tenantId: senderId, id: agreementId, now }),
  );
  const until = (await read()).length;
  await tells({ kind: "not_there", deliveryId: second });
  // What follows a vain attempt is said when it was not taken back at once.
  node.world.clock.advance(11_000);
  await node.world.settle();
  expect(await read()).toHaveLength(until);
  const [untold] = await rows<{ untold_reason: string }>(
    carrierId,
    `select untold_reason from delivery.delivery where id = ${second}`,
  );
  expect(untold?.untold_reason).toBe("no_agreement");
});

test("who is erased at the shop is forgotten by the carrier, agreement or not", async () => {
  const [person] = await rows<{ contact_id: number }>(
    senderId,
    "select contact_id from delivery.sent order by delivery_id desc limit 1",
  );
  const { kernel } = node.world;
  const told = await inTenant(kernel, senderId, (tx) =>
    exportDeliveries(tx as Tx, [person?.contact_id ?? 0]),
  );
  expect(told.broughtByOthers).toHaveLength(2);
  await inTenant(kernel, senderId, (tx) => eraseDeliveries(tx as Tx, [person?.contact_id ?? 0]));
  await node.world.settle();
  const left = await rows<{ address: string }>(
    carrierId,
    "select address from delivery.delivery where sender_ref in ('HK-1', 'HK-2') or address like 'Eppendorfer%' order by id",
  );
  // The one that was booked and cancelled in the chat is another visitor's.
  expect(left).toHaveLength(1);
});
