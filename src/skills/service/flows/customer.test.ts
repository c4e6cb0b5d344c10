import { beforeAll, describe, expect, test } from "vitest";
import type { Effect, FlowState } from "#kernel";
import { hours, knowDemo, openStep, type Saying, said, turnOf } from "../fixtures/hansekontor.ts";
import { decide } from "./index.ts";
import type { Known, SpokenDecision } from "./scene.ts";

let known: Known;
beforeAll(() => {
  // Without a shop or register connected: the number is collected.
  known = knowDemo({ delivery_status: { flow: "collect_order" }, callback: { flow: "callback" } });
});

/** Tuesday, 22:00 in Hamburg: nobody is there. */
const NIGHT = Date.parse("2026-11-24T21:00:00Z");

/** A conversation that keeps step, topic and language between messages, as the kernel does. */
function conversation(base: Saying = {}) {
  let flow: FlowState | null = null;
  let { topic, language } = base;
  return (text: string, tap?: string): SpokenDecision => {
    const saying = tap ? { content: { type: "choice" as const, id: tap, text } } : { text };
    const decision = decide(
      turnOf({ ...base, ...saying, flow, ...(topic && { topic }), ...(language && { language }) }),
      known,
      hours,
    );
    flow = openStep(decision.effects);
    for (const effect of decision.effects) if (effect.do === "remember") topic = effect.topic ?? topic;
    language = decision.language;
    return decision;
  };
}

const find = <Kind extends Effect["do"]>(decision: SpokenDecision, kind: Kind) =>
  decision.effects.find((effect): effect is Extract<Effect, { do: Kind }> => effect.do === kind);
const optionsOf = ({ effects }: SpokenDecision) =>
  effects.flatMap((effect) => (effect.do === "say" || effect.do === "ask" ? (effect.options ?? []) : []));
const ids = (decision: SpokenDecision) => optionsOf(decision).map(({ id }) => id);

describe("several questions in one message", () => {
  test.each([
    ["Wann habt ihr offen? Und kann ich mit PayPal zahlen?", "19 Uhr", "PayPal"],
    ["wann habt ihr offen und kann man mit paypal zahlen", "19 Uhr", "PayPal"],
    ["When are you open? And do you take PayPal?", "7 pm", "PayPal"],
  ])("%s: both are answered, and no button leads to either", (text, first, second) => {
    const decision = conversation()(text);
    const words = said(decision.effects);
    expect(words.indexOf(first)).toBeGreaterThanOrEqual(0);
    expect(words.indexOf(second)).toBeGreaterThan(words.indexOf(first));
    expect(decision.answered).toBe("opening_hours");
    expect(ids(decision)).not.toContain("topic:opening_hours");
    expect(ids(decision)).not.toContain("topic:payment_methods");
    expect(optionsOf(decision).length).toBeLessThanOrEqual(3);
  });

  test("the one that opens a flow comes last, with what the message named", () => {
    const decision = conversation()(
      "Moin, es geht um HK-20417. Wo ist meine Bestellung? Und wann habt ihr offen?",
    );
    expect(said(decision.effects)).toMatch(/19 Uhr[\s\S]*Ihre Bestellnummer ist HK-20417\. Stimmt das\?$/);
    expect(find(decision, "ask")).toMatchObject({ flow: "collect_order", step: "confirm" });
  });

  test("greeting, signature and quotation around a question change nothing", () => {
    const plain = conversation()("Kann ich mit PayPal zahlen?");
    const mail = conversation()(
      "Sehr geehrte Damen und Herren,\n\nkann ich mit PayPal zahlen?\n\nMit freundlichen Grüßen\nEva Brandt\n\nAm 3. Mai schrieb Hansekontor:\n> Wo ist meine Bestellung?",
    );
    expect(said(mail.effects)).toBe(said(plain.effects));
  });

  test("a sentence that only names a number does not blur the question", () => {
    expect(conversation()("Es geht um HK-20417. Wann habt ihr offen?").answered).toBe("opening_hours");
    expect(conversation()("My order number is HK-20417. Do you take PayPal?").answered).toBe(
      "payment_methods",
    );
  });

  test("what is not certain beside an answer is named, and a person offered; a no is the end of it", () => {
    const tell = conversation();
    const decision = tell("Kann ich mit PayPal zahlen? Und darf mein Hund bei Ihnen Klavier spielen?");
    expect(decision.answered).toBe("payment_methods");
    expect(said(decision.effects)).toContain("darf mein Hund bei Ihnen Klavier spielen?");
    expect(ids(decision)).toContain("person");
    expect(said(tell("nein danke").effects)).toBe("Gut. Wenn noch etwas ist, schreiben Sie hier.");
  });
});

