import { expect, test } from "vitest";
import { divider, questionLetter, reminderLetter, subjectOf } from "./letter.ts";

const parts = {
  language: "de" as const,
  form: "sie" as const,
  company: "Hansekontor",
  asker: "Jana Köhler",
  to: "Frau Özdemir",
  question: "Bekommen wir das Ersatzteil bis Freitag?\nSonst sagen wir ab.",
  excerpt: "Anna Berg, 24.11., 10:00:\nDie Lampe flackert.",
  isDirect: false,
  until: "8. Dezember",
};

test("the mail says who asks, what, until when, and what goes along", () => {
  const letter = questionLetter(parts);
  for (const words of [
    "Guten Tag Frau Özdemir,",
    "Jana Köhler",
    parts.question,
    parts.excerpt,
    "8. Dezember",
  ])
    expect(letter).toContain(words);
  expect(letter.indexOf(divider(parts))).toBeLessThan(letter.indexOf("Die Lampe flackert."));
  expect(letter).not.toContain("ungelesen");
  expect(letter).not.toMatch(/\{\w+\}/);
});

test("who answers directly is told so before they write", () => {
  const direct = { ...parts, isDirect: true };
  expect(questionLetter(direct)).toContain("ungelesen an die Kundin");
  expect(reminderLetter(direct)).toContain("ungelesen an die Kundin");
  expect(questionLetter({ ...direct, language: "en" })).toContain("go to the customer unread");
});

test("a reminder repeats the question and nothing of the conversation", () => {
  const letter = reminderLetter(parts);
  expect(letter).toContain("Bekommen wir das Ersatzteil");
  expect(letter).not.toContain("flackert");
});

test("the subject is the question's first line and never long", () => {
  expect(subjectOf(parts.question, parts)).toBe("Frage: Bekommen wir das Ersatzteil bis Freitag?");
  expect(subjectOf("x".repeat(4_000), { ...parts, language: "en" })).toHaveLength(100);
});
