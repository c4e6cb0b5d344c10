import { expect, test } from "vitest";
import { correct, openSpeller } from "./spelling.ts";

const speller = openSpeller([
  "rechnung",
  "lieferung",
  "karte",
  "kanne",
  "bestellung",
  "gutschein",
  "code",
  "umtausch",
  "offen",
]);

test.each([
  ["rechnng", "rechnung"],
  ["rehcnung", "rechnung"],
  ["rechnunng", "rechnung"],
  ["rechnumg", "rechnung"],
  ["bestelung", "bestellung"],
  ["beistelung", "bestellung"],
  ["offn", "offen"],
])("%s was meant to be %s", (typed, meant) => {
  expect(correct(speller, typed)).toBe(meant);
});

test.each(["xyz", "abc", "kart0", "gutscheincode", "rechnungsumtausch", "telefon", "b".repeat(1_000), ""])(
  "%s stays as it is",
  (word) => {
    expect(correct(speller, word)).toBeUndefined();
  },
);

test("of two that are equally near the one with the same beginning wins, then the more frequent", () => {
  expect(correct(openSpeller(["masse", "kasse"]), "kaxse")).toBe("kasse");
  expect(correct(openSpeller(["tasse", "tasche"]), "tasxe")).toBe("tasse");
  expect(correct(openSpeller(["bande", "bunde"]), "bonde")).toBe("bande");
});
