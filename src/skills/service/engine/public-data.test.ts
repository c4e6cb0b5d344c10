import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  bytesOf,
  decodeModel,
  type Example,
  encodeModel,
  type Model,
  predict,
  trainWithReport,
} from "./index.ts";

/** Public question sets for measuring; they lie beside the repository and a clone does not have them. */
const FOLDER = join(import.meta.dirname, "../../../../../shared/data/nlu");

function read(file: string): Example[] {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/y;
  const rows: string[][] = [[]];
  for (let match = cell.exec(text); match !== null && match[0] !== ""; match = cell.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] !== ",") rows.push([]);
  }
  return rows.slice(1).flatMap(([text, intent]) => (text && intent ? [{ text, intent }] : []));
}

interface Outcome {
  readonly accuracy: number;
  readonly answered: number;
  readonly wrongAmongAnswered: number;
  /** The share of messages in scope that are answered rightly or find the right choice offered. */
  readonly resolvable: number;
}

function measure(model: Model, messages: readonly Example[]): Outcome {
  const inScope = messages.filter(({ intent }) => intent !== "oos").length;
  let [right, answered, rightlyAnswered, rightlyOffered] = [0, 0, 0, 0];
  for (const { text, intent } of messages) {
    const prediction = predict(model, text);
    const isRight = prediction.candidates[0]?.intent === intent;
    if (isRight) right++;
    const decided = prediction.zone;
    if (decided === "answer") answered++;
    if (decided === "answer" && isRight) rightlyAnswered++;
    if (decided === "choose" && prediction.choices.includes(intent)) rightlyOffered++;
  }
  return {
    accuracy: right / inScope,
    answered: answered / messages.length,
    wrongAmongAnswered: 1 - rightlyAnswered / answered,
    resolvable: (rightlyAnswered + rightlyOffered) / inScope,
  };
}

describe.skipIf(!existsSync(FOLDER))("on public question sets (skipped without shared/data/nlu)", () => {
  describe("Banking77", () => {
    let model: Model;
    beforeAll(() => {
      model = decodeModel(encodeModel(trainWithReport(read("banking77/train.csv"), { seed: 1 }).model));
    }, 120_000);

    test("91 of 100 questions are recognised, and the limit of wrong answers is kept", () => {
      const outcome = measure(model, read("banking77/test.csv"));
      expect(outcome.accuracy).toBeGreaterThan(0.91);
      expect(outcome.wrongAmongAnswered).toBeLessThan(0.03);
      expect(outcome.answered).toBeGreaterThan(0.75);
      expect(outcome.resolvable).toBeGreaterThan(0.95);
    });

    test("the model takes less than 15 MB", () => {
      expect(bytesOf(model)).toBeLessThan(15_000_000);
    });
  });

  test("a German bot with every fifth message foreign to it answers at most 4 of 100 wrongly", () => {
    const { model } = trainWithReport(read("roboai-de/train.csv"), { seed: 1 });
    const outcome = measure(model, [...read("roboai-de/test.csv"), ...read("roboai-de/oos_test.csv")]);
    expect(outcome.accuracy).toBeGreaterThan(0.885);
    expect(outcome.wrongAmongAnswered).toBeLessThan(0.04);
    expect(outcome.answered).toBeGreaterThan(0.5);
  }, 120_000);
});
