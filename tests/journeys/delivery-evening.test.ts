import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { VisitorMessage } from "#kernel/api";
import type { CourierEvent } from "../../src/skills/delivery/api/courier-page.ts";
import { makeChangeIn, tryChangeIn } from "../../src/skills/delivery/evening/dispatch.ts";
import { expectedOf } from "../../src/skills/delivery/evening/expected.ts";
import { record } from "../../src/skills/delivery/evening/record.ts";
import { ratesOf, sumsOf } from "../../src/skills/delivery/evening/report.ts";
import { planEvening } from "../../src/skills/delivery/plan/plan-rounds.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { EVENING, EXPIRE } from "../../src/skills/delivery/rules/timer-kinds.ts";
import { insertCourier } from "../../src/skills/delivery/store/couriers.ts";
import { reportEvenings } from "../../src/skills/delivery/store/report.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { Visitor } from "../outside/visitor.ts";
import {
  type Address,
  at,
  cityWith,
  DATE,
  DEPOT,
  founded,
  HOUSES,
  MINUTE,
  rowsOf,
  startDeliveryNode,
  within,
} from "./delivery-stage.ts";
import type { WebNode } from "./web-node.ts";

/** An evening from the booking in the chat to the report: real plans, real timers, a clock that the test moves. */

let node: WebNode;
let tenantId = 0;
let cityId = 0;
let eveningId = 0;

beforeAll(async () => {
  node = await startDeliveryNode({ kinds: [EXPIRE, EVENING], hasAfter: true });
  await plan();
}, 60_000);
afterAll(() => node?.close());

const query = <T>(text: string): Promise<T[]> => rowsOf<T>(node, tenantId, text);

/** Three couriers with room for one parcel each, the last one with a van. */
async function plan(): Promise<void> {
  const { kernel, clock } = node.world;
  tenantId = (await node.company("the-evening")).id;
  const costs = { compensationMinor: 500, hourMinor: 1_500, kilometreMinor: 30, vanGramsPerKm: 226 };
  const city = await founded(node, tenantId, cityWith(costs));
  cityId = city.id;
  const shifts = [];
  for (const [name, vehicle] of [
    ["Ada", "bicycle"],
    ["Ben", "bicycle"],
    ["Cem", "van"],
  ] as const) {
    const given = { name, vehicle, phone: "", capacity: 1, skills: [], contactId: null };
    const courier = await inTenant(kernel, tenantId, (tx) => insertCourier(tx, tenantId, given, clock.now()));
    shifts.push({
      courierId: courier.id,
      startDepotId: city.depots[0]?.id ?? 0,
      earliestAt: new Date(at(16, 30)).toISOString(),
      latestAt: new Date(at(21, 30)).toISOString(),
    });
  }
  eveningId = await planEvening(within(node), tenantId, { cityId, date: DATE, shifts });
}

class Customer extends Visitor {
  async talk(text: string): Promise<VisitorMessage | undefined> {
    const { items } = await this.history();
    const option = items.at(-1)?.options.find(({ title }) => title.replace(/\s/g, " ").startsWith(text));
    await this.say(option?.title ?? text, option ? { choice: option.id } : {});
    await node.world.settle();
    return (await this.history()).items.at(-1);
  }
}

/** Books in the chat. @returns the delivery's id */
async function booked(address: Address): Promise<{ id: number; consent: string }> {
  const one = new Customer(node.url, "the-evening");
  await one.talk("Wann können Sie liefern?");
  await one.talk(address.split(",")[0] ?? "");
  const held = await one.talk("Di 24.11.");
  expect(held?.text).toContain("Fest buchen?");
  expect((await one.talk("Ja, buchen"))?.text).toContain(
    "Versprochen: Dienstag, 24. November, 17 bis 19 Uhr",
  );
  const [row] = await query<{ id: number }>("select max(id)::int as id from delivery.delivery");
  return { id: row?.id ?? 0, consent: held?.text.split("\n\n")[1] ?? "" };
}

