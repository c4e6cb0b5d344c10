import { afterAll, beforeAll, expect, test } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { Visitor } from "../outside/visitor.ts";
import { type DeliveryHouse, startDeliveryHouse } from "./delivery-house.ts";

/** What customers give back when the courier comes: asked for by message or on the page, confirmed at the door, brought to the sender. */

interface Customer {
  readonly visitor: Visitor;
  readonly id: number;
  readonly page: ApiClient;
}

let house: DeliveryHouse;
let shiftId = 0;
let writes: Customer;
let clicks: Customer;

beforeAll(async () => {
  house = await startDeliveryHouse();
  ({ shiftId } = await house.evening());
  await house.founded.owner.call(delivery.createDeliveryWebhook, {
    body: { url: "https://shop.example/hook" },
  });
  writes = await customer(1_500);
  clicks = await customer(-1_500);
}, 120_000);
afterAll(() => house?.close());

/** Somebody with a conversation and a delivery of this evening. */
async function customer(east: number): Promise<Customer> {
  const visitor = new Visitor(house.founded.url, house.founded.chatKey);
  await visitor.say("Guten Tag");
  await house.world.settle();
  const [row] = await house.rows("select id, contact_id from kernel.conversation order by id desc limit 1");
  const whom = { contactId: Number(row?.contact_id), conversationId: Number(row?.id) };
  const id = await house.booked({ east, north: 900, hour: 18, ...whom });
  return { visitor, id, page: house.page(String((await house.row(id)).live_key)) };
}

async function says({ visitor }: Customer, text: string): Promise<string> {
  await visitor.say(text);
  await house.world.settle();
  return last({ visitor });
}
async function last({ visitor }: Pick<Customer, "visitor">): Promise<string> {
  const { items } = await visitor.history();
  return (items.filter(({ author }) => author === "bot").at(-1)?.text ?? "").replace(/\u00a0/g, " ");
}
const asks = (of: Customer, words: string) =>
  of.page.call(delivery.actLive, { body: { do: "take_back", words } });

test("without the sender's rule nothing goes back, and the customer is told so", async () => {
  expect(await says(writes, "Könnt ihr etwas wieder mitnehmen?")).toContain("bei dieser Lieferung nichts");
  const refused = await writes.page.refused(delivery.actLive, { body: { do: "take_back", words: "Bücher" } });
  expect(refused.code).toBe("rule_broken");
  expect(await writes.page.call(delivery.getLive)).toMatchObject({ takesBack: null, takeBack: null });
});

test("by message it is asked what; on the page it is written, taken back and written again", async () => {
  await house.rows(
    "update delivery.city set takes_back = true, takes_back_words = 'Bücher, höchstens ein Karton'",
  );
  expect(await says(writes, "Könnt ihr etwas wieder mitnehmen?")).toBe(
    "Gern. Mitnehmen kann der Kurier: Bücher, höchstens ein Karton. Was ist es?",
  );
  expect(await says(writes, "Zwei Bücher")).toContain("Der Kurier nimmt „Zwei Bücher“ mit");
  expect(await writes.page.call(delivery.getLive)).toMatchObject({
    takeBack: { what: "Zwei Bücher", state: "asked", why: "" },
    takesBack: { words: "Bücher, höchstens ein Karton" },
    doorNote: "Mitnehmen: Zwei Bücher",
  });
  expect((await asks(clicks, "Ein Schrank")).takeBack).toMatchObject({ what: "Ein Schrank", state: "asked" });
  expect(await asks(clicks, "")).toMatchObject({ takeBack: null, doorNote: "" });
  expect((await asks(clicks, "Ein Sessel")).doorNote).toBe("Mitnehmen: Ein Sessel");
});

test("the courier confirms it at the door, or says why not; the customer reads it, and it comes to the sender", async () => {
  await house.until("17:20");
  expect(await house.tell(shiftId, { kind: "leave" })).toEqual(["taken"]);
  const near = [writes, clicks];
  const states = await Promise.all(near.map(async ({ id }) => (await house.row(id)).state));
  const next = near[states.indexOf("under_way")];
  if (!next) throw new Error(`nobody is next: ${states.join()}`);
  // The courier is on the way to this door: what comes along is known.
  const late = await next.page.refused(delivery.actLive, { body: { do: "take_back", words: "Noch mehr" } });
  expect(late.code).toBe("rule_broken");
  await house.until("18:05");
  for (const [of, taking] of [
    [writes, { isTaken: true, words: "" }],
    [clicks, { isTaken: false, words: "zu groß für das Rad" }],
  ] as const) {
    const told = await house.tell(
      shiftId,
      { kind: "arrive", deliveryId: of.id },
      { kind: "take_back", deliveryId: of.id, ...taking },
      { kind: "done", deliveryId: of.id, outcome: "handed_over", to: "" },
    );
    expect(told).toEqual(["taken", "taken", "taken"]);
  }
  // Once nobody took it back any more.
  await house.until("18:06");
  expect(await last(writes)).toMatch(/^Übergeben um .+ Mitgenommen: Zwei Bücher\.$/);
  expect(await last(clicks)).toMatch(/Nicht mitgenommen: Ein Sessel \(zu groß für das Rad\)\.$/);
  const takeBackOf = async ({ page }: Customer) => (await page.call(delivery.getLive)).takeBack;
  expect(await takeBackOf(clicks)).toEqual({
    what: "Ein Sessel",
    state: "not_taken",
    why: "zu groß für das Rad",
  });
  expect(await takeBackOf(writes)).toMatchObject({ state: "taken" });
  await house.tell(shiftId, { kind: "back" });
  expect(await takeBackOf(writes)).toMatchObject({ state: "at_depot" });

  const { owner } = house.founded;
  const returned = (id: number) => ({ params: { id }, body: {} });
  await owner.call(delivery.markReturned, returned(writes.id));
  await owner.call(delivery.markReturned, returned(writes.id));
  expect((await owner.refused(delivery.markReturned, returned(clicks.id))).code).toBe("rule_broken");
  const { items } = await owner.call(delivery.listSent, { query: {} });
  expect(items.find(({ id }) => id === writes.id)?.takeBack).toMatchObject({ state: "returned" });

  const bodies = await house.rows(
    `select body from delivery.webhook_message where delivery_id = ${writes.id} order by id`,
  );
  const told = bodies.map(({ body }) => {
    const { type, data } = JSON.parse(String(body)) as { type: string; data: { takeBack: string | null } };
    return `${type} ${data.takeBack}`;
  });
  expect(told.filter((one) => one.startsWith("delivery.take_back"))).toEqual([
    "delivery.take_back asked",
    "delivery.take_back at_depot",
    "delivery.take_back returned",
  ]);
  expect(told).toContain("delivery.done taken");
  expect(JSON.stringify(bodies)).not.toContain("Bücher");
});
