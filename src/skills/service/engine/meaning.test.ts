import { describe, expect, test } from "vitest";
import {
  decodeModel,
  type Example,
  encodeModel,
  modelKey,
  OUT_OF_SCOPE,
  predict,
  reduce,
  textsToEmbed,
  train,
  trainWithReport,
  type Vectors,
} from "./index.ts";
import { SHOP } from "./shop-examples.fixture.ts";

/** One direction for each thing that is spoken of, whatever it is called. */
const THINGS = [
  [
    "paket",
    "lieferung",
    "bestellung",
    "versand",
    "parcel",
    "delivery",
    "order",
    "shipping",
    "konsignation",
    "frachtstueck",
  ],
  [
    "bezahlen",
    "kreditkarten",
    "zahlung",
    "zahlungsarten",
    "zahlen",
    "karte",
    "pay",
    "cards",
    "payment",
    "invoice",
    "cash",
    "card",
    "begleichen",
    "saldieren",
  ],
  ["geoeffnet", "auf", "oeffnungszeiten", "offen", "open", "opening", "hours", "aufgeschlossen"],
];

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(THINGS.length + 2).fill(0.01);
  for (const word of reduce(text).split(" ")) {
    const thing = THINGS.findIndex((words) => words.includes(word));
    const place = thing < 0 ? THINGS.length + (word.length % 2) : thing;
    vector[place] = (vector[place] as number) + (thing < 0 ? 0.2 : 1);
  }
  return vector;
}

const known = new Set(["delivery", "payment", "opening"]);
const examples: readonly Example[] = SHOP.filter(
  ({ intent }) => known.has(intent) || intent === OUT_OF_SCOPE,
);
const options = { seed: 3 };
const vectors: Vectors = {
  name: "one",
  of: new Map(textsToEmbed(examples, options).map((text) => [text, vectorOf(text)])),
};
const plain = train(examples, options);
const { model, report } = trainWithReport(examples, { ...options, vectors });
const ASKED = [
  "Wo bleibt meine Lieferung?",
  "Can I pay by card",
  "habt ihr sonntags auf",
  "wo bleibt meine konsignation",
  "womit kann man saldieren",
  "Erzähl mir einen Witz",
  "",
  "xyz",
];

describe("vectors of a service outside", () => {
  test("a message without one is judged exactly as by a model that has learnt from none", () => {
    expect(model.meaning?.dimensions).toBe(THINGS.length + 2);
    expect(plain.meaning).toBeUndefined();
    for (const text of ASKED) {
      expect(predict(model, text)).toEqual(predict(plain, text));
      // A service that was changed meanwhile gives vectors of another length.
      expect(predict(model, text, () => true, new Float32Array(7).fill(1))).toEqual(predict(plain, text));
    }
  });

  test("words that no example has are understood by what they mean", () => {
    const text = "womit kann man das saldieren";
    const alone = predict(model, text);
    const helped = predict(model, text, () => true, vectorOf(text));
    expect(helped.candidates[0]?.intent).toBe("payment");
    expect(helped.confidence).toBeGreaterThan(alone.confidence);
    expect(report.accuracy).toBeGreaterThanOrEqual(trainWithReport(examples, options).report.accuracy);
  });

  test("they are part of the model's file and of its key", () => {
    const loaded = decodeModel(encodeModel(model).slice());
    for (const text of ASKED)
      expect(predict(loaded, text, () => true, vectorOf(text))).toEqual(
        predict(model, text, () => true, vectorOf(text)),
      );
    expect(model.key).toBe(modelKey(examples, { ...options, vectors }));
    expect(model.key).not.toBe(modelKey(examples, options));
  });

  test.each<[string, (of: Map<string, Float32Array>, first: string) => unknown]>([
    ["is missing", (of, first) => of.delete(first)],
    ["has another length", (of, first) => of.set(first, new Float32Array(2))],
    ["is no number", (of, first) => of.set(first, new Float32Array(THINGS.length + 2).fill(Number.NaN))],
  ])("where one %s the model is the one without any, byte for byte", (_, spoil) => {
    const of = new Map(vectors.of);
    spoil(of, [...of.keys()][1] as string);
    const spoilt = train(examples, { ...options, vectors: { name: "one", of } });
    expect(Buffer.compare(encodeModel(spoilt), encodeModel(plain))).toBe(0);
  });
});
