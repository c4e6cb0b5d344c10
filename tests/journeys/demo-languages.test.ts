import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { VisitorMessage } from "#kernel/api";
import * as api from "#kernel/api";
import * as business from "../../src/skills/business/api.ts";
import * as notices from "../../src/skills/notices/api.ts";
import { readPacks } from "../../src/skills/service/adapters/pack-files.ts";
import * as service from "../../src/skills/service/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { readCsv } from "../outside/csv.ts";
import { originOf, signedIn } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { pageKey, Visitor } from "../outside/visitor.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/**
 * Both demo companies from a German and from an English customer's chair. The questions are written by hand, none of
 * them is an example of the company.
 */

const LANGUAGES = ["de", "en"] as const;
type Language = (typeof LANGUAGES)[number];
const AT_ONCE = 8;
const DEMO = fileURLToPath(new URL("../../demo/", import.meta.url));

/** What is asked, and the topic that it is about; none = no business of the company. */
type Asked = readonly [text: string, intent: string];

const SHOP: Readonly<Record<Language, readonly Asked[]>> = {
  de: [
    ["Guten Tag, könnten Sie nachsehen, wann mein Paket ankommt?", "delivery_status"],
    ["Was nehmen Sie für den Versand?", "delivery_cost"],
    ["Kommt Ihr Lieferwagen auch nach Norderstedt?", "delivery_area"],
    ["Ich möchte die Töpfe zurückgeben, wie gehe ich vor?", "returns"],
    ["Wie lange dauert es, bis ich nach der Rückgabe mein Geld habe?", "refund_duration"],
    ["Bei meiner Lieferung fehlt ein Glas", "missing_item"],
    ["Kann ich bei Ihnen per Rechnung oder PayPal zahlen?", "payment_methods"],
    ["Ich bräuchte die Rechnung noch einmal als PDF", "invoice_copy"],
    ["Von wann bis wann hat der Laden in Ottensen auf?", "opening_hours"],
    ["Wie behandle ich meine Pfanne aus Gusseisen richtig?", "care_cast_iron"],
    ["Darf der Kochtopf in die Spülmaschine?", "dishwasher"],
    ["Schärfen Sie auch Küchenmesser?", "knife_sharpening"],
    ["Löschen Sie bitte mein Kundenkonto", "account_delete"],
    ["Wer gewinnt heute Abend das Fußballspiel?", "none"],
  ],
  en: [
    ["Good morning, could you check when my parcel gets here?", "delivery_status"],
    ["How much do you charge for shipping?", "delivery_cost"],
    ["Does your van come to Norderstedt as well?", "delivery_area"],
    ["I would like to give the pots back, how do I go about it?", "returns"],
    ["How long until I have my money after the return?", "refund_duration"],
    ["One glass is missing from my delivery", "missing_item"],
    ["Can I pay by invoice or PayPal with you?", "payment_methods"],
    ["I need the invoice once more as a PDF", "invoice_copy"],
    ["From when till when is the shop in Ottensen open?", "opening_hours"],
    ["How do I look after my cast iron pan properly?", "care_cast_iron"],
    ["Is the saucepan allowed in the dishwasher?", "dishwasher"],
    ["Do you sharpen kitchen knives too?", "knife_sharpening"],
    ["Please delete my customer account", "account_delete"],
    ["Who is going to win the football match tonight?", "none"],
  ],
};

/** Flows whose first words are not the topic's answer. */
const FLOW_WORDS: readonly Asked[] = [
  ["Wir helfen Ihnen. Wie ist der Stand?", "machine_fault"],
  ["We help you. How do things stand?", "machine_fault"],
  ["Gern. Backen, Führungen und Sensoren", "machine_parts"],
  ["Gladly. Dies, guides and sensors", "machine_parts"],
  ["Das tut uns leid. Wie lautet Ihre Bestellnummer?", "exchange_damaged"],
  ["We are sorry. What is your order number?", "exchange_damaged"],
];

