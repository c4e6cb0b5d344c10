import type { Calibration } from "./calibration.ts";
import { TOP, type TopScores } from "./evidence.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * What a model knows beside words and letters, where a service outside turned its examples into vectors: how like a
 * message is to each topic's examples, and thresholds of its own. A message without a vector is judged as if there were
 * none of this.
 */
export interface Meaning extends Thresholds {
  /** Service and model: vectors of different ones cannot be compared. */
  readonly name: string;
  readonly dimensions: number;
  /** What one standard deviation of likeness counts beside the scores, as cross-validation says. */
  readonly weight: number;
  /** Mean and standard deviation of an example's highest cosine. */
  readonly usual: { readonly mean: number; readonly deviation: number };
  readonly calibration: Calibration;
  /** The mean direction of each topic's examples, a unit vector a topic. */
  readonly centroids: Float32Array;
}

/** How like a message is to each topic. */
export interface Likeness {
  /** Cosines in standard deviations from their mean, one a topic; 0 for one that is left out. */
  readonly relative: Float32Array;
  /** The highest cosine. */
  readonly nearest: number;
}

export function likenessOf(
  centroids: Float32Array,
  vector: Float32Array,
  isLeftOut: (topic: number) => boolean = () => false,
): Likeness {
  const size = vector.length;
  const relative = new Float32Array(centroids.length / size);
  const length = lengthOf(vector) || 1;
  let sum = 0;
  let squares = 0;
  let count = 0;
  let nearest = -1;
  for (let topic = 0; topic < relative.length; topic++) {
    if (isLeftOut(topic)) continue;
    let product = 0;
    for (let i = 0; i < size; i++) product += (centroids[topic * size + i] as number) * (vector[i] as number);
    const cosine = product / length;
    relative[topic] = cosine;
    sum += cosine;
    squares += cosine * cosine;
    count++;
    nearest = Math.max(nearest, cosine);
  }
  const mean = sum / Math.max(1, count);
  const deviation = Math.sqrt(Math.max(1e-12, squares / Math.max(1, count) - mean * mean));
  for (let topic = 0; topic < relative.length; topic++)
    relative[topic] = isLeftOut(topic) ? 0 : ((relative[topic] as number) - mean) / deviation;
  return { relative, nearest };
}

export function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

/** Orders a message's best topics anew. */
export function reorder(top: TopScores, message: number, likeness: Likeness, weight: number): void {
  const base = TOP * message;
  const places = Array.from({ length: TOP }, (_, place) => {
    const topic = top.topics[base + place] as number;
    const added = topic < 0 ? 0 : weight * (likeness.relative[topic] as number);
    return { topic, score: (top.scores[base + place] as number) + added };
  });
  places.sort((a, b) => Number(a.topic < 0) - Number(b.topic < 0) || b.score - a.score);
  places.forEach(({ topic, score }, place) => {
    top.topics[base + place] = topic;
    top.scores[base + place] = score;
  });
}

const MOST_LEAD = 3;
const FARTHEST = -4;
const NEAREST = 2;

/** The signs of trust that come with a vector: the first topic's lead in likeness, and how near anything is at all. */
export function signsOf(
  top: TopScores,
  message: number,
  likeness: Likeness,
  usual: Meaning["usual"],
): readonly number[] {
  const first = top.topics[TOP * message] as number;
  const rival = likeness.relative.reduce(
    (most, one, topic) => (topic === first ? most : Math.max(most, one)),
    -MOST_LEAD,
  );
  const lead = first < 0 ? 0 : (likeness.relative[first] as number) - rival;
  const near = (likeness.nearest - usual.mean) / usual.deviation;
  return [Math.max(-MOST_LEAD, Math.min(MOST_LEAD, lead)), Math.max(FARTHEST, Math.min(NEAREST, near))];
}
