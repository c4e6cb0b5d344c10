import type { Corpus } from "./corpus.ts";
import { type Random, shuffle } from "./random.ts";

/**
 * All topics' borders together. A feature's weights for all topics lie side by side, so that one pass over a text's
 * features scores all topics.
 */
export interface Borders {
  /** Weight of a feature for a topic at [feature * topics + topic]. */
  readonly weights: Float32Array;
  readonly constants: Float32Array;
  readonly topics: number;
}

/**
 * The multipliers of the texts, kept for the few topics that press on each text: slots of a fixed width, the text's
 * own topic first.
 */
interface Multipliers {
  readonly topics: Int16Array;
  readonly values: Float32Array;
  readonly used: Uint8Array;
  /** 1 = the text's last step changed nothing; it rests until the next full pass. */
  readonly calm: Uint8Array;
}

/** A solution that can be moved on: borders and the multipliers that they are made of. */
export interface Solution {
  readonly borders: Borders;
  readonly multipliers: Multipliers;
}

export interface Problem {
  readonly corpus: Corpus;
  /** The topic of each text. */
  readonly labels: Int32Array;
  /** Squared length of each text's vector, with the constant. */
  readonly squares: Float32Array;
}

/** The price of a text on the wrong side of a border. Chosen by cross-validation on training rows; 1 to 4 are alike. */
const COST = 1;
/** So many topics press on one text at most; further ones get their turn in the next full pass. */
const SLOTS = 12;
/** Topics that come this near to the text's own are watched until the next full pass. */
const WATCHED = 1.3;
const NEGLIGIBLE = 1e-3;
/** One pass over all topics, then passes over the watched ones. */
const FULL_PASSES = 3;
const WATCHED_PASSES = 3;
/** Passes after some texts were taken out. */
const PASSES_WITHOUT = 3;

/**
 * Multi-class linear SVM (Crammer and Singer, JMLR 2001), solved in its dual text by text (Keerthi, Sundararajan,
 * Chang, Hsieh, Lin: A Sequential Dual Method for Large Scale Multi-class Linear SVMs, KDD 2008); the working set of a
 * text is refreshed in every full pass.
 */
export function solve(
  problem: Problem,
  size: { features: number; topics: number },
  random: Random,
): Solution {
  const { features, topics } = size;
  const texts = problem.corpus.size;
  const solution: Solution = {
    borders: {
      weights: new Float32Array(features * topics),
      constants: new Float32Array(topics),
      topics,
    },
    multipliers: {
      topics: new Int16Array(texts * SLOTS),
      values: new Float32Array(texts * SLOTS),
      used: new Uint8Array(texts),
      calm: new Uint8Array(texts),
    },
  };
  const order = new Int32Array(texts);
  for (let i = 0; i < texts; i++) order[i] = i;
  for (let round = 0; round < FULL_PASSES; round++) {
    shuffle(order, texts, random);
    pass(problem, solution, order, true);
    for (let again = 0; again < WATCHED_PASSES; again++) pass(problem, solution, order, false);
  }
  return solution;
}

/**
 * The borders as they would be without some texts: their pull is taken out, then the others find their balance again.
 * This warm start gives cross-validation at a fraction of training anew (DeCoste and Wagstaff: Alpha Seeding for
 * Support Vector Machines, KDD 2000).
 * @param isLeft says which texts stay
 */
export function solveWithout(
  problem: Problem,
  { borders, multipliers }: Solution,
  isLeft: (text: number) => boolean,
): Borders {
  const moved: Solution = {
    borders: { ...borders, weights: borders.weights.slice(), constants: borders.constants.slice() },
    multipliers: {
      ...multipliers,
      values: multipliers.values.slice(),
      calm: new Uint8Array(multipliers.calm.length),
    },
  };
  const rest: number[] = [];
  for (let text = 0; text < problem.corpus.size; text++) {
    if (isLeft(text)) {
      if ((multipliers.used[text] as number) > 1) rest.push(text);
      continue;
    }
    changed = 0;
    for (let slot = 0; slot < (multipliers.used[text] as number); slot++) {
      const pull = multipliers.values[text * SLOTS + slot] as number;
      if (pull !== 0) note(multipliers.topics[text * SLOTS + slot] as number, -pull);
    }
    spread(problem.corpus, moved.borders, text);
  }
  const order = Int32Array.from(rest);
  for (let again = 0; again < PASSES_WITHOUT; again++) pass(problem, moved, order, false);
  return moved.borders;
}

