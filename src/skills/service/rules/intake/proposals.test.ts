import { describe, expect, test } from "vitest";
import type { Exchange } from "./exchange.ts";
import { propose } from "./proposals.ts";

const OPEN = "Wir haben montags bis samstags von 9 bis 18 Uhr geöffnet, an Feiertagen ist geschlossen.";
const RETURN =
  "Legen Sie den Rücksendeschein ins Paket und geben Sie es bei der Post ab, das Geld kommt in 5 Tagen.";

const asked = (
  question: string,
  answer: string | null,
  asker: string,
  names: readonly string[] = [],
): Exchange => ({
  question,
  answer,
  asker,
  names,
});
const options = { seed: 1, language: "de", isPage: false } as const;

const MAILBOX: Exchange[] = [
  asked(
    "Hallo,\n\nwann haben Sie geöffnet?\n\nDanke und Gruß\nMara Otten\nLindenweg 3",
    `Hallo Mara,\n\n${OPEN}\n\nViele Grüße\nTim`,
    "a",
    ["Mara Otten", "Tim"],
  ),
  asked("wann habt ihr geöffnet", OPEN, "b"),
  asked("Wann haben Sie am Samstag geöffnet?", `Guten Tag,\n${OPEN}`, "c"),
  asked("wann samstag geöffnet?", "Das kläre ich und melde mich.", "d"),
  asked("Wie schicke ich das Paket zurück?", RETURN, "e"),
  asked("Ich möchte etwas zurückschicken, Bestellung 4471823", RETURN, "f"),
  asked("Wie kann ich das Paket zurückschicken?", RETURN.replace("5 Tagen", "7 Tagen"), "g"),
  asked("retoure?? wie geht das", RETURN, "h"),
  asked("Singt der Chor am Sonntag?", "Nein.", "i"),
  asked("danke!", null, "k"),
];

describe("proposed topics", () => {
  const { topics, alone } = propose(MAILBOX, options);

  test("questions that are alike are one, and those that were answered alike join them", () => {
    expect(topics).toHaveLength(2);
    const [returns, opening] = topics[0]?.answer?.includes("Rücksendeschein")
      ? topics
      : [...topics].reverse();
    expect(opening?.asked).toBe(4);
    expect(returns?.asked).toBe(4);
    expect(returns?.examples.join(" ")).toContain("retoure");
    expect(alone).toBe(1);
  });

  test("the answer is what staff said most alike, without greeting, and a promise to answer is none", () => {
    const opening = topics.find(({ answer }) => answer?.includes("9 bis 18"));
    expect(opening).toMatchObject({ answer: OPEN, answers: 3, alike: 3 });
  });

  test("no name, address or number of a person stays", () => {
    const words = JSON.stringify(topics);
    for (const personal of ["Mara", "Otten", "Lindenweg", "4471823"]) expect(words).not.toContain(personal);
  });

  test("the same exchanges give the same topics", () => {
    expect(propose(MAILBOX, options)).toEqual({ topics, alone });
  });
});

test("a page's questions each stand for a topic, in the words of the page", () => {
  const page = [
    asked("Do you deliver to Ireland?", "Yes. Write to shop@laden.example.", "0"),
    asked("Is there a lift?", "No.", "1"),
  ];
  const { topics } = propose(page, { ...options, isPage: true });
  expect(topics.map(({ title, language, answer }) => [title, language, answer])).toEqual([
    ["Do you deliver to Ireland?", "en", "Yes. Write to shop@laden.example."],
    ["Is there a lift?", "en", "No."],
  ]);
});

test("nothing at all gives nothing", () => {
  expect(propose([], options)).toEqual({ topics: [], alone: 0 });
});
