import { describe, expect, test } from "vitest";
import type { CourierShift, CourierStop } from "../api/courier-page.ts";
import { readCourierWords } from "../rules/spoken/courier-words.ts";
import { answerSaid, type Listener, nextAnswer, planSaid } from "./courier-answers.ts";
import { courierCatalogue } from "./courier-catalogue.ts";

const DE: Listener = { language: "de", form: "sie" };
const DU: Listener = { language: "de", form: "du" };
const EN: Listener = { language: "en", form: "sie" };

const stop = (id: number, more: Partial<CourierStop> = {}): CourierStop => ({
  deliveryId: id,
  code: `AHD1:1:${id}`,
  name: "Brandt",
  address: "Eppendorfer Weg 87, 20259 Hamburg",
  place: { lat: 53.57, lon: 9.96 },
  earliestAt: "2026-11-24T18:00:00Z",
  latestAt: "2026-11-24T20:00:00Z",
  expectedAt: "2026-11-24T18:42:00Z",
  isInPlan: true,
  doorNote: "",
  parcels: 1,
  fetchAt: null,
  senderName: "Hansekontor",
  senderReference: "HK-20417",
  skills: [],
  proof: "none",
  codeHint: null,
  takeBack: "",
  isTakenAlong: null,
  state: "under_way",
  outcome: null,
  mayNeighbour: true,
  mayLeave: false,
  canWrite: true,
  ...more,
});
const shift = (stops: CourierStop[], more: Partial<CourierShift> = {}): CourierShift => ({
  id: 1,
  date: "2026-11-24",
  cityName: "Hamburg",
  timeZone: "Europe/Berlin",
  phone: "",
  state: "out",
  earliestAt: "2026-11-24T16:00:00Z",
  latestAt: "2026-11-24T21:00:00Z",
  start: { name: "Mitte", place: { lat: 53.55, lon: 9.99 } },
  end: { name: "Mitte", place: { lat: 53.55, lon: 9.99 } },
  frozen: 0,
  against: null,
  stops,
  pickups: [],
  messages: [],
  ...more,
});
const ended = stop(1, { state: "done", outcome: "handed_over", name: "Ölmez" });

/** What is written back where only something is said. */
function said(text: string, at: CourierShift, listener = DE): string {
  const words = readCourierWords(text);
  if (!words) throw new Error(`${text} is nothing`);
  const planned = planSaid(words, at, listener);
  if ("answer" in planned) return planned.answer.text;
  throw new Error(`${JSON.stringify(planned.events)} is recorded`);
}

/** What is recorded. */
function recorded(text: string, at: CourierShift): unknown {
  const words = readCourierWords(text);
  if (!words) throw new Error(`${text} is nothing`);
  const planned = planSaid(words, at, DE);
  return "events" in planned ? planned.events : planned.answer.text;
}

describe("what the customer gives back", () => {
  const round = (more: Partial<CourierStop> = {}) => shift([stop(2, { takeBack: "Zwei Bücher", ...more })]);

  test("is said with the stop, and asked for before the hand-over", () => {
    expect(nextAnswer(round(), DU).text).toContain("Mitnehmen: Zwei Bücher. Schreib „mitgenommen“");
    expect(said("erledigt", round())).toContain("Schreiben Sie zuerst „mitgenommen“");
    expect(recorded("mitgenommen", round())).toEqual([
      { kind: "take_back", deliveryId: 2, isTaken: true, words: "" },
    ]);
    expect(recorded("nicht mitgenommen, zu groß", round())).toEqual([
      { kind: "take_back", deliveryId: 2, isTaken: false, words: "zu groß" },
    ]);
    expect(said("not taken", round(), EN)).toContain("Write “not taken” and the reason");
  });

  test("is said no more once it was answered, and nowhere else", () => {
    expect(recorded("erledigt", round({ isTakenAlong: false }))).toMatchObject([{ kind: "done" }]);
    expect(nextAnswer(round({ isTakenAlong: true }), DE).text).not.toContain("Mitnehmen");
    expect(said("mitgenommen", shift([stop(2)]))).toBe("An diesem Stopp ist nichts mitzunehmen.");
  });
});

describe("where to go now", () => {
  test("address, who, window, note and a map, in Sie, du and English", () => {
    const round = shift([ended, stop(2, { doorNote: "Klingel unten rechts", parcels: 2 })]);
    expect(nextAnswer(round, DE)).toEqual({
      text: [
        "Stopp 2 von 2: Eppendorfer Weg 87, 20259 Hamburg",
        "Brandt, 2 Pakete von Hansekontor.",
        "Versprochen 19:00–21:00 Uhr, Sie sind da um 19:42.",
        "Türnotiz: Klingel unten rechts",
      ].join("\n"),
      link: "https://www.openstreetmap.org/?mlat=53.57&mlon=9.96#map=18/53.57/9.96",
    });
    expect(nextAnswer(round, DU).text).toContain("du bist da um 19:42");
    expect(nextAnswer(round, EN).text).toBe(
      [
        "Stop 2 of 2: Eppendorfer Weg 87, 20259 Hamburg",
        "Brandt, 2 parcels from Hansekontor.",
        "Promised 19:00–21:00, you arrive at 19:42.",
        "Door note: Klingel unten rechts",
      ].join("\n"),
    );
  });

  test("what is asked for at the door, what the customer wrote, and that it is late", () => {
    const one = stop(2, { skills: ["age_check"], proof: "code", isInPlan: false, expectedAt: null });
    const messages: CourierShift["messages"] = [
      { id: 1, at: "2026-11-24T18:00:00Z", from: "customer", deliveryId: 2, text: "Bitte hinten klingeln" },
      { id: 2, at: "2026-11-24T18:01:00Z", from: "customer", deliveryId: 9, text: "anderer" },
    ];
    expect(
      nextAnswer(shift([one], { messages }), DE)
        .text.split("\n")
        .slice(2),
    ).toEqual([
      "Versprochen 19:00–21:00 Uhr.",
      "Das wird zu spät.",
      "Alter prüfen: Schreiben Sie „erledigt Alter ok“.",
      "Mit Code: Schreiben Sie „erledigt“ und die vier Ziffern.",
      "Nachricht: „Bitte hinten klingeln“",
    ]);
  });

  test("before it begins, at its end, and without stops", () => {
    expect(said("weiter", shift([stop(1)], { state: "accepted" }))).toContain(
      "Schreiben Sie „Start“, wenn Sie losfahren.",
    );
    expect(said("erledigt", shift([stop(1)], { state: "accepted" }))).toContain("Schreiben Sie „Start“");
    expect(said("weiter", shift([ended]))).toBe(
      "Alle Stopps sind erledigt. Jetzt zurück: Mitte. Schreiben Sie „zurück“, wenn Sie da sind.",
    );
    expect(said("next", shift([]), EN)).toBe("This round has no stops.");
    expect(said("weiter", shift([ended], { state: "done" }))).toBe("Diese Tour ist beendet.");
  });
});

