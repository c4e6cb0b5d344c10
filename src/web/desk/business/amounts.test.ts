import { expect, test } from "vitest";
import { readAmount, shownMoney, typedAmount } from "./amounts.ts";

test.each([
  ["1.234,50", 2, "de", 123_450],
  ["1234,5", 2, "de", 123_450],
  ["12.5", 2, "de", 1_250],
  ["1.500", 3, "de", 1_500_000],
  ["1,500", 3, "en", 1_500_000],
  ["1,5", 3, "en", 1_500],
  ["0,345", 2, "de", null],
  ["-3", 2, "de", null],
  ["3 000", 2, "de", 300_000],
  ["", 2, "de", null],
  ["zwölf", 2, "de", null],
  ["9".repeat(40), 2, "de", null],
] as const)("%s with %i places in %s is %s", (text, places, language, value) => {
  expect(readAmount(text, places, language)).toBe(value);
});

test("what was read is typed again the same", () => {
  expect(typedAmount(123_450, { places: 2, least: 2, language: "de" })).toBe("1234,50");
  expect(typedAmount(12_500_000, { places: 3, least: 0, language: "de" })).toBe("12500");
  expect(typedAmount(1_500, { places: 3, least: 0, language: "en" })).toBe("1.5");
  expect(typedAmount(5, { places: 2, least: 2, language: "en" })).toBe("0.05");
});

test("money is shown with its currency", () => {
  expect(shownMoney(123_450, "EUR", "de-DE").replace(/\u00a0/g, " ")).toBe("1.234,50 €");
});
