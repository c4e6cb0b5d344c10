import { expect, test } from "vitest";
import {
  checkPack,
  fill,
  isFit,
  isUnfilled,
  type Pack,
  type PackFiles,
  readPack,
  suggestValues,
} from "./index.ts";

const EXAMPLES = ["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"];
const dashes = (words: readonly string[]) => words.map((word) => `- ${word}`).join("\n");
const german = `# Laden
Für Läden.

## placeholders
- phone: Welche Nummer? | 040 1234

## price: Preise
> Was kostet das?
Rufen Sie an: {{phone}}.

Wir sind da.
[Öffnungszeiten](hours)
${dashes(EXAMPLES)}

## hours: Öffnungszeiten
Von 9 bis 18 Uhr.
${dashes(EXAMPLES.map((word) => `${word} auf`))}

## out of scope
- Verleihen Sie Boote?
`;
const english = german
  .replaceAll("eins", "one")
  .replace(/^- (?!phone)(\S+)/gm, (_, word: string) => `- ${word} english`)
  .replaceAll("Laden", "Shop");

const files = (changes: Partial<PackFiles> = {}): PackFiles => ({
  name: "shop",
  settings: '{"placeholders":{"phone":"phone"},"topics":{"price":{"cost":3}}}',
  words: { de: german, en: english },
  messages: "",
  flows: [],
  ...changes,
});
const read = (changes: Partial<PackFiles> = {}, base?: Pack) => readPack(files(changes), () => base);
const faultsOf = (changes: Partial<PackFiles>) => {
  const { pack, faults } = read(changes);
  return [...faults, ...checkPack(pack, 0)].map(({ message }) => message);
};

test("a pack is read from its two text files and its settings", () => {
  const { pack, faults } = read();
  expect(faults).toEqual([]);
  expect(checkPack(pack, 0)).toEqual([]);
  expect(pack.title).toEqual({ de: "Laden", en: "Shop" });
  expect(pack.placeholders).toMatchObject([
    { name: "phone", kind: "phone", question: { de: "Welche Nummer?" }, example: { de: "040 1234" } },
  ]);
  const [price] = pack.topics;
  expect(price).toMatchObject({ intent: "price", cost: 3, flow: "" });
  expect(price?.words.de).toMatchObject({
    title: "Preise",
    question: "Was kostet das?",
    answer: "Rufen Sie an: {{phone}}.\n\nWir sind da.",
    options: [{ title: "Öffnungszeiten", intent: "hours" }],
  });
  expect(price?.words.de.examples).toEqual(EXAMPLES);
  expect(pack.outOfScope[0]).toEqual({ language: "de", text: "Verleihen Sie Boote?" });
});

test("a pack that includes another has its topics, and its own words where it has some", () => {
  const base = read().pack;
  const own = "# Handwerk\n\n## hours: Bürozeiten\nVon 7 bis 16 Uhr.\n- wann ist das büro besetzt\n";
  const { pack, faults } = read(
    {
      name: "craft",
      settings: '{"includes":["shop"],"without":["price"]}',
      words: { de: own, en: "# Craft" },
    },
    base,
  );
  expect(faults).toEqual([]);
  expect(pack.topics.map(({ intent }) => intent)).toEqual(["hours"]);
  expect(pack.topics[0]?.words.de.answer).toBe("Von 7 bis 16 Uhr.");
  expect(pack.topics[0]?.words.de.examples).toHaveLength(11);
  expect(pack.topics[0]?.words.en.answer).toBe("Von 9 bis 18 Uhr.");
});

test("an example that the trade writes below another topic leaves the shared one", () => {
  const base = read().pack;
  const own = "# Handwerk\n\n## notice: Kündigung\nBis Monatsende.\n- Eins auf!\n";
  const { pack } = read(
    { name: "craft", settings: '{"includes":["shop"]}', words: { de: own, en: "# Craft" } },
    base,
  );
  const [hours, notice] = ["hours", "notice"].map((intent) =>
    pack.topics.find((one) => one.intent === intent),
  );
  expect(hours?.words.de.examples).toHaveLength(9);
  expect(hours?.words.de.examples).not.toContain("eins auf");
  expect(notice?.words.de.examples).toEqual(["Eins auf!"]);
});

