import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPacks } from "../../src/skills/service/adapters/pack-files.ts";
import { isFit, missingFacts } from "../../src/skills/service/rules/packs/index.ts";
import { readCsv } from "../../tests/outside/csv.ts";

/** What the second demo company's files have to hold, so that it serves both languages. */

const LANGUAGES = ["de", "en"] as const;
const path = (name: string) => new URL(name, import.meta.url).pathname;
const json = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));
const topics = readCsv(path("topics.csv"));
const examples = readCsv(path("examples.csv"));
const questions = readCsv(path("test-questions.csv"));
const own = new Set(topics.map(({ intent }) => intent));

async function maker() {
  const pack = (await readPacks()).packs.get("machine-maker");
  if (!pack) throw new Error("The pack machine-maker is missing");
  return pack;
}

const plain = (text = "") =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

describe("knowledge", () => {
  test("each topic of its own is answered in both languages, with at least 12 examples each", () => {
    expect(own.size).toBeGreaterThanOrEqual(10);
    for (const intent of own)
      for (const language of LANGUAGES) {
        const [answer] = topics.filter((row) => row.intent === intent && row.lang === language);
        expect(answer?.answer?.length ?? 0, `${intent} ${language}`).toBeGreaterThan(40);
        expect(answer?.title?.length ?? 99, `${intent} ${language}`).toBeLessThanOrEqual(20);
        const taught = examples.filter((row) => row.intent === intent && row.lang === language);
        expect(taught.length, `${intent} ${language}`).toBeGreaterThanOrEqual(12);
      }
  });

  test("no example stands for two topics, the pack's included", async () => {
    const { topics: packed } = await maker();
    const seen = new Map<string, string>();
    const all = [
      ...packed.flatMap(({ intent, words }) =>
        LANGUAGES.flatMap((language) => words[language].examples.map((text) => ({ text, intent }))),
      ),
      ...examples,
    ];
    const clashes: string[] = [];
    for (const { text, intent = "" } of all) {
      const first = seen.get(plain(text));
      if (first !== undefined && first !== intent) clashes.push(`${text}: ${first}, ${intent}`);
      seen.set(plain(text), intent);
    }
    expect(clashes).toEqual([]);
  });

  test("every fact that the pack asks for is given, in both languages and of its kind", async () => {
    const pack = await maker();
    const facts = json("facts.json") as Record<string, string | Record<"de" | "en", string>>;
    const values = new Map(
      Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === "string" ? { de: value, en: value } : value,
      ]),
    );
    expect(missingFacts(pack, LANGUAGES, values).map(({ name }) => name)).toEqual([]);
    for (const [name, value] of values) {
      const placeholder = pack.placeholders.find((one) => one.name === name);
      for (const language of LANGUAGES)
        expect(placeholder && isFit(placeholder.kind, value[language]), name).toBe(true);
    }
  });

  test("the questions of the journey are held out, and name topics that there are", async () => {
    const pack = await maker();
    const known = new Set([...own, ...pack.topics.map(({ intent }) => intent), "none"]);
    const taught = new Set([
      ...examples.map(({ text }) => plain(text)),
      ...pack.topics.flatMap(({ words }) =>
        LANGUAGES.flatMap((language) => words[language].examples.map(plain)),
      ),
    ]);
    for (const { text, intent } of questions) {
      expect(known, text).toContain(intent);
      expect(taught, text).not.toContain(plain(text));
    }
  });
});

describe("company", () => {
  test("says nothing in one language only", () => {
    const faults: string[] = [];
    const look = (value: unknown, place: string) => {
      if (value === null || typeof value !== "object") return;
      const has = LANGUAGES.filter((language) => language in value);
      if (has.length === 1) faults.push(place);
      for (const [key, one] of Object.entries(value)) look(one, `${place}/${key}`);
    };
    for (const name of ["company.json", "facts.json", "notices.json", "most-asked.json", "business.json"])
      look(json(name), name);
    expect(faults).toEqual([]);
  });

  test("the five most asked questions fit 32 characters", () => {
    const list = json("most-asked.json") as { de: string; en: string }[];
    expect(list).toHaveLength(5);
    for (const { de, en } of list)
      for (const text of [de, en]) expect(text.length, text).toBeLessThanOrEqual(32);
  });
});
