import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as delivery from "../../src/skills/delivery/api.ts";
import { ApiClient } from "../outside/api-client.ts";
import { Visitor } from "../outside/visitor.ts";
import { ADDRESS, type DeliveryHouse, type Parcel, startDeliveryHouse } from "./delivery-house.ts";

/** One evening as its customers see it, by the address that the message holds. */

let house: DeliveryHouse;
let shiftId: number;
/** Once the round has begun nothing more is promised for this evening, so all of it is booked before. */
let plain: number;
let chooser: number;
let aged: number;
let brought: { id: number } & Customer;
let vain: { id: number } & Customer;

beforeAll(async () => {
  house = await startDeliveryHouse();
  await house.rows("update delivery.city set proof = 'code', compensation_minor = 500");
  ({ shiftId } = await house.evening());
  await house.evening("2026-11-26");
  plain = await house.booked({ east: 900, north: 400, hour: 18 });
  chooser = await house.booked({ east: -900, north: 400, hour: 18 });
  aged = await house.booked({ east: 100, north: 900, hour: 18 });
  await house.rows(`update delivery.delivery set skills = 2 where id = ${aged}`);
  brought = await ordered({ east: 1_500, north: 1_500, hour: 18 });
  vain = await ordered({ east: 2_000, north: -500, hour: 19 });
}, 120_000);
afterAll(() => house?.close());

const live = (page: ApiClient) => page.call(delivery.getLive);
async function pageOf(id: number): Promise<ApiClient> {
  const { live_key: key } = await house.row(id);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  return house.page(String(key));
}
interface Customer {
  readonly contactId: number;
  readonly conversationId: number;
  readonly visitor: Visitor;
}
/** Of a customer with a conversation in the chat, who agreed to hear of it. */
async function ordered(parcel: Parcel): Promise<{ id: number } & Customer> {
  const who = await customer();
  const { contactId, conversationId } = who;
  return { ...who, id: await house.booked({ ...parcel, contactId, conversationId }) };
}
async function customer(): Promise<Customer> {
  const { url, chatKey } = house.founded;
  const visitor = new Visitor(url, chatKey);
  await visitor.say("Guten Tag");
  await house.world.settle();
  const [row] = await house.rows("select id, contact_id from kernel.conversation order by id desc limit 1");
  return { contactId: Number(row?.contact_id), conversationId: Number(row?.id), visitor };
}

test("strangers, half keys and other companies' keys open nothing, and nothing is stored on the way", async () => {
  const { url, tenantId } = house.founded;
  for (const authorization of [
    "",
    "Delivery",
    `Delivery ${tenantId}.0`,
    `Delivery 999999.${"a".repeat(32)}`,
  ]) {
    const reply = await new ApiClient(url, { authorization }).send(delivery.getLive);
    expect([authorization, reply.status]).toEqual([authorization, 401]);
  }
  const reply = await house.page("b".repeat(32)).send(delivery.getLive);
  expect([reply.status, reply.headers.get("cache-control")]).toEqual([401, "no-store"]);
});

test("what is booked shows the promise, the code and what can be chosen; the way and the time are nobody's yet", async () => {
  const page = await pageOf(plain);
  const seen = await live(page);
  expect(seen).toMatchObject({
    state: "booked",
    address: ADDRESS,
    expected: null,
    stopsBefore: null,
    way: [],
    choices: ["home", "neighbour", "not_home"],
    chosen: null,
    owed: { minor: 0, ruleMinor: 500, currency: "EUR" },
    isAsked: false,
  });
  expect(seen.code).toMatch(/^\d{4}$/);
  expect(seen.code).toBe((await house.row(plain)).code);
  const reply = await page.send(delivery.getLive);
  expect(reply.headers.get("cache-control")).toBe("no-store");
});

test("what is owed for a promise that was put off is owed, and the new one has its own rule", async () => {
  const page = await pageOf(plain);
  await house.rows(`update delivery.delivery set compensation_minor = 300 where id = ${plain}`);
  expect((await live(page)).owed).toEqual({ minor: 300, ruleMinor: 500, currency: "EUR" });
  await house.rows(
    `update delivery.delivery set broken_at = latest_at, compensation_minor = 800 where id = ${plain}`,
  );
  expect((await live(page)).owed).toEqual({ minor: 800, ruleMinor: 0, currency: "EUR" });
  await house.rows(
    `update delivery.delivery set broken_at = null, compensation_minor = 0 where id = ${plain}`,
  );
});

