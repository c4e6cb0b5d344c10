import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cluster,
  decodeModel,
  type Example,
  encodeModel,
  explain,
  health,
  ModelFormatError,
  predict,
  train,
} from "./index.ts";
import { SHOP } from "./shop-examples.fixture.ts";

const options = { seed: 7 };
const model = train(SHOP, options);

describe("any text", () => {
  test("gets a zone that agrees with its confidence and choices", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom(...SHOP.map(({ text }) => text)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { zone, confidence, candidates, choices } = predict(model, text);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(confidence).toBe(candidates[0]?.score ?? 0);
        expect(choices.length === 0).toBe(zone !== "choose");
        expect(choices.length).toBeLessThanOrEqual(3);
        expect(choices).toEqual(candidates.slice(0, choices.length).map(({ intent }) => intent));
      }),
    );
  });

  test.each([
    ["empty", ""],
    ["100,000 characters", "Wo ist mein Paket? ".repeat(5_264)],
    ["emoji only", "😂😂😂👍🏽"],
    ["control characters", "\u0000\u0007\u001b[31m\u202e"],
    ["right to left", "איפה החבילה שלי? أين طلبي"],
    ["half a surrogate", "\ud83d paket"],
  ])("%s is read in a moment and explained", (_, text) => {
    const start = performance.now();
    const { zone, candidates } = explain(model, text);
    if (zone === "answer") expect([text.includes("aket"), candidates[0]?.intent]).toEqual([true, "delivery"]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("two languages in one message are understood", () => {
    expect(predict(model, "hello, wo ist mein Paket please").candidates[0]?.intent).toBe("delivery");
  });

  test("a mistyped word is read as it was meant, and the prediction says so", () => {
    const { candidates, corrected } = predict(model, "wo bleibt die liefrung");
    expect(corrected).toEqual([{ from: "liefrung", to: "lieferung" }]);
    expect(candidates[0]?.intent).toBe("delivery");
  });
});

describe("a model file", () => {
  const bytes = encodeModel(model);

  test("is refused when any byte of it is changed", () => {
    const places = fc.integer({ min: 0, max: bytes.length - 1 }).filter((place) => place < 12 || place > 15);
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = bytes.slice();
        damaged[place] = (damaged[place] as number) ^ change;
        expect(() => decodeModel(damaged)).toThrow(ModelFormatError);
      }),
      { numRuns: 40 },
    );
  });

  test("is the same for the same seed", () => {
    expect(Buffer.compare(encodeModel(train(SHOP, options)), bytes)).toBe(0);
  });
});

describe("what is given beside the examples", () => {
  const words = ["also", "nun", "denn", "äh", "ok"];
  const validation: Example[] = SHOP.flatMap(({ text, intent }) =>
    words.map((word) => ({ text: `${word} ${text}`, intent })),
  );
  const intents = ["delivery", "opening", "payment", "returns"];
  const swap = (rows: readonly Example[], every: number): Example[] =>
    rows.map(({ text, intent }, index) =>
      index % every === 0
        ? { text, intent: intents[(intents.indexOf(intent) + 1) % intents.length] ?? "" }
        : { text, intent },
    );

  test("held-out messages decide where there are enough of them", () => {
    const right = train(SHOP, { ...options, validation, maxWrong: 0.2 });
    expect(right.answerAt).toBeLessThan(1);
    const wrong = train(SHOP, { ...options, validation: swap(validation, 1), maxWrong: 0.2 });
    expect(wrong.answerAt).toBe(1);
  });

  test("a topic whose wrong answers cost more is answered from a higher confidence", () => {
    const costs = new Map([["payment", 4]]);
    const mixed = { ...options, validation: swap(validation, 13), maxWrong: 0.2, costs };
    const strict = train(SHOP, mixed);
    expect(strict.answerAt).toBeLessThan(1);
    expect(strict.strictAt.payment).toBeGreaterThan(strict.answerAt);
    expect(Object.keys(strict.strictAt)).toEqual(["payment"]);
    expect(() => train(SHOP, { ...options, costs: new Map([["payment", 0.5]]) })).toThrow(RangeError);
  });

  test("messages out of scope are never answered with a topic's words", () => {
    const oos = ["Backt ihr auch Brot?", "Habt ihr Brötchen?"].map((text) => ({ text, intent: "oos" }));
    const cautious = train([...SHOP, ...oos], options);
    expect(cautious.intents).not.toContain("oos");
    expect(predict(cautious, "backt ihr brot").zone).not.toBe("answer");
  });
});

describe("the health of examples", () => {
  test("counts every example once and names what says the same under two topics", () => {
    const torn = [...SHOP, { text: "Wann kommt meine Lieferung?", intent: "opening" }];
    const { perIntent, rows, heldOut, nearDuplicates, tooFew, answered, offered, handedOver } = health(
      torn,
      options,
    );
    expect(heldOut).toBe("cross-validation");
    expect(rows).toBe(torn.length);
    expect(perIntent.reduce((sum, one) => sum + one.examples, 0)).toBe(torn.length);
    expect(answered.value + offered.value + handedOver.value).toBeCloseTo(1);
    expect(nearDuplicates[0]).toMatchObject({
      a: { intent: expect.stringMatching(/delivery|opening/) },
      b: { intent: expect.stringMatching(/delivery|opening/) },
    });
    expect(tooFew.length).toBeGreaterThan(0);
  });

  test("is judged by real messages where there are some", () => {
    const validation = [
      { text: "wo bleibt meine lieferung", intent: "delivery" },
      { text: "geht paypal bei euch", intent: "payment" },
      { text: "singt ihr auch lieder", intent: "oos" },
    ];
    const { heldOut, rows, perIntent } = health(SHOP, { ...options, validation });
    expect(heldOut).toBe("messages");
    expect(rows).toBe(3);
    expect(perIntent.find(({ intent }) => intent === "delivery")).toMatchObject({ rows: 1, right: 1 });
  });
});

test("unanswered questions are grouped by what they are about; loners stay out", () => {
  const texts = [
    "Verkauft ihr auch Gutscheine zum Ausdrucken?",
    "Wo parke ich am Laden?",
    "Gibt es Gutscheine zum Ausdrucken",
    "Kann ich bei euch am Laden parken?",
    "gutscheine ausdrucken möglich?",
    "Mein Hund mag eure Katalogbilder",
  ];
  const clusters = cluster(texts, { seed: 1 });
  expect(clusters[0]?.members.toSorted()).toEqual([0, 2, 4]);
  expect(clusters[0]?.label.toLowerCase()).toContain("gutscheine");
  expect(clusters.flatMap(({ members }) => members)).not.toContain(5);
  expect(cluster(texts, { seed: 1 })).toEqual(clusters);
  expect(cluster([], { seed: 1 })).toEqual([]);
});
