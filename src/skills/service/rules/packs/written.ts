import type { Language } from "#kernel";
import type { AnswerOption } from "../../tables.ts";
import { fill, type PlaceholderValues } from "./fill.ts";
import type { Pack, PackExample, PackTopic } from "./pack.ts";

/** What a pack wrote into a company's knowledge, kept to tell it from what the company wrote. */
export interface Written {
  readonly topics: Readonly<Record<string, WrittenTopic>>;
  readonly flows: Readonly<Record<string, string>>;
  readonly outOfScope: readonly PackExample[];
}

export interface PackAnswer {
  readonly text: string;
  readonly options: readonly AnswerOption[];
}

/** Parts that were there already when the pack came are missing: they are not the pack's. */
export interface WrittenTopic {
  readonly title?: Readonly<Record<Language, string>>;
  readonly flow?: string;
  readonly cost?: number;
  readonly answers: Readonly<Partial<Record<Language, PackAnswer>>>;
  readonly examples: readonly PackExample[];
}

/** A topic as the pack would write it now. */
export interface WantedTopic extends Required<WrittenTopic> {
  readonly intent: string;
  readonly question: Readonly<Record<Language, string>> | null;
}

/** @param languages those that the company answers in */
export function wantedTopics(
  pack: Pack,
  languages: readonly Language[],
  values: PlaceholderValues,
): WantedTopic[] {
  return pack.topics.map((topic) => wantedTopic(topic, languages, values));
}

function wantedTopic(
  { intent, cost, flow, words }: PackTopic,
  languages: readonly Language[],
  values: PlaceholderValues,
): WantedTopic {
  const answers = languages.map((language) => {
    const { answer, options } = words[language];
    return [language, { text: fill(answer, language, values), options }] as const;
  });
  const { de, en } = words;
  return {
    intent,
    cost,
    flow,
    title: { de: de.title, en: en.title },
    answers: Object.fromEntries(answers),
    examples: languages.flatMap((language) => words[language].examples.map((text) => ({ language, text }))),
    question: de.question !== null && en.question !== null ? { de: de.question, en: en.question } : null,
  };
}

export function isSameAnswer(one: PackAnswer | undefined, other: PackAnswer | undefined): boolean {
  if (!one || !other) return one === other;
  const shape = ({ text, options }: PackAnswer) =>
    JSON.stringify([text, options.map(({ title, intent }) => [title, intent])]);
  return shape(one) === shape(other);
}

export function keyOf({ language, text }: PackExample): string {
  return `${language} ${text}`;
}
