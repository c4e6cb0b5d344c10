import { EVIDENCE_SIZE, EVIDENCE_WITH_MEANING, SIGNS_FOR } from "./evidence.ts";
import { type Belief, fitLogistic, type Observations, probability } from "./logistic.ts";

/** Two logistic models on the evidence: is the first candidate right, and is the right one among the three? */
export interface Calibration {
  readonly first: readonly number[];
  readonly listed: readonly number[];
}

/** Where a judged message comes from; "messages" were given as held out, the others are made of the examples. */
export type Origin = "examples" | "messages" | "starter" | "given" | "leftOut";

/** A message whose intent is known, as a model that had not seen it judged it. */
export interface Judged {
  readonly evidence: Float64Array;
  readonly isFirstRight: boolean;
  readonly isListed: boolean;
  /** How much the message counts. */
  readonly weight: number;
  /** Messages of one fold are never used to judge each other. */
  readonly fold: number;
  readonly origin: Origin;
}

/** What is believed before a single message was judged; order as in `readEvidence`. Fitted on public data, rounded. */
const PRIOR: Calibration = {
  first: [-2.5, 0.3, 1, 0.4, 1, 1, 0.2, 0, 1, 0.4, 0.7, 1, 1, 0.3, 0.5, 0],
  listed: [-2, 1, 0.2, 0.6, 0.8, 1.2, 0.2, 0, 0.3, 0.7, 0.5, 0.3, 0.8, 0.2, 0.3, 0],
};
const PRIOR_STRENGTH = 2;

export interface Confidence {
  readonly first: number;
  readonly listed: number;
}

export function confidenceOf(calibration: Calibration, evidence: Float64Array): Confidence {
  const first = probability(calibration.first, evidence);
  return { first, listed: Math.max(first, probability(calibration.listed, evidence)) };
}

/** @param near the calibration by nearly the same messages, where the search begins */
export function calibrate(judged: readonly Judged[], near?: Calibration): Calibration {
  const observe = (holds: (one: Judged) => boolean): Observations => ({
    rows: judged.map((one) => one.evidence),
    holds: judged.map(holds),
    weights: judged.map((one) => one.weight),
  });
  const size = judged[0]?.evidence.length ?? EVIDENCE_SIZE;
  // Nothing is believed beforehand of signs that come with a vector.
  const believe = (coefficients: readonly number[]): Belief => ({
    coefficients: Array.from({ length: size }, (_, place) => coefficients[place] ?? 0),
    strength: PRIOR_STRENGTH,
    neverNegative: SIGNS_FOR.filter((place) => place < size),
  });
  return {
    first: fitLogistic(
      observe((one) => one.isFirstRight),
      believe(PRIOR.first),
      near?.first,
    ),
    listed: fitLogistic(
      observe((one) => one.isListed),
      believe(PRIOR.listed),
      near?.listed,
    ),
  };
}

/** The confidence of each message by a calibration that was fitted without its fold. */
export function crossFittedConfidences(judged: readonly Judged[], near: Calibration): Confidence[] {
  const byFold = new Map<number, Calibration>();
  for (const { fold } of judged) {
    if (!byFold.has(fold))
      byFold.set(
        fold,
        calibrate(
          judged.filter((one) => one.fold !== fold),
          near,
        ),
      );
  }
  return judged.map((one) => confidenceOf(byFold.get(one.fold) as Calibration, one.evidence));
}

/** The lengths of {@link Calibration} vectors, without and with a meaning, checked when a model is read. */
export const CALIBRATION_SIZE = EVIDENCE_SIZE;
export const CALIBRATION_WITH_MEANING = EVIDENCE_WITH_MEANING;