describe("questions that lean on the last answer", () => {
  test.each([
    [
      "de",
      "Wann haben Sie geöffnet?",
      "und am Sonntag?",
      "An Sonntagen und Feiertagen sind die Läden geschlossen.",
    ],
    [
      "en",
      "When are you open?",
      "what about Sunday?",
      "The shops are closed on Sundays and public holidays.",
    ],
  ] as const)("%s: the sentences that speak of it are the answer", (language, question, leaning, answer) => {
    const tell = conversation({ language });
    tell(question);
    const decision = tell(leaning);
    expect(said(decision.effects)).toBe(answer);
    expect(decision.answered).toBe("opening_hours");
  });

  test("what the answer does not speak of is asked about, not guessed", () => {
    const tell = conversation();
    tell("Wann haben Sie geöffnet?");
    const decision = tell("und in Timbuktu?");
    expect(decision.answered).toBeUndefined();
    expect(ids(decision)).toEqual(["topic:opening_hours", "else", "person"]);
  });

  test("without a topic, and with a question of its own, nothing leans", () => {
    expect(conversation()("und am Sonntag?").answered).not.toBe("delivery_status");
    const tell = conversation();
    tell("Wann haben Sie geöffnet?");
    expect(tell("Und kann ich mit PayPal zahlen?").answered).toBe("payment_methods");
  });
});

describe("dialect and short messages", () => {
  test.each([
    ["wo is mei Paket", "delivery_status", "de"],
    ["Ham Sie offn?", "opening_hours", "de"],
    ["Wann machts ihr auf?", "opening_hours", "de"],
    ["koennt ihr mir bitte sagen wo meine bestellung is", "delivery_status", "de"],
    ["wheres my order", "delivery_status", "en"],
    ["r u open on sunday", "opening_hours", "en"],
  ] as const)("%s", (text, topic, language) => {
    expect(conversation({ language })(text)).toMatchObject({ asked: topic, language });
  });
});

describe("a change of mind in the middle", () => {
  test("another question is answered, and the flow goes on where it was", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    tell("0171 2345678");
    const detour = tell("Wann habt ihr offen?");
    expect(detour.answered).toBe("opening_hours");
    expect(said(detour.effects)).toMatch(
      /19 Uhr[\s\S]*Noch offen ist Ihr Rückruf: Wann passt Ihnen der Anruf\?$/,
    );
    expect(said(tell("morgen um 10").effects)).toContain("morgen um 10:00 Uhr unter +491712345678");
  });

  test("whoever asks a third time has left the flow", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    for (const question of ["Wann habt ihr offen?", "Kann ich mit PayPal zahlen?"])
      expect(find(tell(question), "ask")).toBeDefined();
    expect(find(tell("Liefert ihr nach Österreich?"), "ask")).toBeUndefined();
  });

  test("back goes one question back, and out of the first; cancel leaves", () => {
    const tell = conversation({ language: "en" });
    tell("Please call me back");
    tell("020 7946 0958");
    expect(said(tell("go back").effects)).toContain("On which number?");
    expect(find(tell("back"), "endFlow")).toBeDefined();
    tell("Please call me back");
    expect(find(tell("cancel"), "endFlow")).toBeDefined();
  });

  test.each(["doch lieber ein Mensch", "person please"])(
    "%s: a person, who reads where it broke off",
    (text) => {
      const tell = conversation();
      tell("Wo ist meine Bestellung?");
      expect(find(tell(text), "handOver")).toMatchObject({
        reason: "asked",
        summary: `„Wo ist meine Bestellung?“ · „${text}“ · zuletzt Lieferstatus · mitten in der Frage nach: Bestellnummer`,
      });
    },
  );

  test("a corrected time keeps the day, a corrected day the time", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich am Freitag um 14 Uhr unter 0171 2345678 zurück");
    expect(said(tell("lieber um 15 Uhr").effects)).toContain("Freitag, 27.11.2026 um 15:00 Uhr");
    expect(said(tell("doch am Donnerstag").effects)).toContain("Donnerstag, 26.11.2026 um 15:00 Uhr");
  });
});

