import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EveningStage, type Told } from "../../../../tests/outside/evening-stage.ts";
import * as api from "../api/running.ts";

/** What an evening leaves behind, who is answered where nobody may write first, and whose round it is. */

let on: EveningStage;
beforeAll(async () => {
  on = await EveningStage.open();
}, 60_000);
afterAll(() => on.close());
beforeEach(() => on.nextDay());

test("what a phone brings after the end corrects what was not recorded; the replay has orders and log", async () => {
  await on.planned(5);
  const stop = await on.booked(1_100);
  on.goTo(on.clock(17, 1));
  const shown = await on.stage.call(api.setEveningState, {
    params: { id: on.eveningId },
    body: { state: "running" },
  });
  expect(shown.state).toBe("running");
  expect(shown.rounds.flatMap(({ stops }) => stops.map(({ state }) => state))).toEqual(["booked"]);
  await on.tell(stop, [on.event(stop, { kind: "accept" } as Told), on.leave(stop)]);
  on.goTo(on.clock(20));
  await on.stage.call(api.setEveningState, { params: { id: on.eveningId }, body: { state: "over" } });
  const outcomes = () => on.rows(`select state, outcome from delivery.delivery where id = ${stop.id}`);
  expect(await outcomes()).toEqual([{ state: "done", outcome: "not_recorded" }]);
  on.goTo(on.clock(23));
  const said = await on.messages();
  await on.tell(stop, [on.event(stop, { kind: "not_there", deliveryId: stop.id } as Told, on.clock(18, 5))]);
  expect(await outcomes()).toEqual([{ state: "failed", outcome: "not_there" }]);
  expect(await on.messages()).toBe(said);
  await expect(
    on.stage.call(api.setEveningState, { params: { id: on.eveningId }, body: { state: "running" } }),
  ).rejects.toMatchObject({ code: "rule_broken" });
  const replay = await on.stage.call(api.getReplay, { params: { id: on.eveningId } });
  expect(replay.orders[0]).toMatchObject({ shiftId: stop.shiftId, route: [stop.id] });
  const kinds = replay.happened.map(({ kind }) => kind);
  expect(kinds.filter((kind) => ["begun", "accepted", "left", "over", "not_there"].includes(kind))).toEqual([
    "begun",
    "accepted",
    "left",
    "over",
    "not_there",
  ]);
  const report = await on.stage.call(api.getDeliveryReport, { query: { from: on.date(), until: on.date() } });
  expect(report.rows).toMatchObject([
    { eveningId: on.eveningId, deliveries: 1, handedOver: 0, notRecorded: 0 },
  ]);
});

test("who may not be written to first is answered, as long as there is something to answer; the others are shown", async () => {
  await on.planned(5);
  const [first, second] = [await on.booked(1_000), await on.booked(1_400)];
  const now = new Date(on.now()).toISOString();
  const { contactId, conversationId } = await on.person("Herr Berg", "en");
  const berg = `contact_id = ${contactId}, conversation_id = ${conversationId}`;
  await on.rows(`update delivery.delivery set ${berg} where id in (${first.id}, ${second.id})`);
  on.goTo(on.clock(17, 31));
  await on.tick();
  const shown = async () =>
    (await on.stage.call(api.getRunning, { params: { id: on.eveningId } })).rounds
      .flatMap(({ stops }) => stops)
      .map(({ untold, told }) => [untold, told !== null]);
  expect(await shown()).toContainEqual(["no_conversation", false]);
  await on.rows(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
        values (${on.stage.tenantId}, ${conversationId}, '${randomUUID()}', 'customer', '{"type":"text","text":"Hello"}', 'read', '${now}', '${now}', '${now}')`,
  );
  on.goTo(on.clock(17, 40));
  await on.tick();
  expect(await shown()).toEqual([
    [null, true],
    [null, true],
  ]);
  const [message] = await on.rows(
    `select content ->> 'text' as text, purpose from kernel.message where conversation_id = ${conversationId} and author = 'bot' order by sent_at, id limit 1`,
  );
  expect(message).toMatchObject({ purpose: "delivery.promises" });
  expect(message?.text).toContain("The courier is with you in about thirty minutes");
});

test("what is given back is not taken where nobody stands at the door who gives it, until somebody says otherwise", async () => {
  await on.planned(5);
  const stop = await on.booked(900);
  await on.rows(
    `update delivery.delivery set take_back = 'Bücher', take_back_state = 'asked' where id = ${stop.id}`,
  );
  on.goTo(on.clock(18, 5));
  const state = async () =>
    (await on.rows(`select take_back_state as state from delivery.delivery where id = ${stop.id}`))[0]?.state;
  const of = (kind: string, more: object = {}) =>
    on.event(stop, { kind, deliveryId: stop.id, ...more } as Told);
  await on.tell(stop, [on.arrive(stop)]);
  expect(await state()).toBe("asked");
  await on.tell(stop, [of("done", { outcome: "neighbour", to: "Familie Kurz" })]);
  expect(await state()).toBe("not_taken");
  await on.tell(stop, [of("undo")]);
  expect(await state()).toBe("asked");
  await on.tell(stop, [of("done", { outcome: "left_there", to: "" })]);
  expect(await state()).toBe("not_taken");
  await on.tell(stop, [of("take_back", { isTaken: true, words: "" })]);
  expect(await state()).toBe("taken");
});

test("a courier who declines is somebody else's round; the page's key opens until another one is made", async () => {
  await on.planned(5);
  const stop = await on.booked(900);
  on.goTo(on.clock(10));
  await on.tell(stop, [on.event(stop, { kind: "decline", words: "Fieber" } as Told)]);
  expect(await on.rows(`select courier_id, state from delivery.shift where id = ${stop.shiftId}`)).toEqual([
    { courier_id: null, state: "planned" },
  ]);
  expect(await on.tell(stop, [on.leave(stop)])).toMatchObject([{ outcome: "refused", why: "not_yours" }]);
  const params = { id: stop.courierId };
  const hash = async () =>
    (
      await on.rows(
        `select encode(key_hash, 'hex') as hash from delivery.courier where id = ${stop.courierId}`,
      )
    )[0]?.hash;
  const { url } = await on.stage.call(api.makeCourierLink, { params });
  expect(url).toMatch(new RegExp(`/courier#${on.stage.tenantId}\\.[0-9a-f]{64}$`));
  const first = await hash();
  await on.stage.call(api.makeCourierLink, { params });
  expect(await hash()).not.toBe(first);
  await on.stage.call(api.endCourierLink, { params });
  expect(await hash()).toBeNull();
});
