/** The highest scores of messages and whose they are, best first; index -1 where there are fewer topics. */
export interface TopScores {
  readonly scores: Float64Array;
  readonly topics: Int32Array;
  /** The score of "belongs to no topic", one entry a message. */
  readonly outside: Float64Array;
}

/** How many candidates are kept. */
export const TOP = 5;
/** How many of them a customer is offered at most. */
export const CHOICES = 3;

/** The score that stands in for a missing rival: a text clearly on the other side. */
const NO_RIVAL = -1;

export function newTopScores(messages: number): TopScores {
  return {
    scores: new Float64Array(TOP * messages).fill(NO_RIVAL),
    topics: new Int32Array(TOP * messages).fill(-1),
    outside: new Float64Array(messages),
  };
}

/**
 * Keeps the best of a message's scores.
 * @param scores one a topic, then that of "belongs to no topic"
 * @param isLeftOut topics that do not stand for election
 */
export function keepTop(
  top: TopScores,
  message: number,
  scores: ArrayLike<number>,
  isLeftOut?: (topic: number) => boolean,
): void {
  const base = TOP * message;
  const topics = scores.length - 1;
  top.scores.fill(NO_RIVAL, base, base + TOP);
  top.topics.fill(-1, base, base + TOP);
  top.outside[message] = scores[topics] as number;
  for (let topic = 0; topic < topics; topic++) {
    const score = scores[topic] as number;
    const isFull = (top.topics[base + TOP - 1] as number) >= 0;
    if (isFull && score <= (top.scores[base + TOP - 1] as number)) continue;
    if (isLeftOut?.(topic)) continue;
    let place = TOP - 1;
    while (place > 0 && isBelow(top, base + place - 1, score)) {
      top.scores[base + place] = top.scores[base + place - 1] as number;
      top.topics[base + place] = top.topics[base + place - 1] as number;
      place--;
    }
    top.scores[base + place] = score;
    top.topics[base + place] = topic;
  }
}

function isBelow(top: TopScores, place: number, score: number): boolean {
  return (top.topics[place] as number) < 0 || (top.scores[place] as number) < score;
}

/** What is known of a message besides its scores. */
export interface Familiarity {
  /** The share of its words that examples have, 0 to 1. */
  readonly words: number;
  /** The share of its letter sequences that examples have, 0 to 1. */
  readonly letters: number;
  readonly length: number;
}

/** What the calibration looks at; see {@link readEvidence}. */
export const EVIDENCE_SIZE = 16;
/** With the signs that come with a vector. */
export const EVIDENCE_WITH_MEANING = 18;
/** Leads and their products speak for an answer, never against it. */
export const SIGNS_FOR: readonly number[] = [2, 3, 4, 8, 10, 11, 12, 13, 14, 15, 16, 17];
/** The first step of a lead says more than what comes on top. */
const CLEAR = 0.4;

/**
 * The signs by which an answer is trusted: the constant, best score, its lead over the second, the third and over
 * "belongs to no topic", how familiar words and letters are, length, and products that let a lead count less in an
 * unfamiliar message, the beginning of each lead,
 * how reliable the topic was when it was found in cross-validation, and the smaller of the leads over the second and
 * over "belongs to no topic": an answer is as sure as its nearest rival lets it be.
 * @param signs further ones by `signsOf`
 */
export function readEvidence(
  top: TopScores,
  message: number,
  familiar: Familiarity & { readonly reliability: number },
  signs: readonly number[] = [],
): Float64Array {
  const base = TOP * message;
  const first = clamp(top.scores[base] as number);
  const lead = first - clamp(top.scores[base + 1] as number);
  const leadOverThird = first - clamp(top.scores[base + 2] as number);
  const inside = first - clamp(top.outside[message] as number);
  const length = Math.log1p(familiar.length) - 2;
  const { words, letters } = familiar;
  return Float64Array.of(
    1,
    first,
    lead,
    leadOverThird,
    inside,
    words,
    letters,
    length,
    lead * words,
    first * words,
    inside * words,
    Math.min(lead, CLEAR),
    Math.min(inside, CLEAR),
    Math.max(0, lead) * Math.max(0, inside),
    familiar.reliability,
    Math.min(lead, inside),
    ...signs,
  );
}

function clamp(score: number): number {
  return Math.max(-2, Math.min(3, score));
}
