import type { Corpus } from "./corpus.ts";
import { keepTop, newTopScores, TOP, type TopScores } from "./evidence.ts";
import { addText, type Problem, refine, type Solution, score } from "./svm.ts";
import { LETTERS_LENGTH, WORDS_LENGTH } from "./vector.ts";

/** Training texts divided into groups; each group is judged by a model that has not seen it. */
export interface Partition {
  /** One entry a text; -1 for a hint, which is never held out. */
  readonly groupOf: Int32Array;
  readonly groups: number;
  /** The group whose model does not know an intent at all; one entry an intent. */
  readonly groupOfIntent?: Int32Array;
}

/** Messages to be judged, as the models that judge them see them. */
export interface Jury {
  readonly corpus: Corpus;
  /** The messages that each group's model judges. */
  readonly members: readonly Int32Array[];
  /** The share of each message's words that its model knows, 0 to 1, and how many words it has. */
  readonly known: Float64Array;
  readonly words: Int32Array;
  readonly top: TopScores;
}

/** Messages the model was not made from; message i is judged by the model of group i modulo the groups. */
export function callStrangers(corpus: Corpus, groups: number): Jury {
  const groupOf = Int32Array.from({ length: corpus.size }, (_, message) => message % groups);
  const words = countWords(corpus);
  const known = Float64Array.from(words, (count, message) =>
    count === 0 ? 0 : 1 - (corpus.unknownWords[message] as number) / count,
  );
  return { corpus, members: membersOf(groupOf, groups), known, words, top: newTopScores(corpus.size) };
}

/**
 * The first `count` training texts themselves, at most `limit` of them, evenly picked. Features that only a text's own
 * group has are taken out of it, as if unknown.
 */
export function callHeldOut(
  corpus: Corpus,
  partition: Partition,
  choice: { features: number; count: number; limit: number },
): Jury {
  const { groupOf, groups } = partition;
  const isOwn = ownFeatures(corpus, partition, choice.features);
  const { starts, rows } = corpus;
  const values = new Float32Array(corpus.values);
  const words = countWords(corpus);
  const known = new Float64Array(corpus.size);
  for (let text = 0; text < choice.count; text++) {
    const group = groupOf[text] as number;
    const start = starts[text] as number;
    let lost = 0;
    for (let i = start; i < (corpus.wordEnds[text] as number); i++) {
      if (isOwn(rows[i] as number, group)) lost++;
    }
    known[text] = words[text] === 0 ? 0 : 1 - lost / (words[text] as number);
    const middle = corpus.phraseEnds[text] as number;
    const drop = (from: number, to: number, length: number) =>
      dropFeatures({ rows, values, from, to, length }, group, isOwn);
    drop(start, middle, WORDS_LENGTH);
    drop(middle, starts[text + 1] as number, LETTERS_LENGTH);
  }
  const members = membersOf(
    groupOf.subarray(0, choice.count),
    groups,
    Math.max(1, Math.ceil(choice.count / choice.limit)),
  );
  return { corpus: { ...corpus, values }, members, known, words, top: newTopScores(corpus.size) };
}

type IsOwn = (row: number, group: number) => boolean;

function ownFeatures(corpus: Corpus, { groupOf, groups }: Partition, features: number): IsOwn {
  const { starts, rows } = corpus;
  const total = new Int32Array(features);
  const inGroup = new Int32Array(features * groups);
  for (let text = 0; text < corpus.size; text++) {
    const group = groupOf[text] as number;
    for (let i = starts[text] as number; i < (starts[text + 1] as number); i++) {
      const row = rows[i] as number;
      total[row] = (total[row] as number) + 1;
      if (group < 0) continue;
      inGroup[row * groups + group] = (inGroup[row * groups + group] as number) + 1;
    }
  }
  return (row, group) => total[row] === inGroup[row * groups + group];
}

/** Sets own features of a block to 0 and scales the rest to its length, as the vector of a new message would be. */
function dropFeatures(
  block: { rows: Int32Array; values: Float32Array; from: number; to: number; length: number },
  group: number,
  isOwn: IsOwn,
): void {
  const { rows, values, from, to, length } = block;
  let squares = 0;
  for (let i = from; i < to; i++) {
    if (isOwn(rows[i] as number, group)) values[i] = 0;
    squares += (values[i] as number) ** 2;
  }
  if (squares === 0) return;
  const scale = length / Math.sqrt(squares);
  for (let i = from; i < to; i++) values[i] = (values[i] as number) * scale;
}

function countWords(corpus: Corpus): Int32Array {
  return Int32Array.from(
    { length: corpus.size },
    (_, text) =>
      (corpus.wordEnds[text] as number) -
      (corpus.starts[text] as number) +
      (corpus.unknownWords[text] as number),
  );
}

function membersOf(groupOf: Int32Array, groups: number, every = 1): Int32Array[] {
  const members: number[][] = Array.from({ length: groups }, () => []);
  groupOf.forEach((group, text) => {
    if (text % every === 0) members[group]?.push(text);
  });
  return members.map((list) => Int32Array.from(list));
}

/** One intent's border, found with all texts. */
export interface Border {
  readonly intent: number;
  readonly problem: Problem;
  readonly solution: Solution;
  /** The texts that press on it or might, from {@link nearBorder}. */
  readonly near: Int32Array;
}

/** Texts this far inside their side may begin to press on the border when others are taken away. */
const NEAR_BORDER = 1.25;
const REFINE = { cost: 2, tolerance: 0.2, maxPasses: 4 };

/**
 * Scores messages for one intent by models that have not seen a group: the group's pull is taken out of the finished
 * solution, then the texts near the border find their balance again. This warm start gives cross-validation at a
 * fraction of training anew (DeCoste and Wagstaff: Alpha Seeding for Support Vector Machines, KDD 2000).
 */
export function scoreHeldOut(border: Border, partition: Partition, juries: readonly Jury[]): void {
  const { groups, groupOfIntent } = partition;
  for (let group = 0; group < groups; group++) {
    if (groupOfIntent?.[border.intent] === group) continue;
    const weights = moveWithout(border, partition, group);
    for (const { members, corpus, top } of juries) {
      for (const message of members[group] as Int32Array) {
        keepTop(top, TOP * message, score(corpus, weights, message), border.intent);
      }
    }
  }
}

function moveWithout(border: Border, { groupOf }: Partition, group: number): Float64Array {
  const { problem, solution, near } = border;
  const moved = { weights: solution.weights.slice(), multipliers: solution.multipliers.slice() };
  for (const text of near) {
    const pull = solution.multipliers[text] as number;
    if (groupOf[text] !== group || pull === 0) continue;
    addText(problem.corpus, moved.weights, text, -pull * (problem.sides[text] as number));
    moved.multipliers[text] = 0;
  }
  const remaining = near.filter((text) => groupOf[text] !== group);
  refine(problem, moved, remaining, REFINE);
  return moved.weights;
}

export function nearBorder(problem: Problem, solution: Solution): Int32Array {
  const near = new Int32Array(problem.corpus.size);
  let count = 0;
  for (let text = 0; text < near.length; text++) {
    const pulls = (solution.multipliers[text] as number) > 0;
    const side = problem.sides[text] as number;
    if (pulls || side * score(problem.corpus, solution.weights, text) < NEAR_BORDER) near[count++] = text;
  }
  return near.slice(0, count);
}
