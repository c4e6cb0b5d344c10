import { normalise, tokens } from "../text.ts";
import { extractFeatures, newFeatureList } from "./features.ts";
import type { Model } from "./model.ts";
import { newSparseVector, vectorise } from "./vector.ts";
import { findRow } from "./vocabulary.ts";

/** A word of the message, or words that stand near each other. */
export interface Reason {
  /** As the classifier reads it: lower case, umlauts as two letters, digits as 0. */
  readonly word: string;
  /** What it added to the intent's score; below 0 it spoke against it. */
  readonly weight: number;
}

export interface Explanation {
  readonly intent: string;
  /** Strongest first, at most {@link MAX_REASONS} of each. */
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
}

export const MAX_REASONS = 8;
/** Reasons weaker than this say nothing to a reader. */
const NEGLIGIBLE = 0.005;

/**
 * Which words of a message spoke for an intent and which against it. The letters of a word count with the word.
 * @returns undefined when the model does not know the intent
 */
export function explain(model: Model, text: string, intent: string): Explanation | undefined {
  const column = model.intents.indexOf(intent);
  if (column < 0) return undefined;
  const normal = normalise(text);
  const words = tokens(normal);
  const list = newFeatureList();
  const vector = newSparseVector();
  extractFeatures(normal, list);
  vectorise(model, list, vector);
  const worth = new Map<number, number>();
  for (let i = 0; i < vector.end; i++) {
    const row = vector.rows[i] as number;
    const weight =
      (model.weights[row * model.intents.length + column] as number) * (model.scales[row] as number);
    worth.set(row, weight * (vector.values[i] as number));
  }
  const sums = new Map<string, number>();
  for (let i = 0; i < list.end; i++) {
    const row = findRow(model, list.hashes[i] as number);
    const weight = row < 0 ? undefined : worth.get(row);
    if (weight === undefined) continue;
    // A feature that comes twice in the message counts where it comes first.
    worth.delete(row);
    const name = nameOf(words, list.first[i] as number, list.last[i] as number);
    sums.set(name, (sums.get(name) ?? 0) + weight);
  }
  const reasons = [...sums]
    .map(([word, weight]) => ({ word, weight }))
    .filter(({ weight }) => Math.abs(weight) >= NEGLIGIBLE)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    intent,
    for: reasons.filter(({ weight }) => weight > 0).slice(0, MAX_REASONS),
    against: reasons.filter(({ weight }) => weight < 0).slice(0, MAX_REASONS),
  };
}

function nameOf(words: readonly string[], first: number, last: number): string {
  if (first === last) return words[first] as string;
  const gap = last === first + 1 ? " " : " … ";
  return `${words[first]}${gap}${words[last]}`;
}
