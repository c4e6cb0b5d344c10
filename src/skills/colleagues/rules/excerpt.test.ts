import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chosen, cutAt, excerptOf, plainName, type Said, withoutContactDetails } from "./excerpt.ts";

const at = Date.parse("2026-11-24T09:00:00Z");
const said = (author: Said["author"], text: string, file = ""): Said => ({ author, text, file, at });
const words = {
  customer: "Anna Berg",
  nobody: "Kundin",
  company: "Kontor",
  bot: "Automat",
  mark: "[weg]",
  left: (count: number) => `… ${count} frühere`,
  time: () => "24.11., 10:00",
};

describe("the part that goes along", () => {
  const talk = Array.from({ length: 12 }, (_, n) => said(n % 2 === 0 ? "customer" : "agent", `Nr. ${n}`));

  test("is the customer's last message, not our own", () => {
    expect(chosen(talk, "last").map(({ text }) => text)).toEqual(["Nr. 10"]);
    expect(chosen([said("agent", "Guten Tag")], "last").map(({ text }) => text)).toEqual(["Guten Tag"]);
    expect(chosen([], "last")).toEqual([]);
  });

  test("or the last ten, or all", () => {
    expect(chosen(talk, "ten").map(({ text }) => text)[0]).toBe("Nr. 2");
    expect(chosen(talk, "case")).toHaveLength(12);
  });

  test("says who said what when, and which file was there", () => {
    expect(excerptOf([said("customer", "Kaputt.", "Datei: lampe.jpg"), said("bot", "Oh.")], words)).toBe(
      "Anna Berg, 24.11., 10:00:\nKaputt.\n[Datei: lampe.jpg]\n\nAutomat, 24.11., 10:00:\nOh.",
    );
  });

  test("lets the oldest go where it would be too long, and says how many", () => {
    const long = Array.from({ length: 20 }, (_, n) => said("customer", `${n} ${"x".repeat(7_000)}`));
    const text = excerptOf(long, words);
    expect(text.length).toBeLessThan(51_000);
    expect(text).toMatch(/^… 13 frühere\n\nAnna Berg, 24\.11\., 10:00:\n13 x/);
    expect(text).toContain("\n19 x");
  });
});

test.each([
  ["Schreiben Sie an anna.berg+shop@post.example.org bitte", "Schreiben Sie an [weg] bitte"],
  ["Mein Mann: jörg@müller.example.", "Mein Mann: [weg]."],
  ["Rufen Sie +49 40 123 456-78 an", "Rufen Sie [weg] an"],
  ["Tel. 040 / 1234567, ab 17 Uhr", "Tel. [weg], ab 17 Uhr"],
  ["0171-2345678", "[weg]"],
  ["DE89 3704 0044 0532 0130 00", "[weg]"],
  ["de89370400440532013000", "[weg]"],
  ["Gb29 nwbk 6016 1331 9268 19", "[weg]"],
  ["Am24 habe dann ganz viel", "Am24 habe dann ganz viel"],
  ["Bestellung 4711 vom 01.02.2026, 129,90 €", "Bestellung 4711 vom 01.02.2026, 129,90 €"],
  ["Termin 01/02/2026", "Termin 01/02/2026"],
  ["Kunde 8812345, Teil 100-200-300", "Kunde 8812345, Teil 100-200-300"],
  ["Sendung 00340434161094042557", "Sendung 00340434161094042557"],
])("contact details go, numbers that the colleague needs stay: %j", (text, kept) => {
  expect(withoutContactDetails(text, "[weg]")).toBe(kept);
});

test.each([
  ["Anna Berg", "Anna Berg"],
  ["anna.berg@post.example", ""],
  ['"anna.berg@post.example"', ""],
  ["Anna Berg <anna.berg@post.example>", "Anna Berg"],
  ["Anna Berg, 0171-2345678", "Anna Berg"],
  ["", ""],
])("a name leaves without what its bearer is reached by: %j", (name, kept) => {
  expect(plainName(name)).toBe(kept);
});

test("neither the sender's name nor a file's gives away an address, unless the agent wants it", () => {
  const all = [said("customer", "Kaputt.", "Datei: anna.berg@post.example.pdf")];
  const named = { ...words, customer: "anna.berg@post.example" };
  expect(excerptOf(all, named)).toBe("Kundin, 24.11., 10:00:\nKaputt.\n[Datei: [weg]]");
  expect(excerptOf(all, { ...named, mark: null })).toContain("anna.berg@post.example, 24.11.");
});

test("no mail address and no text of any kind gets through or takes long", () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.string(), fc.string(), (address, before, after) => {
      expect(withoutContactDetails(`${before} ${address} ${after}`, "")).not.toContain(address);
    }),
  );
  const begun = performance.now();
  for (const one of ["0 ", "a@", "+1 ", "DE12 ", "de12 ", "a.", "("])
    withoutContactDetails(one.repeat(8_000 / one.length), "");
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test("a cut never leaves half a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (text, length) => {
      const cut = cutAt(text, length);
      expect(cut.length).toBeLessThanOrEqual(length);
      expect(cut.isWellFormed()).toBe(true);
    }),
  );
});
