import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  deserialise,
  explain,
  modelKey,
  predict,
  serialise,
  train,
  trainWithReport,
  zone,
} from "./index.ts";
import { SHOP } from "./shop-examples.fixture.ts";

const options = { seed: 7 };
const model = train(SHOP, options);

describe("a model of a small shop", () => {
  test.each([
    ["wo bleibt denn meine lieferung", "delivery"],
    ["when will my parcel come", "delivery"],
    ["kann ich mit karte zahlen", "payment"],
    ["do you take paypal", "payment"],
    ["bis wann habt ihr am samstag auf", "opening"],
    ["until when are you open on saturday", "opening"],
    ["ich will das wieder zurückgeben", "returns"],
    ["I want to give this back", "returns"],
  ])("%s is about %s", (text, intent) => {
    expect(predict(model, text).candidates[0]?.intent).toBe(intent);
  });

  test("the words of an example are answered, however they are written", () => {
    for (const { text, intent } of SHOP) {
      const prediction = predict(model, ` ${text.toUpperCase()}!! `);
      expect(prediction.candidates).toEqual([{ intent, confidence: 1 }]);
      expect(zone(model, prediction)).toBe("answer");
    }
  });

  test.each(["", "   ", "???", "жжж", "0".repeat(5_000)])("%j is handed over", (text) => {
    expect(zone(model, predict(model, text))).toBe("handOver");
  });

  test("what no topic is about is not answered", () => {
    const strangers = [
      "Wer gewinnt die Bundesliga?",
      "Kannst du mir ein Gedicht schreiben?",
      "my dog ate a shoe",
      "qwrtz",
    ];
    for (const text of strangers) expect(zone(model, predict(model, text))).not.toBe("answer");
  });

  test("confidences are probabilities in falling order that add up to at most 1, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const { candidates, known } = predict(model, text);
        const confidences = candidates.map(({ confidence }) => confidence);
        expect(candidates.length).toBeLessThanOrEqual(3);
        expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
        expect(confidences.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(confidences.every((one) => one >= 0)).toBe(true);
        expect(known).toBeGreaterThanOrEqual(0);
        expect(known).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("an explanation names the words that spoke for the topic", () => {
    const explanation = explain(model, "Kann ich mit Paypal bezahlen?", "payment");
    expect(explanation?.for.map(({ word }) => word)).toContain("paypal");
    expect(explain(model, "Kann ich mit Paypal bezahlen?", "no such topic")).toBeUndefined();
  });

  test("the weights of all words make up the score: what speaks for one topic speaks against others", () => {
    const text = "paypal";
    const supporting = explain(model, text, "payment")?.for ?? [];
    const opposing = explain(model, text, "opening")?.against ?? [];
    expect(supporting[0]?.word).toBe("paypal");
    expect(opposing[0]?.word).toBe("paypal");
  });
});

describe("training", () => {
  test("does not depend on the order of the examples, nor on doubles", () => {
    const shuffled = fc.shuffledSubarray([...SHOP], { minLength: SHOP.length, maxLength: SHOP.length });
    fc.assert(
      fc.property(shuffled, (examples) => {
        const again = train([...examples, examples[0] as (typeof SHOP)[number]], options);
        expect(Buffer.compare(serialise(again), serialise(model))).toBe(0);
      }),
      { numRuns: 5 },
    );
  });

  test("equal knowledge has an equal key, other knowledge another", () => {
    expect(modelKey([...SHOP].reverse(), options)).toBe(model.key);
    expect(modelKey(SHOP, { seed: 8 })).not.toBe(model.key);
    expect(modelKey(SHOP, { ...options, errorLimit: 0.1 })).not.toBe(model.key);
    expect(modelKey(SHOP, { ...options, outOfScope: ["anything"] })).not.toBe(model.key);
    expect(modelKey(SHOP, { ...options, hints: [{ text: "Karten", intent: "payment" }] })).not.toBe(
      model.key,
    );
    const moved = SHOP.map((example, index) => (index === 0 ? { ...example, intent: "payment" } : example));
    expect(modelKey(moved, options)).not.toBe(model.key);
    expect(model.key).toMatch(/^[0-9a-f]{64}$/);
  });

  const few = {
    "no example": [],
    "one example": [{ text: "Wo ist mein Paket?", intent: "delivery" }],
    "one topic": SHOP.filter(({ intent }) => intent === "delivery"),
    "two of each": ["delivery", "payment", "opening", "returns"].flatMap((intent) =>
      SHOP.filter((example) => example.intent === intent).slice(0, 2),
    ),
    "empty texts": [
      { text: "  ", intent: "nothing" },
      { text: "?", intent: "signs" },
    ],
  };
  test.each(Object.entries(few))("with %s answers nothing but the examples themselves", (_, examples) => {
    const { model: cautious, report } = trainWithReport(examples, options);
    expect(report.thresholds.answerAt).toBe(1);
    for (const text of ["wann wird meine bestellung geliefert?", "kann man bar zahlen", "hello", "Paket"]) {
      expect(zone(cautious, predict(cautious, text))).not.toBe("answer");
    }
    expect(report.examples).toBe(examples.filter(({ text }) => /\w/.test(text)).length);
  });

  test("a text that two topics claim is offered, not answered", () => {
    const both = [
      ...SHOP,
      { text: "Hilfe bitte", intent: "payment" },
      { text: "hilfe, bitte", intent: "returns" },
    ];
    const torn = train(both, options);
    expect(zone(torn, predict(torn, "Hilfe bitte"))).not.toBe("answer");
  });

  test("hints teach words that no question has", () => {
    const hints = [{ text: "Klarna. Wir nehmen Klarna und Sofortüberweisung.", intent: "payment" }];
    const before = predict(model, "klarna").candidates[0];
    const hinted = train(SHOP, { ...options, hints });
    const after = predict(hinted, "klarna").candidates[0];
    expect(after?.intent).toBe("payment");
    expect(after?.confidence).toBeGreaterThan(before?.intent === "payment" ? before.confidence : 0);
    expect(hinted.intents).toEqual(model.intents);
  });

  test("refuses an error limit that is none", () => {
    expect(() => train(SHOP, { seed: 1, errorLimit: 1 })).toThrow(RangeError);
    expect(() => train(SHOP, { seed: 1, errorLimit: Number.NaN })).toThrow(RangeError);
  });

  test("the report names what each topic is confused with", () => {
    const { report } = trainWithReport(SHOP, options);
    expect(report.perIntent.map(({ intent }) => intent)).toEqual([
      "delivery",
      "opening",
      "payment",
      "returns",
    ]);
    expect(report.perIntent.reduce((sum, { examples }) => sum + examples, 0)).toBe(report.examples);
    expect(report.accuracy).toBeGreaterThan(0.6);
    expect(report.accuracyOfThree).toBeGreaterThanOrEqual(report.accuracy);
  });
});

describe("a stored model", () => {
  test("predicts exactly as before, from any place in a buffer", () => {
    const bytes = serialise(model);
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    const read = deserialise(inside.subarray(3));
    for (const { text } of SHOP) {
      const paraphrase = `${text} bitte`;
      expect(predict(read, paraphrase)).toEqual(predict(model, paraphrase));
    }
    expect(bytesOf(read)).toBeLessThan(2_000_000);
  });

  test("is refused when it is cut short or something else", () => {
    const bytes = serialise(model);
    for (const length of [0, 7, 8, 100, bytes.length >> 1, bytes.length - 8]) {
      expect(() => deserialise(bytes.slice(0, length))).toThrow(RangeError);
    }
    const other = bytes.slice();
    other[0] = 0;
    expect(() => deserialise(other)).toThrow(RangeError);
  });
});
