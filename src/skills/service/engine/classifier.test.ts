import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  decodeModel,
  encodeModel,
  explain,
  modelKey,
  predict,
  train,
  trainWithReport,
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
      expect(prediction.candidates).toEqual([{ intent, score: 1 }]);
      expect(prediction.zone).toBe("answer");
    }
  });

  test.each(["", "   ", "???", "жжж", "0".repeat(5_000)])("%j is handed over", (text) => {
    expect(predict(model, text).zone).toBe("handover");
  });

  test("what no topic is about is not answered", () => {
    const strangers = [
      "Wer gewinnt die Bundesliga?",
      "Kannst du mir ein Gedicht schreiben?",
      "my dog ate a shoe",
      "qwrtz",
    ];
    for (const text of strangers) expect(predict(model, text).zone).not.toBe("answer");
  });

  test("confidences are probabilities in falling order that add up to at most 1, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const { candidates, known } = predict(model, text);
        const confidences = candidates.map(({ score }) => score);
        expect(candidates.length).toBeLessThanOrEqual(5);
        expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
        expect(confidences.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(confidences.every((one) => one >= 0)).toBe(true);
        expect(known).toBeGreaterThanOrEqual(0);
        expect(known).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("an explanation names the words that spoke for the topic", () => {
    const { reasons, normalised, threshold, corrected } = explain(model, "Kann ich mit Päypal bezahlen?");
    const best = reasons.find(({ intent, weight }) => intent === "payment" && weight > 0);
    expect(best?.feature).toMatch(/bezahlen|paypal/);
    expect(normalised).toBe("kann ich mit paeypal bezahlen?");
    expect(corrected).toEqual([{ from: "paeypal", to: "paypal" }]);
    expect(threshold).toBe(model.answerAt);
  });

  test("a word of one topic speaks less for the others, or against them", () => {
    const { reasons } = explain(model, "paypal");
    const about = (wanted: string) => reasons.find(({ intent }) => intent === wanted);
    expect(about("payment")).toMatchObject({ feature: "paypal" });
    expect(about("payment")?.weight).toBeGreaterThan(0);
    const others = reasons.filter(({ intent }) => intent !== "payment");
    expect(others.length).toBeGreaterThan(0);
    const most = about("payment")?.weight ?? 0;
    expect(others.every(({ weight }) => weight < most / 2)).toBe(true);
    expect(others.some(({ weight }) => weight < 0)).toBe(true);
  });

  test("topics that are gone since the training are left out", () => {
    const text = SHOP.find(({ intent }) => intent === "payment")?.text ?? "";
    const { candidates, zone } = predict(model, text, (intent) => intent !== "payment");
    expect(candidates.map(({ intent }) => intent)).not.toContain("payment");
    expect(zone).not.toBe("answer");
  });
});

describe("training", () => {
  test("does not depend on the order of the examples, nor on doubles", () => {
    const shuffled = fc.shuffledSubarray([...SHOP], { minLength: SHOP.length, maxLength: SHOP.length });
    fc.assert(
      fc.property(shuffled, (examples) => {
        const again = train([...examples, examples[0] as (typeof SHOP)[number]], options);
        expect(Buffer.compare(encodeModel(again), encodeModel(model))).toBe(0);
      }),
      { numRuns: 5 },
    );
  });

  test("equal knowledge has an equal key, other knowledge another", () => {
    expect(modelKey([...SHOP].reverse(), options)).toBe(model.key);
    expect(modelKey(SHOP, { seed: 8 })).not.toBe(model.key);
    expect(modelKey(SHOP, { ...options, maxWrong: 0.1 })).not.toBe(model.key);
    expect(modelKey([...SHOP, { text: "anything", intent: "oos" }], options)).not.toBe(model.key);
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
      expect(predict(cautious, text).zone).not.toBe("answer");
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
    expect(predict(torn, "Hilfe bitte").zone).not.toBe("answer");
  });

  test("hints teach words that no question has", () => {
    const hints = [{ text: "Klarna. Wir nehmen Klarna und Sofortüberweisung.", intent: "payment" }];
    const before = predict(model, "klarna").candidates[0];
    const hinted = train(SHOP, { ...options, hints });
    const after = predict(hinted, "klarna").candidates[0];
    expect(after?.intent).toBe("payment");
    expect(after?.score).toBeGreaterThan(before?.intent === "payment" ? before.score : 0);
    expect(hinted.intents).toEqual(model.intents);
  });

  test("refuses an error limit that is none", () => {
    expect(() => train(SHOP, { seed: 1, maxWrong: 1 })).toThrow(RangeError);
    expect(() => train(SHOP, { seed: 1, maxWrong: Number.NaN })).toThrow(RangeError);
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
    const bytes = encodeModel(model);
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    const read = decodeModel(inside.subarray(3));
    for (const { text } of SHOP) {
      const paraphrase = `${text} bitte`;
      expect(predict(read, paraphrase)).toEqual(predict(model, paraphrase));
    }
    expect(bytesOf(read)).toBeLessThan(2_000_000);
  });

  test("is refused when it is cut short or something else", () => {
    const bytes = encodeModel(model);
    for (const length of [0, 7, 8, 100, bytes.length >> 1, bytes.length - 8]) {
      expect(() => decodeModel(bytes.slice(0, length))).toThrow(RangeError);
    }
    const other = bytes.slice();
    other[0] = 0;
    expect(() => decodeModel(other)).toThrow(RangeError);
  });
});