test("a choice is a line at the door, the newest counts, and the dispatcher reads it", async () => {
  const page = await pageOf(chooser);
  const chosen = await page.call(delivery.actLive, { body: { do: "neighbour", words: "Weiß,\n2. Stock" } });
  expect([chosen.chosen, chosen.doorNote]).toEqual(["neighbour", "Nachbar: Weiß, 2. Stock"]);
  const home = await page.call(delivery.actLive, { body: { do: "home" } });
  expect([home.chosen, home.doorNote]).toEqual(["home", "Kunde ist da"]);
  await page.call(delivery.actLive, { body: { do: "home" } });
  const said = await house.rows(
    `select kind, by, words from delivery.happened where delivery_id = ${chooser} and by = 'customer' order by id`,
  );
  expect(said).toEqual([
    { kind: "chose", by: "customer", words: "Nachbar: Weiß, 2. Stock" },
    { kind: "chose", by: "customer", words: "Kunde ist da" },
  ]);
});

test("what is not possible is refused with what is", async () => {
  const page = await pageOf(aged);
  for (const body of [
    { do: "neighbour", words: "Weiß" },
    { do: "leave", words: "Garage" },
  ] as const) {
    const refused = await page.refused(delivery.actLive, { body });
    expect(refused).toMatchObject({ status: 422, code: "rule_broken" });
    expect(refused.detail).toContain("home, not_home");
  }
  expect((await page.call(delivery.actLive, { body: { do: "not_home" } })).chosen).toBe("not_home");
  const early = await page.refused(delivery.actLive, { body: { do: "answer", answer: "good", words: "" } });
  expect(early.status).toBe(422);
});

const PARK = {
  type: "Feature",
  properties: { kind: "park", name: "Stadtpark" },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [9.98, 53.55],
        [10.0, 53.55],
        [10.0, 53.56],
        [9.98, 53.55],
      ],
    ],
  },
};

test("from the half-hour on the way is shown, as blocks; handed over, it says to whom, and asks once", async () => {
  const { id, contactId, conversationId } = brought;
  const page = await pageOf(id);
  const { cityId } = house.founded;
  const geojson = { type: "FeatureCollection" as const, features: [PARK] };
  const drawn = await house.founded.owner.call(delivery.putCityMap, {
    params: { id: cityId },
    body: { geojson, attribution: "Stadtplan" },
  });
  expect(drawn).toEqual({ features: 1, skipped: 0 });
  await house.until("17:01");
  expect(await house.tell(shiftId, { kind: "accept" }, { kind: "leave" })).toEqual(["taken", "taken"]);
  await house.until("18:00");
  const seen = await live(page);
  expect(seen.expected).not.toBeNull();
  expect(seen.stopsBefore).toBeGreaterThanOrEqual(0);
  expect(seen.way.length).toBeGreaterThan(0);
  const doors = await house.rows("select latitude as lat, longitude as lon from delivery.delivery");
  for (const point of seen.way) expect(doors).not.toContainEqual(point);
  const map = await page.call(delivery.getLiveMap);
  expect([map.attribution, map.features.map(({ name }) => name)]).toEqual(["Stadtplan", ["Stadtpark"]]);
  // Somebody else of the round sees neither this address nor this code.
  expect(JSON.stringify(await page.send(delivery.getLive))).not.toContain("Nachbar: Weiß");

  await house.tell(shiftId, { kind: "done", deliveryId: id, outcome: "neighbour", to: "Familie Kaya" });
  const done = await live(page);
  expect(done).toMatchObject({
    state: "done",
    outcome: "neighbour",
    outcomeWords: "Familie Kaya",
    way: [],
    code: null,
    choices: [],
    isAsked: true,
  });
  const bad = await page.call(delivery.actLive, { body: { do: "answer", answer: "bad", words: "" } });
  expect([bad.answer, bad.isAsked]).toEqual(["bad", false]);
  await page.call(delivery.actLive, { body: { do: "answer", answer: "bad", words: "Der Karton war nass." } });
  const [conversation] = await house.rows(
    `select state, hand_over->>'summary' as summary from kernel.conversation where id = ${conversationId}`,
  );
  expect(conversation?.state).toBe("waiting");
  expect(conversation?.summary).toContain("Der Karton war nass.");
  // The first answer stays.
  await page.call(delivery.actLive, { body: { do: "answer", answer: "good", words: "" } });
  expect(await house.row(id)).toMatchObject({ answer: "bad", answer_words: "Der Karton war nass." });

  const { items } = await house.founded.owner.call(delivery.listContactDeliveries, {
    params: { id: contactId },
  });
  expect(items).toMatchObject([
    { id, outcome: "neighbour", outcomeWords: "Familie Kaya", proof: "code", answer: "bad" },
  ]);
});

