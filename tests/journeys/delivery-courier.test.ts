import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import { eraseDeliveries } from "../../src/skills/delivery/store/personal.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type CourierHouse, openCourierHouse, PARCELS } from "../outside/courier-house.ts";
import { Visitor } from "../outside/visitor.ts";

/** A courier's evening over HTTP: by the page's key, out of order and twice, and by plain messages in the company's chat. */

type Event = delivery.CourierEvent;
type Said = Event extends infer One
  ? One extends Event
    ? Omit<One, "key" | "at" | "shiftId"> & { key?: string; at?: string }
    : never
  : never;

let house: CourierHouse;
let customer: Visitor;
let courierChat: Visitor;

/** Somebody writes to the company for the first time. */
async function newcomer({ url, here }: Pick<CourierHouse, "url" | "here">, name: string) {
  const visitor = new Visitor(url, "boten-chat");
  await visitor.say("Moin", { name });
  await here.settle();
  const { rows } = await here.kernel.db.node.query<{ id: number; contact_id: number }>(
    "select id, contact_id from kernel.conversation order by id desc limit 1",
  );
  return { visitor, contactId: Number(rows[0]?.contact_id), conversationId: Number(rows[0]?.id) };
}

beforeAll(async () => {
  house = await openCourierHouse({
    chat: "boten-chat",
    courierContact: async (at) => {
      const { visitor, contactId } = await newcomer(at, "Jo");
      courierChat = visitor;
      return contactId;
    },
    parcels: async (at) => {
      const { visitor, contactId, conversationId } = await newcomer(at, "Katrin Brandt");
      customer = visitor;
      return PARCELS.map((one, n) => (n === 1 ? { ...one, contact: { contactId, conversationId } } : one));
    },
  });
}, 120_000);
afterAll(() => house?.close());

const now = (minutes = 0) => new Date(house.here.clock.now() + minutes * 60_000).toISOString();
const whole = (said: Said): Event =>
  ({ key: randomUUID(), at: now(), shiftId: house.shiftId, ...said }) as Event;
async function tell(...said: Said[]) {
  const events = said.map(whole);
  const { results, page } = await house.courier.call(delivery.tellCourierEvents, { body: { events } });
  const [shift] = page.shifts;
  if (!shift) throw new Error("no shift on the page");
  return { events, answers: results.map(({ outcome, why }) => why ?? outcome), shift };
}
const idOf = (n: number): number => house.deliveryIds[n] ?? 0;
const stateOf = async (n: number) => {
  const [row] = await house.rows(
    `select state, outcome, outcome_words, proof_file_id from delivery.delivery where id = ${idOf(n)}`,
  );
  return row;
};

