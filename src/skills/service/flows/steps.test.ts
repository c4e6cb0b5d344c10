import { beforeAll, describe, expect, test } from "vitest";
import type { Effect, FlowState } from "#kernel";
import {
  hours,
  knowDemo,
  openStep,
  type Saying,
  said,
  TUESDAY_TEN,
  turnOf,
} from "../fixtures/hansekontor.ts";
import { decide } from "./index.ts";
import type { Known, SpokenDecision } from "./scene.ts";

let known: Known;
beforeAll(() => {
  known = knowDemo({ delivery_status: { flow: "collect_order" }, callback: { flow: "callback" } });
});

/** A conversation that keeps its step between messages, as the kernel does. */
function conversation(base: Saying = {}) {
  let flow: FlowState | null = null;
  return (text: string, content?: Saying["content"]): SpokenDecision => {
    const decision = decide(turnOf({ ...base, flow, ...(content ? { content } : { text }) }), known, hours);
    flow = openStep(decision.effects);
    return decision;
  };
}

const find = <Kind extends Effect["do"]>(decision: SpokenDecision, kind: Kind) =>
  decision.effects.find((effect): effect is Extract<Effect, { do: Kind }> => effect.do === kind);

describe("collect_order", () => {
  test("asks with the topic's answer, has the number confirmed, hands over with it", () => {
    const tell = conversation();
    const opening = tell("Wo ist meine Bestellung?");
    expect(said(opening.effects)).toContain("Bestellnummer");
    expect(find(opening, "ask")?.options?.map(({ id }) => id)).toContain("topic:delivery_late");
    const confirm = tell("das müsste hk 20417 sein");
    expect(said(confirm.effects)).toBe("Ihre Bestellnummer ist HK-20417. Stimmt das?");
    const done = tell("", { type: "choice", id: "yes", text: "Ja, stimmt" });
    expect(said(done.effects)).toContain("Bestellung HK-20417 ist notiert.");
    expect(find(done, "handOver")).toMatchObject({
      reason: "flow",
      summary: expect.stringContaining("Bestellung HK-20417"),
    });
  });

  test("does not ask for a number that was named already, and speaks du", () => {
    const tell = conversation({ profile: { formOfAddress: "du" } });
    expect(said(tell("Wo bleibt meine Bestellung HK-20417?").effects)).toBe(
      "Deine Bestellnummer ist HK-20417. Stimmt das?",
    );
  });

  test("a no asks again, another number is taken, what is no number is asked for once more and then left to a person", () => {
    const tell = conversation({ language: "en" });
    tell("Where is my order HK-20417?");
    expect(said(tell("no").effects)).toBe("What is your order number?");
    expect(said(tell("xyzzy").effects)).toContain("for example HK-");
    expect(find(tell("qqxx zzvv"), "handOver")?.reason).toBe("flow");
  });

  test("another clear question leaves the step", () => {
    const tell = conversation();
    tell("Wo ist meine Bestellung?");
    expect(tell("Wann haben Ihre Läden geöffnet?").answered).toBe("opening_hours");
  });

  test("stop ends it, a person is within reach", () => {
    const tell = conversation();
    tell("Wo ist meine Bestellung?");
    const stopped = tell("abbrechen");
    expect(find(stopped, "endFlow")).toBeDefined();
    tell("Wo ist meine Bestellung?");
    expect(find(tell("ich will mit einem Mitarbeiter sprechen"), "handOver")?.reason).toBe("asked");
  });

  test("a bare number that nobody asked for goes to the team with what was talked about", () => {
    const decision = decide(turnOf({ text: "HK-20417", topic: "delivery_status" }), known, hours);
    expect(find(decision, "handOver")).toMatchObject({
      reason: "flow",
      summary: "„HK-20417“ · Bestellung HK-20417 · zuletzt Lieferstatus",
    });
  });
});

