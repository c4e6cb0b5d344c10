/** The highest scores of a message and whose they are, best first; index -1 where there are fewer intents. */
export interface TopScores {
  readonly scores: Float64Array;
  readonly intents: Int32Array;
}

/** How many candidates are kept. */
export const TOP = 5;
/** How many of them a customer is offered at most. */
export const CHOICES = 3;

/** The score that stands in for a missing rival: a text clearly on the other side. */
const NO_RIVAL = -1;

/** Sorts a score into the kept ones; `at` is where they begin. */
export function keepTop(top: TopScores, at: number, score: number, intent: number): void {
  const { scores, intents } = top;
  for (let place = 0; place < TOP; place++) {
    if ((intents[at + place] as number) >= 0 && score <= (scores[at + place] as number)) continue;
    for (let below = TOP - 1; below > place; below--) {
      scores[at + below] = scores[at + below - 1] as number;
      intents[at + below] = intents[at + below - 1] as number;
    }
    scores[at + place] = score;
    intents[at + place] = intent;
    return;
  }
}

export function newTopScores(messages: number): TopScores {
  return {
    scores: new Float64Array(TOP * messages).fill(NO_RIVAL),
    intents: new Int32Array(TOP * messages).fill(-1),
  };
}

/** What the calibration looks at; see {@link readEvidence}. */
export const EVIDENCE_SIZE = 9;

/**
 * The signs by which an answer is trusted: the constant, best score, its lead over the second and the third, share of
 * known words and letters, length, and products that let a lead count less in an unknown message.
 * @param at where the message's scores begin
 */
export function readEvidence(
  top: TopScores,
  at: number,
  message: { known: number; words: number },
): Float64Array {
  const first = Math.max(-2, top.scores[at] as number);
  const lead = first - Math.max(-2, top.scores[at + 1] as number);
  const leadOverThird = first - Math.max(-2, top.scores[at + 2] as number);
  const length = Math.log1p(message.words) - 2;
  const evidence = new Float64Array(EVIDENCE_SIZE);
  evidence[0] = 1;
  evidence[1] = first;
  evidence[2] = lead;
  evidence[3] = leadOverThird;
  evidence[4] = message.known;
  evidence[5] = length;
  evidence[6] = lead * message.known;
  evidence[7] = first * message.known;
  evidence[8] = lead * lead;
  return evidence;
}
