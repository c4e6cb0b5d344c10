import { afterAll, beforeAll, expect, test } from "vitest";
import { type VisitorMessage, visitorHistory } from "#kernel/api";
import type { CityInput } from "../../src/skills/delivery/api/cities.ts";
import { optionId } from "../../src/skills/delivery/flows/option-ids.ts";
import { catalogue } from "../../src/skills/delivery/flows/words.ts";
import { deliveryTimers } from "../../src/skills/delivery/jobs.ts";
import { planEvening } from "../../src/skills/delivery/plan/plan-rounds.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { EXPIRE } from "../../src/skills/delivery/rules/timer-kinds.ts";
import { insertCity } from "../../src/skills/delivery/store/cities.ts";
import { deliveryFlow } from "../../src/skills/delivery/store/talk/flow.ts";
import type { FindPlace } from "../../src/skills/delivery/store/talk/outside.ts";
import { talkTimers } from "../../src/skills/delivery/store/talk/timers.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { findDateTime } from "../../src/skills/service/rules/index.ts";
import { Visitor } from "../outside/visitor.ts";
import { startWebNode, type WebNode } from "./web-node.ts";

/** "Wann können Sie liefern?" in the chat: the flow, its timers, real plans in a real database; only the map is played. */

const MINUTE = 60_000;
const MIDDLE = { lat: 53.55, lon: 9.99 };
const HOUSES: Readonly<Record<string, { lat: number; lon: number }>> = {
  "Eppendorfer Weg 87, 20259 Hamburg": { lat: 53.573, lon: 9.96 },
  "Lange Reihe 12, 20099 Hamburg": { lat: 53.556, lon: 10.008 },
  "Max-Brauer-Allee 90, 22765 Hamburg": { lat: 53.556, lon: 9.945 },
};

/** Knows three houses; "Ring 1" is in no list, and for "Ohneweg 1" nothing answers. */
const findPlace: FindPlace = async ({ cities, text }) => {
  const cityId = cities[0]?.id ?? 0;
  const known = Object.entries(HOUSES).find(([address]) =>
    address.toLowerCase().startsWith(text.toLowerCase()),
  );
  if (known) return { is: "sure", place: { cityId, place: known[1], address: known[0] } };
  return { is: text.startsWith("Ohneweg") ? "unavailable" : "none" };
};

const CITY: CityInput = {
  name: "Hamburg",
  timeZone: "Europe/Berlin",
  middle: MIDDLE,
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
  depots: [{ name: "Altona", place: { lat: 53.55, lon: 9.94 } }],
  zones: [],
  windows: [17, 18, 19].map((hour) => ({
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    fromMinute: hour * 60,
    toMinute: (hour + 2) * 60,
    cutoffMinutes: 120,
    priceMinor: hour === 19 ? 190 : 490,
  })),
};

let node: WebNode;
/** The next call to the plan is done, and the process ends before it can say so. */
let isCutOff = false;

function cutOff<Given extends readonly unknown[], T>(call: (...given: Given) => Promise<T>) {
  return async (...given: Given): Promise<T> => {
    const result = await call(...given);
    if (!isCutOff) return result;
    isCutOff = false;
    throw new Error("cut off");
  };
}

beforeAll(async () => {
  node = await startWebNode({
    parts: (kernel) => {
      const room = roomOf(kernel);
      const readTime = (text: string, now: number, timeZone: string) => {
        const found = findDateTime(text, { now: new Date(now), timeZone });
        if (!found) return undefined;
        const { at, until, hasDay, hasTime } = found;
        return { at: at.getTime(), until: until?.getTime() ?? null, hasDay, hasTime };
      };
      // Without the optimiser: what is certain does not depend on it.
      const { [EXPIRE]: expire } = deliveryTimers(kernel, room);
      const { promises: kept } = room;
      const promises = { ...kept, hold: cutOff(kept.hold), book: cutOff(kept.book) };
      return {
        flows: [{ skill: "delivery", flow: deliveryFlow(kernel, readTime), catalogue }],
        timers: {
          ...talkTimers(kernel, { promises, findPlace }),
          ...(expire && { [EXPIRE]: expire }),
        },
      };
    },
  });
}, 60_000);
afterAll(() => node?.close());

