import { afterAll, beforeAll, expect, test } from "vitest";
import { revokeAgreement, type Tx } from "#kernel";
import { optionId } from "../../src/skills/delivery/flows/option-ids.ts";
import { eraseDeliveries, exportDeliveries } from "../../src/skills/delivery/store/personal.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { type Companies, openCompanies, ordered, Shopper, tells } from "./delivery-companies.ts";
import { at, rowsOf } from "./delivery-stage.ts";
import type { WebNode } from "./web-node.ts";

/** A shop's parcel is brought by another company: the shop's customer reads of it in the shop's conversation, and nowhere else. */

let companies: Companies;
let node: WebNode;
let carrierId = 0;
let senderId = 0;
let customer: Shopper;

beforeAll(async () => {
  companies = await openCompanies();
  ({ node, carrierId, senderId } = companies);
}, 60_000);
afterAll(() => companies?.close());

const to = (moment: number) => node.world.clock.advance(moment - node.world.clock.now());
const rows = <T>(tenantId: number, text: string): Promise<T[]> => rowsOf<T>(node, tenantId, text);

test("the shop's customer finds a window in the shop's chat, books it, and takes it back; nobody else can", async () => {
  const own = new Shopper(companies);
  await own.talk("Wann könnt ihr liefern?");
  expect(await own.talk("Eppendorfer Weg 87, 20259 Hamburg")).toContain("Eppendorfer Weg 87");
  expect(await own.talk("Di 24.11.")).toContain("Fest buchen?");
  expect(await own.talk("Ja, buchen")).toContain("Versprochen: Dienstag, 24. November, 17 bis 19 Uhr");
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
  const tapped = (one: Shopper) =>
    one.say("x", { choice: optionId("reallycancel", Number(made?.id)) }).then(() => node.world.settle());
  const stranger = new Shopper(companies);
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
  customer = new Shopper(companies);
  await customer.talk("Guten Tag");
  const id = await ordered(companies, "HK-1");
  const second = await ordered(companies, "HK-2");
  to(at(16, 45));
  await customer.say("Ich bin heute zu Hause.");
  await node.world.settle();
  const before = (await customer.read()).length;
  to(at(17, 5));
  await tells(companies, { kind: "leave" });
  const coming = (await customer.read()).slice(before);
  expect(coming.some((text) => /zwischen|bis/.test(text))).toBe(true);
  expect(coming.length).toBeGreaterThanOrEqual(1);
  // Looked at again: nothing is said twice.
  to(at(17, 6));
  await node.world.settle();
  expect(await customer.read()).toHaveLength(before + coming.length);

  await tells(
    companies,
    { kind: "arrive", deliveryId: id },
    { kind: "done", deliveryId: id, outcome: "handed_over", to: "" },
  );
  // Once nobody took it back any more.
  to(at(17, 7));
  await node.world.settle();
  expect(await customer.read()).toHaveLength(before + coming.length + 1);

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
    revokeAgreement(tx, { tenantId: senderId, id: companies.agreementId, now }),
  );
  const until = (await customer.read()).length;
  await tells(companies, { kind: "not_there", deliveryId: second });
  // What follows a vain attempt is said when it was not taken back at once.
  node.world.clock.advance(11_000);
  await node.world.settle();
  expect(await customer.read()).toHaveLength(until);
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
  await inTenant(kernel, senderId, (tx) =>
    eraseDeliveries(tx as Tx, [person?.contact_id ?? 0], node.world.clock.now()),
  );
  await node.world.settle();
  const left = await rows<{ address: string }>(
    carrierId,
    "select address from delivery.delivery where sender_ref in ('HK-1', 'HK-2') or address like 'Eppendorfer%' order by id",
  );
  // The one that was booked and cancelled in the chat is another visitor's.
  expect(left).toHaveLength(1);
});