describe("the page", () => {
  test("opens with its key alone; another key, none, or an old one open nothing and say what to do", async () => {
    const page = await house.courier.call(delivery.getCourierPage);
    expect(page.courier).toMatchObject({ name: "Jo Brandt", language: "de" });
    expect(page.shifts).toMatchObject([
      { id: house.shiftId, state: "planned", phone: "+49401234567", against: null },
    ]);
    const [shift] = page.shifts;
    expect(shift?.stops.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(
      [...house.deliveryIds].toSorted(),
    );
    const first = shift?.stops.find(({ deliveryId }) => deliveryId === idOf(0));
    expect(first).toMatchObject({
      code: `AHD1:${house.tenantId}:${idOf(0)}`,
      address: "Eppendorfer Weg 87, 20259 Hamburg",
      doorNote: "Klingel unten rechts, der Summer geht schwer.",
      proof: "code",
      senderName: "Hanse-Boten",
    });
    expect(first?.expectedAt).not.toBeNull();
    expect(JSON.stringify(page)).not.toContain("4271");
    for (const authorization of ["", "Courier 1.00", `Courier ${house.tenantId}.${"0".repeat(64)}`]) {
      const stranger = new ApiClient(house.url, authorization ? { authorization } : {});
      const problem = await stranger.refused(delivery.getCourierPage);
      expect(problem).toMatchObject({ status: 401, code: "not_signed_in" });
      expect(problem.detail).toContain("Ask the dispatcher for a new link");
    }
    const old = house.courier;
    const key = await house.newKey();
    expect((await old.refused(delivery.getCourierPage)).status).toBe(401);
    Object.assign(house, { courier: new ApiClient(house.url, { authorization: `Courier ${key}` }) });
    expect((await house.courier.call(delivery.getCourierPage)).shifts).toHaveLength(1);
  });

  test("carries the owner's map round its stops, of its own round only", async () => {
    const of = (shiftId: number) => ({ query: { shiftId } });
    const map = await house.courier.call(delivery.getCourierMap, of(house.shiftId));
    expect(map.attribution).toBe("Erfundene Karte");
    // Without the street that lies twenty kilometres away.
    expect(map.features.map(({ kind }) => kind)).toEqual(["water", "park", ...Array(4).fill("street")]);
    expect((await house.courier.refused(delivery.getCourierMap, of(999_999))).code).toBe("not_found");
  });

  test("takes what was done without a net in any order, and twice as once", async () => {
    expect((await tell({ kind: "accept" })).shift.state).toBe("accepted");
    const scans: Said[] = house.deliveryIds.map((id) => ({
      kind: "scan",
      code: `AHD1:${house.tenantId}:${id}:1`,
    }));
    expect((await tell(...scans, { kind: "scan", code: "AHD1:999999:1:1" })).answers).toEqual([
      ...scans.map(() => "taken"),
      "unknown",
    ]);
    house.here.clock.advance(90 * 60_000);
    // The hand-over came before the departure was heard of: the phone says when each was.
    const done = whole({
      kind: "done",
      deliveryId: idOf(0),
      outcome: "handed_over",
      to: "",
      code: "4271",
      at: now(-5),
    });
    const late = await tell(done, { kind: "arrive", deliveryId: idOf(0), at: now(-7) });
    expect(late.answers).toEqual(["taken", "taken"]);
    const { answers, shift } = await tell({ kind: "leave", at: now(-30) }, done);
    expect(answers).toEqual(["taken", "known"]);
    expect(shift.state).toBe("out");
    expect(shift.stops[0]).toMatchObject({
      deliveryId: idOf(0),
      state: "done",
      outcome: "handed_over",
      expectedAt: null,
    });
    const rows = await house.rows(
      `select kind from delivery.happened where delivery_id = ${idOf(0)} and kind in ('done', 'arrived') order by kind`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["arrived", "done"]);
  });

  test("asks for the proof that the sender wants; a picture is a JPEG, once, of the own round", async () => {
    const age = idOf(2);
    const wrong = await tell(
      { kind: "done", deliveryId: age, outcome: "neighbour", to: "Petersen", isOfAge: true },
      { kind: "done", deliveryId: age, outcome: "handed_over", to: "" },
    );
    expect(wrong.answers).toEqual(["age", "age"]);
    await house.rows(`update delivery.delivery set proof = 'photo' where id = ${idOf(3)}`);
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]).toString(
      "base64",
    );
    const body = { key: randomUUID(), deliveryId: idOf(3), jpeg };
    const { photoFileId } = await house.courier.call(delivery.keepCourierPhoto, { body });
    expect(await house.courier.call(delivery.keepCourierPhoto, { body })).toEqual({ photoFileId });
    const png = Buffer.from("\x89PNG\r\n\x1a\n").toString("base64");
    const refusals = [
      { ...body, key: randomUUID(), jpeg: png },
      { ...body, key: randomUUID(), deliveryId: 999_999 },
    ];
    const codes = [];
    for (const one of refusals)
      codes.push((await house.courier.refused(delivery.keepCourierPhoto, { body: one })).code);
    expect(codes).toEqual(["unsupported_file", "not_found"]);
    const left = { kind: "done", deliveryId: idOf(3), outcome: "left_there", to: "Garage" } as const;
    const { answers } = await tell({ ...left, photoFileId: "0".repeat(32) }, { ...left, photoFileId });
    expect(answers).toEqual(["proof", "taken"]);
    expect(await stateOf(3)).toMatchObject({
      state: "done",
      outcome: "left_there",
      proof_file_id: photoFileId,
    });
    const undone = await tell({ kind: "undo", deliveryId: idOf(3) });
    expect(undone.shift.stops.find(({ deliveryId }) => deliveryId === idOf(3))).toMatchObject({
      outcome: null,
    });
  });

  test("hears five different codes of a door, however they come; then the dispatcher records it", async () => {
    const id = idOf(3);
    await house.rows(`update delivery.delivery set proof = 'code', code = '0427' where id = ${id}`);
    const page = await house.courier.call(delivery.getCourierPage);
    const { codeHint } = page.shifts[0]?.stops.find(({ deliveryId }) => deliveryId === id) ?? {};
    expect(codeHint?.digit).toBeGreaterThanOrEqual(0);
    expect(Object.keys(codeHint ?? {})).toEqual(["salt", "digit"]);
    const guess = (code: string) =>
      ({ kind: "done", deliveryId: id, outcome: "handed_over", to: "", code }) as const;
    // Hours of a dead zone in one call, one of them told twice.
    const first = await tell(guess("1111"), guess("2222"), guess("1111"), guess("3333"));
    expect(first.answers).toEqual(["code", "code", "code", "code"]);
    const rest = await tell(guess("4444"), guess("5555"), guess("6666"), guess("0427"));
    expect(rest.answers).toEqual(["code", "code", "locked", "locked"]);
    expect(await stateOf(3)).toMatchObject({ outcome: null });
    expect(
      await house.rows("select delivery_id, by from delivery.happened where kind = 'code_locked'"),
    ).toEqual([{ delivery_id: id, by: "automatic" }]);
    // Every other end may still be told.
    expect((await tell({ kind: "not_there", deliveryId: id })).answers).toEqual(["taken"]);
    await tell({ kind: "undo", deliveryId: id });
    await house.rows(
      `update delivery.delivery set proof = 'none', code = null, wrong_codes = '{}' where id = ${id}`,
    );
  });

  test("carries words both ways, and nobody's number", async () => {
    const written = await tell({ kind: "write", deliveryId: idOf(1), text: "Welche Klingel?" });
    expect(written.answers).toEqual(["taken"]);
    await house.here.settle();
    const heard = async () =>
      (await customer.history()).items.filter(({ author }) => author !== "customer").at(-1)?.text;
    expect(await heard()).toContain("Welche Klingel?");
    await customer.say("Die mit dem Löwen, bitte lange drücken");
    await house.here.settle();
    expect(await heard()).toBe("Ihr Kurier liest das jetzt.");
    const { shifts } = await house.courier.call(delivery.getCourierPage);
    expect(shifts[0]?.messages).toMatchObject([
      { from: "courier", deliveryId: idOf(1), text: "Welche Klingel?" },
      { from: "customer", deliveryId: idOf(1), text: "Die mit dem Löwen, bitte lange drücken" },
    ]);
    expect(await tell({ kind: "place", place: { lat: 53.56, lon: 9.97 } })).toMatchObject({
      answers: ["taken"],
    });
  });
});