/** A company with a round on the evenings of these days, each with room for so many parcels. */
async function carrier(key: string, evenings: Readonly<Record<string, number>>) {
  const { id } = await node.company(key);
  const { kernel, clock } = node.world;
  const city = await inTenant(kernel, id, (tx) => insertCity(tx, id, CITY, clock.now()));
  const startDepotId = city.depots[0]?.id ?? 0;
  for (const [date, capacity] of Object.entries(evenings)) {
    const hours = { earliestAt: `${date}T16:30:00+01:00`, latestAt: `${date}T21:30:00+01:00` };
    const shifts = [{ courierId: null, startDepotId, capacity, skills: [], ...hours }];
    await planEvening({ house: kernel, book: roomOf(kernel).book }, id, { cityId: city.id, date, shifts });
  }
  return id;
}

class Customer extends Visitor {
  #read = 0;

  /** Says it, or taps the option with this title. @returns what is answered, and what may be tapped then */
  async talk(text: string): Promise<VisitorMessage> {
    const before = await this.ours();
    const option = before.at(-1)?.options.find(({ title }) => title.startsWith(text));
    await this.say(option?.title ?? text, option ? { choice: option.id } : {});
    return this.next();
  }

  async tapAny(id: string): Promise<VisitorMessage> {
    await this.say("x", { choice: id });
    return this.next();
  }

