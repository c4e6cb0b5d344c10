import { describe, expect, test } from "vitest";
import type { Effect, Option, Turn } from "#kernel";
import type { Delivery, OfferedWindow, Refusal } from "../plan/promises.ts";
import { pageOf } from "../rules/spoken/page.ts";
import { effectsOf, type Outcome } from "./outcome.ts";
import type { Talk } from "./talk.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const ADDRESS = "Carl-Friedrich-Wilhelm-von-Reichenbach-Straße 1234a, 20259 Hamburg";
const WHERE = { cityId: 1, place: { lat: 53.57, lon: 9.96 }, address: ADDRESS, note: "" };

interface To {
  readonly kind?: string;
  readonly now?: number;
  readonly language?: "de" | "en";
  readonly tries?: number;
}
const told = (outcome: Outcome, { kind = "whatsapp", language = "de", tries = 0, now = 0 }: To = {}) => {
  const talk: Talk = { language, question: "Wann können Sie liefern?", tries, where: WHERE };
  const tenant = { id: 7, language: "de", formOfAddress: "sie", teamFormOfAddress: "sie" };
  const turn = { tenant, now, channel: { id: 1, kind } } as unknown as Turn;
  return effectsOf(turn, talk, outcome, ZONE);
};
const optionsIn = (effects: readonly Effect[]): readonly Option[] =>
  effects.flatMap((one) => ("options" in one ? (one.options ?? []) : []));
const said = (effects: readonly Effect[]) =>
  effects.flatMap((one) => ("text" in one && one.text ? [one.text] : [])).join(" ");

/** Thirty evenings late in the year, whose days have the longest names. */
const windows: OfferedWindow[] = Array.from({ length: 30 }, (_, n) => {
  const earliestAt = Date.parse("2026-09-16T15:30:00Z") + n * 24 * HOUR;
  return {
    eveningId: 1_000_000 + n,
    earliestAt,
    latestAt: earliestAt + 2 * HOUR,
    priceMinor: 490,
    currency: "EUR",
    cost_s: 1,
  };
});
const offers = (shown = windows): Outcome => ({
  is: "offers",
  address: ADDRESS,
  page: pageOf(shown, {}, ZONE),
});