/** What was written to the customer of a delivery since the booking, the oldest first. */
async function said(deliveryId: number): Promise<{ text: string; options: string[]; link: string }[]> {
  const rows = await query<{ content: { text: string; link?: string; options?: { title: string }[] } }>(
    `select m.content from delivery.delivery d join kernel.message m on m.tenant_id = d.tenant_id and m.conversation_id = d.conversation_id
      where d.id = ${deliveryId} and m.author = 'bot' and m.purpose = 'delivery.arrival' order by m.sent_at, m.id`,
  );
  return rows.map(({ content: { text, link = "", options = [] } }) => ({
    text,
    link,
    options: options.map(({ title }) => title),
  }));
}

interface Stop {
  deliveryId: number;
  shiftId: number;
  courierId: number;
}

const roundOf = async (deliveryId: number): Promise<Stop> => {
  const [row] = await query<{ shift_id: number; courier_id: number }>(
    `select s.id as shift_id, s.courier_id from delivery.delivery d join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
      where d.id = ${deliveryId}`,
  );
  return { deliveryId, shiftId: row?.shift_id ?? 0, courierId: row?.courier_id ?? 0 };
};

type Told = Omit<CourierEvent, "key" | "at" | "shiftId" | "deliveryId">;

function event({ shiftId, deliveryId }: Stop, told: Told, when = node.world.clock.now()): CourierEvent {
  const ofStop = ["arrive", "done", "not_there", "refused", "undo", "write"].includes(told.kind);
  const common = {
    key: randomUUID(),
    at: new Date(when).toISOString(),
    shiftId,
    ...(ofStop && { deliveryId }),
  };
  return { ...common, ...told } as CourierEvent;
}

const tell = (stop: Stop, events: CourierEvent[]) =>
  record(within(node), { tenantId, by: "courier", courierId: stop.courierId }, events);

/** Minute by minute, as the node lives it, or in longer steps where nothing happens. */
async function until(moment: number, step = MINUTE): Promise<void> {
  const { clock } = node.world;
  while (clock.now() < moment) {
    clock.advance(Math.min(step, moment - clock.now()));
    await node.world.settle();
  }
}

test("planned, booked, told, brought, late, dropped out, over, and counted", async () => {
  const [near, far] = [
    await booked("Eppendorfer Weg 87, 20259 Hamburg"),
    await booked("Lange Reihe 12, 20099 Hamburg"),
  ];
  const grants = await query<{ text: string; purpose: string }>(
    `select t.text, g.purpose from kernel.consent_grant g join kernel.consent_text t on t.tenant_id = g.tenant_id and t.hash = g.text_hash`,
  );
  expect(grants).toEqual([1, 2].map(() => ({ text: near.consent, purpose: "delivery.arrival" })));
  expect(near.consent).toContain("dreißig Minuten vorher");
  const nobody = await bookedByTelephone("Max-Brauer-Allee 90, 22765 Hamburg");
  await query(`update delivery.delivery set proof = 'code', code = '4711' where id = ${near.id}`);
  const [ada, ben, cem] = [await roundOf(near.id), await roundOf(far.id), await roundOf(nobody)];
  expect(new Set([ada.shiftId, ben.shiftId, cem.shiftId]).size).toBe(3);

  node.world.clock.advance(at(15, 45) - node.world.clock.now());
  await until(at(16, 29), 5 * MINUTE);
  expect(await said(near.id)).toEqual([]);
  await until(at(16, 30));
  expect(await query("select state from delivery.evening")).toEqual([{ state: "running" }]);
  for (const one of [ada, ben, cem])
    expect(await tell(one, [event(one, { kind: "leave" })])).toMatchObject([{ outcome: "taken" }]);
  await until(at(16, 40));
  const [notice, ...more] = await said(near.id);
  expect(more).toEqual([]);
  expect(notice?.text).toBe(
    "In etwa dreißig Minuten ist der Kurier bei Ihnen: zwischen 17 und 17:30 Uhr, Eppendorfer Weg 87, 20259 Hamburg. Nennen Sie ihm bitte den Code 4711.",
  );
  expect(notice?.options).toEqual(["Ich bin da", "Zum Nachbarn", "Nicht da"]);
  expect(notice?.link).toMatch(new RegExp(`/delivery#${tenantId}\\.[0-9a-f]{32}$`));
  expect(await expectedOf(node.world.kernel, tenantId, near.id)).toEqual({
    from: at(17),
    until: at(17, 30),
    stopsBefore: 0,
    isLate: false,
  });

  await lateCourier(ben, far.id);
  await handedOver(ada, near.id);
  await droppedOut({ ada, ben, far: far.id });
  await broken(cem, nobody);
  await over();
});

