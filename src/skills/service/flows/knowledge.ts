import type { Language } from "#kernel";
import { BARE_ORDER_NUMBER, fold, type OrderNumberStyle, tokens } from "../rules/index.ts";
import { isUnfilled } from "../rules/packs/fill.ts";

export interface KnownOption {
  readonly title: string;
  readonly intent: string | null;
}

export interface KnownAnswer {
  readonly text: string;
  readonly link: string | null;
  readonly fileId: string | null;
  readonly options: readonly KnownOption[];
}

export interface KnownTopic {
  readonly intent: string;
  /** The intent as an imported file wrote it. */
  readonly label: string;
  readonly title: Readonly<Record<Language, string>>;
  /** "" = answer only, otherwise the flow that takes the turn. */
  readonly flow: string;
  /** The question on the opening screen, or null. */
  readonly mostAsked: Readonly<Record<Language, string>> | null;
  readonly answers: Readonly<Partial<Record<Language, KnownAnswer>>>;
  /** All its answers wait for facts of the company: a person answers instead. Found when the knowledge is made. */
  readonly isUnfilled?: true;
}

/** Everything of a company's knowledge that answering needs, without example questions. Never changes once made. */
export interface Knowledge {
  readonly topics: ReadonlyMap<string, KnownTopic>;
  /** What may be typed or tapped word by word: bare titles, buttons and most asked questions -> intent. */
  readonly titles: Readonly<Record<Language, ReadonlyMap<string, string>>>;
  readonly mostAsked: readonly KnownTopic[];
  readonly orderStyle: OrderNumberStyle;
  /** An order number as the answers show it, or null. */
  readonly orderExample: string | null;
  /** Estimated memory. */
  readonly bytes: number;
}

const LANGUAGES = ["de", "en"] as const;
/** Objects, maps and string headers of one topic, measured generously. */
const TOPIC_OVERHEAD_BYTES = 1_500;

export function makeKnowledge(written: readonly KnownTopic[]): Knowledge {
  const topics = written.map(withoutUnfilled);
  const order = findOrderStyle(topics);
  return {
    topics: new Map(topics.map((topic) => [topic.intent, topic])),
    titles: { de: titlesOf(topics, "de"), en: titlesOf(topics, "en") },
    mostAsked: topics.filter((topic) => topic.mostAsked !== null),
    orderStyle: order.style,
    orderExample: order.example,
    bytes: topics.reduce((sum, topic) => sum + bytesOf(topic), 0),
  };
}

/** An answer in which a fact is still missing is none: whatever speaks from this knowledge cannot say it. */
function withoutUnfilled(topic: KnownTopic): KnownTopic {
  const { de, en } = topic.answers;
  const [isDeOpen, isEnOpen] = [de, en].map((answer) => answer !== undefined && isUnfilled(answer.text));
  if (!isDeOpen && !isEnOpen) return topic;
  const answers = { ...(de && !isDeOpen && { de }), ...(en && !isEnOpen && { en }) };
  return { ...topic, answers, ...(!answers.de && !answers.en && { isUnfilled: true as const }) };
}

/** What is left of a title for comparing it with what somebody typed. */
export function bareTitle(title: string): string {
  return tokens(fold(title)).join(" ");
}

/** The topic's title in a language, the other language's where it has none; its label made readable where it has neither. */
export function titleOf(topic: KnownTopic, language: Language): string {
  return topic.title[language] || topic.title[other(language)] || readable(topic.label);
}

/** "card_arrival" -> "Card arrival" */
function readable(label: string): string {
  const words = label.replace(/[_\s]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function other(language: Language): Language {
  return language === "de" ? "en" : "de";
}

/** A title that leads to two topics leads to none, except that a topic's own title wins over buttons of others. */
function titlesOf(topics: readonly KnownTopic[], language: Language): ReadonlyMap<string, string> {
  const own = collect(topics.map((topic) => [topic.title[language], topic.intent]));
  const buttons = collect([
    ...topics.flatMap((topic) =>
      (topic.answers[language]?.options ?? []).map((o) => [o.title, o.intent] as const),
    ),
    ...topics.map((topic) => [topic.mostAsked?.[language] ?? "", topic.intent] as const),
  ]);
  return new Map([...buttons, ...own]);
}

function collect(pairs: readonly (readonly [title: string, intent: string | null])[]): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const [title, intent] of pairs) {
    const bare = bareTitle(title);
    if (bare === "" || intent === null) continue;
    const known = found.get(bare);
    found.set(bare, known === undefined || known === intent ? intent : null);
  }
  return new Map([...found].filter((pair): pair is [string, string] => pair[1] !== null));
}

const ORDER_NUMBER = /(?<![\p{L}\d-])(\p{Lu}{1,4})-(\d{4,10})(?![\d\p{L}-])/gu;

/** The company's answers show how it writes order numbers ("for example HK-20417"); the commonest prefix counts. */
function findOrderStyle(topics: readonly KnownTopic[]): { style: OrderNumberStyle; example: string | null } {
  const seen = new Map<string, { count: number; example: string; least: number; most: number }>();
  for (const { answers } of topics) {
    for (const language of LANGUAGES) {
      for (const [whole, prefix = "", digits = ""] of (answers[language]?.text ?? "").matchAll(
        ORDER_NUMBER,
      )) {
        const { length } = digits;
        const one = seen.get(prefix) ?? { count: 0, example: whole, least: length, most: length };
        seen.set(prefix, {
          ...one,
          count: one.count + 1,
          least: Math.min(one.least, length),
          most: Math.max(one.most, length),
        });
      }
    }
  }
  const [first] = [...seen].sort(([, a], [, b]) => b.count - a.count);
  if (!first) return { style: BARE_ORDER_NUMBER, example: null };
  const [prefix, { example, least, most }] = first;
  // Numbers grow: one digit more than the answers show may come.
  return { style: { prefix, minDigits: least, maxDigits: most + 1 }, example };
}

function bytesOf(topic: KnownTopic): number {
  const texts = LANGUAGES.map((language) => JSON.stringify(topic.answers[language] ?? null).length);
  return TOPIC_OVERHEAD_BYTES + 2 * (texts.reduce((a, b) => a + b, 0) + topic.label.length);
}
