import { OUT_OF_SCOPE, reduce } from "../../engine/index.ts";
import { inspectFlow, locatedFault, missesOf } from "../../flow-text/index.ts";
import { BARE_ORDER_NUMBER } from "../entities/order-number.ts";
import { placeholdersIn } from "./fill.ts";
import type { Pack, PackFault, PackTopic } from "./pack.ts";
import { PACK_LANGUAGES } from "./read-pack.ts";

const LEAST_EXAMPLES = 10;
/** As many as WhatsApp shows as buttons. */
const MOST_BUTTONS = 3;
const LIMITS = { title: 60, buttonTitle: 20, answer: 700, example: 300 } as const;
const HOUSE_FLOWS: readonly string[] = ["", "collect_order", "callback"];

/**
 * Everything that must hold of a pack before a company may apply it.
 * @param now the day on which its flows' examples are played, ms since the epoch
 */
export function checkPack(pack: Pack, now: number): PackFault[] {
  const file = `packs/${pack.name}`;
  const messages = [
    ...pack.topics.flatMap((topic) => checkTopic(pack, topic)),
    ...checkPlaceholders(pack),
    ...checkDoubles(pack),
    ...checkMessages(pack),
    ...checkFlows(pack, now),
    ...PACK_LANGUAGES.filter((language) => pack.title[language] === "").map(
      (language) => `${language}: no title`,
    ),
  ];
  return messages.map((message) => ({ file, line: 0, message }));
}

function checkTopic(pack: Pack, { intent, cost, flow, words }: PackTopic): string[] {
  const intents = new Set(pack.topics.map((topic) => topic.intent));
  return [
    ...(cost >= 1 && cost <= 20 ? [] : [`${intent}: cost ${cost} is not 1 to 20`]),
    ...(HOUSE_FLOWS.includes(flow) ? [] : [`${intent}: the house has no flow ${flow}`]),
    ...PACK_LANGUAGES.flatMap((language) => {
      const { title, answer, options, examples } = words[language];
      const at = `${intent}, ${language}`;
      return [
        ...(title === "" ? [`${at}: is missing`] : []),
        ...(title.length > LIMITS.title ? [`${at}: the title is longer than ${LIMITS.title}`] : []),
        ...(answer === "" ? [`${at}: no answer`] : []),
        ...(answer.length > LIMITS.answer ? [`${at}: the answer is longer than ${LIMITS.answer}`] : []),
        ...(options.length > MOST_BUTTONS ? [`${at}: more than ${MOST_BUTTONS} buttons`] : []),
        ...options.flatMap((option) => [
          ...(option.title.length > LIMITS.buttonTitle
            ? [`${at}: the button "${option.title}" is longer than ${LIMITS.buttonTitle}`]
            : []),
          ...(option.intent !== null && intents.has(option.intent)
            ? []
            : [`${at}: the button "${option.title}" leads to ${option.intent}, which is no topic here`]),
        ]),
        ...(examples.length < LEAST_EXAMPLES
          ? [`${at}: ${examples.length} examples, ${LEAST_EXAMPLES} at least`]
          : []),
        ...examples.filter((text) => text.length > LIMITS.example).map((text) => `${at}: too long: ${text}`),
        ...examples.filter((text) => reduce(text) === "").map((text) => `${at}: says nothing: ${text}`),
      ];
    }),
  ];
}

function checkPlaceholders({ placeholders, topics }: Pack): string[] {
  const declared = new Set(placeholders.map(({ name }) => name));
  const used = new Map<string, string>();
  for (const { intent, words } of topics) {
    for (const language of PACK_LANGUAGES) {
      const { answer, title } = words[language];
      for (const name of placeholdersIn(answer)) used.set(name, intent);
      if (/[{}]/.test(answer.replace(/\{\{[a-z][a-z0-9_]*\}\}/g, "")) || /[{}]/.test(title))
        return [`${intent}, ${language}: a placeholder is written {{name}}, and only in answers`];
    }
  }
  return [
    ...[...used]
      .filter(([name]) => !declared.has(name))
      .map(([name, intent]) => `${intent}: the placeholder ${name} is not declared`),
    ...[...declared]
      .filter((name) => !used.has(name))
      .map((name) => `no answer uses the placeholder ${name}`),
    ...placeholders.flatMap(({ name, question, example }) =>
      PACK_LANGUAGES.filter((language) => question[language] === "" || example[language] === "").map(
        (language) => `the placeholder ${name} has no question and example in ${language}`,
      ),
    ),
  ];
}

/** No example in two topics, and none twice in one; German and English may share one ("Status?"). */
function checkDoubles({ topics, outOfScope }: Pack): string[] {
  const seen = new Map<string, { place: string; language: string }>();
  const all = [
    ...topics.flatMap(({ intent, words }) =>
      PACK_LANGUAGES.flatMap((language) =>
        words[language].examples.map((text) => ({ text, language, place: intent })),
      ),
    ),
    ...outOfScope.map(({ text, language }) => ({ text, language, place: "out of scope" })),
  ];
  return all.flatMap(({ text, language, place }) => {
    const key = reduce(text);
    const before = seen.get(key);
    if (before?.place === place && before.language !== language) return [];
    if (before) return [`"${text}" stands in ${before.place} and in ${place} (${language})`];
    seen.set(key, { place, language });
    return [];
  });
}

/** What judges must not have been learnt, and must not stand there twice. */
function checkMessages({ messages, topics, outOfScope }: Pack): string[] {
  const intents = new Set([OUT_OF_SCOPE, ...topics.map(({ intent }) => intent)]);
  const learnt = new Set([
    ...topics.flatMap(({ words }) =>
      PACK_LANGUAGES.flatMap((language) => words[language].examples.map(reduce)),
    ),
    ...outOfScope.map(({ text }) => reduce(text)),
  ]);
  const seen = new Set<string>();
  return messages.flatMap(({ text, intent }) => {
    const key = reduce(text);
    const isDouble = seen.has(key);
    seen.add(key);
    return [
      ...(intents.has(intent) ? [] : [`the message "${text}" is of ${intent}, which is no topic here`]),
      ...(learnt.has(key) ? [`the message "${text}" is an example, too`] : []),
      ...(isDouble ? [`the message "${text}" stands there twice`] : []),
    ];
  });
}

function checkFlows({ flows, topics }: Pack, now: number): string[] {
  const context = { now, timeZone: "Europe/Berlin", orderStyle: BARE_ORDER_NUMBER, isOpen: true };
  const surroundings = { topics: new Set(topics.map(({ intent }) => intent)) };
  const inspected = flows.map(({ name, text }) => ({
    name,
    found: inspectFlow(text, { surroundings: null, context }),
  }));
  return inspected.flatMap(({ name, found }, place) => {
    const others = inspected.filter((_, index) => index !== place).map((one) => one.found.document);
    const whole = inspectFlow(flows[place]?.text ?? "", {
      surroundings: { ...surroundings, others },
      context,
    });
    return [
      ...(found.document.name === name ? [] : [`flows/${name}.flow calls itself ${found.document.name}`]),
      ...(found.examples.length > 0 || found.faults.length > 0 ? [] : [`flows/${name}.flow has no examples`]),
      ...[...whole.faults, ...missesOf(whole)].map(
        (fault) => `flows/${name}.flow: ${locatedFault(fault, "en")}`,
      ),
    ];
  });
}