describe("without any page", () => {
  async function writes(text: string): Promise<string> {
    await courierChat.say(text);
    await house.here.settle();
    const { items } = await courierChat.history();
    return items.filter(({ author }) => author === "bot").at(-1)?.text ?? "";
  }

  test("plain messages bring the next stop and record what was done", async () => {
    const open = async () => {
      const { shifts } = await house.courier.call(delivery.getCourierPage);
      return shifts[0]?.stops.filter(({ state }) => state !== "done" && state !== "failed") ?? [];
    };
    const before = await open();
    const [first, second, third] = before;
    expect(await writes("weiter")).toContain(`: ${first?.address}`);
    const say = (id: number | undefined) => (id === idOf(2) ? "erledigt Alter ok" : "nicht da");
    const answer = await writes(say(first?.deliveryId));
    expect(answer).toMatch(/^Eingetragen: /);
    expect(answer).toContain(`: ${second?.address}`);
    expect(await writes("Stau 15")).toMatch(/^15 Minuten Verspätung sind gemeldet\./);
    expect(await writes("rückgängig")).toContain("ist wieder offen");
    expect((await open()).map(({ deliveryId }) => deliveryId).toSorted()).toEqual(
      before.map(({ deliveryId }) => deliveryId).toSorted(),
    );
    for (const _ of [first, second, third]) {
      const [next] = await open();
      expect(await writes(say(next?.deliveryId))).toMatch(/^Eingetragen: /);
    }
    expect(await writes("zurück")).toBe("Die Tour ist beendet. Danke.");
    const rows = await house.rows(`select state from delivery.shift where id = ${house.shiftId}`);
    expect(rows).toEqual([{ state: "done" }]);
    expect(await stateOf(2)).toMatchObject({ state: "done", outcome: "handed_over" });
    expect(await stateOf(1)).toMatchObject({ state: "failed", outcome: "not_there" });
  });

  test("other words go their normal way", async () => {
    expect(await writes("Wann bekomme ich meinen Lohn?")).toBe("Gelesen: Wann bekomme ich meinen Lohn?");
    expect(await writes("weiter")).toBe("Diese Tour ist beendet.");
  });

  test("a picture goes on its own, with a reason, and with its person", async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]).toString("base64");
    const taken = () =>
      house.courier.call(delivery.keepCourierPhoto, {
        body: { key: randomUUID(), deliveryId: idOf(1), jpeg },
      });
    const count = async () => (await house.rows("select from delivery.photo")).length;
    const before = await count();
    await taken();
    await taken();
    expect(await count()).toBe(before + 2);
    const erase = { params: { id: idOf(1) }, body: { reason: "Im Hintergrund steht ein Kind." } };
    expect(await house.owner.call(delivery.erasePhotos, erase)).toEqual({ erased: 2 });
    expect(await count()).toBe(before);
    expect(await house.rows("select words, by from delivery.happened where kind = 'photo_erased'")).toEqual([
      { words: "Im Hintergrund steht ein Kind.", by: "dispatcher" },
    ]);
    expect((await house.owner.refused(delivery.erasePhotos, erase)).code).toBe("rule_broken");
    expect(
      (await house.owner.refused(delivery.erasePhotos, { ...erase, params: { id: 999_999 } })).code,
    ).toBe("not_found");
    await taken();
    const [{ contact_id: contactId } = {}] = await house.rows(
      `select contact_id from delivery.delivery where id = ${idOf(1)}`,
    );
    await house.here.kernel.db.tenant(house.tenantId, (tx) =>
      eraseDeliveries(tx, [Number(contactId)], house.here.clock.now()),
    );
    expect(await count()).toBe(before);
  });

  test("a courier's pictures go with the place, after ninety days", async () => {
    expect(await house.rows("select from delivery.photo")).toHaveLength(1);
    // The node was killed before it noted whose picture that is.
    await house.rows(`insert into kernel.file (tenant_id, id, mime, name, size, sha256, created_at)
      values (${house.tenantId}, 'left-to-nobody', 'image/jpeg', 'proof.jpg', 1, '', '${now()}')`);
    house.here.clock.advance(92 * 86_400_000);
    await house.here.settle();
    expect(await house.rows("select from delivery.photo")).toHaveLength(0);
    expect(await house.rows("select from kernel.file")).toHaveLength(0);
  });
});
