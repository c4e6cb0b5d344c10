import type { Calibration } from "./calibration.ts";
import type { Meaning } from "./meaning.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Space } from "./vector.ts";

/** A trained classifier. Everything large is a view into `bytes`, so a model costs its bytes and little more. */
export interface Model extends Space {
  readonly bytes: Uint8Array;
  /** The hash of what it was trained from, see `modelKey`. */
  readonly key: string;
  readonly intents: readonly string[];
  /** The share of wrong answers among given answers that the thresholds were chosen for. */
  readonly maxWrong: number;
  /** Answer when the first candidate's confidence is at least this; 1 means only for the words of an example. */
  readonly answerAt: number;
  /** Intent -> the same for topics whose wrong answers cost more. */
  readonly strictAt: Readonly<Record<string, number>>;
  /** Offer choices when the candidates' confidences add up to at least this. */
  readonly offerAt: number;
  readonly calibration: Calibration;
  /** What a step of a quantised weight is worth, one entry a feature. */
  readonly scales: Float32Array;
  /** Quantised weights, feature by feature: one entry an intent, the last for what belongs to no topic. */
  readonly weights: Int8Array;
  /** The constant of each border, in the same order. */
  readonly constants: Float32Array;
  /** How reliable each intent was in cross-validation, see `reliabilityOf`. */
  readonly reliability: Float32Array;
  /** Known words, the most frequent first, one a line, UTF-8; unknown words are corrected to them. */
  readonly lexicon: Uint8Array;
  /** Hashes of the examples' normalised texts, sorted by the first then the second, and their intents. */
  readonly exactHigh: Uint32Array;
  readonly exactLow: Uint32Array;
  readonly exactIntents: Uint16Array;
  /** Only where a service outside turned the examples into vectors. */
  readonly meaning?: Meaning;
}

export interface Candidate {
  readonly intent: string;
  /** The probability that this is what was meant, 0 to 1. */
  readonly score: number;
}

/** What is done with a message: it is answered, choices are offered, or it goes to a person. */
export type Zone = "answer" | "choose" | "handover";

/** A word that was read as another one. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface Prediction {
  readonly zone: Zone;
  /** The probability that the first candidate is right, 0 to 1. */
  readonly confidence: number;
  /** At most five, the likeliest first. Empty when no word or letter of the message is known. */
  readonly candidates: readonly Candidate[];
  /** Two or three intents when the zone is "choose", otherwise none. */
  readonly choices: readonly string[];
  readonly corrected: readonly Correction[];
  /** The share of the message's words that an example has, 0 to 1. */
  readonly known: number;
}

/** The confidence from which a message is answered with a topic. */
export function thresholdOf(model: Pick<Thresholds, "answerAt" | "strictAt">, intent: string): number {
  return Object.hasOwn(model.strictAt, intent) ? (model.strictAt[intent] as number) : model.answerAt;
}

/** Memory a loaded model takes, in bytes. */
export function bytesOf(model: Model): number {
  const namesAndObjects = 2_048 + 64 * model.intents.length;
  // The speller, made when the first unknown word comes: an entry a letter, at most half of the slots taken.
  const speller = 24 * model.lexicon.length;
  return model.bytes.byteLength + namesAndObjects + speller;
}
