import { describe, expect, test } from "vitest";
import { pairChat } from "./chat.ts";
import { readChatCsv, readChatJson } from "./chat-table.ts";
import type { IntakeError } from "./faults.ts";
import { readWhatsApp } from "./whatsapp.ts";

const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as IntakeError).fault;
  }
  return "none";
};

const ANDROID_DE = `12.03.24, 14:05 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.
12.03.24, 14:05 - Mara: Hallo
12.03.24, 14:06 - Mara: Wann habt ihr offen?
Auch samstags?
12.03.24, 14:10 - Laden: Mo bis Sa 9 bis 18 Uhr
12.03.24, 14:11 - Mara: danke!
13.03.24, 09:00 - Mara: <Medien ausgeschlossen>
13.03.24, 09:01 - Mara: Das Glas ist zerbrochen
13.03.24, 09:30 - Laden: Wir schicken ein neues. <Diese Nachricht wurde bearbeitet.>`;

const IOS_EN = `[3/12/24, 2:05:33\u202fPM] Shop: \u200eMessages and calls are end-to-end encrypted.
[3/12/24, 2:06:01\u202fPM] Priya: Do you deliver to Ireland?
\u200e[3/12/24, 2:06:30\u202fPM] Priya: \u200eimage omitted
[3/12/24, 2:20:00\u202fPM] Shop: Yes, it takes five days.
[3/13/24, 8:00:00\u202fAM] Priya: and to France: do you?
[3/13/24, 8:05:00\u202fAM] Shop: Not yet.`;

describe("an exported WhatsApp chat", () => {
  test("as Android writes it in German: lines go on, notes and files fall away, edited ones keep their words", () => {
    const { lines, notes } = readWhatsApp(ANDROID_DE);
    expect(lines.map(({ who, text }) => `${who}: ${text}`)).toEqual([
      "Mara: Hallo",
      "Mara: Wann habt ihr offen?\nAuch samstags?",
      "Laden: Mo bis Sa 9 bis 18 Uhr",
      "Mara: danke!",
      "Mara: Das Glas ist zerbrochen",
      "Laden: Wir schicken ein neues.",
    ]);
    expect(notes).toBe(2);
    expect(new Date(lines[0]?.at ?? 0).toISOString()).toBe("2024-03-12T14:05:00.000Z");
  });

  test("as an iPhone writes it in English, with the twelve-hour clock and colons in the words", () => {
    const { lines } = readWhatsApp(IOS_EN);
    expect(lines.map(({ text }) => text)).toContain("and to France: do you?");
    expect(new Date(lines.at(-2)?.at ?? 0).toISOString()).toBe("2024-03-13T08:00:00.000Z");
    expect(lines.some(({ text }) => text.includes("omitted"))).toBe(false);
  });

  test("questions are paired with what the other side said next; thanks are no question, a new day is", () => {
    const { exchanges, counts } = pairChat({
      ...readWhatsApp(ANDROID_DE),
      fileName: "WhatsApp Chat mit Mara.txt",
      own: [],
    });
    expect(exchanges.map(({ question, answer }) => [question, answer])).toEqual([
      ["Hallo\nWann habt ihr offen?\nAuch samstags?", "Mo bis Sa 9 bis 18 Uhr"],
      ["Das Glas ist zerbrochen", "Wir schicken ein neues."],
    ]);
    expect(counts).toMatchObject({ read: 8, automatic: 2, questions: 2, answered: 2 });
  });

  test("without a telling name of the file the one who asks least is the company, and whoever says so decides", () => {
    const order = { ...readWhatsApp(IOS_EN), fileName: "_chat.txt" };
    expect(pairChat({ ...order, own: [] }).own).toBe("Shop");
    expect(pairChat({ ...order, own: ["shop"] }).own).toBe("Shop");
    expect(faultOf(() => pairChat({ ...order, own: ["Nobody"] }))).toBe("own_unknown");
  });

  test("one side alone, or two that are alike, is not guessed", () => {
    const one = readWhatsApp("12.03.24, 14:05 - Mara: Wann?\n12.03.24, 14:06 - Mara: Wo?");
    expect(faultOf(() => pairChat({ ...one, fileName: "x.txt", own: [] }))).toBe("own_unknown");
  });
});

describe("tables", () => {
  test("questions and answers with semicolons, commas inside, and an empty answer", () => {
    const { exchanges, broken } = readChatCsv(
      'Frage;Antwort\n"Wann, bitte, offen?";Ab 9; \nWo seid ihr;\n;nichts\n',
    );
    expect(exchanges.map(({ question, answer }) => [question, answer])).toEqual([
      ["Wann, bitte, offen?", "Ab 9"],
      ["Wo seid ihr", null],
    ]);
    expect(broken).toBe(1);
  });

  test("single messages with roles are paired within their conversation", () => {
    const table = readChatCsv(
      "ticket_id,role,text,created_at\n1,customer,where is my order?,2024-01-01\n2,customer,do you have a lift?,2024-01-01\n1,agent,It left today.,2024-01-02\n2,agent,Yes.,2024-01-02\n",
    );
    const { exchanges } = pairChat({ lines: table.lines, notes: 0, fileName: "x.csv", own: [] });
    expect(exchanges.map(({ question, answer }) => [question, answer])).toEqual([
      ["where is my order?", "It left today."],
      ["do you have a lift?", "Yes."],
    ]);
  });

  test("JSON of conversations, with texts in pieces", () => {
    const table = readChatJson(
      JSON.stringify({
        conversations: [
          {
            id: 7,
            messages: [
              {
                from: "Ines",
                text: ["Habt ihr ", { type: "bold", text: "heute" }, " auf?"],
                date: "2024-01-01T10:00:00Z",
              },
              { from: "Laden", text: "Ja, bis 18 Uhr.", date: "2024-01-01T10:05:00Z" },
            ],
          },
        ],
      }),
    );
    expect(
      pairChat({ lines: table.lines, notes: 0, fileName: "x.json", own: ["Laden"] }).exchanges,
    ).toMatchObject([{ question: "Habt ihr heute auf?", answer: "Ja, bis 18 Uhr." }]);
  });

  test("what is broken or has no known columns is named", () => {
    expect(faultOf(() => readChatJson("[{"))).toBe("broken_json");
    expect(faultOf(() => readChatCsv("colour,size\nred,3\n"))).toBe("no_columns");
    expect(faultOf(() => readChatJson("[1,2]"))).toBe("no_columns");
  });
});
