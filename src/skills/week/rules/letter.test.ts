import { describe, expect, test } from "vitest";
import { translate } from "#kernel";
import type { WeekFigures } from "../api.ts";
import { catalogue } from "./catalogue.ts";
import { letterOf } from "./letter.ts";

const week: WeekFigures = {
  monday: "2026-11-16",
  from: "2026-11-15T23:00:00.000Z",
  to: "2026-11-22T23:00:00.000Z",
  every: 1,
  asked: {
    all: 84,
    before: 70,
    change: 0.2,
    topics: [
      { topicId: 3, title: "Rückgabe & <Umtausch>", asked: 40, before: 31, change: 0.29, settled: 30 },
      { topicId: null, title: null, asked: 9, before: 4, change: null, settled: 0 },
    ],
    more: 0,
  },
  firstLevel: { answer: 70, choose: 10, handover: 20, cases: 84, settled: 63, pending: 2 },
  speed: {
    firstLevel: { median: 400, p90: 900, count: 70 },
    person: null,
    hidden: "few_persons",
    unanswered: 1,
  },
  open: {
    count: 1,
    items: [{ conversationId: 17, title: null, waitingSince: "2026-11-20T16:50:00.000Z" }],
  },
  teach: { questions: 14, groups: 3, topics: [{ topicId: 5, title: "Gutschein", asked: 11, settled: 4 }] },
  messages: { received: 210, service: 180, notice: 20 },
  solved: 80,
  costs: {
    lines: [],
    templateCents: 91,
    machineCents: 276,
    mailCents: 69,
    domainCents: 23,
    staffCents: 7157,
    totalCents: 7616,
    perCaseCents: 95,
    allByPersonCents: 33_680,
    perCaseByPersonCents: 421,
  },
};

const letter = (language: "de" | "en", form: "sie" | "du" = "sie", of: WeekFigures = week) =>
  letterOf(of, {
    company: "Hansekontor",
    language,
    timeZone: "Europe/Berlin",
    deskUrl: "https://chat.example.org/desk",
    say: (key, values) => translate(catalogue, { language, form }, key, values ?? {}),
  });

/** Numbers and their units stand together with spaces that do not break. */
const plain = (of: { subject: string; text: string; html: string }) => ({
  ...of,
  text: of.text.replaceAll("\u00a0", " "),
});

describe("the mail about a week", () => {
  test("says in German what the page shows, with links to what can be done", () => {
    const { subject, text } = plain(letter("de"));
    expect(subject).toBe("Hansekontor: Woche ab 16.11.2026, 84 Fälle");
    expect(text).toContain("84 Fälle, 20 % mehr als in der Woche davor.");
    expect(text).toContain("Rückgabe & <Umtausch>: 40 (davor 31)\nohne Thema: 9 (davor 4)");
    expect(text).toContain(
      "Von 100 Nachrichten: 70 % beantwortet, 10 % mit Auswahl angeboten, 20 % übergeben.",
    );
    expect(text).toContain("63 von 84 Fällen ohne einen Menschen geklärt; bei 2 davon");
    expect(text).toContain("Es haben weniger als fünf Menschen geantwortet");
    expect(text).toContain("https://chat.example.org/desk/conversations/17");
    expect(text).toContain("Fragen ohne Antwort: 14, Gruppen ähnlicher: 3");
    expect(text).toContain("Automat: die Hälfte in 0,4 Sekunden, 90 % in 0,9 Sekunden.");
    expect(text).toContain("Ein Fall wartet länger als 24 Stunden.");
    expect(text).toContain("90 % Antworten, 10 % Hinweise");
    expect(text).toContain("0,95 € je gelöstem Fall; wäre jeder Fall bei einem Menschen, 4,21 €.");
    expect(text).toContain("Ausschalten:\n  https://chat.example.org/desk/monday?mail=off");
  });

  test("says it in English and with du, and fills every place", () => {
    const english = plain(letter("en"));
    expect(english.subject).toBe("Hansekontor: week from 16/11/2026, 84 cases");
    expect(english.text).toContain("84 cases, 20% more than in the week before.");
    expect(letter("de", "du").text).toContain("weil du sie unter deiner Wochenseite angeschaltet hast");
    for (const { text, html } of [english, letter("de")]) expect(text + html).not.toMatch(/\{\w+\}/);
  });

  test("escapes what is written into HTML, and loads nothing from outside", () => {
    const { html } = letter("de");
    expect(html).toContain("Rückgabe &amp; &lt;Umtausch&gt;");
    expect(html).not.toMatch(/<(?:img|script|link)|url\(/);
  });

  test("says honestly what was too little, and what was nothing", () => {
    const few = letter("de", "sie", { ...week, asked: { ...week.asked, all: 6, before: 3, change: null } });
    expect(few.text).toContain("6 Fälle; zu wenige zum Vergleichen mit der Woche davor (3).");
    const none = letter("de", "sie", {
      ...week,
      asked: { all: 0, before: null, change: null, topics: [], more: 0 },
      messages: { received: 0, service: 0, notice: 0 },
      firstLevel: { answer: 0, choose: 0, handover: 0, cases: 0, settled: 0, pending: 0 },
      open: { count: 0, items: [] },
      teach: { questions: 0, groups: 0, topics: [] },
    });
    for (const said of ["Niemand hat geschrieben.", "Niemand wartet länger", "Nichts wurde gesendet."])
      expect(none.text).toContain(said);
    expect(none.text).not.toMatch(/NaN|undefined|null/);
  });
});
