import type { Topic } from "../../../skills/service/api.ts";
import { lineOf, withIds } from "./example-sources.ts";

export type Language = "de" | "en";
export const languages = ["de", "en"] as const;
export type Answer = Topic["answers"][number];
export type TopicInput = Omit<Topic, "id">;

/** What stands in the editor: examples as lines, one answer a language. */
export interface TopicDraft {
  intent: string;
  title: Record<Language, string>;
  answers: Record<Language, Answer>;
  examples: Record<Language, string>;
  flow: string;
  mostAsked: boolean;
}

function noAnswer(language: Language): Answer {
  return { language, text: "", link: null, fileId: null, options: [] };
}

export function emptyDraft(): TopicDraft {
  return {
    intent: "",
    title: { de: "", en: "" },
    answers: { de: noAnswer("de"), en: noAnswer("en") },
    examples: { de: "", en: "" },
    flow: "",
    mostAsked: false,
  };
}

export function draftOf(topic: Topic): TopicDraft {
  const answer = (language: Language) =>
    topic.answers.find((each) => each.language === language) ?? noAnswer(language);
  const lines = (language: Language) =>
    topic.examples
      .filter((example) => example.language === language)
      .map(({ text }) => lineOf(text))
      .join("\n");
  return {
    intent: topic.intent,
    title: topic.title,
    answers: { de: answer("de"), en: answer("en") },
    examples: { de: lines("de"), en: lines("en") },
    flow: topic.flow,
    mostAsked: topic.mostAsked,
  };
}

/**
 * What is sent: an answer without words, link and picture is none; each line is an example, once.
 * @param standing the examples that the draft was made from
 */
export function inputOf(draft: TopicDraft, standing: Topic["examples"]): TopicInput {
  return {
    intent: draft.intent || intentOf(draft.title.de || draft.title.en),
    title: draft.title,
    answers: languages
      .map((language) => ({
        ...draft.answers[language],
        text: draft.answers[language].text.trim(),
        link: draft.answers[language].link || null,
        options: draft.answers[language].options.filter(({ title }) => title.trim()),
      }))
      .filter(({ text, link, fileId }) => text || link || fileId),
    examples: withIds(
      languages.flatMap((language) =>
        exampleLines(draft.examples[language]).map((text) => ({ language, text })),
      ),
      standing,
    ),
    flow: draft.flow,
    mostAsked: draft.mostAsked,
  };
}

/** The lines with words in them, each once. */
export function exampleLines(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);
}

const longestIntent = 100;

/** A title as a stable key of letters, digits and underscores. */
export function intentOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return plain
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, longestIntent);
}

/** One part of the editor: reads the draft and changes its own part of it. */
export interface PartProps {
  draft: TopicDraft;
  change(part: Partial<TopicDraft>): void;
}
