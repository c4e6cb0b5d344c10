import { expect, test } from "vitest";
import { evaluate, type Verdict } from "./evaluate.ts";

const row = (intent: string, predicted: string, rest: Partial<Verdict>): Verdict => ({
  text: "",
  intent,
  predicted,
  confidence: 0,
  zone: "handover",
  choices: [],
  ...rest,
});

test("every figure of a small stream, counted by hand", () => {
  const verdicts = [
    row("pay", "pay", { confidence: 0.99, zone: "answer" }),
    row("pay", "pay", { confidence: 0.98, zone: "answer" }),
    row("pay", "send", { confidence: 0.6, zone: "answer" }),
    row("send", "pay", { confidence: 0.5, zone: "choose", choices: ["pay", "send"] }),
    row("send", "pay", { confidence: 0.4, zone: "choose", choices: ["pay", "back"] }),
    row("send", "send", { confidence: 0.3, zone: "handover" }),
    row("oos", "pay", { confidence: 0.7, zone: "answer" }),
    row("oos", "pay", { confidence: 0.2, zone: "choose", choices: ["pay", "send"] }),
  ];
  expect(evaluate(verdicts)).toEqual({
    accuracy: 3 / 6,
    answered: 4 / 8,
    answeredRight: 2 / 6,
    wrongAmongAnswered: 2 / 4,
    oosRejected: 1 / 2,
    coverage: { "5": 2 / 8, "3": 2 / 8, "2": 2 / 8 },
    resolvableWithChoices: 3 / 6,
  });
});

test("messages of one confidence are covered together or not at all", () => {
  const sure = { confidence: 1, zone: "answer" } as const;
  const tied = [...Array.from({ length: 30 }, () => row("a", "a", sure)), row("a", "b", sure)];
  expect(evaluate(tied).coverage).toEqual({ "5": 1, "3": 0, "2": 0 });
});

test("a stream without messages out of scope has no share of them, an empty one is all zero", () => {
  expect(evaluate([row("a", "a", {})]).oosRejected).toBeNull();
  expect(evaluate([]).accuracy).toBe(0);
});
