import { normalise, tokens } from "./text.ts";

/** The intent of what belongs to no topic and must go to a person. */
export const OUT_OF_SCOPE = "oos";

export interface Example {
  readonly text: string;
  /** A topic's name, or {@link OUT_OF_SCOPE}. */
  readonly intent: string;
  readonly language?: "de" | "en";
}

export interface TrainOptions {
  /** Shuffles the training; the same seed gives the same model. */
  readonly seed: number;
  /** The highest share of wrong answers among given answers, 0 to 1, 1 excluded. */
  readonly maxWrong?: number;
  /** Real messages that are not trained on; thresholds are chosen on them. */
  readonly validation?: readonly Example[];
  /** Intent -> factor of at least 1 by which a wrong answer with it costs more. */
  readonly costs?: ReadonlyMap<string, number>;
  /**
   * What the company itself writes about its topics: titles and answers. Learnt from sentence by sentence, but never
   * counted as a question. Worth most where there are few examples (6 points of accuracy at 15 a topic).
   */
  readonly hints?: readonly Example[];
  /** What a service outside makes of the examples; see `textsToEmbed`. */
  readonly vectors?: Vectors;
}

/** Texts as vectors of one length, alike for texts that mean the same. */
export interface Vectors {
  /** Service and model. */
  readonly name: string;
  /** By the text as {@link reduce} leaves it. */
  readonly of: ReadonlyMap<string, Float32Array>;
}

export const DEFAULT_MAX_WRONG = 0.03;
export const MAX_EXAMPLES = 100_000;
export const MAX_INTENTS = 1_000;

/** What is left of a text for recognising it again: its normalised words. */
export function reduce(text: string): string {
  return tokens(normalise(text)).join(" ");
}
