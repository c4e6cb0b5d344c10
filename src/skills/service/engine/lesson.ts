import { createHash } from "node:crypto";
import {
  DEFAULT_MAX_WRONG,
  type Example,
  MAX_EXAMPLES,
  MAX_INTENTS,
  OUT_OF_SCOPE,
  reduce,
  type TrainOptions,
} from "./examples.ts";
import { scramble } from "./noise.ts";
import { outOfScopeDe, outOfScopeEn } from "./out-of-scope/index.ts";
import { tokens } from "./text.ts";

/** Raised when the format or the training changes, so that old models are trained anew. */
const ENGINE = "augenhoehe-engine-6";

/** Kinds of training texts. */
export const QUESTION = 0;
export const HINT = 1;
export const STRANGER = 2;

/** Texts ready to train on: normalised, without doubles and empty ones, in an order that does not depend on the input's. */
export interface Lesson {
  readonly intents: readonly string[];
  /** Example questions first, then hints, then what belongs to no topic. */
  readonly texts: readonly string[];
  readonly kinds: Uint8Array;
  /** How many of the texts are example questions. */
  readonly examples: number;
  /** The topic of each text as a position in `intents`; what belongs to none has the position after the last. */
  readonly labels: Int32Array;
  /** Where the given messages that belong to no topic begin; those of the starter set stand before them. */
  readonly givenStrangers: number;
  readonly seed: number;
  readonly maxWrong: number;
  /** Held-out messages of topics. */
  readonly validation: readonly Example[];
  readonly costs: ReadonlyMap<string, number>;
}

/** @throws RangeError when there are more examples or topics than the limits, or an option is out of its range */
export function prepareLesson(examples: readonly Example[], options: TrainOptions): Lesson {
  if (examples.length > MAX_EXAMPLES) throw new RangeError(`more than ${MAX_EXAMPLES} example questions`);
  const maxWrong = options.maxWrong ?? DEFAULT_MAX_WRONG;
  if (!(maxWrong >= 0 && maxWrong < 1)) throw new RangeError("maxWrong must be at least 0 and below 1");
  const costs = options.costs ?? new Map<string, number>();
  for (const cost of costs.values()) if (!(cost >= 1)) throw new RangeError("a cost must be at least 1");
  const questions = distinct(examples.filter(({ intent }) => intent !== OUT_OF_SCOPE));
  const intents = [...new Set(questions.map((example) => example.intent))].sort();
  if (intents.length > MAX_INTENTS) throw new RangeError(`more than ${MAX_INTENTS} topics`);
  const position = new Map(intents.map((intent, index) => [intent, index]));
  const hints = distinct([
    ...intents.flatMap(nameHint),
    ...(options.hints ?? []).flatMap(splitSentences),
  ]).filter(({ intent }) => position.has(intent));
  const validation = options.validation ?? [];
  const given = distinct([...examples, ...validation].filter(({ intent }) => intent === OUT_OF_SCOPE));
  const known = new Set([...questions, ...given].map(({ text }) => text));
  const invented = scramble(
    questions.map(({ text }) => text),
    options.seed,
  ).map((text) => ({ text, intent: OUT_OF_SCOPE }));
  const starter = distinct([...starterSet(questions), ...invented]).filter(({ text }) => !known.has(text));
  const all = [...questions, ...hints, ...starter, ...given];
  const kinds = new Uint8Array(all.length).fill(STRANGER);
  kinds.fill(QUESTION, 0, questions.length);
  kinds.fill(HINT, questions.length, questions.length + hints.length);
  return {
    intents,
    texts: all.map((example) => example.text),
    kinds,
    examples: questions.length,
    labels: Int32Array.from(all, ({ intent }) => position.get(intent) ?? intents.length),
    givenStrangers: all.length - given.length,
    seed: options.seed,
    maxWrong,
    validation: distinct(validation.filter(({ intent }) => position.has(intent))),
    costs,
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

/** A topic's name says what it is about, mostly: "card_arrival", "openingHours". Worth a point at 10 examples a topic. */
function nameHint(intent: string): Example[] {
  const words = intent.replace(/(?<=\p{Ll})(?=\p{Lu})|[^\p{L}]+/gu, " ").trim();
  return /\p{L}{3}/u.test(words) ? [{ text: words, intent }] : [];
}

/** A language counts when its starter set's words are about as common in the examples as those of the other one. */
const AS_COMMON = 0.6;

function starterSet(questions: readonly Example[]): Example[] {
  const sets = [outOfScopeDe, outOfScopeEn];
  const shares = sets.map((set) => {
    const words = new Set(set.flatMap((text) => tokens(reduce(text))));
    let hits = 0;
    for (const { text } of questions) for (const word of text.split(" ")) if (words.has(word)) hits++;
    return hits;
  });
  const most = Math.max(...shares);
  return sets
    .filter((_, index) => (shares[index] as number) >= AS_COMMON * most)
    .flatMap((set) => set.map((text) => ({ text, intent: OUT_OF_SCOPE })));
}

/**
 * The hash of everything that a model is made of: equal knowledge has an equal key, whatever its order. Hexadecimal.
 * @param vectors the name of the service that makes vectors of the texts, where one does
 */
export function modelKey(
  examples: readonly Example[],
  options: TrainOptions,
  vectors = options.vectors?.name,
): string {
  return keyOf(prepareLesson(examples, options), vectors);
}

/** @param vectors the name of the service that made vectors of the texts */
export function keyOf(lesson: Lesson, vectors?: string): string {
  const hash = createHash("sha256");
  const { seed, maxWrong, examples, intents, validation } = lesson;
  const costs = [...lesson.costs].sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify([ENGINE, seed, maxWrong, examples, intents, costs, validation]));
  lesson.texts.forEach((text, index) => {
    hash.update(`${lesson.kinds[index]} ${lesson.labels[index]} ${text}\n`);
  });
  if (vectors !== undefined) hash.update(`vectors ${vectors}\n`);
  return hash.digest("hex");
}