async function bookedByTelephone(address: Address): Promise<number> {
  const { promises } = roomOf(node.world.kernel);
  const wish = { cityId, place: HOUSES[address] };
  const [window] = (await promises.windows(tenantId, wish)).windows;
  if (!window) throw new Error("no window");
  const answer = await promises.hold(tenantId, wish, window, { key: "telephone", address });
  if (!("held" in answer)) throw new Error("gone");
  await promises.book(tenantId, answer.held.id);
  return answer.held.id;
}

/** Said long before the window ends, with choices, once. */
async function lateCourier(ben: Stop, id: number): Promise<void> {
  await tell(ben, [event(ben, { kind: "delay", minutes: 170, words: "Platten" } as Told)]);
  await until(at(16, 50));
  const [, late, ...more] = await said(id);
  expect(more).toEqual([]);
  expect(late?.text).toContain(
    "Das versprochene Fenster schaffen wir leider nicht: Dienstag, 24. November, 17 bis 19 Uhr.",
  );
  expect(late?.options).toEqual(["Ich warte", "Anderes Fenster", "Zum Nachbarn"]);
}

async function handedOver(ada: Stop, id: number): Promise<void> {
  await until(at(16, 58), 4 * MINUTE);
  // Told a quarter of an hour later, as it is without a net.
  const arrive = event(ada, { kind: "arrive" }, at(16, 43));
  await tell(ada, [arrive]);
  await until(at(17, 3));
  const done = { kind: "done", outcome: "handed_over", to: "" } as Told;
  expect(await tell(ada, [event(ada, { ...done, code: "0000" } as Told)])).toMatchObject([
    { outcome: "refused", why: "code" },
  ]);
  const right = event(ada, { ...done, code: "4711" } as Told);
  expect(await tell(ada, [right])).toMatchObject([{ outcome: "taken" }]);
  // The phone did not hear the answer, and tells everything again.
  expect(await tell(ada, [right, arrive])).toMatchObject([{ outcome: "known" }, { outcome: "known" }]);
  await until(at(17, 6));
  const texts = (await said(id)).map(({ text }) => text);
  expect(texts).toHaveLength(2);
  expect(texts[1]).toBe("Übergeben um 17:03 Uhr, Eppendorfer Weg 87, 20259 Hamburg. Danke!");
}

/** Ben cannot go on: Ada fetches his parcel and brings it inside the window after all. */
async function droppedOut({ ada, ben, far }: { ada: Stop; ben: Stop; far: number }): Promise<void> {
  const place = { tenantId, eveningId };
  const drop = { kind: "drop", shiftId: ben.shiftId } as const;
  const tried = await tryChangeIn(node.world.kernel, place, drop);
  expect(tried).toMatchObject({ refused: null, endangered: [], change: drop });
  const { version } = tried;
  await makeChangeIn(within(node), place, { change: drop, version, tells: true });
  await expect(
    makeChangeIn(within(node), place, { change: drop, version, tells: true }),
  ).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await roundOf(far)).toMatchObject({ shiftId: ada.shiftId });
  await until(at(17, 16));
  const code = `AHD1:${tenantId}:${far}:1`;
  await tell(ada, [event(ada, { kind: "scan", code } as Told)]);
  await until(at(17, 25));
  const notices = await said(far);
  expect(notices).toHaveLength(3);
  // The half-hour that was told before holds no more, and that is said at once.
  expect(notices[2]?.text).toContain(
    "Es verschiebt sich: Der Kurier ist nun zwischen 17:30 und 18 Uhr bei Ihnen",
  );
  const expected = await expectedOf(node.world.kernel, tenantId, far);
  const arrives = (expected?.from ?? 0) + 10 * MINUTE;
  expect(arrives).toBeLessThan(at(18, 40));
  await until(arrives, 5 * MINUTE);
  const now = { ...ada, deliveryId: far };
  await tell(now, [event(now, { kind: "arrive" })]);
  await until(arrives + 3 * MINUTE);
  await tell(now, [event(now, { kind: "done", outcome: "neighbour", to: "Frau Sommer" } as Told)]);
  await until(arrives + 5 * MINUTE);
  expect((await said(far)).at(-1)?.text).toMatch(/beim Nachbarn abgegeben: Frau Sommer\. Lange Reihe 12/);
  await until(at(18, 50), 10 * MINUTE);
  await tell(now, [event(now, { kind: "back" })]);
}

