import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type KnownTopic, readWish } from "../../src/skills/notices/rules/wish.ts";
import { namedKind, readySettings } from "../../src/skills/reports/rules/settings.ts";

type Row = Record<string, string>;

/** RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. Throws on an open quote or a short row. */
function parseCsv(source: string): Row[] {
  const records: string[][] = [[]];
  let field = "";
  let isQuoted = false;
  const endField = () => {
    records.at(-1)?.push(field);
    field = "";
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (isQuoted && sign === '"' && source[at + 1] === '"') {
      field += '"';
      at += 1;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && sign === ",") endField();
    else if (!isQuoted && sign === "\n") {
      endField();
      records.push([]);
    } else if (isQuoted || sign !== "\r") field += sign;
  }
  if (isQuoted) throw new Error("open quote at the end of the file");
  const [head = [], ...body] = records.filter((record) => record.length > 0);
  return body.map((record) => {
    if (record.length !== head.length) throw new Error(`${record.length} fields: ${record.join(" | ")}`);
    return Object.fromEntries(head.map((name, column) => [name, record[column] ?? ""]));
  });
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const topics = parseCsv(read("topics.csv"));
const examples = parseCsv(read("examples.csv"));
const questions = parseCsv(read("test-questions.csv"));
const mostAsked: { intent: string; de: string; en: string }[] = JSON.parse(read("most-asked.json"));
const company = JSON.parse(read("company.json"));
const intents = new Set(topics.map((topic) => topic.intent));
const languages = ["de", "en"];

/** What a classifier sees as the same text: case, punctuation and spaces do not count. */
const plain = (text = "") =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const buttonsOf = (topic: Row) =>
  (topic.buttons ?? "")
    .split("|")
    .filter(Boolean)
    .map((button) => button.split(">"));

describe("topics", () => {
  test("at least 40, each exactly once in German and in English", () => {
    expect(intents.size).toBeGreaterThanOrEqual(40);
    for (const intent of intents)
      expect(
        topics.filter((topic) => topic.intent === intent).map((topic) => topic.lang),
        intent,
      ).toEqual(languages);
  });

  test("an answer has text, at most 1,000 characters, and a title that fits a button", () => {
    for (const { intent, title = "", answer = "" } of topics) {
      expect(answer.length, intent).toBeGreaterThan(40);
      expect(answer.length, intent).toBeLessThanOrEqual(1000);
      expect(title.length, title).toBeLessThanOrEqual(20);
      expect(title.length, intent).toBeGreaterThan(0);
    }
  });

  test("a button fits 20 characters and leads to another topic", () => {
    for (const topic of topics) {
      const buttons = buttonsOf(topic);
      expect(buttons.length, topic.intent).toBeLessThanOrEqual(3);
      for (const [title = "", intent = ""] of buttons) {
        expect(title.length, title).toBeLessThanOrEqual(20);
        expect(intents, `${topic.intent}: ${title}`).toContain(intent);
        expect(intent).not.toBe(topic.intent);
      }
    }
  });

  test("the voice holds: no exclamation marks, no banned words, links stay on the firm\u2019s own pages", () => {
    const banned =
      /!|\b(leider|einfach|schnell|smart|nahtlos|Erlebnis|Unannehmlichkeiten|unfortunately|sorry|simply|seamless)\b/i;
    for (const { intent, answer, link = "" } of topics) {
      expect(answer, intent).not.toMatch(banned);
      if (link) expect(link).toMatch(/^https:\/\/hansekontor\.example\//);
    }
  });
});

describe("examples", () => {
  test("at least 12 per topic and language, and none for an unknown topic", () => {
    for (const intent of intents)
      for (const lang of languages) {
        const own = examples.filter((example) => example.intent === intent && example.lang === lang);
        expect(own.length, `${intent} ${lang}`).toBeGreaterThanOrEqual(12);
      }
    for (const { intent, text } of examples) expect(intents, text).toContain(intent);
  });

  test("no text stands twice, in the same or in another topic", () => {
    const texts = examples.map(({ text }) => plain(text));
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });
});

describe("test questions", () => {
  test("at least 120, with at least 18 out of scope and every topic in both languages", () => {
    expect(questions.length).toBeGreaterThanOrEqual(120);
    expect(questions.filter(({ intent }) => intent === "none").length).toBeGreaterThanOrEqual(18);
    const asked = new Set(questions.map(({ intent, lang }) => `${intent} ${lang}`));
    for (const intent of [...intents, "none"])
      for (const lang of languages) expect(asked).toContain(`${intent} ${lang}`);
  });

  test("held out: none is an example, none is asked twice", () => {
    const known = new Set(examples.map(({ text }) => plain(text)));
    const texts = questions.map(({ text }) => plain(text));
    expect(texts.filter((text) => known.has(text))).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe("company", () => {
  test("the five most asked questions fit 32 characters and have an answer", () => {
    expect(mostAsked).toHaveLength(5);
    for (const { intent, de, en } of mostAsked) {
      expect(intents).toContain(intent);
      for (const text of [de, en]) expect(text.length, text).toBeLessThanOrEqual(32);
    }
  });

  test("staff belong to a department, one is the owner, text blocks come in both languages", () => {
    const departments = company.departments.map(({ id }: { id: string }) => id);
    for (const { name, email, department } of company.staff) {
      expect(departments, name).toContain(department);
      expect(email).toMatch(/@hansekontor\.example$/);
    }
    expect(company.staff.filter(({ role }: { role: string }) => role === "owner")).toHaveLength(1);
    expect(company.textBlocks.length).toBeGreaterThanOrEqual(10);
    for (const { id, title, text } of company.textBlocks)
      for (const lang of languages) expect(title[lang] && text[lang], id).toBeTruthy();
  });

  test("the answer about telephone and e-mail says what company.json says", () => {
    for (const { answer } of topics.filter(({ intent }) => intent === "phone_contact")) {
      expect(answer).toContain(company.email);
      expect(answer).toContain(company.phone);
    }
  });

  test("the answer about opening hours says what company.json says", () => {
    const answer = topics.find(({ intent, lang }) => intent === "opening_hours" && lang === "de")?.answer;
    const spoken = (clock: string) => clock.replace(/^0/, "").replace(/:00$/, "");
    type Hours = { weekday: number; from: string; to: string };
    const hours: Hours[] = [company, ...company.shops].flatMap((place) => place.openingHours);
    expect(hours.length).toBeGreaterThanOrEqual(24);
    for (const { from, to } of hours) expect(answer).toContain(`${spoken(from)} bis ${spoken(to)} Uhr`);
  });
});

describe("rooms beside the answers", () => {
  const file = (name: string) => JSON.parse(read(name));
  const noticeTopics: KnownTopic[] = file("notices.json").topics.map((topic: KnownTopic, id: number) => ({
    ...topic,
    id,
  }));
  const kinds = file("reports.json").kinds.map((kind: object, id: number) => ({
    ...kind,
    id,
    wants_photo: false,
    templates: { de: null, en: null },
  }));
  const settings = readySettings({ kinds, places: [], teams: [] });

  test.each([...examples, ...questions].map((row) => row.text ?? ""))(
    "%s is taken for no subscription and no report",
    (text) => {
      const wish = readWish(text, noticeTopics);
      expect(wish?.kind ?? "none").not.toBe("subscribe");
      expect(namedKind(settings, text)?.kind.name.de ?? "none").toBe("none");
    },
  );

  test("what the topics and kinds are called is understood", () => {
    expect(readWish("Abendlieferung im Viertel abonnieren", noticeTopics)).toMatchObject({
      kind: "subscribe",
    });
    expect(readWish("Subscribe to price of the day", noticeTopics)).toMatchObject({ kind: "subscribe" });
    expect(namedKind(settings, "Abholfach klemmt in Lübeck")?.kind.name.en).toBe("Locker is stuck");
  });
});
