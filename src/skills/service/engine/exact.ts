import { hashWords } from "./hashing.ts";
import type { Lesson } from "./lesson.ts";
import type { Model } from "./model.ts";

/** The examples' texts as sorted hashes, so that a tapped suggestion is always answered. A text of two intents is left out. */
export function indexExactTexts(lesson: Lesson): Pick<Model, "exactHigh" | "exactLow" | "exactIntents"> {
  const claims = new Map<string, Set<number>>();
  lesson.texts.slice(0, lesson.examples).forEach((text, index) => {
    const intents = claims.get(text) ?? new Set<number>();
    claims.set(text, intents.add(lesson.labels[index] as number));
  });
  const entries: { high: number; low: number; intent: number }[] = [];
  for (const [text, intents] of claims) {
    const [intent] = intents;
    if (intents.size === 1 && intent !== undefined) entries.push({ ...hashWords(text), intent });
  }
  entries.sort((a, b) => a.high - b.high || a.low - b.low);
  return {
    exactHigh: Uint32Array.from(entries, (entry) => entry.high),
    exactLow: Uint32Array.from(entries, (entry) => entry.low),
    exactIntents: Uint16Array.from(entries, (entry) => entry.intent),
  };
}
