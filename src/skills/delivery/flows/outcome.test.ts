import { describe, expect, test } from "vitest";
import type { Effect, Option, Turn } from "#kernel";
import type { OfferedWindow, Refusal } from "../plan/promises.ts";
import { pageOf } from "../rules/spoken/page.ts";
import { effectsOf, type Outcome } from "./outcome.ts";
import type { Talk } from "./talk.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const ADDRESS = "Carl-Friedrich-Wilhelm-von-Reichenbach-Straße 1234a, 20259 Hamburg";
const WHERE = { cityId: 1, place: { lat: 53.57, lon: 9.96 }, address: ADDRESS, note: "" };

interface To {
  readonly kind?: string;
  readonly language?: "de" | "en";
  readonly tries?: number;
}
const told = (outcome: Outcome, { kind = "whatsapp", language = "de", tries = 0 }: To = {}) => {
  const talk: Talk = { language, question: "Wann können Sie liefern?", tries, where: WHERE };
  const tenant = { id: 7, language: "de", formOfAddress: "sie", teamFormOfAddress: "sie" };
  const turn = { tenant, channel: { id: 1, kind } } as unknown as Turn;
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

test("who cannot be found may send where they are, and after three times a person looks", () => {
  expect(said(told({ is: "placeNotFound" }))).toContain("Oder senden Sie Ihren Standort.");
  expect(said(told({ is: "placeNotFound" }, { kind: "web" }))).not.toContain("Standort");
  expect(told({ is: "placeNotFound" }, { tries: 2 }).at(-1)).toMatchObject({ do: "handOver" });
  expect(told({ is: "down" }).at(-1)).toMatchObject({ do: "handOver" });
});
