import { type FeatureList, newFeatureList } from "./features.ts";
import { type Model, type Prediction, thresholdOf } from "./model.ts";
import { limitsFor, predict } from "./predict.ts";
import { readMessage } from "./reading.ts";
import { normalise, tokens } from "./text.ts";
import type { Thresholds } from "./thresholds.ts";
import { newSparseVector, type SparseVector, vectorise } from "./vector.ts";
import { findRow } from "./vocabulary.ts";

/** What a word of the message, or words that stand near each other, said about an intent. */
export interface Reason {
  readonly intent: string;
  /** As the engine reads it: lower case, umlauts as two letters, digits as 0. */
  readonly feature: string;
  /** What it added to the intent's score; below 0 it spoke against it. */
  readonly weight: number;
}

export interface Explanation extends Prediction {
  /** The text as the engine reads it. */
  readonly normalised: string;
  /** The confidence from which a message is answered; 1 = only the words of an example are. */
  readonly threshold: number;
  /** The model's thresholds, or those for messages with a vector. */
  readonly limits: Pick<Thresholds, "answerAt" | "offerAt">;
  /** Of the first candidates: what spoke most for each, then what spoke most against it. */
  readonly reasons: readonly Reason[];
}

const MAX_REASONS = 8;
const EXPLAINED = 3;
/** Reasons weaker than this say nothing to a reader. */
const NEGLIGIBLE = 0.005;

/** A prediction with what spoke for and against its candidates. The letters of a word count with the word. */
export function explain(
  model: Model,
  text: string,
  isKnown: (intent: string) => boolean = () => true,
  vector?: Float32Array,
): Explanation {
  const prediction = predict(model, text, isKnown, vector);
  const limits = limitsFor(model, vector);
  const [best] = prediction.candidates;
  const normalised = normalise(text);
  const words = readOnce(model, normalised);
  const reasons = prediction.candidates
    .slice(0, EXPLAINED)
    .flatMap(({ intent }) => reasonsFor(model, words, intent));
  return {
    ...prediction,
    normalised,
    threshold: best ? thresholdOf(limits, best.intent) : limits.answerAt,
    limits,
    reasons,
  };
}

interface ReadWords {
  readonly words: readonly string[];
  readonly list: FeatureList;
  readonly vector: SparseVector;
}

function readOnce(model: Model, normal: string): ReadWords {
  const list = newFeatureList();
  const vector = newSparseVector();
  const meant = new Map(readMessage(model, normal, list).map(({ from, to }) => [from, to]));
  vectorise(model, list, vector);
  return { words: tokens(normal).map((word) => meant.get(word) ?? word), list, vector };
}

function reasonsFor(model: Model, { words, list, vector }: ReadWords, intent: string): Reason[] {
  const column = model.intents.indexOf(intent);
  const worth = new Map<number, number>();
  for (let i = 0; i < vector.end; i++) {
    const row = vector.rows[i] as number;
    const weight =
      (model.weights[row * model.constants.length + column] as number) * (model.scales[row] as number);
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
  const all = [...sums]
    .map(([feature, weight]) => ({ intent, feature, weight }))
    .filter(({ weight }) => Math.abs(weight) >= NEGLIGIBLE)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return [
    ...all.filter(({ weight }) => weight > 0).slice(0, MAX_REASONS),
    ...all.filter(({ weight }) => weight < 0).slice(0, MAX_REASONS),
  ];
}

function nameOf(words: readonly string[], first: number, last: number): string {
  if (first === last) return words[first] as string;
  const gap = last === first + 1 ? " " : " … ";
  return `${words[first]}${gap}${words[last]}`;
}
