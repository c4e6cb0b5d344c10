import { describe, expect, test } from "vitest";
import { decide } from "./index.ts";
import { optionId } from "./option-ids.ts";
import { act, booked, out, readTime, said, titles, turn, windowOf, with_ } from "./turns.fixture.ts";

describe("what may still be said when it is promised, and on the evening itself", () => {
  test("who is not at home after all is asked what to do; since the evening has begun the courier is told at once", () => {
    const text = "Ich bin doch nicht zu Hause";
    const far = decide(turn(text), with_(booked), readTime);
    expect(titles(far)).toEqual(["Verschieben", "Zum Nachbarn", "Absagen"]);
    expect(act(decide(turn(text), with_(out), readTime))).toMatchObject({
      do: "note",
      about: "absent",
      stage: "begun",
      words: text,
    });
    const near = decide(turn(text), with_({ ...out, isNear: true }), readTime);
    expect(act(near)).toMatchObject({ do: "note", about: "absent", stage: "near" });
    const later = decide(turn("Ich bin bis 19 Uhr nicht da"), with_(out), readTime);
    expect([act(later), titles(later)]).toEqual([undefined, ["Anderer Abend", "Zum Nachbarn", "Absagen"]]);
  });

  test("of a day on which nothing comes nothing is understood; of two that is meant whose day is named", () => {
    const text = "Am Freitag bin ich nicht da";
    expect(decide(turn(text), with_(booked), readTime)).toBeNull();
    const friday = { ...booked, id: 43, ...windowOf("2026-11-27T18:00") };
    expect(said(decide(turn(text), with_(booked, friday), readTime))).toContain("Freitag, 27. November");
    expect(act(decide(turn("Ich bin doch nicht zu Hause"), with_(out, friday), readTime))).toMatchObject({
      deliveryId: 41,
    });
  });

  test("what is on board is looked for another evening, with what the courier reads where there is none; the next door is not", () => {
    const text = "kann ich auf Mittwoch verschieben";
    for (const [asking, aboard] of [
      [turn(text), text],
      [turn("x", {}, optionId("another", 41)), "Knopf gedrückt"],
    ] as const)
      for (const isNear of [false, true])
        expect(act(decide(asking, with_({ ...out, isNear }), readTime))).toMatchObject({
          do: "look",
          aboard,
        });
    const next = decide(turn(text), with_({ ...out, state: "under_way", isNear: true }), readTime);
    expect(act(next)).toBeUndefined();
    expect(next?.at(-1)).toMatchObject({ do: "handOver" });
  });

  test("it may be left at the door in the customer's words, but not where the age is checked or it must stay cool", () => {
    const text = "einfach vor die Tür legen bitte";
    for (const standing of [booked, out])
      expect(act(decide(turn(text), with_(standing), readTime))).toEqual({
        do: "note",
        deliveryId: 41,
        about: "leave",
        words: text,
      });
    for (const [more, words] of [
      [{ isAgeChecked: true }, "Alter"],
      [{ isCold: true }, "kühl"],
      [{ needsProof: true }, "bestätigt"],
    ] as const) {
      const refused = decide(turn(text), with_({ ...booked, ...more }), readTime);
      expect([act(refused), said(refused)]).toEqual([undefined, expect.stringContaining(words)]);
      expect(titles(refused)).toContain("Verschieben");
    }
  });

  test("once the evening has begun it is looked up when the courier comes", () => {
    for (const state of ["booked", "loaded", "under_way"] as const) {
      const effects = decide(turn("Wo bleibt mein Paket?"), with_({ ...out, state }), readTime);
      expect(act(effects)).toEqual({ do: "expect", deliveryIds: [41] });
    }
  });
});