describe("nobody is asked twice", () => {
  test("for a number or a telephone number that an earlier message named", () => {
    const order = decide(
      turnOf({ text: "Wo ist meine Bestellung?", recent: ["hier HK-20417"] }),
      known,
      hours,
    );
    expect(said(order.effects)).toBe("Ihre Bestellnummer ist HK-20417. Stimmt das?");
    const call = decide(
      turnOf({ text: "Bitte rufen Sie mich zurück", recent: ["meine Nummer: 0171 2345678"] }),
      known,
      hours,
    );
    expect(said(call.effects)).toContain("Wann passt Ihnen der Anruf?");
  });

  test("for what was named while something else was open", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    tell("es geht um HK-20417");
    expect(said(tell("Wo ist meine Bestellung?").effects)).toBe(
      "Ihre Bestellnummer ist HK-20417. Stimmt das?",
    );
  });

  test("for a number that stands in the question before the choices", () => {
    const flow = {
      skill: "service",
      flow: "choose",
      step: "wait",
      data: { options: [], question: "irgendwas mit HK-20417" },
    };
    const tap = { type: "choice" as const, id: "topic:delivery_status", text: "Lieferstatus" };
    expect(said(decide(turnOf({ content: tap, flow }), known, hours).effects)).toBe(
      "Ihre Bestellnummer ist HK-20417. Stimmt das?",
    );
  });

  test("the halves of a question before and after the choices are read together", () => {
    const flow = {
      skill: "service",
      flow: "choose",
      step: "wait",
      data: { options: [], question: "Kann ich mit PayPal" },
    };
    expect(decide(turnOf({ text: "bezahlen", flow }), known, hours).answered).toBe("payment_methods");
  });
});

describe("never argued with", () => {
  test("an answer that did not help is counted; the second time a person answers", () => {
    const tell = conversation();
    tell("Wie kann ich zurückgeben?");
    const first = tell("Das hat mir nicht geholfen");
    expect(first.notHelped).toBe(true);
    expect(find(first, "handOver")).toBeUndefined();
    const second = tell("hilft mir nicht");
    expect(second.notHelped).toBe(true);
    expect(find(second, "handOver")?.summary).toContain("zuletzt Rückgabe");
  });

  test("the same question again gets the answer and a person beside it", () => {
    const tell = conversation();
    expect(ids(tell("Kann ich mit PayPal zahlen?"))).not.toContain("person");
    const again = tell("Kann ich mit PayPal zahlen?");
    expect(ids(again)).toContain("person");
    expect(optionsOf(again).length).toBeLessThanOrEqual(3);
  });

  test.each(["So eine Frechheit!!!", "this is ridiculous"])("%s goes to a person at once", (text) => {
    expect(find(conversation()(text), "handOver")).toMatchObject({ reason: "complaint" });
  });

  test("anger beside a matter that is not clear is not answered with choices", () => {
    const decision = conversation()("Saftladen! Ich warte seit Dienstag auf meine Dings!!");
    expect(find(decision, "handOver")?.reason).toBe("complaint");
  });

  test("outside opening hours a call is offered with the hand-over, but not by mail", () => {
    const decision = conversation({ now: NIGHT })("qwrtz plmpf");
    expect(find(decision, "handOver")?.reason).toBe("unknown");
    expect(ids(decision)).toEqual(["service:callback"]);
    expect(ids(conversation()("qwrtz plmpf"))).toEqual([]);
    const mail = { ...turnOf({ text: "qwrtz plmpf", now: NIGHT }), channel: { id: 1, kind: "email" } };
    expect(ids(decide(mail, known, hours))).toEqual([]);
  });

  test("a tap on the call asks for the number", () => {
    expect(find(conversation({ now: NIGHT })("Rückruf, bitte", "service:callback"), "ask")).toMatchObject({
      flow: "callback",
      step: "phone",
    });
  });
});

