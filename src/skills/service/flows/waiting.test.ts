import { beforeAll, describe, expect, test } from "vitest";
import { hours, knowDemo, openStep, said, turnOf } from "../fixtures/hansekontor.ts";
import { decide } from "./index.ts";
import type { Known } from "./scene.ts";

let known: Known;
beforeAll(() => {
  // Without a shop or register connected: the number is collected.
  known = knowDemo({ delivery_status: { flow: "collect_order" }, callback: { flow: "callback" } });
});

const NIGHT = Date.parse("2026-11-24T21:00:00Z");
const waiting = (text: string, more = {}) =>
  decide(turnOf({ text, isWaiting: true, now: NIGHT, ...more }), known, hours);

describe("between the hand-over and the person, while nobody is there", () => {
  test("a question that is certain is answered, with the note that a person follows", () => {
    const decision = waiting("Kann ich mit PayPal zahlen?");
    expect(said(decision.effects)).toMatch(
      /PayPal[\s\S]*Gerade ist niemand da\. Ab morgen, 09:00 Uhr antwortet Ihnen hier ein Mensch\.$/,
    );
    expect(decision).toMatchObject({ answered: "payment_methods" });
    expect(decision.effects.some(({ do: kind }) => kind === "handOver")).toBe(false);
  });

  test("everything else is left to the person, without a word", () => {
    for (const text of ["HK-20417", "danke", "qwrtz plmpf", "So eine Frechheit!", "ja"])
      expect(waiting(text).effects, text).toEqual([]);
    expect(waiting("Kann ich mit PayPal zahlen?", { now: undefined }).effects).toEqual([]);
  });

  test("danger is heard at any hour", () => {
    for (const now of [NIGHT, undefined])
      expect(waiting("Das Gerät brennt!", { now }).effects).toContainEqual(
        expect.objectContaining({ reason: "emergency" }),
      );
  });

  test("whoever asks for somebody hears when people are there; a call can be agreed on", () => {
    expect(said(waiting("Mensch bitte").effects)).toBe(
      "Gerade ist niemand da. Ab morgen, 09:00 Uhr antwortet Ihnen hier ein Mensch.",
    );
    const tap = waiting("", { content: { type: "choice", id: "service:callback", text: "Rückruf, bitte" } });
    const number = waiting("0171 2345678", { flow: openStep(tap.effects) });
    expect(said(number.effects)).toContain("Wann passt Ihnen der Anruf?");
  });
});

test("what an earlier message named is not asked for, flows or not", () => {
  const first = decide(turnOf({ text: "Es geht um HK-20417. Wann habt ihr offen?" }), known, hours);
  const flow = openStep(first.effects);
  expect(flow).toMatchObject({ flow: "", data: { said: { order: "HK-20417" } } });
  expect(said(decide(turnOf({ text: "Wo ist meine Bestellung?", flow }), known, hours).effects)).toBe(
    "Ihre Bestellnummer ist HK-20417. Stimmt das?",
  );
});
