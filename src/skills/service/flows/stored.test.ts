import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Effect, FlowState } from "#kernel";
import {
  hours,
  knowledgeOf,
  openStep,
  planDemo,
  type Saying,
  said,
  turnOf,
} from "../fixtures/hansekontor.ts";
import { recordOf } from "../store/turns.ts";
import { decide } from "./index.ts";
import { CALL_LOST_MS, FLOW_WATCH } from "./lost-call.ts";
import type { SpokenDecision } from "./scene.ts";
import { FLOW_CALL } from "./stored.ts";
import { makeStoredFlows, readStored } from "./stored-flows.ts";

const file = (name: string) =>
  readFileSync(new URL(`../../../../demo/hansekontor/flows/${name}.flow`, import.meta.url), "utf8");
const asking = `flow ask_shop
  title
    de: Nachsehen
    en: Look up
  start
    de: Sieh nach
    en: Look it up

slot iban: iban

step begin
  ask iban
    de: IBAN?
    en: IBAN?
  call POST "https://shop.example/x"
    send iban
    failed -> person
  -> end
`;
const versions = ["order_case", "return_parcel", "damaged_goods"].map((name, n) => ({
  id: n + 1,
  name,
  version: 3,
  text: file(name),
}));
const retired = {
  id: 1,
  name: "order_case",
  version: 2,
  text: file("order_case").replaceAll("Stimmt das?", "Richtig?"),
};
const flows = makeStoredFlows(
  [...versions, { id: 4, name: "ask_shop", version: 1, text: asking }],
  (id, version) => (id === 1 && version === 2 ? readStored(retired) : undefined),
);
const knowledge = knowledgeOf(planDemo(), {});

/** A conversation that keeps its step between messages, as the kernel does. */
function conversation(begin: FlowState | null = null) {
  let flow = begin;
  return (text: string, more: Saying = {}): SpokenDecision => {
    const decision = decide(turnOf({ text, flow, ...more }), { knowledge, model: null, flows }, hours);
    flow = openStep(decision.effects);
    return decision;
  };
}

const find = <Kind extends Effect["do"]>(decision: SpokenDecision, kind: Kind) =>
  decision.effects.find((effect): effect is Extract<Effect, { do: Kind }> => effect.do === kind);