test.each([
  [
    "an undeclared placeholder",
    { words: { de: german.replace("{{phone}}", "{{fax}}"), en: english } },
    "fax is not declared",
  ],
  [
    "a placeholder of one brace",
    { words: { de: german.replace("{{phone}}", "{phone}"), en: english } },
    "written {{name}}",
  ],
  ["a missing language", { words: { de: german, en: "# Shop" } }, "price, en: is missing"],
  ["too few examples", { words: { de: german.replace("- zehn\n", ""), en: english } }, "9 examples"],
  [
    "an example in two topics",
    { words: { de: german.replace("- zehn auf", "- Eins!"), en: english } },
    '"Eins!" stands in price and in hours',
  ],
  [
    "a button to nowhere",
    { words: { de: german.replace("(hours)", "(moon)"), en: english } },
    "leads to moon",
  ],
  ["an unknown setting", { settings: '{"include":["base"]}' }, "no setting include"],
  ["a flow that is none", { flows: [{ name: "x", text: "flow x\n" }] }, "flows/x.flow"],
  [
    "a line that is none",
    { words: { de: german.replace("## hours:", "## hours"), en: english } },
    "is neither",
  ],
])("%s is named", (_, changes, message) => {
  expect(faultsOf(changes as Partial<PackFiles>).join("\n")).toContain(message);
});

test("a placeholder is filled in the language, or stays and marks the text as unfilled", () => {
  const values = new Map([["phone", { de: "040 1" }]]);
  expect(fill("Tel. {{phone}}, {{ fax }}", "de", values)).toBe("Tel. 040 1, {{ fax }}");
  expect(isUnfilled("Tel. {{fax}}")).toBe(true);
  expect(isUnfilled(fill("Tel. {{phone}}", "en", values))).toBe(true);
  expect(isUnfilled(fill("Tel. {{phone}}", "de", values))).toBe(false);
});

test("opening hours and legal pages of the settings are proposed as facts", () => {
  const day = (weekday: number, from: string, to: string) => ({ weekday, from, to });
  const openingHours = [
    ...[1, 2, 3, 4, 5].flatMap((weekday) => [day(weekday, "09:00", "12:30"), day(weekday, "14:00", "18:00")]),
    day(6, "10:00", "14:00"),
  ];
  const legal = { imprint: "", privacy: "https://laden.example/datenschutz" };
  const values = suggestValues({ openingHours, legal });
  expect(values.get("privacy_url")?.de).toBe("https://laden.example/datenschutz");
  expect(values.get("opening_hours")?.de).toBe(
    "montags bis freitags von 9 bis 12:30 Uhr und von 14 bis 18 Uhr; samstags von 10 bis 14 Uhr",
  );
  expect(values.get("opening_hours")?.en).toBe(
    "Mondays to Fridays from 09:00 to 12:30 and from 14:00 to 18:00; Saturdays from 10:00 to 14:00",
  );
  expect(suggestValues({ openingHours: [], legal: { imprint: "", privacy: "" } }).size).toBe(0);
});

test("what cannot stand in an answer is no value", () => {
  expect(isFit("phone", "+49 40 123-4")).toBe(true);
  expect(isFit("phone", "anrufen")).toBe(false);
  expect(isFit("email", "a@b.example")).toBe(true);
  expect(isFit("link", "javascript:alert(1)")).toBe(false);
  expect(isFit("text", "{{phone}}")).toBe(false);
  expect(isFit("text", " ")).toBe(false);
});

test("messages that judge a pack are of its topics, and none was learnt", () => {
  const messages = "language,text,intent\nde,was kostet eins,price\nde,Boote?,oos\n";
  expect(read({ messages }).pack.messages).toEqual([
    { language: "de", text: "was kostet eins", intent: "price" },
    { language: "de", text: "Boote?", intent: "oos" },
  ]);
  expect(faultsOf({ messages })).toEqual([]);
  expect(faultsOf({ messages: "text,intent\nEins,price\n" })).toEqual(["the header is language,text,intent"]);
  expect(
    faultsOf({ messages: "language,text,intent\nde,Eins,price\nde,Wo?,place\nde,wo,hours\nfr,Prix,price\n" }),
  ).toEqual([
    "a message has a language (de or en), a text and an intent",
    'the message "Eins" is an example, too',
    'the message "Wo?" is of place, which is no topic here',
    'the message "wo" stands there twice',
  ]);
});
