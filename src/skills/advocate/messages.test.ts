import { expect, test } from "vitest";
import { tapId } from "./flows/option-ids.ts";
import { catalogue } from "./flows/words.ts";
import { RULES } from "./rules/rule-list.ts";

const sentences = [...Object.entries(catalogue.de), ...Object.entries(catalogue.en)].flatMap(
  ([key, sentence]) =>
    (typeof sentence === "string" ? [sentence] : [sentence.sie, sentence.du]).map(
      (text) => [key, text] as const,
    ),
);

test("both languages hold the same keys, and every rule has its sentences", () => {
  expect(Object.keys(catalogue.en).sort()).toEqual(Object.keys(catalogue.de).sort());
  for (const { id } of RULES) {
    expect(catalogue.de).toHaveProperty(`option_${id}`);
    expect(catalogue.de).toHaveProperty(`promise_${id}`);
    expect(catalogue.de).toHaveProperty(`why_${id}`);
    expect(catalogue.de).toHaveProperty(id === "duplicate_purchase" ? `ask_${id}` : `warn_${id}`);
  }
});

test("the voice holds: no exclamation marks, none of the words we avoid", () => {
  for (const [key, text] of sentences)
    expect(text, key).not.toMatch(
      /!|\b(leider|einfach|schnell|smart|nahtlos|Erlebnis|sorry|unfortunately|simply)\b/i,
    );
});

test("Sie and du are never mixed", () => {
  for (const [key, sentence] of Object.entries(catalogue.de)) {
    if (typeof sentence === "string") continue;
    expect(sentence.sie, key).not.toMatch(/\b(du|dir|dich|dein\w*)\b/);
    expect(sentence.du, key).not.toMatch(/\b(Ihnen|Ihre?[nmrs]?)\b/);
  }
});

test("options fit a WhatsApp button, ids fit Telegram", () => {
  for (const [key, text] of sentences.filter(([key]) => key.startsWith("option")))
    expect(text.length, key).toBeLessThanOrEqual(20);
  const longest = { factId: Number.MAX_SAFE_INTEGER, lastDay: "2027-02-28", termEnd: "2027-03-31" };
  expect(Buffer.byteLength(tapId({ do: "cancel", ...longest }))).toBeLessThanOrEqual(64);
  for (const { id } of RULES)
    expect(Buffer.byteLength(tapId({ do: "off", rule: id }))).toBeLessThanOrEqual(64);
});
