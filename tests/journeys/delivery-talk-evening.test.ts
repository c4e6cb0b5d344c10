import { afterAll, beforeAll, expect, test } from "vitest";
import { optionId } from "../../src/skills/delivery/flows/option-ids.ts";
import { MINUTE } from "./delivery-stage.ts";
import { openTalkWorld, type TalkWorld, titlesOf } from "./delivery-talk-world.ts";

/** What people write in pieces, while a person is waited for, as another contact of the same person, and on the evening itself. */

let world: TalkWorld;
beforeAll(async () => {
  world = await openTalkWorld();
}, 60_000);
afterAll(() => world?.close());

test("an address in two messages is one, and thanks behind a yes is nobody's case", async () => {
  const tenantId = await world.carrier("talk-pieces", { "2026-11-25": 20 });
  const one = world.customer("talk-pieces");
  await one.talk("Wann können Sie liefern?");
  const map = Promise.withResolvers<void>();
  world.played.slowMap = map.promise;
  world.played.asked.length = 0;
  await one.say("Lange Reihe 12");
  await expect.poll(() => world.played.asked, { timeout: 20_000 }).toEqual(["Lange Reihe 12"]);
  await one.say("20099 Hamburg");
  await expect
    .poll(() => world.played.asked, { timeout: 20_000 })
    .toEqual(["Lange Reihe 12", "Lange Reihe 12, 20099 Hamburg"]);
  map.resolve();
  world.played.slowMap = null;
  expect((await one.next()).text).toContain("Für Lange Reihe 12, 20099 Hamburg kann ich Ihnen das fest");
  await one.talk("das früheste");

  world.played.isCutOff = true;
  await one.say("Ja");
  await world.node.world.settle();
  await one.say("bitte");
  await world.node.world.settle();
  expect(await world.conversations(tenantId)).toMatchObject([{ state: "bot" }]);
  world.node.world.clock.advance(MINUTE);
  expect((await one.next()).text).toMatch(/^Versprochen: Mittwoch/);
  expect(await world.conversations(tenantId)).toMatchObject([{ state: "bot", flow: null }]);
}, 60_000);

test("another window takes the place of the one that is held; while a person is waited for a yes still books", async () => {
  const tenantId = await world.carrier("talk-waiting", { "2026-11-25": 2 });
  const one = world.customer("talk-waiting");
  await one.talk("Wann können Sie liefern?");
  const { options } = await one.talk("Lange Reihe 12, 20099 Hamburg");
  expect((await one.talk("die erste")).text).toContain("gehalten");
  expect((await one.tapAny(options[1]?.id ?? "")).text).toContain("18 bis 20 Uhr");
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "cancelled" }, { state: "held" }]);
  await one.say("Haben Sie auch Kaffeebohnen?");
  await world.node.world.settle();
  expect(await world.conversations(tenantId)).toMatchObject([{ state: "waiting" }]);
  const list = await one.tapAny(optionId("windows"));
  expect(titlesOf(list)).toContain("Andere Adresse");
  expect((await one.tapAny(options[0]?.id ?? "")).text).toContain("17 bis 19 Uhr");
  expect((await one.talk("Ja")).text).toMatch(/^Versprochen: Mittwoch, 25\. November, 17 bis 19 Uhr/);
  expect((await world.deliveries(tenantId)).map(({ state }) => state)).toEqual([
    "cancelled",
    "cancelled",
    "booked",
  ]);
  expect(await world.conversations(tenantId)).toMatchObject([{ state: "waiting" }]);
}, 60_000);

test("who was merged with somebody finds what was promised to them, and a stranger does not", async () => {
  const tenantId = await world.carrier("talk-merged", { "2026-11-25": 20 });
  const [one, two, stranger] = [
    world.customer("talk-merged"),
    world.customer("talk-merged"),
    world.customer("talk-merged"),
  ];
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  await one.talk("18 Uhr");
  await one.talk("Ja");
  await two.talk("Wann können Sie liefern?");
  await stranger.talk("Wann können Sie liefern?");
  const [first, second] = await world.conversations(tenantId);
  await world.run(
    tenantId,
    `update kernel.contact set merged_into = ${second?.contact_id} where id = ${first?.contact_id}`,
  );
  expect((await two.talk("Wo bleibt meine Lieferung?")).text).toMatch(/^Ihre Lieferung ist versprochen/);
  const [delivery] = await world.deliveries(tenantId);
  const cancel = optionId("reallycancel", delivery?.id ?? 0);
  expect((await stranger.tapAny(cancel)).text).toContain("steht nicht mehr aus");
  expect((await two.tapAny(cancel)).text).toContain("ist abgesagt");
}, 60_000);