let node: SharedNode;
let base: string;
/** As an owner of the second company. */
let maker: ApiClient;
const intents: Record<string, Map<string, string>> = {};

beforeAll(async () => {
  node = await sharedNode();
  base = originOf(node.report);
  const { signIn, tenants } = node.report;
  if (!signIn) throw new Error("This node has no demo");
  maker = (await signedIn(base, signIn)).with({ "x-tenant": String(tenants[1]) });
  // No start waits for the second company: it is learnt when the worker runs.
  const isLive = async () => (await maker.call(service.trainingState)).state === "live";
  await until("the second company's knowledge to be live", isLive, 120_000, 250);
  const own = (company: string) =>
    readCsv(`${DEMO}${company}/topics.csv`).map(({ title = "", intent = "" }) => [title, intent] as const);
  const pack = (await readPacks()).packs.get("machine-maker");
  const ofPack = (pack?.topics ?? []).flatMap(({ intent, words }) =>
    LANGUAGES.map((language) => [words[language].title, intent] as const),
  );
  intents.hansekontor = new Map(own("hansekontor"));
  intents["schraubenwerk-lueders"] = new Map([...ofPack, ...own("lueders")]);
}, 240_000);

const LUEDERS = readCsv(`${DEMO}lueders/test-questions.csv`);
const questionsOf = (slug: string, language: Language): readonly Asked[] =>
  slug === "hansekontor"
    ? SHOP[language]
    : LUEDERS.filter(({ lang }) => lang === language).map(({ text = "", intent = "" }) => [text, intent]);

const GERMAN =
  /\b(?:der|die|das|und|ist|nicht|Sie|Ihnen|Ihre|wir|uns|ein|eine|um|ohne|nach|unser|bis|wenn)\b/g;
const ENGLISH = /\b(?:the|and|is|not|you|your|we|us|a|an|it|to|of|without|after|our|until|when)\b/g;
function languageOf(text: string): Language {
  return (text.match(GERMAN)?.length ?? 0) >= (text.match(ENGLISH)?.length ?? 0) ? "de" : "en";
}

interface Met {
  readonly intent: string | null;
  readonly offers: readonly string[];
  readonly language: Language;
  readonly text: string;
}

/** The first thing that a new visitor hears. */
async function ask(slug: string, key: string, text: string): Promise<Met> {
  const visitor = new Visitor(base, key);
  const stream = await visitor.stream();
  await visitor.say(text);
  const { message } = await stream.next<{ type: string; message: VisitorMessage }>(
    `an answer to ${text}`,
    (event) => event.type === "message" && event.message.author === "bot",
  );
  stream.close();
  const offers = message.options.flatMap(({ id }) => (id.startsWith("topic:") ? [id.slice(6)] : []));
  const flow = FLOW_WORDS.find(([words]) => message.text.startsWith(words));
  const intent = flow?.[1] ?? intents[slug]?.get(message.source ?? "") ?? null;
  return { intent, offers, language: languageOf(message.text), text: message.text };
}

describe.each(["hansekontor", "schraubenwerk-lueders"])("%s", (slug) => {
  test.each(LANGUAGES)(
    "typical questions are met in %s: the right topic, in the language of the question",
    async (language) => {
      const key = await pageKey(base, slug);
      const questions = questionsOf(slug, language);
      expect(questions.filter(([, intent]) => intent !== "none").length).toBeGreaterThanOrEqual(12);
      const met: { text: string; wanted: string; was: Met }[] = [];
      for (let at = 0; at < questions.length; at += AT_ONCE) {
        const batch = questions.slice(at, at + AT_ONCE);
        const seen = await Promise.all(batch.map(([text]) => ask(slug, key, text)));
        met.push(...batch.map(([text, wanted], n) => ({ text, wanted, was: seen[n] as Met })));
      }
      const shown = JSON.stringify(met, null, 1);
      const own = met.filter(({ wanted }) => wanted !== "none");
      const right = own.filter(({ wanted, was }) => was.intent === wanted);
      const offered = own.filter(({ wanted, was }) => was.intent === null && was.offers.includes(wanted));
      expect(
        met.filter(({ was }) => was.language !== language),
        shown,
      ).toEqual([]);
      expect(
        met.filter(({ wanted, was }) => was.intent !== null && was.intent !== wanted),
        shown,
      ).toEqual([]);
      expect((right.length + offered.length) / own.length, shown).toBeGreaterThanOrEqual(0.8);
    },
  );

  test("greets, and offers its most asked questions, in both languages", async () => {
    const key = await pageKey(base, slug);
    const { greeting, mostAsked } = await new Visitor(base, key).client.call(api.visitorSettings, {
      params: { key },
    });
    for (const language of LANGUAGES) {
      expect(languageOf(greeting[language])).toBe(language);
      expect(mostAsked[language]).toHaveLength(5);
    }
    expect(mostAsked.de.map(({ id }) => id)).toEqual(mostAsked.en.map(({ id }) => id));
    for (const [n, { title }] of mostAsked.de.entries()) expect(mostAsked.en[n]?.title).not.toBe(title);
  });
});

