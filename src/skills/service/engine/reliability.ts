import { TOP, type TopScores } from "./evidence.ts";
import type { Lesson } from "./lesson.ts";

/** How often each topic was found first in cross-validation, and how often it was the right one. */
export interface Reliability {
  readonly found: Float64Array;
  readonly right: Float64Array;
  /** The share that was right over all topics, 0 to 1. */
  readonly mean: number;
}

/** So many average findings are added to a topic's own. */
const SHRINKAGE = 8;
const MOST = 2;

export function countFindings(lesson: Lesson, top: TopScores): Reliability {
  const found = new Float64Array(lesson.intents.length);
  const right = new Float64Array(lesson.intents.length);
  let all = 0;
  for (let text = 0; text < lesson.examples; text++) {
    const topic = top.topics[TOP * text] as number;
    if (topic < 0) continue;
    found[topic] = (found[topic] as number) + 1;
    if (topic !== lesson.labels[text]) continue;
    right[topic] = (right[topic] as number) + 1;
    all++;
  }
  return { found, right, mean: lesson.examples === 0 ? 0.5 : all / lesson.examples };
}

/**
 * Whether a topic that was found is right more often than others: the difference of log odds, at most 2 either way.
 * @param own says whether the text itself was among the findings, and right; it is taken out then
 */
export function reliabilityOf(
  { found, right, mean }: Reliability,
  topic: number,
  own?: { readonly isRight: boolean },
): number {
  if (topic < 0) return 0;
  const count = (found[topic] as number) - (own ? 1 : 0);
  const hits = (right[topic] as number) - (own?.isRight ? 1 : 0);
  const average = Math.min(0.99, Math.max(0.01, mean));
  const share = (hits + SHRINKAGE * average) / (count + SHRINKAGE);
  const difference = logOdds(Math.min(0.995, share)) - logOdds(average);
  return Math.max(-MOST, Math.min(MOST, difference));
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}
