import type { Language } from "#kernel";
import { reduce } from "../../engine/index.ts";
import {
  type Pack,
  type PackFault,
  type PackFiles,
  type PackTopic,
  PLACEHOLDER_KINDS,
  type Placeholder,
  type PlaceholderKind,
} from "./pack.ts";
import { readMessages } from "./read-messages.ts";
import { type PackWords, readWords, type WrittenTopic } from "./read-words.ts";

export const PACK_LANGUAGES = ["de", "en"] as const;

interface Settings {
  readonly includes: readonly string[];
  readonly without: readonly string[];
  readonly placeholders: Readonly<Record<string, string>>;
  readonly topics: Readonly<Record<string, { cost?: number; flow?: string }>>;
  readonly flows: readonly string[];
}

const NONE: Settings = { includes: [], without: [], placeholders: {}, topics: {}, flows: [] };

/**
 * Makes a pack of its files.
 * @param find the packs that it may include, made before it
 * @returns the pack as far as it could be read, and what is wrong in its own files
 */
export function readPack(
  files: PackFiles,
  find: (name: string) => Pack | undefined,
): { pack: Pack; faults: PackFault[] } {
  const faults: PackFault[] = [];
  const at = (file: string) => `packs/${files.name}/${file}`;
  const settings = readSettings(files.settings, (message) =>
    faults.push({ file: at("pack.json"), line: 0, message }),
  );
  const read = (language: Language): PackWords => {
    const found = readWords(at(`${language}.md`), files.words[language]);
    faults.push(...found.faults);
    return found.words;
  };
  const words = { de: read("de"), en: read("en") };
  const { messages, faults: ofMessages } = readMessages(at("messages.csv"), files.messages);
  faults.push(...ofMessages);
  const included = settings.includes.flatMap((name) => {
    const pack = find(name);
    if (!pack)
      faults.push({ file: at("pack.json"), line: 0, message: `there is no pack ${name} to include` });
    return pack ? [pack] : [];
  });
  const gone = new Set(settings.without);
  const taken = examplesOfOwn(words);
  const shared = included.flatMap((pack) => pack.topics).map((topic) => withoutTaken(topic, taken));
  const topics = new Map(shared.map((topic) => [topic.intent, topic] as const));
  for (const intent of gone) {
    if (!topics.delete(intent))
      faults.push({ file: at("pack.json"), line: 0, message: `without: no included pack has ${intent}` });
  }
  for (const intent of new Set([...words.de.topics.keys(), ...words.en.topics.keys()])) {
    topics.set(intent, topicOf({ intent, settings, words, before: topics.get(intent) }));
  }
  for (const intent of Object.keys(settings.topics)) {
    if (!topics.has(intent))
      faults.push({ file: at("pack.json"), line: 0, message: `topics: there is no topic ${intent}` });
  }
  const left = [...topics.values()].map((topic) => withoutButtonsTo(topic, gone));
  const order = new Map(settings.flows.map((name, place) => [name, place] as const));
  const rank = (name: string) => order.get(name) ?? settings.flows.length;
  const pack = {
    name: files.name,
    title: { de: words.de.title, en: words.en.title },
    description: { de: words.de.description, en: words.en.description },
    placeholders: placeholdersOf(included, settings, words),
    topics: left,
    outOfScope: [
      ...included.flatMap((one) => one.outOfScope),
      ...PACK_LANGUAGES.flatMap((language) => words[language].outOfScope.map((text) => ({ language, text }))),
    ],
    messages,
    flows: [
      ...included.flatMap((one) => one.flows),
      ...[...files.flows].sort((a, b) => rank(a.name) - rank(b.name)),
    ],
  };
  return { pack, faults };
}

