import { EVIDENCE_SIZE } from "./evidence.ts";
import { fitLogistic, type Observations, probability } from "./logistic.ts";

/** Two logistic models on the evidence: is the first candidate right, and is the right one among the three? */
export interface Calibration {
  readonly first: readonly number[];
  readonly listed: readonly number[];
}

/** A message whose intent is known, as a model that had not seen it judged it. */
export interface Judged {
  readonly evidence: Float64Array;
  readonly isFirstRight: boolean;
  readonly isListed: boolean;
  /** How much the message counts. */
  readonly weight: number;
  /** Messages of one fold are never used to judge each other. */
  readonly fold: number;
}

/** What is believed before a single message was judged; order as in `readEvidence`. Fitted on public data, rounded. */
const PRIOR: Calibration = {
  first: [-2.5, 0.3, 2.2, 0.5, 1.2, 0, 1.8, 0.3, -1],
  listed: [-1.5, 1.2, 0.5, 0.4, 2, 0, 0.6, 1, -0.5],
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

export function calibrate(judged: readonly Judged[]): Calibration {
  const observe = (holds: (one: Judged) => boolean): Observations => ({
    rows: judged.map((one) => one.evidence),
    holds: judged.map(holds),
    weights: judged.map((one) => one.weight),
  });
  return {
    first: fitLogistic(
      observe((one) => one.isFirstRight),
      PRIOR.first,
      PRIOR_STRENGTH,
    ),
    listed: fitLogistic(
      observe((one) => one.isListed),
      PRIOR.listed,
      PRIOR_STRENGTH,
    ),
  };
}

/** The confidence of each message by a calibration that was fitted without its fold. */
export function crossFittedConfidences(judged: readonly Judged[]): Confidence[] {
  const byFold = new Map<number, Calibration>();
  for (const { fold } of judged) {
    if (!byFold.has(fold)) byFold.set(fold, calibrate(judged.filter((one) => one.fold !== fold)));
  }
  return judged.map((one) => confidenceOf(byFold.get(one.fold) as Calibration, one.evidence));
}

/** The length of {@link Calibration} vectors, checked when a model is read. */
export const CALIBRATION_SIZE = EVIDENCE_SIZE;