test("the summary names what the customer named, and no whole IBAN", () => {
  const text =
    "Ich möchte mit einem Menschen sprechen: 12,50 € auf DE89 3704 0044 0532 0130 00 für HK-20417, morgen um 15 Uhr, 0171 2345678, eva@example.org";
  const summary = find(conversation()(text), "handOver")?.summary ?? "";
  expect(summary).toContain(
    "Betrag 12.50 EUR · IBAN endet auf 3000 · Bestellung HK-20417 · nennt morgen um 15:00 Uhr",
  );
  expect(summary).toContain("Telefon +491712345678 · E-Mail eva@example.org");
});

describe("what stands open stays open", () => {
  test.each(["Hallo", "Sind Sie ein Bot?", "Vielen Dank"])(
    "%s beside an open question: answered, then asked again",
    (text) => {
      const tell = conversation();
      tell("Bitte rufen Sie mich zurück");
      const beside = tell(text);
      expect(find(beside, "say")).toBeDefined();
      expect(find(beside, "ask")).toMatchObject({ flow: "callback", step: "phone" });
      expect(find(tell("0171 2345678"), "ask")).toMatchObject({ step: "time" });
    },
  );

  test.each(["ok danke", "Super, danke!", "alles klar, vielen Dank"])("%s confirms a call", (text) => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    tell("0171 2345678");
    tell("morgen um 15 Uhr");
    expect(find(tell(text), "callback")).toMatchObject({ phone: "+491712345678" });
  });

  test("egal answers when a call suits, and cancels nothing", () => {
    const tell = conversation();
    tell("Bitte rufen Sie mich zurück");
    tell("0171 2345678");
    expect(find(tell("egal"), "ask")).toMatchObject({ step: "confirm" });
  });

  test("a yes that comes when the moment has gone asks for another one", () => {
    const data = {
      phone: "+491712345678",
      at: NIGHT - 86_400_000,
      tries: 0,
      topic: "",
      detours: 0,
      question: "",
    };
    const late = decide(
      turnOf({ text: "ja", now: NIGHT, flow: { skill: "service", flow: "callback", step: "confirm", data } }),
      known,
      hours,
    );
    expect(find(late, "callback")).toBeUndefined();
    expect(find(late, "ask")).toMatchObject({ step: "time" });
  });
});

describe("what must not wait", () => {
  test.each([
    ["Das Gerät brennt!", "112"],
    ["Mein Mann bekommt keine Luft", "medizinischen Notfall"],
    ["My colleague is unconscious", "Call 112 at once"],
    ["Ich will nicht mehr leben", "0800 1110111"],
    ["I want to die", "112"],
  ])("%s goes to a person at once, whatever stands open", (text, number) => {
    const tell = conversation();
    tell("Wo bleibt mein Paket?");
    tell("Bitte rufen Sie mich zurück");
    const decision = tell(text);
    expect(said(decision.effects)).toContain(number);
    expect(find(decision, "handOver")).toMatchObject({ reason: "emergency" });
    expect(find(decision, "handOver")?.summary).toContain(text);
  });
});

describe("wishes and refusals", () => {
  test("a wish for a call stands beside a complaint", () => {
    const tell = conversation();
    const decision = tell("Ich habe ein Problem mit meiner Bestellung, bitte rufen Sie mich an");
    expect(find(decision, "ask")).toMatchObject({ flow: "callback" });
  });

  test("nein danke after an answer is no complaint about it", () => {
    const tell = conversation();
    tell("Wann habt ihr offen?");
    expect(tell("Nein danke").notHelped).toBeUndefined();
    expect(tell("nein").notHelped).toBe(true);
  });

  test("digits alone are confirmed before they are an order", () => {
    const decision = conversation()("22765");
    expect(find(decision, "handOver")).toBeUndefined();
    expect(find(decision, "ask")).toMatchObject({ flow: "collect_order", step: "confirm" });
  });
});
