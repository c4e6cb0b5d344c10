import { createHash } from "node:crypto";
import { normalise, tokens } from "./text.ts";

/** The intent of what belongs to no topic and must go to a person. */
export const OUT_OF_SCOPE = "oos";

export interface Example {
  readonly text: string;
  /** A topic's name, or {@link OUT_OF_SCOPE}. */
  readonly intent: string;
  readonly language?: "de" | "en";
}

export interface TrainOptions {
  /** Shuffles the training; the same seed gives the same model. */
  readonly seed: number;
  /** The highest share of wrong answers among given answers, 0 to 1, 1 excluded. */
  readonly maxWrong?: number;
  /** Real messages that are not trained on; thresholds are chosen on them. */
  readonly validation?: readonly Example[];
  /** Intent -> factor of at least 1 by which a wrong answer with it costs more. */
  readonly costs?: ReadonlyMap<string, number>;
  /**
   * What the company itself writes about its topics: titles and answers. Learnt from sentence by sentence, but never
   * counted as a question. Worth most where there are few examples (6 points of accuracy at 15 a topic).
   */
  readonly hints?: readonly Example[];
}

export const DEFAULT_MAX_WRONG = 0.03;
export const MAX_EXAMPLES = 100_000;
export const MAX_INTENTS = 1_000;

/** Raised when the format or the training changes, so that old models are trained anew. */
const ENGINE = "augenhoehe-engine-2";

/** Examples ready to train on: normalised, without doubles and empty ones, in an order that does not depend on the input's. */
export interface Lesson {
  readonly intents: readonly string[];
  /** Example questions, then the sentences of hints. */
  readonly texts: readonly string[];
  /** How many of the texts are example questions. */
  readonly examples: number;
  /** The intent of each text, as a position in `intents`. */
  readonly labels: Int32Array;
  readonly strangers: readonly string[];
  readonly seed: number;
  readonly maxWrong: number;
  readonly validation: readonly Example[];
  readonly costs: ReadonlyMap<string, number>;
}

/** @throws RangeError when there are more examples or intents than the limits, or the error limit is none */
export function prepareLesson(examples: readonly Example[], options: TrainOptions): Lesson {
  if (examples.length > MAX_EXAMPLES) throw new RangeError(`more than ${MAX_EXAMPLES} example questions`);
  const maxWrong = options.maxWrong ?? DEFAULT_MAX_WRONG;
  if (!(maxWrong >= 0 && maxWrong < 1)) throw new RangeError("maxWrong must be at least 0 and below 1");
  const questions = distinct(examples.filter(({ intent }) => intent !== OUT_OF_SCOPE));
  const strangers = distinct(examples.filter(({ intent }) => intent === OUT_OF_SCOPE));
  const intents = [...new Set(questions.map((example) => example.intent))].sort();
  if (intents.length > MAX_INTENTS) throw new RangeError(`more than ${MAX_INTENTS} topics`);
  const position = new Map(intents.map((intent, index) => [intent, index]));
  const hints = distinct((options.hints ?? []).flatMap(splitSentences)).filter(({ intent }) =>
    position.has(intent),
  );
  const all = [...questions, ...hints];
  return {
    intents,
    texts: all.map((example) => example.text),
    examples: questions.length,
    labels: Int32Array.from(all, (example) => position.get(example.intent) as number),
    strangers: strangers.map(({ text }) => text),
    seed: options.seed,
    maxWrong,
    validation: distinct(options.validation ?? []),
    costs: options.costs ?? new Map(),
  };
}

/** Without empty ones and doubles, sorted. */
function distinct(examples: readonly Example[]): Example[] {
  const kept = new Map<string, Example>();
  for (const { text, intent } of examples) {
    const bare = reduce(text);
    if (bare !== "") kept.set(JSON.stringify([intent, bare]), { text: bare, intent });
  }
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, example]) => example);
}

const SENTENCE_END = /(?<=[.!?])\s+|\n+/;

function splitSentences({ text, intent }: Example): Example[] {
  return text.split(SENTENCE_END).map((sentence) => ({ text: sentence, intent }));
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
  hash.update(
    JSON.stringify([
      ENGINE,
      lesson.seed,
      lesson.maxWrong,
      lesson.examples,
      lesson.intents,
      lesson.strangers,
      lesson.validation,
      [...lesson.costs].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
  lesson.texts.forEach((text, index) => {
    hash.update(`${lesson.labels[index]} ${text}\n`);
  });
  return hash.digest("hex");
}