test("on the evening itself: when the courier comes, at the door, not there, and what is over is said", async () => {
  const tenantId = await world.carrier("talk-evening", { "2026-11-24": 20 });
  const one = world.customer("talk-evening");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  await one.talk("18 Uhr");
  await one.talk("Ja");
  const id = (await world.deliveries(tenantId))[0]?.id ?? 0;
  // Twenty to five: the first round has begun ten minutes ago.
  world.node.world.clock.advance(Date.parse("2026-11-24T15:40:00Z") - world.node.world.clock.now());
  const half = (from: string, until: string) => ({
    from: Date.parse(`2026-11-24T${from}:00Z`),
    until: Date.parse(`2026-11-24T${until}:00Z`),
  });
  world.played.expected.set(id, { ...half("17:10", "17:40"), stopsBefore: 4, isLate: false });
  const told = await one.talk("Wo bleibt mein Paket?");
  expect(told.text).toBe(
    "Der Kurier kommt voraussichtlich zwischen 18:10 und 18:40 Uhr zu Ihnen; vorher hat er noch 4 Halte.",
  );
  expect(titlesOf(told)).toEqual(["Zum Nachbarn", "Nicht da"]);
  expect((await one.talk("einfach vor die Tür legen bitte")).text).toContain("gilt sie als übergeben");
  expect(await world.deliveries(tenantId)).toMatchObject([
    { choice: "leave", door_note: "Ablegen: einfach vor die Tür legen bitte" },
  ]);
  const gone = await one.talk("Ich bin doch nicht zu Hause");
  expect(titlesOf(gone)).toEqual(["Anderer Abend", "Zum Nachbarn", "Absagen"]);
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "booked", choice: "leave" }]);
  expect((await one.tapAny(optionId("here", id))).text).toContain("bis gleich");
  expect(await world.deliveries(tenantId)).toMatchObject([{ choice: "home", door_note: "Kunde ist da" }]);
  await world.run(tenantId, `update delivery.delivery set state = 'done' where id = ${id}`);
  expect((await one.tapAny(optionId("reallycancel", id))).text).toContain("abgeschlossen");
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "done" }]);
}, 60_000);

test("another evening once it runs: what is certain can be chosen and leaves the round; where nothing is, a person finds one", async () => {
  const tenantId = await world.carrier("talk-put-off", { "2026-11-25": 20, "2026-11-27": 20 });
  const one = world.customer("talk-put-off");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  await one.talk("die erste");
  await one.talk("Ja");
  const id = (await world.deliveries(tenantId))[0]?.id ?? 0;
  world.node.world.clock.advance(Date.parse("2026-11-25T15:40:00Z") - world.node.world.clock.now());
  await world.run(
    tenantId,
    "update delivery.shift set state = 'out', heard_at = earliest_at, left_at = earliest_at",
  );
  expect(titlesOf(await one.talk("Ich bin doch nicht zu Hause"))).toContain("Anderer Abend");
  const windows = await one.tapAny(optionId("another", id));
  expect(titlesOf(windows)[0]).toContain("27.11.");
  expect((await one.tapAny(windows.options[0]?.id ?? "")).text).toContain("Freitag, 27. November");
  expect(await world.deliveries(tenantId)).toMatchObject([
    { id, state: "booked", choice: null, door_note: "" },
  ]);
  // No evening is planned after this one: the courier is told, and a person finds one.
  world.node.world.clock.advance(Date.parse("2026-11-27T15:40:00Z") - world.node.world.clock.now());
  expect((await one.tapAny(optionId("another", id))).text).toContain("Team");
  expect(await world.deliveries(tenantId)).toMatchObject([{ id, choice: "not_home" }]);
  expect(await world.conversations(tenantId)).toMatchObject([{ state: "waiting" }]);
}, 60_000);
