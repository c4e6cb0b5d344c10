import type { Corpus } from "./corpus.ts";
import { type Random, shuffle } from "./random.ts";

/** One topic against all others. `weights` has one entry a feature and the constant last. */
export interface Solution {
  readonly weights: Float64Array;
  /** One multiplier a text, >= 0; 0 where the text does not press on the border. */
  readonly multipliers: Float64Array;
}

export interface Problem {
  readonly corpus: Corpus;
  /** 1 for a text of the topic, -1 for another; one entry a text. */
  readonly sides: Int8Array;
  /** Squared length of each text's vector, with the constant. */
  readonly squares: Float64Array;
}

export interface SolveOptions {
  /** The price of a text on the wrong side. */
  readonly cost: number;
  /** Stops when no projected gradient is further than this from another. */
  readonly tolerance: number;
  readonly maxPasses: number;
}

/**
 * L2-regularised, L2-loss linear SVM by dual coordinate descent with shrinking
 * (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008).
 */
export function solve(problem: Problem, options: SolveOptions, features: number, random: Random): Solution {
  const { corpus } = problem;
  const solution = { weights: new Float64Array(features + 1), multipliers: new Float64Array(corpus.size) };
  const order = new Int32Array(corpus.size);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let active = order.length;
  let shrinkAbove = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < options.maxPasses; pass++) {
    shuffle(order, active, random);
    const result = descend(problem, solution, { order, active, shrinkAbove, softness: 0.5 / options.cost });
    active = result.active;
    if (result.highest - result.lowest <= options.tolerance) {
      if (active === order.length) break;
      active = order.length;
      shrinkAbove = Number.POSITIVE_INFINITY;
    } else {
      shrinkAbove = result.highest > 0 ? result.highest : Number.POSITIVE_INFINITY;
    }
  }
  return solution;
}

interface Sweep {
  readonly order: Int32Array;
  readonly active: number;
  readonly shrinkAbove: number;
  readonly softness: number;
}

/** One pass over the active texts; a text whose multiplier stays 0 for sure is moved behind them. */
function descend(
  problem: Problem,
  solution: Solution,
  sweep: Sweep,
): { active: number; highest: number; lowest: number } {
  const { sides, squares, corpus } = problem;
  const { multipliers, weights } = solution;
  const { order, softness } = sweep;
  let active = sweep.active;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let s = 0; s < active; s++) {
    const text = order[s] as number;
    const side = sides[text] as number;
    const before = multipliers[text] as number;
    const gradient = side * score(corpus, weights, text) - 1 + before * softness;
    let projected = gradient;
    if (before === 0) {
      if (gradient > sweep.shrinkAbove) {
        active--;
        order[s] = order[active] as number;
        order[active] = text;
        s--;
        continue;
      }
      if (gradient > 0) projected = 0;
    }
    if (projected > highest) highest = projected;
    if (projected < lowest) lowest = projected;
    if (Math.abs(projected) < 1e-12) continue;
    const after = Math.max(0, before - gradient / ((squares[text] as number) + softness));
    multipliers[text] = after;
    addText(corpus, weights, text, (after - before) * side);
  }
  return { active, highest, lowest };
}

/** Further passes over `order` without shrinking, from a solution that is nearly right; changes the solution. */
export function refine(problem: Problem, solution: Solution, order: Int32Array, options: SolveOptions): void {
  const sweep = {
    order,
    active: order.length,
    shrinkAbove: Number.POSITIVE_INFINITY,
    softness: 0.5 / options.cost,
  };
  for (let pass = 0; pass < options.maxPasses; pass++) {
    const { highest, lowest } = descend(problem, solution, sweep);
    if (highest - lowest <= options.tolerance) return;
  }
}

/** The side a text is on, and how far from the border. */
export function score(corpus: Corpus, weights: Float64Array, text: number): number {
  const { rows, values, starts } = corpus;
  const end = starts[text + 1] as number;
  let sum = weights[weights.length - 1] as number;
  for (let i = starts[text] as number; i < end; i++)
    sum += (values[i] as number) * (weights[rows[i] as number] as number);
  return sum;
}

export function addText(corpus: Corpus, weights: Float64Array, text: number, times: number): void {
  const { rows, values, starts } = corpus;
  const end = starts[text + 1] as number;
  const last = weights.length - 1;
  weights[last] = (weights[last] as number) + times;
  for (let i = starts[text] as number; i < end; i++) {
    const row = rows[i] as number;
    weights[row] = (weights[row] as number) + times * (values[i] as number);
  }
}

export function squaredLengths(corpus: Corpus): Float64Array {
  const squares = new Float64Array(corpus.size);
  for (let text = 0; text < corpus.size; text++) {
    let sum = 1;
    const end = corpus.starts[text + 1] as number;
    for (let i = corpus.starts[text] as number; i < end; i++) sum += (corpus.values[i] as number) ** 2;
    squares[text] = sum;
  }
  return squares;
}