describe("what is recorded", () => {
  const round = shift([ended, stop(2)]);

  test.each([
    ["erledigt", [{ kind: "done", deliveryId: 2, outcome: "handed_over", to: "" }]],
    ["nicht da", [{ kind: "not_there", deliveryId: 2 }]],
    ["verweigert", [{ kind: "refused", deliveryId: 2, words: "" }]],
    ["Nachbar Çelik", [{ kind: "done", deliveryId: 2, outcome: "neighbour", to: "Çelik" }]],
    ["Stau 15", [{ kind: "delay", minutes: 15, words: "" }]],
    ["rückgängig", [{ kind: "undo", deliveryId: 1 }]],
    ["zurück trotzdem", [{ kind: "back" }]],
    [
      "zurück",
      "Noch offene Stopps: 1. Sie gelten dann als nicht gebracht. Schreiben Sie „zurück trotzdem“, wenn die Tour endet.",
    ],
    ["abgelegt Garage", "Ablegen hat diese Kundin oder dieser Kunde nicht erlaubt. Nichts ist eingetragen."],
  ])("%s", (text, events) => {
    expect(recorded(text, round)).toEqual(events);
  });

  test("a start accepts what was not accepted yet", () => {
    expect(recorded("Start", shift([stop(1)], { state: "planned" }))).toEqual([
      { kind: "accept" },
      { kind: "leave" },
    ]);
    expect(recorded("Start", shift([stop(1)], { state: "accepted" }))).toEqual([{ kind: "leave" }]);
    expect(recorded("Start", round)).toContain("Sie sind schon unterwegs.");
    // Back too early: the round goes on.
    expect(recorded("Start", shift([stop(1)], { state: "done" }))).toEqual([{ kind: "leave" }]);
  });

  test("proofs are asked for before anything is recorded", () => {
    const code = shift([stop(2, { proof: "code" })]);
    expect(recorded("erledigt", code)).toBe(
      "Hier wird ein Code verlangt. Schreiben Sie „erledigt“ und die vier Ziffern.",
    );
    expect(recorded("erledigt 4271", code)).toMatchObject([{ code: "4271" }]);
    const age = shift([stop(2, { skills: ["age_check"], mayNeighbour: false })]);
    expect(recorded("erledigt", age)).toContain("mit Altersprüfung");
    expect(recorded("Nachbar Çelik", age)).toContain("Nur persönlich");
    expect(recorded("erledigt Alter ok", age)).toMatchObject([{ isOfAge: true }]);
  });
});

describe("what is read afterwards", () => {
  const after = shift([ended, stop(2)]);
  const answer = (text: string, why: string | null, listener = DE): string => {
    const words = readCourierWords(text);
    if (!words) throw new Error(text);
    return answerSaid({ said: words, stop: ended, why }, after, listener).text;
  };

  test.each([
    ["erledigt", "Eingetragen: Ölmez, übergeben."],
    ["nicht da", "Eingetragen: Ölmez, nicht da. Das Paket bleibt bei Ihnen."],
    ["verweigert", "Eingetragen: Ölmez, nicht angenommen. Das Paket bleibt bei Ihnen."],
    ["Nachbar Çelik", "Eingetragen: Ölmez, beim Nachbarn Çelik."],
    ["abgelegt Garage", "Eingetragen: Ölmez, abgelegt: Garage."],
    ["Stau 15", "15 Minuten Verspätung sind gemeldet."],
    ["Start", "Losgefahren, 2 Stopps."],
    ["rückgängig", "Zurückgenommen: Ölmez ist wieder offen."],
  ])("%s: what happened, then the next stop", (text, first) => {
    const [head, next] = answer(text, null).split("\n\n");
    expect(head).toBe(first);
    expect(next).toMatch(/^Stopp 2 von 2: Eppendorfer Weg 87/);
  });

  test("a refusal says that nothing is recorded and what to do", () => {
    expect(answer("erledigt 0000", "code")).toBe(
      "Der Code stimmt nicht. Nichts ist eingetragen. Lassen Sie ihn sich noch einmal zeigen.",
    );
    expect(answer("erledigt", "proof", EN)).toContain("works on the page only");
    expect(answer("erledigt", "not_yours")).toBe("Das ist nicht eingetragen. Fragen Sie die Disposition.");
    expect(answer("zurück", null)).toBe("Die Tour ist beendet. Danke.");
  });
});

test("both languages have the same sentences", () => {
  expect(Object.keys(courierCatalogue.en).sort()).toEqual(Object.keys(courierCatalogue.de).sort());
});
