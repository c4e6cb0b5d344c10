import { type Example, OUT_OF_SCOPE } from "./examples.ts";
import type { Zone } from "./model.ts";

/** What an engine made of one message, ours or another's. */
export interface Verdict {
  readonly text: string;
  /** What was meant; {@link OUT_OF_SCOPE} when no topic was. */
  readonly intent: string;
  /** The likeliest topic, "" when there is none. */
  readonly predicted: string;
  /** The higher, the surer; only the order counts. */
  readonly confidence: number;
  readonly zone: Zone;
  readonly choices: readonly string[];
}

/** Figures of an evaluation; all are shares from 0 to 1. */
export interface Evaluation {
  /** Right topic first, of messages in scope, whatever the threshold. */
  readonly accuracy: number;
  /** Of all messages. */
  readonly answered: number;
  /** Answered rightly, of messages in scope. */
  readonly answeredRight: number;
  /** Of answers; an answered message out of scope is wrong. */
  readonly wrongAmongAnswered: number;
  /** Of messages out of scope; null when there is none. */
  readonly oosRejected: number | null;
  /** Percent wrong -> the largest share of all messages that could be answered with at most so many wrong. */
  readonly coverage: Readonly<Record<"5" | "3" | "2", number>>;
  /** Answered rightly or offered with the right one among the choices, of messages in scope. */
  readonly resolvableWithChoices: number;
}

export function evaluate(verdicts: readonly Verdict[]): Evaluation {
  const isRight = ({ intent, predicted }: Verdict) => intent !== OUT_OF_SCOPE && intent === predicted;
  const inScope = verdicts.filter(({ intent }) => intent !== OUT_OF_SCOPE);
  const outside = verdicts.filter(({ intent }) => intent === OUT_OF_SCOPE);
  const answered = verdicts.filter(({ zone }) => zone === "answer");
  const answeredRight = answered.filter(isRight).length;
  const offered = inScope.filter(
    ({ zone, choices, intent }) => zone === "choose" && choices.includes(intent),
  );
  const rejected = outside.filter(({ zone }) => zone !== "answer").length;
  return {
    accuracy: share(inScope.filter(isRight).length, inScope.length),
    answered: share(answered.length, verdicts.length),
    answeredRight: share(answeredRight, inScope.length),
    wrongAmongAnswered: share(answered.length - answeredRight, answered.length),
    oosRejected: outside.length === 0 ? null : share(rejected, outside.length),
    coverage: {
      "5": coverageAt(verdicts, 0.05, isRight),
      "3": coverageAt(verdicts, 0.03, isRight),
      "2": coverageAt(verdicts, 0.02, isRight),
    },
    resolvableWithChoices: share(answeredRight + offered.length, inScope.length),
  };
}

/** Messages of one confidence are answered together or not at all. */
function coverageAt(
  verdicts: readonly Verdict[],
  limit: number,
  isRight: (verdict: Verdict) => boolean,
): number {
  const order = [...verdicts].sort((a, b) => b.confidence - a.confidence);
  let wrong = 0;
  let most = 0;
  order.forEach((verdict, place) => {
    if (!isRight(verdict)) wrong++;
    const isTied = order[place + 1]?.confidence === verdict.confidence;
    if (!isTied && wrong <= limit * (place + 1)) most = place + 1;
  });
  return share(most, verdicts.length);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** The verdict on a test row. */
export function verdictOf(
  row: Example,
  prediction: {
    readonly zone: Zone;
    readonly confidence: number;
    readonly candidates: readonly { readonly intent: string }[];
    readonly choices: readonly string[];
  },
): Verdict {
  const { zone, confidence, candidates, choices } = prediction;
  return {
    text: row.text,
    intent: row.intent,
    predicted: candidates[0]?.intent ?? "",
    confidence,
    zone,
    choices,
  };
}
