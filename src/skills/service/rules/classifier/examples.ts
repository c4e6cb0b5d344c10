import { createHash } from "node:crypto";
import { normalise, tokens } from "../text.ts";

export interface Example {
  readonly text: string;
  readonly intent: string;
}

export interface TrainOptions {
  /** Shuffles the training; the same seed gives the same model. */
  readonly seed: number;
  /** Messages that belong to no topic; they teach caution. */
  readonly outOfScope?: readonly string[];
  /** The highest share of wrong answers among given answers, 0 to 1. */
  readonly errorLimit?: number;
}

export const DEFAULT_ERROR_LIMIT = 0.03;
export const MAX_EXAMPLES = 100_000;
export const MAX_INTENTS = 1_000;

/** Raised when the format or the training changes, so that old models are trained anew. */
const ENGINE = "augenhoehe-classifier-1";

/** Examples ready to train on: normalised, without doubles and empty ones, in an order that does not depend on the input's. */
export interface Lesson {
  readonly intents: readonly string[];
  readonly texts: readonly string[];
  /** The intent of each text, as a position in `intents`. */
  readonly labels: Int32Array;
  readonly strangers: readonly string[];
  readonly seed: number;
  readonly errorLimit: number;
}

/** @throws RangeError when there are more examples or intents than the limits, or the error limit is none */
export function prepareLesson(examples: readonly Example[], options: TrainOptions): Lesson {
  if (examples.length > MAX_EXAMPLES) throw new RangeError(`more than ${MAX_EXAMPLES} example questions`);
  const errorLimit = options.errorLimit ?? DEFAULT_ERROR_LIMIT;
  if (!(errorLimit >= 0 && errorLimit < 1)) throw new RangeError("errorLimit must be at least 0 and below 1");
  const distinct = new Map<string, { text: string; intent: string }>();
  for (const { text, intent } of examples) {
    const bare = reduce(text);
    if (bare !== "") distinct.set(JSON.stringify([intent, bare]), { text: bare, intent });
  }
  const sorted = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, example]) => example);
  const intents = [...new Set(sorted.map((example) => example.intent))].sort();
  if (intents.length > MAX_INTENTS) throw new RangeError(`more than ${MAX_INTENTS} topics`);
  const position = new Map(intents.map((intent, index) => [intent, index]));
  const strangers = [...new Set((options.outOfScope ?? []).map(reduce))].filter((text) => text !== "").sort();
  return {
    intents,
    texts: sorted.map((example) => example.text),
    labels: Int32Array.from(sorted, (example) => position.get(example.intent) as number),
    strangers,
    seed: options.seed,
    errorLimit,
  };
}

/** What is left of a text for recognising it again: its normalised words. */
export function reduce(text: string): string {
  return tokens(normalise(text)).join(" ");
}

/** The hash of everything that a model is made of: equal knowledge has an equal key, whatever its order. Hexadecimal. */
export function modelKey(examples: readonly Example[], options: TrainOptions): string {
  return keyOf(prepareLesson(examples, options));
}

export function keyOf(lesson: Lesson): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([ENGINE, lesson.seed, lesson.errorLimit, lesson.intents, lesson.strangers]));
  lesson.texts.forEach((text, index) => {
    hash.update(`${lesson.labels[index]} ${text}\n`);
  });
  return hash.digest("hex");
}
