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
    { id: 3, language: "de", text: "Kann ich tauschen?" },
    { id: 4, language: "en", text: "Can I exchange it?" },
  ],
  flow: "",
  mostAsked: true,
};

describe("a topic in the editor", () => {
  test("opened and saved without a change it is the same", () => {
    const { id: _, ...input } = topic;
    expect(inputOf(draftOf(topic), topic.examples)).toEqual(input);
  });

  test("an answer without text, link and picture is none", () => {
    const draft = emptyDraft();
    draft.examples.de = "Geht das?";
    draft.title.de = "Größe & Maße";
    draft.answers.en.text = "  ";
    expect(inputOf(draft, [])).toMatchObject({
      intent: "groesse_masse",
      answers: [],
      examples: [{ language: "de", text: "Geht das?" }],
    });
  });

  test("examples are lines, each once, without empty ones", () => {
    expect(exampleLines(" a \n\nb\na\r\n")).toEqual(["a", "b"]);
  });

  test("words of a customer stay that customer's, corrected, shortened or parted", () => {
    const standing: Topic["examples"] = [
      { id: 1, language: "de", text: "Der Karton ist auf.\nBekomme ich trotzdem Geld zurück?" },
      { id: 2, language: "de", text: "Umtausch" },
    ];
    const draft = draftOf({ ...topic, examples: standing });
    expect(draft.examples.de.split("\n")).toHaveLength(2);
    expect(inputOf(draft, standing).examples.map(({ id }) => id)).toEqual([1, 2]);
    draft.examples.de =
      "Der Karton ist auf!\nbekomme ich trotzdem mein Geld zurück\nUmtauschen\nWo ist die Filiale?";
    expect(inputOf(draft, standing).examples).toEqual([
      { id: 1, language: "de", text: "Der Karton ist auf!" },
      { id: 1, language: "de", text: "bekomme ich trotzdem mein Geld zurück" },
      { id: 2, language: "de", text: "Umtauschen" },
      { language: "de", text: "Wo ist die Filiale?" },
    ]);
  });

  test("a key has letters, digits and underscores only", () => {
    expect(intentOf("Żółty Löwe – 2. Wahl?")).toMatch(/^[a-z0-9_]+$/);
    expect(intentOf("x".repeat(300))).toHaveLength(100);
  });
});
