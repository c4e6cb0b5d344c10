/** Rows of equal length, whether each holds, and how much each counts. */
export interface Observations {
  readonly rows: readonly Float64Array[];
  readonly holds: readonly boolean[];
  readonly weights: readonly number[];
}

const NEWTON_STEPS = 25;
const CONVERGED = 1e-3;

/** The probability that a logistic model gives. */
export function probability(coefficients: ArrayLike<number>, row: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += (coefficients[i] as number) * (row[i] as number);
  return 1 / (1 + Math.exp(-sum));
}

/** What is believed before an observation is made. */
export interface Belief {
  readonly coefficients: readonly number[];
  /** How much that counts, in observations. */
  readonly strength: number;
  /** Positions of coefficients that are never below 0: what is a sign for cannot be one against. */
  readonly neverNegative: readonly number[];
}

const FIXED = 1e9;

/**
 * Logistic regression by Newton's method, drawn towards a belief, which is what it gives without observations.
 * Coefficients that would break a sign are set to 0, the worst first, and the others fitted again.
 * @param near a fit of nearly the same observations, where the search begins
 */
export function fitLogistic(data: Observations, belief: Belief, near?: readonly number[]): number[] {
  const isFixed = (place: number) => near?.[place] === 0 && belief.neverNegative.includes(place);
  const prior = belief.coefficients.map((value, place) => (isFixed(place) ? 0 : value));
  const strengths = prior.map((_, place) => (isFixed(place) ? FIXED : belief.strength));
  let start = near ?? prior;
  for (;;) {
    const coefficients = descendFrom(start, data, prior, strengths);
    start = coefficients;
    const [worst] = belief.neverNegative
      .filter((place) => (coefficients[place] as number) < 0 && strengths[place] !== FIXED)
      .sort((a, b) => (coefficients[a] as number) - (coefficients[b] as number));
    if (worst === undefined) return coefficients.map((value, i) => (strengths[i] === FIXED ? 0 : value));
    prior[worst] = 0;
    strengths[worst] = FIXED;
  }
}

function descendFrom(
  start: readonly number[],
  data: Observations,
  prior: readonly number[],
  strengths: readonly number[],
): number[] {
  const size = prior.length;
  let coefficients = [...start];
  for (let round = 0; round < NEWTON_STEPS; round++) {
    const { gradient, curvature } = derivatives(data, coefficients, size);
    for (let i = 0; i < size; i++) {
      const strength = strengths[i] as number;
      gradient[i] = (gradient[i] as number) + strength * ((coefficients[i] as number) - (prior[i] as number));
      curvature[i * size + i] = (curvature[i * size + i] as number) + strength;
    }
    const change = solveSymmetric(curvature, gradient);
    const longest = Math.max(...change.map(Math.abs));
    const brake = longest > 4 ? 4 / longest : 1;
    coefficients = coefficients.map((value, i) => value - brake * (change[i] as number));
    if (longest < CONVERGED) break;
  }
  return coefficients;
}

function derivatives(data: Observations, coefficients: readonly number[], size: number) {
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (let index = 0; index < data.rows.length; index++) {
    const row = data.rows[index] as Float64Array;
    const weight = data.weights[index] as number;
    const expected = probability(coefficients, row);
    const error = weight * (expected - (data.holds[index] ? 1 : 0));
    const bend = weight * expected * (1 - expected);
    for (let i = 0; i < size; i++) {
      const value = row[i] as number;
      gradient[i] = (gradient[i] as number) + error * value;
      for (let j = 0; j <= i; j++) {
        curvature[i * size + j] = (curvature[i * size + j] as number) + bend * value * (row[j] as number);
      }
    }
  }
  return { gradient, curvature };
}

/** Cholesky's decomposition of a positive definite matrix (lower half given), then both substitutions. */
function solveSymmetric(matrix: Float64Array, right: Float64Array): number[] {
  const size = right.length;
  const lower = new Float64Array(matrix);
  const at = (i: number, j: number) => lower[i * size + j] as number;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(j, j);
    }
  }
  const solution = Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i] = (solution[i] as number) - at(i, k) * (solution[k] as number);
    solution[i] = (solution[i] as number) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++)
      solution[i] = (solution[i] as number) - at(k, i) * (solution[k] as number);
    solution[i] = (solution[i] as number) / at(i, i);
  }
  return solution;
}
