import { expect, test } from "vitest";
import { catalogue } from "../flows/scene.ts";

const sentences = [...Object.entries(catalogue.de), ...Object.entries(catalogue.en)].flatMap(
  ([key, sentence]) =>
    (typeof sentence === "string" ? [sentence] : [sentence.sie, sentence.du]).map(
      (text) => [key, text] as const,
    ),
);

test("both languages hold the same keys", () => {
  expect(Object.keys(catalogue.en).sort()).toEqual(Object.keys(catalogue.de).sort());
});

test("the voice holds: no exclamation marks, none of the words we avoid", () => {
  for (const [key, text] of sentences) {
    expect(text, key).not.toMatch(
      /!|\b(leider|einfach|schnell|smart|nahtlos|Erlebnis|sorry|unfortunately|simply)\b/i,
    );
  }
});

test("Sie and du are never mixed", () => {
  for (const [key, sentence] of Object.entries(catalogue.de)) {
    if (typeof sentence === "string") {
      expect(sentence, key).not.toMatch(/\b(Ihnen|Ihre?[nmrs]?|du|dir|dich|deine?[nmrs]?)\b/);
      continue;
    }
    expect(sentence.sie, key).not.toMatch(/\b(du|dir|dich|dein\w*)\b/);
    expect(sentence.du, key).not.toMatch(/\b(Ihnen|Ihre?[nmrs]?)\b/);
  }
});

test("the fixed options fit a WhatsApp button", () => {
  for (const [key, text] of sentences.filter(([key]) => key.startsWith("option")))
    expect(text.length, key).toBeLessThanOrEqual(20);
});