/** Scratch space of one step: what changes, by topic. */
const changedTopics = new Int32Array(SLOTS);
const changedBy = new Float32Array(SLOTS);
let changed = 0;
const beside = new Float64Array(SLOTS);
const sorted = new Float64Array(SLOTS);
const watched = new Int32Array(SLOTS);
const sums = new Float64Array(SLOTS);

function note(topic: number, by: number): void {
  changedTopics[changed] = topic;
  changedBy[changed] = by;
  changed++;
}

function pass(problem: Problem, solution: Solution, order: Int32Array, isFull: boolean): void {
  const { corpus } = problem;
  const { borders, multipliers } = solution;
  const scores = new Float32Array(borders.topics);
  for (const text of order) {
    if (isFull) {
      scoreAll(corpus, borders, text, scores);
      watch(multipliers, text, problem.labels[text] as number, scores);
    } else if ((multipliers.used[text] as number) > 1 && multipliers.calm[text] === 0) {
      scoreWatched(corpus, solution, text, scores);
    } else continue;
    const isChanged = step(problem, multipliers, text, scores);
    multipliers.calm[text] = isChanged ? 0 : 1;
    if (isChanged) spread(corpus, borders, text);
  }
}

/** All topics' scores of a text, four features at a time: each score is then read and written a quarter as often. */
export function scoreAll(corpus: Corpus, borders: Borders, text: number, scores: Float32Array): void {
  const { weights, constants, topics } = borders;
  const { rows, values, starts } = corpus;
  const end = starts[text + 1] as number;
  scores.set(constants);
  let i = starts[text] as number;
  for (; i + 3 < end; i += 4) {
    const a = (rows[i] as number) * topics;
    const b = (rows[i + 1] as number) * topics;
    const c = (rows[i + 2] as number) * topics;
    const d = (rows[i + 3] as number) * topics;
    const va = values[i] as number;
    const vb = values[i + 1] as number;
    const vc = values[i + 2] as number;
    const vd = values[i + 3] as number;
    for (let topic = 0; topic < topics; topic++) {
      scores[topic] =
        (scores[topic] as number) +
        va * (weights[a + topic] as number) +
        vb * (weights[b + topic] as number) +
        vc * (weights[c + topic] as number) +
        vd * (weights[d + topic] as number);
    }
  }
  for (; i < end; i++) {
    const base = (rows[i] as number) * topics;
    const value = values[i] as number;
    for (let topic = 0; topic < topics; topic++) {
      scores[topic] = (scores[topic] as number) + value * (weights[base + topic] as number);
    }
  }
}

function scoreWatched(corpus: Corpus, solution: Solution, text: number, scores: Float32Array): void {
  const { weights, constants, topics } = solution.borders;
  const { multipliers } = solution;
  const { rows, values, starts } = corpus;
  const start = starts[text] as number;
  const end = starts[text + 1] as number;
  const used = multipliers.used[text] as number;
  const own = text * SLOTS;
  for (let slot = 0; slot < used; slot++) watched[slot] = multipliers.topics[own + slot] as number;
  sums.fill(0);
  // Feature by feature, so that the topics' weights are found side by side.
  for (let i = start; i < end; i++) {
    const base = (rows[i] as number) * topics;
    const value = values[i] as number;
    for (let slot = 0; slot < used; slot++) {
      sums[slot] = (sums[slot] as number) + value * (weights[base + (watched[slot] as number)] as number);
    }
  }
  for (let slot = 0; slot < used; slot++) {
    const topic = watched[slot] as number;
    scores[topic] = (sums[slot] as number) + (constants[topic] as number);
  }
}

