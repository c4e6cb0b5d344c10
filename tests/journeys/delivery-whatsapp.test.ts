import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";
import type { Simulator } from "../../src/simulator/http.ts";
import { startWhatsapp } from "../../src/simulator/whatsapp.ts";
import * as delivery from "../../src/skills/delivery/api.ts";
import { at } from "../outside/delivery-stage.ts";
import { type SentMessage, WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { ADDRESS, clockAt, type DeliveryHouse, startDeliveryHouse } from "./delivery-house.ts";

/**
 * From a web shop's checkout to the answered question of the next morning, all in one conversation on WhatsApp: the shop calls
 * the API, the customer has nothing but the messenger, and the number's provider is played over HTTP.
 */

const APP = "delivery-app";
const SECRET = "app-secret";
const PHONE_NUMBER_ID = "100200300400500";
const PHONE = "+4915112345678";
const TO = PHONE.slice(1);

let house: DeliveryHouse;
let simulator: Simulator;
let line: WhatsappLine;

beforeAll(async () => {
  house = await startDeliveryHouse({ adapters: [whatsapp] });
  const { url, tenantId } = house.founded;
  const webhook = `${url}/hooks/${APP}`;
  // Receipts carry the provider's own clock, which is not this world's.
  simulator = await startWhatsapp({
    appSecret: SECRET,
    webhook,
    phoneNumberId: PHONE_NUMBER_ID,
    receipts: { off: true },
  });
  await house.world.channel(tenantId, {
    kind: "whatsapp",
    address: PHONE_NUMBER_ID,
    appId: APP,
    apiBase: `${simulator.url}/v23.0`,
    secret: SECRET,
  });
  line = new WhatsappLine({ webhook, appSecret: SECRET, phoneNumberId: PHONE_NUMBER_ID }, simulator.url);
  await house.rows("update delivery.city set proof = 'code'");
}, 120_000);
afterAll(async () => {
  await simulator?.close();
  await house?.close();
});

const seconds = () => Math.floor(house.world.clock.now() / 1_000);
let read = 0;

/** What the customer reads since the last look. */
async function received(): Promise<SentMessage[]> {
  await house.world.settle();
  const all = await line.sentTo(TO);
  const fresh = all.slice(read);
  read = all.length;
  return fresh;
}

/** The customer writes. @returns what is answered */
async function write(text: string): Promise<string> {
  await line.say({ from: TO, name: "Käthe Weiß", text, at: seconds() });
  return (await received()).map(wordsOf).join("\n");
}

/** The customer taps a button of the last message. @returns what is answered */
async function tap(id: string): Promise<string> {
  const interactive = { type: "button_reply", button_reply: { id, title: "x" } };
  await line.say({
    from: TO,
    name: "Käthe Weiß",
    at: seconds(),
    message: { type: "interactive", interactive },
  });
  return (await received()).map(wordsOf).join("\n");
}

/** Ids of what can be tapped under a message. */
function buttonsOf({ body }: SentMessage): string[] {
  const { interactive } = body as {
    interactive?: {
      action?: {
        buttons?: { reply: { id: string } }[];
        sections?: { rows: { id: string }[] }[];
      };
    };
  };
  const { buttons = [], sections = [] } = interactive?.action ?? {};
  return [
    ...buttons.map(({ reply }) => reply.id),
    ...sections.flatMap(({ rows }) => rows.map(({ id }) => id)),
  ];
}

test("checkout, answer, half-hour, neighbour, hand-over and question: one conversation", async () => {
  const { shiftId } = await house.evening();
  const { owner, cityId } = house.founded;
  const parcel = { east: 1_200, north: 800, hour: 18 };
  const sent = await owner.call(delivery.sendParcel, {
    body: {
      key: randomUUID(),
      cityId,
      place: at(parcel.east, parcel.north),
      address: ADDRESS,
      window: await house.window(parcel),
      senderReference: "HK-10871",
      customer: { name: "Käthe Weiß", phone: PHONE, language: "de" },
      consent: { evidence: "Checkout, Haken bei „Nachricht vor der Lieferung“" },
    },
  });
  const id = sent.delivery?.id ?? 0;
  expect([sent.outcome, sent.isToldOf]).toEqual(["held", true]);
  const booked = await owner.call(delivery.bookDelivery, { params: { id }, body: {} });
  expect(booked.outcome).toBe("booked");

  // The customer asks, on the number that the shop has never written to.
  await house.until("15:00");
  expect(await write("Wo bleibt meine Lieferung?")).toContain(
    "versprochen: Dienstag, 24. November, 18 bis 20 Uhr",
  );

  // The evening: the courier leaves, and half an hour before the door the message comes.
  await house.until("17:00");
  expect(await house.tell(shiftId, { kind: "accept" }, { kind: "leave" })).toEqual(["taken", "taken"]);
  await house.until("17:59");
  const [notice, ...others] = await received();
  if (!notice) throw new Error("no message was sent");
  expect(others).toEqual([]);
  const { code, live_key: key } = await house.row(id);
  expect(wordsOf(notice)).toContain(`den Code ${code}`);
  expect(JSON.stringify(notice.body)).toContain(`/delivery#${house.founded.tenantId}.${key}`);
  expect(buttonsOf(notice)).toEqual([
    `delivery:here:${id}`,
    `delivery:neighbour:${id}`,
    `delivery:absent:${id}`,
  ]);

  // Not at home after all: by tap and by word, until the courier is at the door.
  expect(await tap(`delivery:neighbour:${id}`)).toContain("Bei wem darf der Kurier abgeben?");
  expect(await write("Familie Kaya")).toContain("Familie Kaya");
  expect((await house.row(id)).door_note).toContain("Familie Kaya");

  await house.tell(shiftId, { kind: "done", deliveryId: id, outcome: "neighbour", to: "Familie Kaya" });
  await house.until("18:10");
  expect((await received()).map(wordsOf).join("\n")).toContain("Familie Kaya");

  // One question, at nine, once.
  await house.until("08:55", "2026-11-25");
  expect(await received()).toEqual([]);
  await house.until("09:00", "2026-11-25");
  const asked = await received();
  expect(asked.map(wordsOf)).toEqual(["Hat mit Ihrer Lieferung alles geklappt?"]);
  expect(asked.map(buttonsOf)).toEqual([[`delivery:good:${id}`, `delivery:bad:${id}`]]);
  expect(await tap(`delivery:bad:${id}`)).toBe("Was ist passiert? Ein Satz genügt, das Team liest ihn.");
  expect(await write("Niemand hat bei mir geklingelt.")).toContain("Das Team liest es");
  await house.until("12:00", "2026-11-25");
  expect(await received()).toEqual([]);

  expect(await house.row(id)).toMatchObject({
    state: "done",
    outcome: "neighbour",
    answer: "bad",
    answer_words: "Niemand hat bei mir geklingelt.",
  });
  const conversations = await house.rows(
    "select state, hand_over->>'summary' as summary from kernel.conversation",
  );
  expect(conversations).toHaveLength(1);
  expect(conversations[0]?.state).toBe("waiting");
  expect(conversations[0]?.summary).toContain("Niemand hat bei mir geklingelt.");
  expect(house.world.clock.now()).toBe(clockAt("12:00", "2026-11-25"));
});
