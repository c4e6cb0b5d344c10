import { expect, test } from "vitest";
import { isAnotherMatter, readAnswer, saysAnybody, wantsMore } from "./answers.ts";

test.each([
  ["Ja", "yes"],
  ["ja bitte", "yes"],
  ["Okay, passt", "yes"],
  ["yes please", "yes"],
  ["Nein danke", "no"],
  ["doch nicht", "no"],
  ["Abbrechen", "stop"],
  ["never mind", "stop"],
  ["ja aber erst am Freitag", null],
  ["18 Uhr", null],
  ["nein, lieber um 19 Uhr", null],
  ["", null],
] as const)("%s means %s", (text, answer) => {
  expect(readAnswer(text)).toBe(answer);
});

test("more days, anybody, another matter", () => {
  expect(["Weitere Tage", "andere Tage bitte", "später", "more days please"].every(wantsMore)).toBe(true);
  expect(
    ["18 Uhr", "mehr kostet das aber nicht, oder wie ist das", "eine andere Adresse"].some(wantsMore),
  ).toBe(false);
  expect(["egal", "Anyone"].every(saysAnybody)).toBe(true);
  expect(saysAnybody("Petersen")).toBe(false);
  expect(isAnotherMatter("Was kostet das?")).toBe(true);
  expect(isAnotherMatter("morgen abend")).toBe(false);
});
