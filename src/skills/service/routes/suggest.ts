import type { Language } from "#kernel";
import { fold, predict, tokens } from "../engine/index.ts";
import { type KnownTopic, titleOf } from "../flows/knowledge.ts";
import type { Known } from "../flows/scene.ts";

/** An answer of the knowledge that a colleague may take over. */
export interface Suggestion {
  readonly topic: KnownTopic;
  readonly text: string;
  readonly link: string | null;
}

const MOST = 3;
/** Candidates less likely than this are noise beside a person who knows. */
const LEAST_SCORE = 0.05;
/** A word of the draft that stands in an answer counts about as much as a fair guess of the classifier. */
const WORD_WORTH = 0.5;

/**
 * Answers that fit: what the classifier makes of the customer's question, and of the draft, and whose words are being
 * typed. Placeholders without an answer are left out.
 * @param said the customer's last words, and what the colleague has typed so far
 */
export function suggest(
  { model, knowledge }: Known,
  said: { question: string; draft: string },
  language: Language,
): Suggestion[] {
  const worth = new Map<string, number>();
  const add = (intent: string, more: number) => worth.set(intent, (worth.get(intent) ?? 0) + more);
  const typed = tokens(fold(said.draft));
  if (model) {
    const isKnown = (intent: string) => knowledge.topics.has(intent);
    for (const text of [said.question, said.draft]) {
      if (text.trim() === "") continue;
      for (const { intent, score } of predict(model, text, isKnown).candidates)
        if (score >= LEAST_SCORE) add(intent, score);
    }
  }
  if (typed.length > 0) {
    for (const topic of knowledge.topics.values()) {
      const share = shareOf(typed, `${titleOf(topic, language)} ${topic.answers[language]?.text ?? ""}`);
      if (share > 0.5) add(topic.intent, share * WORD_WORTH);
    }
  }
  return [...worth]
    .sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1))
    .flatMap(([intent]) => {
      const topic = knowledge.topics.get(intent);
      const answer = topic?.answers[language];
      return topic && answer ? [{ topic, text: answer.text, link: answer.link }] : [];
    })
    .slice(0, MOST);
}

/** The share of the typed words that the text has; the last may be half a word. */
function shareOf(typed: readonly string[], text: string): number {
  const words = new Set(tokens(fold(text)));
  const last = typed.at(-1) ?? "";
  const found = typed.filter(
    (word, place) =>
      words.has(word) || (place === typed.length - 1 && [...words].some((one) => one.startsWith(last))),
  );
  return found.length / typed.length;
}
