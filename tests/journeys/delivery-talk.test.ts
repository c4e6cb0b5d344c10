import { afterAll, beforeAll, expect, test } from "vitest";
import { optionId } from "../../src/skills/delivery/flows/option-ids.ts";
import { MINUTE } from "./delivery-stage.ts";
import { openTalkWorld, plain, type TalkWorld, titlesOf } from "./delivery-talk-world.ts";

/** "Wann können Sie liefern?" in the chat: windows asked for, chosen, held, booked, moved and cancelled. */

let world: TalkWorld;
beforeAll(async () => {
  world = await openTalkWorld();
}, 60_000);
afterAll(() => world?.close());

test("asked, chosen, held, booked, moved, noted and cancelled, in one conversation", async () => {
  const tenantId = await world.carrier("talk-all", { "2026-11-24": 20, "2026-11-25": 20 });
  const one = world.customer("talk-all");
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
  const [row] = await world.deliveries(tenantId);
  expect(row).toMatchObject({ state: "booked", hold_until: null });
  // The old "no" below the question takes nothing back, and says what stands.
  expect((await one.tapAny(optionId("release", row?.id ?? 0))).text).toMatch(/^Versprochen: Dienstag/);
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "booked" }]);

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
  expect(await world.deliveries(tenantId)).toMatchObject([
    { state: "booked", door_note: "Nachbar: Bitte beim Nachbarn Petersen abgeben" },
  ]);
  expect((await one.talk("Wo bleibt meine Lieferung?")).text).toMatch(
    /^Ihre Lieferung ist versprochen: Mittwoch/,
  );

  expect(titlesOf(await one.talk("Bitte die Lieferung absagen"))).toEqual(["Ja, absagen", "Nicht absagen"]);
  expect((await one.talk("ja")).text).toContain("Bitte tippen Sie auf „Ja, absagen“");
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "booked" }]);
  expect((await one.talk("Ja, absagen")).text).toMatch(
    /^Die Lieferung ist abgesagt: Mittwoch, 25\. November/,
  );
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "cancelled" }]);

  // The address is known now.
  expect((await one.talk("When can you deliver?")).text).toContain(
    "promise for certain to Eppendorfer Weg 87",
  );
}, 60_000);

test("a hold that expires is said where it was asked for, and may be booked all the same", async () => {
  const tenantId = await world.carrier("talk-late", { "2026-11-25": 20 });
  const one = world.customer("talk-late");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  const { options } = await one.talk("18 Uhr");
  const gone = world.customer("talk-late");
  await gone.talk("Wann können Sie liefern?");
  await gone.talk("Max-Brauer-Allee 90, 22765 Hamburg");
  await gone.talk("das früheste");
  // Somebody who goes on to something else is not told.
  await gone.say("Haben Sie auch Kaffeebohnen?");
  await world.node.world.settle();
  const before = (await gone.ours()).length;
  world.node.world.clock.advance(11 * MINUTE);
  const over = await one.next();
  expect(over.text).toContain("halte ich nun nicht mehr frei");
  expect(titlesOf(over)).toEqual(["Neu nachsehen"]);
  expect(await gone.ours()).toHaveLength(before);
  expect((await world.deliveries(tenantId)).map(({ state }) => state)).toEqual(["expired", "expired"]);
  const yes = options.find(({ title }) => title === "Ja, buchen")?.id ?? "";
  expect((await one.tapAny(yes)).text).toMatch(/^Versprochen: Mittwoch, 25\. November, 18 bis 20 Uhr/);
}, 60_000);

test("what is taken meanwhile is said with the next best, and nobody changes what is another's", async () => {
  const tenantId = await world.carrier("talk-two", { "2026-11-25": 1, "2026-11-26": 20 });
  const [one, two] = [world.customer("talk-two"), world.customer("talk-two")];
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
  const [first] = await world.deliveries(tenantId);
  expect((await two.tapAny(`delivery:reallycancel:${first?.id}`)).text).toContain("steht nicht mehr aus");
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "held" }]);
}, 60_000);

test("where no map answers a person does it, and nothing is guessed; what is not found is asked again", async () => {
  const tenantId = await world.carrier("talk-map", { "2026-11-25": 1 });
  const one = world.customer("talk-map");
  await one.talk("Wann können Sie liefern?");
  expect((await one.talk("Ring 1, 20099 Hamburg")).text).toContain("finde ich in unserem Gebiet nicht");
  expect((await one.talk("Ohneweg 1, 20099 Hamburg")).text).toContain("die Adresse ist notiert");
  const { rows } = await world.node.world.kernel.db.node.query<{ state: string; summary: string }>(
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
  expect(await world.deliveries(tenantId)).toEqual([]);
}, 60_000);

test("a process that ends in the middle holds and books once, and says it once", async () => {
  const tenantId = await world.carrier("talk-cut", { "2026-11-25": 20 });
  const one = world.customer("talk-cut");
  await one.talk("Wann können Sie liefern?");
  await one.talk("Lange Reihe 12, 20099 Hamburg");
  for (const [said, answer] of [
    ["das früheste", /^Für Sie gehalten/],
    ["Ja", /^Versprochen: Mittwoch, 25\. November, 17 bis 19 Uhr/],
  ] as const) {
    world.played.isCutOff = true;
    await one.say(said);
    await world.node.world.settle();
    expect(world.played.isCutOff).toBe(false);
    // Tried again a little later.
    world.node.world.clock.advance(MINUTE);
    expect((await one.next()).text).toMatch(answer);
  }
  expect(await world.deliveries(tenantId)).toMatchObject([{ state: "booked" }]);
}, 60_000);

test("a day weeks ahead is offered where it is planned, to a delivery that stands too; one that is not planned is called so", async () => {
  await world.carrier("talk-far", { "2026-11-25": 20, "2026-12-17": 20 });
  const one = world.customer("talk-far");
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