/** A topic that stands in an included pack takes the trade's own words where it has some, and both examples. */
function topicOf(parts: {
  intent: string;
  settings: Settings;
  words: Readonly<Record<Language, PackWords>>;
  before: PackTopic | undefined;
}): PackTopic {
  const { intent, settings, words, before } = parts;
  const own = settings.topics[intent];
  const wordsOf = (language: Language) => merge(words[language].topics.get(intent), before?.words[language]);
  return {
    intent,
    cost: own?.cost ?? before?.cost ?? 1,
    flow: own?.flow ?? before?.flow ?? "",
    words: { de: wordsOf("de"), en: wordsOf("en") },
  };
}

/** Every example that the trade writes itself -> its topic. */
function examplesOfOwn(words: Readonly<Record<Language, PackWords>>): ReadonlyMap<string, string> {
  return new Map(
    PACK_LANGUAGES.flatMap((language) =>
      [...words[language].topics].flatMap(([intent, { examples }]) =>
        examples.map((text) => [reduce(text), intent] as const),
      ),
    ),
  );
}

/** "I have moved" means one thing to a shop and another to a supplier of power: the trade's own topic takes it. */
function withoutTaken(topic: PackTopic, taken: ReadonlyMap<string, string>): PackTopic {
  const leave = (words: PackTopic["words"]["de"]) => ({
    ...words,
    examples: words.examples.filter((text) => (taken.get(reduce(text)) ?? topic.intent) === topic.intent),
  });
  return { ...topic, words: { de: leave(topic.words.de), en: leave(topic.words.en) } };
}

/** A shared answer may point to a shared topic that the trade leaves out. */
function withoutButtonsTo(topic: PackTopic, gone: ReadonlySet<string>): PackTopic {
  const leave = (words: PackTopic["words"]["de"]) => ({
    ...words,
    options: words.options.filter(({ intent }) => intent === null || !gone.has(intent)),
  });
  return { ...topic, words: { de: leave(topic.words.de), en: leave(topic.words.en) } };
}

function merge(own: WrittenTopic | undefined, before: PackTopic["words"]["de"] | undefined) {
  const hasAnswer = own !== undefined && own.answer !== "";
  return {
    title: own?.title || before?.title || "",
    answer: (hasAnswer ? own.answer : before?.answer) ?? "",
    options: (hasAnswer || own?.options.length ? own?.options : before?.options) ?? [],
    question: own?.question ?? before?.question ?? null,
    examples: [...(before?.examples ?? []), ...(own?.examples ?? [])],
  };
}

function placeholdersOf(
  included: readonly Pack[],
  settings: Settings,
  words: Readonly<Record<Language, PackWords>>,
): Placeholder[] {
  const all = new Map(included.flatMap((pack) => pack.placeholders).map((one) => [one.name, one] as const));
  for (const name of new Set([
    ...words.de.placeholders.keys(),
    ...words.en.placeholders.keys(),
    ...Object.keys(settings.placeholders),
  ])) {
    const before = all.get(name);
    const [de, en] = [words.de.placeholders.get(name), words.en.placeholders.get(name)];
    all.set(name, {
      name,
      kind: (settings.placeholders[name] as PlaceholderKind | undefined) ?? before?.kind ?? "text",
      question: {
        de: de?.question ?? before?.question.de ?? "",
        en: en?.question ?? before?.question.en ?? "",
      },
      example: { de: de?.example ?? before?.example.de ?? "", en: en?.example ?? before?.example.en ?? "" },
    });
  }
  return [...all.values()];
}

function readSettings(text: string, fault: (message: string) => void): Settings {
  let found: Partial<Settings>;
  try {
    found = JSON.parse(text) as Partial<Settings>;
  } catch {
    fault("is no JSON");
    return NONE;
  }
  const settings = { ...NONE, ...found };
  for (const key of Object.keys(found)) if (!(key in NONE)) fault(`there is no setting ${key}`);
  for (const [name, kind] of Object.entries(settings.placeholders)) {
    if (!PLACEHOLDER_KINDS.includes(kind as PlaceholderKind))
      fault(`placeholder ${name}: ${kind} is none of ${PLACEHOLDER_KINDS.join(", ")}`);
  }
  return settings;
}