/** Waits until these words stand in the chat, buttons included. */
async function hears(visitor: Visitor, words: string): Promise<void> {
  const read = async () =>
    (await visitor.history()).items
      .map(({ text, options }) => [text, ...options.map(({ title }) => `[${title}]`)].join("\n"))
      .join("\n");
  await expect.poll(read, { timeout: 20_000, interval: 200 }).toContain(words);
}

describe("what is done in the conversation", () => {
  test.each([
    ["schraubenwerk-lueders", "Wo ist Auftrag LS-50118? PLZ 70565", "Bestellung LS-50118 ist versandt"],
    ["schraubenwerk-lueders", "Where is order LS-50118? Postcode 70565", "Order LS-50118 has been shipped"],
    ["hansekontor", "Wo ist meine Bestellung HK-4711? PLZ 20095", "Bestellung HK-4711 ist versandt"],
    ["hansekontor", "Where is my order HK-4711? Postcode 20095", "Order HK-4711 has been shipped"],
  ])("%s: %s", async (slug, say, answer) => {
    const visitor = new Visitor(base, await pageKey(base, slug));
    await visitor.say(say);
    await hears(visitor, answer);
  });

  test.each([
    ["Unsere Maschine steht", "Produktion steht", "Welche Maschine ist es?"],
    ["Our machine is down", "Production stands", "Which machine is it?"],
  ])("a machine is down: %s", async (trouble, state, question) => {
    const visitor = new Visitor(base, await pageKey(base, "schraubenwerk-lueders"));
    await visitor.say(trouble);
    await hears(visitor, `[${state}]`);
    await visitor.say(state);
    await hears(visitor, "+49 40 66969 222");
    await hears(visitor, question);
  });
});

test("a maker's desk: text blocks, papers and notices in both languages", async () => {
  const { items: blocks } = await maker.call(api.listTextBlocks);
  const count = (language: Language) => blocks.filter((block) => block.language === language).length;
  expect(count("de")).toBeGreaterThanOrEqual(5);
  expect(count("en")).toBe(count("de"));
  const { terms } = await maker.call(business.getLetterhead);
  const { items } = await maker.call(business.listQuotations, { query: { limit: 100 } });
  const quotations = await Promise.all(
    items.map(({ id }) => maker.call(business.getQuotation, { params: { id } })),
  );
  for (const language of LANGUAGES) {
    expect(languageOf(terms[language])).toBe(language);
    const own = quotations.filter(({ versions }) => versions[0]?.language === language);
    expect(own.some(({ confirmation }) => confirmation !== null)).toBe(true);
    for (const { versions } of own) expect(versions[0]?.terms).toBe(terms[language]);
  }
  const { items: topics } = await maker.call(notices.listNoticeTopics);
  expect(topics.length).toBeGreaterThanOrEqual(2);
  for (const { title, description } of topics)
    for (const language of LANGUAGES) {
      expect(title[language]).not.toBe("");
      expect(languageOf(description[language])).toBe(language);
    }
});
