import { describe, expect, test } from "vitest";
import { planImport } from "./import-plan.ts";

describe("planImport", () => {
  test("reads examples and answers by their columns' names, in any order", () => {
    const plan = planImport({
      language: "en",
      examples: "intent,text\ncard_arrival,Where is my card?\n",
      answers:
        'lang,intent,answer,buttons,link\nde,card_arrival,"Sie kommt, bald.",Sperren>card_lost|Mensch,https://a.example\n',
    });
    expect(plan).toEqual({
      topics: [{ intent: "card_arrival", label: "card_arrival", title: {} }],
      examples: [{ intent: "card_arrival", language: "en", text: "Where is my card?" }],
      answers: [
        {
          intent: "card_arrival",
          language: "de",
          text: "Sie kommt, bald.",
          link: "https://a.example",
          options: [
            { title: "Sperren", intent: "card_lost" },
            { title: "Mensch", intent: null },
          ],
        },
      ],
      skipped: [],
      contradictions: [],
    });
  });

  test("rows that say two things of one question are named, whatever their spelling and language", () => {
    const { contradictions } = planImport({
      language: "de",
      examples:
        "text,intent,lang\nWo ist  mein Paket?,delivery,de\nok,a,de\nok,a,en\nwo ist mein paket?,returns,en\n",
    });
    expect(contradictions).toEqual([{ line: 5, intent: "returns", firstLine: 2, firstIntent: "delivery" }]);
  });

  test("an intent keeps its name as written beside the name that keys it; doubles count once", () => {
    const plan = planImport({
      language: "en",
      examples: "text,intent\na,reverted_card_payment?\na,reverted_card_payment?\n",
    });
    expect(plan.topics).toEqual([
      { intent: "reverted_card_payment", label: "reverted_card_payment?", title: {} },
    ]);
    expect(plan.examples).toHaveLength(1);
  });

  test("what breaks a rule is left out and named by file and line", () => {
    const plan = planImport({
      language: "de",
      examples: `text,intent,lang\nok,a,de\n,a,de\nx,???,de\nx,a,fr\nx,a\n${"x".repeat(1001)},a,en\n`,
      answers: "intent,answer,link\na,Antwort,javascript:alert(1)\nb,Antwort,\n",
    });
    expect(plan.skipped).toEqual([
      { line: 3, reason: "text is empty" },
      { line: 4, reason: 'intent "???" has no letter or digit' },
      { line: 5, reason: 'language "fr" is neither de nor en' },
      { line: 6, reason: "2 fields instead of 3" },
      { line: 7, reason: "text has 1001 characters, 1000 at most" },
      { line: 2, reason: "answers: link is no http(s) address" },
    ]);
    expect(plan.examples).toHaveLength(1);
    expect(plan.answers.map(({ intent }) => intent)).toEqual(["b"]);
  });

  test("a file without the right first line is not guessed at", () => {
    const plan = planImport({ language: "de", examples: "frage;thema\nwo;lieferung\n" });
    expect(plan.topics).toEqual([]);
    expect(plan.skipped[0]?.reason).toContain("missing: text, intent");
  });
});
