import type { Corpus } from "./corpus.ts";
import { keepTop, newTopScores, type TopScores } from "./evidence.ts";
import { addText, type Problem, refine, type Solution, score } from "./svm.ts";

/** Texts divided into groups; each group is judged by a model that has not seen it. */
export interface Partition {
  /** One entry a text. */
  readonly groupOf: Int32Array;
  readonly groups: number;
  /** The groups whose model does not know an intent at all; one entry an intent, -1 for none. */
  readonly groupOfIntent?: Int32Array;
}

/** Texts as a model without their group sees them: features that only their group has are gone. */
export interface HeldOut {
  readonly partition: Partition;
  readonly corpus: Corpus;
  readonly known: Float64Array;
  readonly words: Int32Array;
  readonly top: TopScores;
}

/** Texts this far inside their side may begin to press on the border when others are taken away. */
const NEAR_BORDER = 1.25;
const REFINE = { cost: 2, tolerance: 0.2, maxPasses: 4 };

export function holdOut(corpus: Corpus, partition: Partition, features: number): HeldOut {
  const { groupOf, groups } = partition;
  const { starts, rows } = corpus;
  const total = new Int32Array(features);
  const inGroup = new Int32Array(features * groups);
  for (let text = 0; text < corpus.size; text++) {
    const group = groupOf[text] as number;
    for (let i = starts[text] as number; i < (starts[text + 1] as number); i++) {
      const row = rows[i] as number;
      total[row] = (total[row] as number) + 1;
      inGroup[row * groups + group] = (inGroup[row * groups + group] as number) + 1;
    }
  }
  const values = new Float32Array(corpus.values);
  const known = new Float64Array(corpus.size);
  const words = new Int32Array(corpus.size);
  for (let text = 0; text < corpus.size; text++) {
    const group = groupOf[text] as number;
    const start = starts[text] as number;
    const isOwn = (row: number) => total[row] === inGroup[row * groups + group];
    let ownWords = 0;
    for (let i = start; i < (corpus.wordEnds[text] as number); i++) if (isOwn(rows[i] as number)) ownWords++;
    words[text] = (corpus.wordEnds[text] as number) - start + (corpus.unknownWords[text] as number);
    known[text] =
      words[text] === 0
        ? 0
        : 1 - (ownWords + (corpus.unknownWords[text] as number)) / (words[text] as number);
    drop({ rows, values, from: start, to: corpus.phraseEnds[text] as number }, isOwn);
    drop({ rows, values, from: corpus.phraseEnds[text] as number, to: starts[text + 1] as number }, isOwn);
  }
  return { partition, corpus: { ...corpus, values }, known, words, top: newTopScores(corpus.size) };
}

interface Block {
  rows: Int32Array;
  values: Float32Array;
  from: number;
  to: number;
}

function drop(block: Block, isOwn: (row: number) => boolean): void {
  const { rows, values, from, to } = block;
  let squares = 0;
  for (let i = from; i < to; i++) {
    if (isOwn(rows[i] as number)) values[i] = 0;
    squares += (values[i] as number) ** 2;
  }
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let i = from; i < to; i++) values[i] = (values[i] as number) * scale;
}

/** Texts that belong to no intent; text i is judged by the model of group i modulo the groups. */
export interface Strangers {
  readonly corpus: Corpus;
  readonly top: TopScores;
}

/**
 * Scores every text for one intent by a model that has not seen the text's group: the group's pull is taken out of the
 * finished solution, then the texts near the border find their balance again. This warm start gives cross-validation at
 * a fraction of training anew (DeCoste and Wagstaff: Alpha Seeding for Support Vector Machines, KDD 2000).
 */
export function scoreHeldOut(
  full: { problem: Problem; solution: Solution },
  intent: number,
  held: HeldOut,
  strangers?: Strangers,
): void {
  const { problem, solution } = full;
  const { groupOf, groups, groupOfIntent } = held.partition;
  const near = nearBorder(problem, solution);
  for (let group = 0; group < groups; group++) {
    if (groupOfIntent?.[intent] === group) continue;
    const without = { weights: solution.weights.slice(), multipliers: solution.multipliers.slice() };
    for (const text of near) {
      const pull = solution.multipliers[text] as number;
      if (groupOf[text] !== group || pull === 0) continue;
      addText(problem.corpus, without.weights, text, -pull * (problem.sides[text] as number));
      without.multipliers[text] = 0;
    }
    const remaining = near.filter((text) => groupOf[text] !== group);
    refine(problem, without, remaining, REFINE);
    for (let text = 0; text < held.corpus.size; text++) {
      if (groupOf[text] === group)
        keepTop(held.top, 3 * text, score(held.corpus, without.weights, text), intent);
    }
    if (strangers === undefined) continue;
    for (let text = group; text < strangers.corpus.size; text += groups) {
      keepTop(strangers.top, 3 * text, score(strangers.corpus, without.weights, text), intent);
    }
  }
}

function nearBorder(problem: Problem, solution: Solution): Int32Array {
  const near = new Int32Array(problem.corpus.size);
  let count = 0;
  for (let text = 0; text < near.length; text++) {
    const pulls = (solution.multipliers[text] as number) > 0;
    if (
      pulls ||
      (problem.sides[text] as number) * score(problem.corpus, solution.weights, text) < NEAR_BORDER
    ) {
      near[count++] = text;
    }
  }
  return near.slice(0, count);
}