/** Chooses the topics that a text watches: its own, those with a pull, and the nearest of the others. */
function watch(multipliers: Multipliers, text: number, own: number, scores: Float32Array): void {
  const { topics, values, used } = multipliers;
  const base = text * SLOTS;
  const before = used[text] as number;
  let count = 0;
  for (let slot = 0; slot < before; slot++) {
    const topic = topics[base + slot] as number;
    const value = values[base + slot] as number;
    if (topic !== own && value === 0) continue;
    topics[base + count] = topic;
    values[base + count] = value;
    count++;
  }
  if (count === 0) {
    topics[base] = own;
    values[base] = 0;
    count = 1;
  }
  const kept = count;
  const bar = (scores[own] as number) - WATCHED;
  for (let topic = 0; topic < scores.length; topic++) {
    const score = scores[topic] as number;
    if (score <= bar || isAmong(topics, base, kept, topic)) continue;
    if (count < SLOTS) {
      topics[base + count] = topic;
      values[base + count] = 0;
      count++;
      continue;
    }
    let lowest = kept;
    for (let slot = kept + 1; slot < SLOTS; slot++) {
      if (scoreAt(scores, topics, base + slot) < scoreAt(scores, topics, base + lowest)) lowest = slot;
    }
    if (kept < SLOTS && score > scoreAt(scores, topics, base + lowest)) topics[base + lowest] = topic;
  }
  used[text] = count;
}

function scoreAt(scores: Float32Array, topics: Int16Array, place: number): number {
  return scores[topics[place] as number] as number;
}

function isAmong(topics: Int16Array, base: number, count: number, topic: number): boolean {
  for (let slot = 0; slot < count; slot++) if (topics[base + slot] === topic) return true;
  return false;
}

/**
 * The best multipliers of one text with all others fixed: each is min(bound, (beta - gradient part) / length), beta so
 * that they add up to 0. @returns whether anything changed; what, stands in the scratch space
 */
function step(
  { squares, labels }: Problem,
  multipliers: Multipliers,
  text: number,
  scores: Float32Array,
): boolean {
  const { topics, values, used } = multipliers;
  const base = text * SLOTS;
  const count = used[text] as number;
  const own = labels[text] as number;
  const square = squares[text] as number;
  changed = 0;
  for (let slot = 0; slot < count; slot++) {
    const topic = topics[base + slot] as number;
    const miss = topic === own ? 0 : 1;
    beside[slot] = (scores[topic] as number) + miss - square * (values[base + slot] as number);
    insertSorted(slot, (beside[slot] as number) + (topic === own ? square * COST : 0));
  }
  let beta = (sorted[0] as number) - square * COST;
  let taken = 1;
  while (taken < count && beta / taken < (sorted[taken] as number)) {
    beta += sorted[taken] as number;
    taken++;
  }
  beta /= taken;
  for (let slot = 0; slot < count; slot++) {
    const topic = topics[base + slot] as number;
    const bound = topic === own ? COST : 0;
    const after = Math.min(bound, (beta - (beside[slot] as number)) / square);
    const by = after - (values[base + slot] as number);
    if (Math.abs(by) < NEGLIGIBLE) continue;
    values[base + slot] = after;
    note(topic, by);
  }
  return changed > 0;
}

/** Keeps `sorted` in falling order. */
function insertSorted(count: number, value: number): void {
  let place = count;
  while (place > 0 && (sorted[place - 1] as number) < value) {
    sorted[place] = sorted[place - 1] as number;
    place--;
  }
  sorted[place] = value;
}

/** Adds what the scratch space says to the weights. */
function spread(corpus: Corpus, { weights, constants, topics }: Borders, text: number): void {
  const { rows, values, starts } = corpus;
  const end = starts[text + 1] as number;
  for (let i = starts[text] as number; i < end; i++) {
    const base = (rows[i] as number) * topics;
    const value = values[i] as number;
    for (let c = 0; c < changed; c++) {
      const place = base + (changedTopics[c] as number);
      weights[place] = (weights[place] as number) + value * (changedBy[c] as number);
    }
  }
  for (let c = 0; c < changed; c++) {
    const topic = changedTopics[c] as number;
    constants[topic] = (constants[topic] as number) + (changedBy[c] as number);
  }
}

export function squaredLengths(corpus: Corpus): Float32Array {
  const squares = new Float32Array(corpus.size);
  for (let text = 0; text < corpus.size; text++) {
    let sum = 1;
    const end = corpus.starts[text + 1] as number;
    for (let i = corpus.starts[text] as number; i < end; i++) sum += (corpus.values[i] as number) ** 2;
    squares[text] = sum;
  }
  return squares;
}