test("after a vain attempt the customer chooses again, and the same page goes on with the next one", async () => {
  const { id, contactId, visitor } = vain;
  const page = await pageOf(id);
  await house.until("19:10");
  await house.tell(shiftId, { kind: "not_there", deliveryId: id });
  const failed = await live(page);
  expect(failed).toMatchObject({ state: "failed", outcome: "not_there", next: "another_window" });
  expect(failed.choices).toEqual(["other_window"]);
  const { windows } = await page.call(delivery.listLiveWindows);
  expect(windows.length).toBeGreaterThan(0);

  await house.until("19:20");
  const { items } = await visitor.history();
  const asked = items.at(-1);
  expect(asked?.text).toContain("hat niemand geöffnet. Wann dürfen wir noch einmal kommen?");
  expect(asked?.options.map(({ id: option }) => option.startsWith(`delivery:window:${id}:`))).toEqual([
    true,
    true,
    true,
  ]);

  const [first, second] = windows;
  if (!first || !second) throw new Error("two windows are needed");
  const { eveningId, earliestAt, latestAt } = first;
  const again = await page.call(delivery.actLive, {
    body: { do: "other_window", eveningId, earliestAt, latestAt },
  });
  expect(again).toMatchObject({ state: "booked", attempt: 2, earliestAt });
  const next = await house.rows(
    `select id, contact_id, former_id from delivery.delivery where former_id = ${id}`,
  );
  expect(next).toEqual([{ id: expect.anything(), contact_id: contactId, former_id: id }]);
  // A tap on another window in the conversation moves that attempt; there is never a third.
  const other = asked?.options[1];
  await visitor.say("x", { choice: other?.id ?? "" });
  await house.world.settle();
  const rows = await house.rows(`select state from delivery.delivery where former_id = ${id}`);
  expect(rows).toEqual([{ state: "booked" }]);
  expect((await live(page)).earliestAt).toBe(second.earliestAt);
});

test("a day after the end, and for who is erased or merged, the page opens no more", async () => {
  const { id, contactId } = await ordered({ east: 300, north: 300, hour: 18, date: "2026-11-26" });
  const page = await pageOf(id);
  await live(page);
  await house.founded.owner.call(api.eraseContact, { params: { id: contactId }, body: { confirm: true } });
  expect((await page.send(delivery.getLive)).status).toBe(401);

  const merged = await ordered({ east: 350, north: 300, hour: 18, date: "2026-11-26" });
  const mergedPage = await pageOf(merged.id);
  const { contactId: into } = await customer();
  await house.founded.owner.call(api.mergeContacts, { params: { id: merged.contactId }, body: { into } });
  expect((await mergedPage.send(delivery.getLive)).status).toBe(401);

  const [ended] = await house.rows("select live_key from delivery.delivery where state = 'done' limit 1");
  const old = house.page(String(ended?.live_key));
  await live(old);
  house.world.clock.advance(26 * 3_600_000);
  expect((await old.send(delivery.getLive)).status).toBe(401);
});

test("whoever asks too often waits", async () => {
  const { clock } = house.world;
  const id = await house.booked({ east: -300, north: 300, hour: 18, date: "2026-11-26" });
  const page = await pageOf(id);
  const states: number[] = [];
  for (let n = 0; n < 61; n++) states.push((await page.send(delivery.getLive)).status);
  expect([states[0], states.at(-1)]).toEqual([200, 429]);
  clock.advance(60_000);
  expect((await page.send(delivery.getLive)).status).toBe(200);
  expect(
    await house.founded.owner.call(delivery.getCityMap, { params: { id: house.founded.cityId } }),
  ).toMatchObject({
    attribution: "Stadtplan",
  });
});