describe("a flow that the company wrote", () => {
  test("begins with its words, and what it has learnt goes to the person who is asked for", () => {
    const tell = conversation();
    expect(said(tell("Frage zu meiner Bestellung").effects)).toBe("Wie lautet Ihre Bestellnummer?");
    expect(said(tell("HK-20417").effects)).toBe("Ihre Bestellnummer ist HK-20417. Stimmt das?");
    const decision = tell("ich möchte mit einem Menschen sprechen");
    expect(find(decision, "handOver")?.summary).toContain(
      "Bestellnummer zu einem Anliegen · order: HK-20417",
    );
  });

  test("begins with its topic, whose own answer it says", () => {
    const decision = conversation()("Paket verschwunden");
    const [answer] = decision.effects.filter((effect) => effect.do === "say");
    expect(answer?.text).toContain("Wir lassen den Paketdienst suchen");
    expect(find(decision, "ask")?.text).toBe("Wie lautet Ihre Bestellnummer?");
    expect([decision.asked, decision.answered, find(decision, "remember")?.topic]).toEqual([
      "lost_parcel",
      "lost_parcel",
      "lost_parcel",
    ]);
  });

  test("goes on after something else was answered in the middle", () => {
    const tell = conversation();
    tell("Paket zurückgeben");
    const decision = tell("Öffnungszeiten");
    expect(said(decision.effects)).toContain("Ottensen ist Montag bis Samstag");
    expect(find(decision, "ask")?.text).toBe("Gern. Wie lautet Ihre Bestellnummer?");
    expect(said(tell("HK-20417").effects)).toContain("Warum geht die Bestellung HK-20417 zurück?");
    // Whoever goes on asking has left it.
    expect(find(tell("Parken am Laden"), "ask")).toBeDefined();
    expect(find(tell("Garantie"), "ask")).toBeDefined();
    expect(find(tell("Öffnungszeiten"), "ask")).toBeUndefined();
  });

  test("leads into another one, with what is known, and takes a photo where it asks for one", () => {
    const tell = conversation();
    tell("Paket zurückgeben");
    tell("HK-20417");
    expect(said(tell("Beschädigt").effects)).toBe("Schicken Sie bitte ein Foto vom Schaden.");
    const photo = tell("", { content: { type: "image", media: { mime: "image/jpeg" } } });
    expect(said(photo.effects)).toBe("Können Sie die Ware noch benutzen?");
    const done = tell("nein");
    expect(said(done.effects)).toMatch(/^Danke\. Wir tauschen kostenlos\. .*Hier antwortet Ihnen ein Mensch/);
    expect(find(done, "handOver")?.summary).toContain("Schaden an HK-20417. Foto: ja. Noch benutzbar: Nein.");
  });

  test("cancel ends it; back at the first question leaves it; a late message moves nothing", () => {
    const tell = conversation();
    tell("Paket zurückgeben");
    expect(find(tell("abbrechen"), "endFlow")).toBeDefined();
    const again = conversation();
    again("Paket zurückgeben");
    expect(find(again("zurück"), "ask")).toBeUndefined();
    const late = decide(
      turnOf({ text: "Rücksendeetikett", late: true }),
      { knowledge, model: null, flows },
      hours,
    );
    expect(find(late, "ask")).toBeUndefined();
    expect(late.answered).toBe("return_label");
  });

  test("a conversation in an older version goes on in it; in one that is gone it goes to a person", () => {
    const state = { step: "ask_number", at: 1, values: {}, tries: 0, asked: [], calling: 0 };
    const open = (version: number): FlowState => ({
      skill: "service",
      flow: "stored",
      step: "ask_number",
      data: { id: 1, version, topic: "", call: "", state },
    });
    expect(said(conversation(open(2))("HK-20417").effects)).toBe("Ihre Bestellnummer ist HK-20417. Richtig?");
    expect(said(conversation(open(3))("HK-20417").effects)).toBe(
      "Ihre Bestellnummer ist HK-20417. Stimmt das?",
    );
    expect(find(conversation(open(1))("HK-20417"), "handOver")).toBeDefined();
  });

  test("asks a service after the turn; the timer carries nothing of the customer", () => {
    const tell = conversation();
    tell("Sieh nach");
    const decision = tell("DE02 1203 0000 0000 2020 51");
    const { now } = turnOf({});
    const payload = { conversationId: 1, messageId: "m" };
    expect(decision.effects.filter((effect) => effect.do === "schedule")).toEqual([
      { do: "schedule", kind: FLOW_CALL, key: "1", dueAt: now, payload: { ...payload, post: true } },
      { do: "schedule", kind: FLOW_WATCH, key: "1", dueAt: now + CALL_LOST_MS, payload },
    ]);
    expect(said(decision.effects)).toBe("Einen Moment, ich sehe nach.");
    expect(said(tell("und?").effects)).toBe("Ich sehe noch nach. Die Antwort kommt gleich.");
  });

  test("what is being posted is not said to be stopped; the person asked for knows that its result follows", () => {
    const tell = conversation();
    tell("Sieh nach");
    tell("DE02 1203 0000 0000 2020 51");
    for (const wish of ["abbrechen", "zurück"]) {
      const decision = tell(wish);
      expect(said(decision.effects)).toMatch(/^Das ist schon abgeschickt/);
      expect(find(decision, "ask")?.data).toMatchObject({ call: "m", state: { calling: 1 } });
    }
    expect(find(tell("ich möchte mit einem Menschen sprechen"), "handOver")?.summary).toContain(
      "die Anfrage an den Dienst läuft noch, ihr Ergebnis folgt",
    );
  });

  test("a call of which nothing is heard any more goes to a person, with what the flow has learnt", () => {
    const { now } = turnOf({});
    for (const words of ["und?", "abbrechen"]) {
      const tell = conversation();
      tell("Sieh nach");
      tell("DE02 1203 0000 0000 2020 51");
      expect(find(tell("und?", { now: now + CALL_LOST_MS - 1 }), "handOver")).toBeUndefined();
      const decision = tell(words, { now: now + CALL_LOST_MS });
      expect(said(decision.effects)).toMatch(/^Auf meine Anfrage ist keine Antwort gekommen\./);
      const { summary } = find(decision, "handOver") as { summary: string };
      expect(summary).toContain("iban: DE02120300000000202051");
      expect(summary).toContain("Ob die Anfrage an den Dienst ankam, ist offen.");
      expect(summary).not.toContain("läuft noch");
    }
  });

  test("does not ask for what was said before it began, in this message's batch or earlier", () => {
    const asks = (tell: ReturnType<typeof conversation>, more: Saying = {}) =>
      find(tell("Paket zurückgeben", more), "ask")?.text;
    expect(asks(conversation(), { recent: ["Hallo, es geht um HK-20417"] })).toBe(
      "Warum geht die Bestellung HK-20417 zurück?",
    );
    const said = { order: "HK-20418" };
    const kept: FlowState = { skill: "service", flow: "", step: "", data: { said } };
    expect(asks(conversation(kept))).toBe("Warum geht die Bestellung HK-20418 zurück?");
  });

  test("its words choose what was offered where that has the same title, and begin it everywhere else", () => {
    const choice = (title: string): FlowState => ({
      skill: "service",
      flow: "choose",
      step: "wait",
      data: { question: "", options: [{ id: "topic:opening_hours", title }] },
    });
    expect(said(conversation(choice("Paket zurückgeben"))("Paket zurückgeben").effects)).toContain(
      "Montag bis Samstag",
    );
    expect(said(conversation(choice("Öffnungszeiten"))("Paket zurückgeben").effects)).toContain(
      "Wie lautet Ihre Bestellnummer?",
    );
  });

  test("that came to its end is settled, one that waits is not; its topic is counted once", () => {
    const tell = conversation();
    const turns = ["Rücksendeetikett", "HK-20417", "Gefällt mir nicht", "22765"].map((text) => tell(text));
    expect(turns.map((decision) => recordOf(turnOf({}), decision, null)?.outcome)).toEqual([
      "asked",
      "asked",
      "asked",
      "answered",
    ]);
    expect(turns.map(({ answered }) => answered)).toEqual(["return_label", undefined, undefined, undefined]);
  });
});