describe("buttons", () => {
  test.each(["de", "en"] as const)("fit into the list of any channel (%s)", (language) => {
    const options = optionsIn(told(offers(), { language }));
    // WhatsApp: ten rows, titles of 24 and descriptions of 72 characters; Telegram: ids of 64 bytes.
    expect(options).toHaveLength(10);
    expect(new Set(options.map(({ title }) => title)).size).toBe(10);
    for (const { id, title, description = "" } of options) {
      expect(title.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(72);
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
    }
  });

  test("have the price beneath them, or beside them where only titles are shown", () => {
    const [below] = optionsIn(told(offers()));
    expect(below).toMatchObject({ title: "Mi 16.9., 17:30–19:30", description: "4,90\u00a0€" });
    const [beside] = optionsIn(told(offers(), { kind: "web" }));
    expect(beside).toMatchObject({ title: "Mi 16.9., 17:30–19:30 · 4,90\u00a0€" });
  });

  test("stand on the day's line where a channel draws it, and nowhere else", () => {
    const [drawn, ...others] = optionsIn(told(offers(), { kind: "web" }));
    const line = { day: "Mittwoch, 16. September", label: "17:30–19:30", cost: "4,90\u00a0€" };
    expect(drawn?.window).toEqual({ ...line, from: 1_050, until: 1_170 });
    expect(others.filter(({ window }) => !window).map(({ title }) => title)).toEqual([
      "Weitere Tage",
      "Andere Adresse",
    ]);
    expect(optionsIn(told(offers())).some(({ window }) => window)).toBe(false);
    // From 23:00 to 01:00: the line goes on beyond midnight.
    const [late] = windows.map((one) => ({ ...one, earliestAt: one.earliestAt + 5.5 * HOUR }));
    const night = late ? [{ ...late, latestAt: late.earliestAt + 2 * HOUR }] : [];
    const [over] = optionsIn(told(offers(night), { kind: "web", language: "en" }));
    expect(over?.window).toMatchObject({ label: "23–1", from: 1_380, until: 1_500 });
  });
});

test("places are named whole, one of them for a yes, several to choose from", () => {
  const other = { ...WHERE, address: "Lange Reihe 12, 20099 Hamburg" };
  const two = told({ is: "places", places: [WHERE, other] }, { kind: "web" });
  expect(optionsIn(two).map(({ title }) => title)).toEqual([ADDRESS, other.address, "Andere Adresse"]);
  const one = told({ is: "places", places: [other] });
  expect(said(one)).toBe("Meinen Sie Lange Reihe 12, 20099 Hamburg?");
  expect(optionsIn(one).map(({ title }) => title)).toEqual(["Ja, dorthin", "Andere Adresse"]);
});

describe("why there is no window", () => {
  const refused = (refusal: Refusal) => told({ is: "refused", refusal, address: "Lange Reihe 12" });

  test("outside it is asked for another address", () => {
    const effects = refused({ reason: "outside", nearest: WHERE.place, distance_m: 3_400 });
    expect(said(effects)).toContain("etwa 3 km entfernt");
    expect(effects.at(-1)).toMatchObject({ do: "ask", step: "address" });
    expect(effects.at(-1)).not.toHaveProperty("data.where");
  });

  test.each<[Refusal, string]>([
    [{ reason: "full", untilDate: "2026-11-30" }, "Bis Montag, 30. November ist"],
    [{ reason: "no_round", nextDate: "2026-12-24" }, "die nächste am Donnerstag, 24. Dezember."],
    [{ reason: "no_round", nextDate: null }, "noch keine Tour geplant"],
    [{ reason: "too_much", most: 40 }, "nicht allein planen"],
    [{ reason: "not_carried", missing: ["cold"] }, "nicht allein planen"],
  ])("otherwise a person helps, and the day is named: %o", (refusal, words) => {
    const effects = refused(refusal);
    expect(said(effects)).toContain(words);
    expect(effects.at(-1)).toMatchObject({
      do: "handOver",
      summary: expect.stringContaining("Lange Reihe 12"),
    });
  });
});

test("whom so many deliveries stand out for is passed on to a person", () => {
  expect(told({ is: "tooMany" })).toMatchObject([{ do: "say" }, { do: "handOver" }]);
});

test("who cannot be found may send where they are, and after three times a person looks", () => {
  expect(said(told({ is: "placeNotFound" }))).toContain("Oder senden Sie Ihren Standort.");
  expect(said(told({ is: "placeNotFound" }, { kind: "web" }))).not.toContain("Standort");
  expect(told({ is: "placeNotFound" }, { tries: 2 }).at(-1)).toMatchObject({ do: "handOver" });
  expect(told({ is: "down" }).at(-1)).toMatchObject({ do: "handOver" });
});

describe("on the evening itself", () => {
  const delivery = {
    id: 41,
    ...WHERE,
    eveningId: 3,
    earliestAt: Date.parse("2026-11-24T17:00:00Z"),
    latestAt: Date.parse("2026-11-24T19:00:00Z"),
    state: "loaded",
    skills: 0,
    holdUntil: null,
    priceMinor: 490,
    currency: "EUR",
  } as unknown as Delivery;
  const now = Date.parse("2026-11-24T18:00:00Z");
  const expected = {
    from: Date.parse("2026-11-24T18:10:00Z"),
    until: Date.parse("2026-11-24T18:40:00Z"),
    stopsBefore: 3,
    isLate: false,
  };
  const tell = (more: Partial<typeof expected> | null, one = delivery, at = now) =>
    said(
      told(
        { is: "expected", of: [{ delivery: one, expected: more && { ...expected, ...more } }] },
        { now: at },
      ),
    );

  test.each<[string, Partial<typeof expected>]>([
    ["zwischen 19:10 und 19:40 Uhr zu Ihnen; vorher hat er noch 3 Halte", {}],
    ["zwischen 19:10 und 19:40 Uhr zu Ihnen; vorher hat er noch einen Halt", { stopsBefore: 1 }],
    ["Ihre Lieferung ist die nächste", { stopsBefore: 0 }],
    ["seit 19:10 Uhr bei Ihnen an der Tür", { stopsBefore: 0, until: expected.from }],
    ["18 bis 20 Uhr, und das schaffen wir voraussichtlich nicht", { isLate: true }],
  ])("the half-hour is told: %s", (words, more) => {
    expect(tell(more)).toContain(words);
  });

  test("what nobody can know yet is told by its state; what is over, as it ended; what is overdue, with a person", () => {
    expect(tell(null)).toContain("Ihre Lieferung ist beim Kurier");
    expect(tell(null, { ...delivery, state: "done" })).toContain("abgeschlossen");
    const late = told(
      { is: "expected", of: [{ delivery, expected: null }] },
      { now: delivery.latestAt + HOUR },
    );
    expect(late.at(-1)).toMatchObject({ do: "handOver" });
  });

  test("who is not there is told what was noted and what is left", () => {
    const noted = (stage: "near" | "begun" | "another", skills = 0, state: Delivery["state"] = "under_way") =>
      told({ is: "noted", about: "absent", words: "x", stage, delivery: { ...delivery, skills, state } });
    expect(optionsIn(noted("begun")).map(({ title }) => title)).toEqual([
      "Anderer Abend",
      "Zum Nachbarn",
      "Absagen",
    ]);
    expect(optionsIn(noted("near")).map(({ title }) => title)).toEqual(["Zum Nachbarn"]);
    // Told of the half-hour, but others come first.
    expect(optionsIn(noted("near", 0, "loaded")).map(({ title }) => title)).toEqual([
      "Anderer Abend",
      "Zum Nachbarn",
    ]);
    expect([said(noted("near", 2)), optionsIn(noted("near", 2))]).toEqual([
      expect.stringContaining("nur bei Ihnen ab"),
      [],
    ]);
    expect(said(told({ is: "noted", about: "home", words: "x", delivery }))).toContain("bis gleich");
    expect(noted("another").at(-1)).toMatchObject({
      do: "handOver",
      summary: expect.stringContaining("anderen Abend"),
    });
  });

  test("what is promised is a card, too: until when it can be changed, and what is credited if it is late", () => {
    const booked = (owedMinor?: number) =>
      told({ is: "booked", delivery, ...(owedMinor !== undefined && { owedMinor }) }, { kind: "web" })[0];
    expect(booked(500)).toMatchObject({
      do: "say",
      card: {
        note: "",
        heading: "Versprochen: Di 24.11., 18\u2060–\u206020 Uhr",
        lines: [ADDRESS, "4,90\u00a0€"],
        foot: [
          "Sie müssen nichts weiter tun.",
          "Verschieben oder absagen: hier schreiben, bis der Kurier in der Nähe ist.",
          "Halten wir das Fenster nicht, schreiben wir Ihnen 5,00\u00a0€ gut. Ohne Antrag.",
        ],
        line: { promised: [0.25, 0.75], expected: null },
      },
    });
    expect(booked()).toMatchObject({ card: { foot: [expect.anything(), expect.anything()] } });
  });

  test("what is done, failed or taken back is said to be, and never that the courier is on the way", () => {
    const over = (state: Delivery["state"]) => told({ is: "over", delivery: { ...delivery, state } });
    expect(said(over("done"))).toContain("abgeschlossen");
    expect(said(over("cancelled"))).toContain("abgesagt");
    expect(said(over("expired"))).toContain("Gebucht ist nichts");
    expect([said(over("failed")), over("failed").at(-1)]).toMatchObject([
      expect.stringContaining("konnte nicht übergeben werden"),
      { do: "handOver" },
    ]);
  });

  test("what is not held is never said to be held until nothing", () => {
    const words = said(told({ is: "held", delivery: { ...delivery, state: "booked" } }));
    expect([words.includes("gehalten"), words.includes("Versprochen")]).toEqual([false, true]);
  });
});
