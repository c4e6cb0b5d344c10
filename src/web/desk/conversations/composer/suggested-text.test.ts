import { expect, test } from "vitest";
import { textWith } from "./suggested-text.ts";

test.each([
  ["", "Die Antwort."],
  [" \n", "Die Antwort."],
  ["Moin Frau Anders, ", "Moin Frau Anders,\n\nDie Antwort."],
])("a suggestion never takes the place of what was written: %j", (draft, text) => {
  expect(textWith(draft, "Die Antwort.")).toBe(text);
});
