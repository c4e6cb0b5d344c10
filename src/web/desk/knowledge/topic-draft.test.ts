import { describe, expect, test } from "vitest";
import type { Topic } from "../../../skills/service/api.ts";
import { draftOf, emptyDraft, exampleLines, inputOf, intentOf } from "./topic-draft.ts";

const topic: Topic = {
  id: 7,
  intent: "exchange",
  title: { de: "Umtausch", en: "Exchange" },
  answers: [
    {
      language: "de",
      text: "Ja.",
      link: null,
      fileId: null,
      options: [{ title: "Rückgabe", intent: "return" }],
    },
    { language: "en", text: "Yes.", link: "https://example.org", fileId: "f1", options: [] },
  ],
  examples: [
    { language: "de", text: "Kann ich tauschen?" },
    { language: "en", text: "Can I exchange it?" },
  ],
  flow: "",
  mostAsked: true,
};

describe("a topic in the editor", () => {
  test("opened and saved without a change it is the same", () => {
    const { id: _, ...input } = topic;
    expect(inputOf(draftOf(topic))).toEqual(input);
  });

  test("an answer without text, link and picture is none", () => {
    const draft = emptyDraft({ language: "de", text: "Geht das?" });
    draft.title.de = "Größe & Maße";
    draft.answers.en.text = "  ";
    expect(inputOf(draft)).toMatchObject({
      intent: "groesse_masse",
      answers: [],
      examples: [{ language: "de", text: "Geht das?" }],
    });
  });

  test("examples are lines, each once, without empty ones", () => {
    expect(exampleLines(" a \n\nb\na\r\n")).toEqual(["a", "b"]);
  });

  test("a key has letters, digits and underscores only", () => {
    expect(intentOf("Żółty Löwe – 2. Wahl?")).toMatch(/^[a-z0-9_]+$/);
    expect(intentOf("x".repeat(300))).toHaveLength(100);
  });
});