  async next(): Promise<VisitorMessage> {
    await node.world.settle();
    const ours = await this.ours();
    expect(ours.length, `an answer after ${ours.at(-1)?.text ?? "nothing"}`).toBe(this.#read + 1);
    this.#read = ours.length;
    return ours.at(-1) as VisitorMessage;
  }

  async ours(): Promise<VisitorMessage[]> {
    const { items } = await this.client.call(visitorHistory, { params: { key: this.key } });
    return items.filter(({ author }) => author === "bot");
  }
}
const customer = (key: string) => new Customer(node.url, key);
const titlesOf = ({ options }: VisitorMessage) => options.map(({ title }) => title.replace(/\s/g, " "));
const plain = (text: string) => text.replace(/\u00a0/g, " ");

interface Row {
  id: number;
  state: string;
  door_note: string;
  hold_until: Date | null;
}

/** The company's deliveries, in the order in which they were asked for. */
const deliveries = (tenantId: number): Promise<Row[]> =>
  inTenant(node.world.kernel, tenantId, (tx) =>
    tx
      .selectFrom("delivery.delivery")
      .select(["id", "state", "door_note", "hold_until"])
      .where("tenant_id", "=", tenantId)
      .orderBy("id")
      .execute(),
  );

test("asked, chosen, held, booked, moved, noted and cancelled, in one conversation", async () => {
  const tenantId = await carrier("talk-all", { "2026-11-24": 20, "2026-11-25": 20 });
  const one = customer("talk-all");
  expect((await one.talk("Wann können Sie liefern?")).text).toContain("Straße, Hausnummer und Postleitzahl");
  expect((await one.talk("Eppendorfer Weg")).text).toContain("Welche Hausnummer?");
  const offer = await one.talk("Nummer 87");
  expect(offer.text).toContain("Für Eppendorfer Weg 87, 20259 Hamburg kann ich Ihnen das fest versprechen.");
  expect(titlesOf(offer)).toEqual([
    "Di 24.11., 17–19 Uhr · 4,90 €",
    "Di 24.11., 18–20 Uhr · 4,90 €",
    "Di 24.11., 19–21 Uhr · 1,90 €",
    "Mi 25.11., 17–19 Uhr · 4,90 €",
    "Mi 25.11., 18–20 Uhr · 4,90 €",
    "Mi 25.11., 19–21 Uhr · 1,90 €",
    "Andere Adresse",
  ]);
  const held = await one.talk("die zweite");
  expect(plain(held.text)).toBe(
    "Für Sie gehalten bis 10:10 Uhr: Dienstag, 24. November, 18 bis 20 Uhr, 4,90 €, Eppendorfer Weg 87, 20259 Hamburg. Fest buchen?\n\nWenn Sie buchen, schreiben wir Ihnen hier dreißig Minuten vorher, bei Verspätung und nach der Übergabe. Mit „Stopp“ endet das jederzeit.",
  );
  const booked = await one.talk("Ja bitte");
  expect(plain(booked.text)).toMatch(
    /^Versprochen: Dienstag, 24\. November, 18 bis 20 Uhr, 4,90 €, Eppendorfer Weg 87/,
  );
  const [row] = await deliveries(tenantId);
  expect(row).toMatchObject({ state: "booked", hold_until: null });
  // The old "no" below the question takes nothing back, and says what stands.
  expect((await one.tapAny(optionId("release", row?.id ?? 0))).text).toMatch(/^Versprochen: Dienstag/);
  expect(await deliveries(tenantId)).toMatchObject([{ state: "booked" }]);

  const move = await one.talk("kann ich auf Mittwoch verschieben?");
  expect(titlesOf(move)).toEqual([
    "Mi 25.11., 17–19 Uhr · 4,90 €",
    "Mi 25.11., 18–20 Uhr · 4,90 €",
    "Mi 25.11., 19–21 Uhr · 1,90 €",
  ]);
  expect((await one.talk("Mi 25.11., 19–21")).text).toMatch(
    /^Verschoben: Mittwoch, 25\. November, 19 bis 21 Uhr/,
  );

  expect((await one.talk("Bitte beim Nachbarn Petersen abgeben")).text).toContain("für den Kurier notiert");
  expect(await deliveries(tenantId)).toMatchObject([
    { state: "booked", door_note: "Nachbar: Bitte beim Nachbarn Petersen abgeben" },
  ]);
  expect((await one.talk("Wo bleibt meine Lieferung?")).text).toMatch(
    /^Ihre Lieferung ist versprochen: Mittwoch/,
  );

  expect(titlesOf(await one.talk("Bitte die Lieferung absagen"))).toEqual(["Ja, absagen", "Nicht absagen"]);
  expect((await one.talk("ja")).text).toContain("Bitte tippen Sie auf „Ja, absagen“");
  expect(await deliveries(tenantId)).toMatchObject([{ state: "booked" }]);
  expect((await one.talk("Ja, absagen")).text).toMatch(
    /^Die Lieferung ist abgesagt: Mittwoch, 25\. November/,
  );
  expect(await deliveries(tenantId)).toMatchObject([{ state: "cancelled" }]);

  // The address is known now.
  expect((await one.talk("When can you deliver?")).text).toContain(
    "promise for certain to Eppendorfer Weg 87",
  );
}, 60_000);

test("a hold that expires is said where it was asked for, and may be booked all the same", async () => {
  const tenantId = await carrier("talk-late", { "2026-11-25": 20 });
  const one = customer("talk-late");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  const { options } = await one.talk("18 Uhr");
  const gone = customer("talk-late");
  await gone.talk("Wann können Sie liefern?");
  await gone.talk("Max-Brauer-Allee 90, 22765 Hamburg");
  await gone.talk("das früheste");
  // Somebody who goes on to something else is not told.
  await gone.say("Haben Sie auch Kaffeebohnen?");
  await node.world.settle();
  const before = (await gone.ours()).length;
  node.world.clock.advance(11 * MINUTE);
  const over = await one.next();
  expect(over.text).toContain("halte ich nun nicht mehr frei");
  expect(titlesOf(over)).toEqual(["Neu nachsehen"]);
  expect(await gone.ours()).toHaveLength(before);
  expect((await deliveries(tenantId)).map(({ state }) => state)).toEqual(["expired", "expired"]);
  const yes = options.find(({ title }) => title === "Ja, buchen")?.id ?? "";
  expect((await one.tapAny(yes)).text).toMatch(/^Versprochen: Mittwoch, 25\. November, 18 bis 20 Uhr/);
}, 60_000);

test("what is taken meanwhile is said with the next best, and nobody changes what is another's", async () => {
  const tenantId = await carrier("talk-two", { "2026-11-25": 1, "2026-11-26": 20 });
  const [one, two] = [customer("talk-two"), customer("talk-two")];
  for (const [person, address] of [
    [one, "Lange Reihe 12, 20099 Hamburg"],
    [two, "Max-Brauer-Allee 90, 22765 Hamburg"],
  ] as const) {
    await person.talk("Können Sie am Mittwoch liefern?");
    await person.talk(address);
  }
  expect((await one.talk("Mi 25.11., 18–20")).text).toContain("gehalten");
  const gone = await two.talk("Mi 25.11., 18–20");
  expect(gone.text).toMatch(/^Mittwoch, 25\. November, 18 bis 20 Uhr ist inzwischen vergeben\./);
  expect(titlesOf(gone)[0]).toBe("Do 26.11., 17–19 Uhr · 4,90 €");
  const [first] = await deliveries(tenantId);
  expect((await two.tapAny(`delivery:reallycancel:${first?.id}`)).text).toContain("steht nicht mehr aus");
  expect(await deliveries(tenantId)).toMatchObject([{ state: "held" }]);
}, 60_000);

test("where no map answers a person does it, and nothing is guessed; what is not found is asked again", async () => {
  const tenantId = await carrier("talk-map", { "2026-11-25": 1 });
  const one = customer("talk-map");
  await one.talk("Wann können Sie liefern?");
  expect((await one.talk("Ring 1, 20099 Hamburg")).text).toContain("finde ich in unserem Gebiet nicht");
  expect((await one.talk("Ohneweg 1, 20099 Hamburg")).text).toContain("die Adresse ist notiert");
  const { rows } = await node.world.kernel.db.node.query<{ state: string; summary: string }>(
    "select state, hand_over ->> 'summary' as summary from kernel.conversation where tenant_id = $1",
    [tenantId],
  );
  expect(rows).toEqual([
    {
      state: "waiting",
      summary:
        "Lieferung gewünscht: Wann können Sie liefern? Adresse ohne Ort auf der Karte: Ohneweg 1, 20099 Hamburg",
    },
  ]);
  expect(await deliveries(tenantId)).toEqual([]);
}, 60_000);

test("a process that ends in the middle holds and books once, and says it once", async () => {
  const tenantId = await carrier("talk-cut", { "2026-11-25": 20 });
  const one = customer("talk-cut");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  for (const [said, answer] of [
    ["das früheste", /^Für Sie gehalten/],
    ["Ja", /^Versprochen: Mittwoch, 25\. November, 17 bis 19 Uhr/],
  ] as const) {
    isCutOff = true;
    await one.say(said);
    await node.world.settle();
    expect(isCutOff).toBe(false);
    // Tried again a little later.
    node.world.clock.advance(MINUTE);
    expect((await one.next()).text).toMatch(answer);
  }
  expect(await deliveries(tenantId)).toMatchObject([{ state: "booked" }]);
}, 60_000);

test("a day weeks ahead is offered where it is planned, to a delivery that stands too; one that is not planned is called so", async () => {
  await carrier("talk-far", { "2026-11-25": 20, "2026-12-17": 20 });
  const one = customer("talk-far");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  await one.talk("das früheste");
  expect((await one.talk("Ja")).text).toMatch(/^Versprochen: Mittwoch, 25\. November/);
  const far = await one.talk("kann ich auf den 17. Dezember verschieben?");
  expect(titlesOf(far)[0]).toBe("Do 17.12., 17–19 Uhr · 4,90 €");
  const further = await one.talk("kann ich auf den 23. Dezember verschieben?");
  expect(further.text).toMatch(/^So weit voraus ist noch nicht geplant\./);
  expect((await one.talk("Do 17.12., 19–21")).text).toMatch(/^Verschoben: Donnerstag, 17\. Dezember/);
}, 60_000);