/** Cem was in a dead zone and brings everything at once, in the wrong order; nobody can be told. */
async function broken(cem: Stop, id: number): Promise<void> {
  await until(at(19, 30), 10 * MINUTE);
  expect(await query(`select broken_at from delivery.delivery where id = ${id}`)).toEqual([
    { broken_at: null },
  ]);
  await tell(cem, [
    event(cem, { kind: "done", outcome: "handed_over", to: "" } as Told, at(19, 25)),
    event(cem, { kind: "arrive" }, at(19, 20)),
  ]);
  const [row] = await query<Record<string, unknown>>(
    `select state, outcome, arrived_at, ended_at, compensation_minor, broken_at is not null as is_broken, untold_reason
      from delivery.delivery where id = ${id}`,
  );
  expect(row).toMatchObject({
    state: "done",
    outcome: "handed_over",
    arrived_at: new Date(at(19, 20)),
    ended_at: new Date(at(19, 25)),
    compensation_minor: 500,
    is_broken: true,
    untold_reason: "no_conversation",
  });
  await until(at(19, 40), 10 * MINUTE);
  await tell(cem, [event(cem, { kind: "back" })]);
}

/** Metres by road, as somebody would measure it on a map. */
function metres(...way: { lat: number; lon: number }[]): number {
  const leg = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
    Math.hypot((b.lat - a.lat) * 111_195, (b.lon - a.lon) * 111_195 * Math.cos((53.55 * Math.PI) / 180));
  return 1.34 * way.slice(1).reduce((sum, to, n) => sum + leg(way[n] ?? to, to), 0);
}

async function over(): Promise<void> {
  await until(at(19, 42));
  expect(await query("select state from delivery.evening")).toEqual([{ state: "over" }]);
  const span = { from: DATE, until: DATE, cityId };
  const evenings = await inTenant(node.world.kernel, tenantId, (tx) => reportEvenings(tx, tenantId, span));
  const [sum] = sumsOf(evenings);
  expect(sum).toMatchObject({
    deliveries: 3,
    handedOver: 3,
    atFirstAttempt: 3,
    notRecorded: 0,
    windowKept: 2,
    windowJudged: 3,
    // Nobody could be told by telephone.
    noticed: 2,
    noticeInside: 2,
    brokenSaid: 0,
    compensationMinor: 500,
    // Ada from 16:30 to 18:50, Cem from 16:30 to 19:40.
    workedSeconds: 140 * 60 + 190 * 60,
  });
  const [one = DEPOT, two = DEPOT, three = DEPOT] = Object.values(HOUSES);
  const [byAda, byCem] = [metres(DEPOT, one, two, DEPOT), metres(DEPOT, three, DEPOT)];
  expect((sum?.distanceMetres ?? 0) / (byAda + byCem)).toBeCloseTo(1, 2);
  // Of the van alone, by the owner's own rate; what is trodden counts as assumed.
  expect((sum?.gramsCo2 ?? 0) / ((226 * byCem) / 1_000)).toBeCloseTo(1, 2);
  expect(ratesOf(evenings)).toEqual([
    { cityId, vehicle: "van", gramsPerKm: 226, isUsual: false },
    { cityId, vehicle: "bicycle", gramsPerKm: 0, isUsual: true },
  ]);
  expect(sum?.costMinor).toBe(
    Math.round(((330 * 60) / 3_600) * 1_500 + ((sum?.distanceMetres ?? 0) / 1_000) * 30),
  );
  const learned = await query("select courier_id from delivery.pace order by courier_id limit 1");
  expect(learned).toEqual([{ courier_id: 0 }]);
}