describe("callback", () => {
  test("asks for number and time, confirms both and books", () => {
    const tell = conversation();
    expect(said(tell("Bitte rufen Sie mich zurück").effects)).toContain("Unter welcher Nummer?");
    expect(said(tell("0171 2345678").effects)).toContain("Wann passt Ihnen der Anruf?");
    expect(said(tell("morgen um 15 Uhr").effects)).toBe(
      "Wir rufen Sie morgen um 15:00 Uhr unter +491712345678 an. Stimmt das?",
    );
    const booked = tell("ja");
    expect(find(booked, "callback")).toEqual({
      do: "callback",
      phone: "+491712345678",
      promisedAt: Date.parse("2026-11-25T14:00:00Z"),
      topic: "",
      summary: "„Bitte rufen Sie mich zurück“",
    });
    expect(said(booked.effects)).toMatch(/^Versprochen: Wir rufen Sie morgen um 15:00 Uhr/);
    expect(find(booked, "endFlow")).toBeDefined();
  });

  test("takes number and time from the wish itself, in English", () => {
    const tell = conversation({ language: "en" });
    expect(said(tell("Please call me back tomorrow at 3 pm on +44 20 7946 0123").effects)).toBe(
      "We call you tomorrow at 3:00 pm on +442079460123. Is that correct?",
    );
  });

  test("takes the time first, when that is all that is said; a question is something else", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    expect(said(tell("übermorgen 11 Uhr").effects)).toContain("Unter welcher Nummer?");
    expect(said(tell("0171 2345678").effects)).toContain("11:00 Uhr unter +491712345678");
    const other = conversation();
    other("Bitte rufen Sie mich zurück");
    other("Kommt meine Lieferung morgen um 18 Uhr?");
    expect(said(other("0171 2345678").effects)).toContain("Wann passt Ihnen der Anruf?");
  });

  test("a time at which nobody is there becomes the next one at which somebody is", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich unter 0171 2345678 zurück");
    expect(said(tell("heute um 22 Uhr").effects)).toContain(
      "Zu dieser Zeit ist niemand da. Möglich ist morgen um 09:00 Uhr.",
    );
    expect(find(tell("ja"), "callback")?.promisedAt).toBe(Date.parse("2026-11-25T08:00:00Z"));
  });

  test("as soon as possible leaves a quarter of an hour", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich unter 0171 2345678 zurück");
    tell("so bald wie möglich");
    expect(find(tell("ja"), "callback")?.promisedAt).toBe(TUESDAY_TEN + 15 * 60_000);
  });

  test("what is no number is asked for once more, then a person helps; a no asks only for what is wrong", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    expect(said(tell("blubb").effects)).toContain("keine Telefonnummer erkannt");
    expect(find(tell("blubb"), "handOver")?.reason).toBe("callback");
    const again = conversation();
    again("Bitte rufen Sie mich morgen um 10 Uhr unter 0171 2345678 zurück");
    expect(said(again("nein").effects)).toBe("Was stimmt nicht: die Nummer oder die Zeit?");
    expect(said(again("Andere Zeit").effects)).toContain("Wann passt Ihnen der Anruf?");
    expect(said(again("um 11 Uhr").effects)).toContain("11:00 Uhr unter +491712345678");
    again("nein");
    expect(said(again("0171 9999999").effects)).toMatch(/11:00 Uhr unter \+491719999999/);
  });

  test("any time is a time, also where the number was asked for", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    expect(said(tell("egal wann").effects)).toContain("Unter welcher Nummer?");
    expect(said(tell("0171 2345678").effects)).toContain("heute um 10:15 Uhr unter +491712345678");
  });

  test("the topic of that name opens the same step", () => {
    const tell = conversation();
    expect(
      find(tell("", { type: "choice", id: "topic:callback", text: "Rückruf, bitte" }), "ask"),
    ).toMatchObject({ flow: "callback", step: "phone" });
  });
});
