import { describe, expect, test } from "vitest";
import type { TenantProfile } from "#kernel";
import { type Due, letterOf, type Reader } from "./letters.ts";
import type { RunningDelivery } from "./stored.ts";
import { byTemplate, type MessageTemplate } from "./template.ts";

/** What customers read of the evening. */

const at = (clock: string) => Date.parse(`2026-11-24T${clock}:00+01:00`);
const reader = (language: "de" | "en", formOfAddress: "sie" | "du" = "sie"): Reader => ({
  tenant: { id: 7, language: "de", formOfAddress } as TenantProfile,
  language,
  timeZone: "Europe/Berlin",
});
const parcel = (more: Partial<RunningDelivery> = {}): RunningDelivery =>
  ({
    id: 31,
    earliestAt: at("18:00"),
    latestAt: at("20:00"),
    address: "Lange Reihe 12, 20099 Hamburg",
    skills: 0,
    proof: "none",
    code: null,
    currency: "EUR",
    ...more,
  }) as RunningDelivery;
const due = (kind: Due["kind"], more: Partial<Due> = {}): Due => ({
  kind,
  delivery: parcel(),
  reference: "r",
  told: { from: at("18:25"), until: at("18:55"), expectedAt: at("18:35") },
  expiresAt: at("21:00"),
  ...more,
});
const plain = (text: string) => text.replace(/\s/g, " ");
const read = (one: Due, to = reader("de")) =>
  plain(letterOf(one, to, "https://example.org/delivery#7.aa").text);

describe("the half-hour", () => {
  test("is said in both languages, to Sie and du, with the code where one is asked for", () => {
    const code = parcel({ proof: "code", code: "4711" });
    expect(read(due("coming", { delivery: code }))).toBe(
      "In etwa dreißig Minuten ist der Kurier bei Ihnen: zwischen 18:25 und 18:55 Uhr, Lange Reihe 12, 20099 Hamburg. Nennen Sie ihm bitte den Code 4711.",
    );
    expect(read(due("again"), reader("de", "du"))).toBe(
      "Es verschiebt sich: Der Kurier ist nun zwischen 18:25 und 18:55 Uhr bei dir, Lange Reihe 12, 20099 Hamburg.",
    );
    expect(read(due("coming"), reader("en"))).toBe(
      "The courier is with you in about thirty minutes: between 18:25 and 18:55, Lange Reihe 12, 20099 Hamburg.",
    );
  });

  test("has three buttons and the page; where the age is checked no neighbour is offered", () => {
    const letter = letterOf(due("coming"), reader("de"), "https://example.org/delivery#7.aa");
    expect(letter.options?.map(({ id, title }) => [id, title])).toEqual([
      ["delivery:here:31", "Ich bin da"],
      ["delivery:neighbour:31", "Zum Nachbarn"],
      ["delivery:absent:31", "Nicht da"],
    ]);
    expect(letter.link).toBe("https://example.org/delivery#7.aa");
    const checked = letterOf(due("coming", { delivery: parcel({ skills: 2 }) }), reader("de"), "");
    expect(checked.options?.map(({ title }) => title)).toEqual(["Ich bin da", "Nicht da"]);
    expect(checked.link).toBeUndefined();
  });
});

test("a broken promise says what is owed, where something is", () => {
  expect(read(due("broken", { compensationMinor: 500 }))).toBe(
    "Wir haben unser Versprechen nicht gehalten: Dienstag, 24. November, 18 bis 20 Uhr. Das tut uns leid. Dafür schulden wir Ihnen 5,00 €; das Team veranlasst die Gutschrift.",
  );
  expect(read(due("broken", { compensationMinor: 0 }), reader("en"))).toBe(
    "We have not kept our promise: Tuesday, 24 November, 18:00 to 20:00. We are sorry.",
  );
});

test("the end says when, and with whom it lies", () => {
  const end = (outcome: Due["outcome"], outcomeWords = "") =>
    read(due("done", { outcome, outcomeWords, endedAt: at("18:41") } as Partial<Due>));
  expect(end("handed_over")).toBe("Übergeben um 18:41 Uhr, Lange Reihe 12, 20099 Hamburg. Danke!");
  expect(end("neighbour", "Frau Sommer")).toBe(
    "Um 18:41 Uhr beim Nachbarn abgegeben: Frau Sommer. Lange Reihe 12, 20099 Hamburg",
  );
  expect(end("left_there")).toBe("Um 18:41 Uhr bei Ihnen abgestellt, Lange Reihe 12, 20099 Hamburg.");
});

describe("where a provider's window is closed", () => {
  const template: MessageTemplate = {
    name: "lieferung",
    language: "de",
    category: "utility",
    body: "Zu {{1}}: {{2}}",
    variables: ["title", "text"],
    state: "approved",
  };
  const message = { language: "de", title: "Lange Reihe 12", text: "Zwischen 18\n und 19 Uhr." } as const;

  test("an approved utility template carries the whole message", () => {
    expect(byTemplate([template], message)).toEqual({
      type: "template",
      name: "lieferung",
      language: "de",
      text: "Zu Lange Reihe 12: Zwischen 18 und 19 Uhr.",
      parameters: ["Lange Reihe 12", "Zwischen 18 und 19 Uhr."],
    });
  });

  test("none that is paused, for marketing, in another language or without room for it", () => {
    const others = [
      { ...template, state: "paused" },
      { ...template, category: "marketing" },
      { ...template, language: "en" as const },
      { ...template, variables: ["title"] },
    ];
    expect(byTemplate(others, message)).toBeNull();
  });
});
