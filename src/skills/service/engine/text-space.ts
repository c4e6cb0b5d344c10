import { type Corpus, learnSpace, readCorpus } from "./corpus.ts";

/** Texts that are compared with each other: rows of a sparse matrix, and for every feature the texts that have it. */
export interface TextSpace {
  readonly corpus: Corpus;
  /** Texts of a feature stand at [postStarts[row], postStarts[row + 1]) of `postTexts`. */
  readonly postStarts: Int32Array;
  readonly postTexts: Int32Array;
  readonly postValues: Float32Array;
  readonly lengths: Float64Array;
}

/** Features that more than this share of the texts have tell nothing about likeness and would cost most of the time. */
const COMMON = 0.2;

export function openTextSpace(texts: readonly string[]): TextSpace {
  const space = learnSpace(texts);
  const corpus = readCorpus(space, texts);
  const features = space.idf.length;
  const counts = new Int32Array(features + 1);
  for (let i = 0; i < corpus.rows.length; i++) (counts[(corpus.rows[i] as number) + 1] as number)++;
  const limit = Math.max(50, COMMON * texts.length);
  const postStarts = new Int32Array(features + 1);
  for (let row = 0; row < features; row++) {
    const count = counts[row + 1] as number;
    postStarts[row + 1] = (postStarts[row] as number) + (count > limit ? 0 : count);
  }
  const filled = postStarts.slice();
  const postTexts = new Int32Array(postStarts[features] as number);
  const postValues = new Float32Array(postTexts.length);
  const lengths = new Float64Array(texts.length);
  for (let text = 0; text < texts.length; text++) {
    for (let i = corpus.starts[text] as number; i < (corpus.starts[text + 1] as number); i++) {
      const row = corpus.rows[i] as number;
      const value = corpus.values[i] as number;
      lengths[text] = (lengths[text] as number) + value * value;
      const place = filled[row] as number;
      if (place >= (postStarts[row + 1] as number)) continue;
      postTexts[place] = text;
      postValues[place] = value;
      filled[row] = place + 1;
    }
  }
  for (let text = 0; text < texts.length; text++) lengths[text] = Math.sqrt(lengths[text] as number);
  return { corpus, postStarts, postTexts, postValues, lengths };
}

/** Cosines of one text with all, from features that are not common; `cosines` is overwritten. */
export function compareWithAll(space: TextSpace, text: number, cosines: Float64Array): void {
  const { corpus, postStarts, postTexts, postValues, lengths } = space;
  cosines.fill(0);
  for (let i = corpus.starts[text] as number; i < (corpus.starts[text + 1] as number); i++) {
    const row = corpus.rows[i] as number;
    const value = corpus.values[i] as number;
    for (let place = postStarts[row] as number; place < (postStarts[row + 1] as number); place++) {
      const other = postTexts[place] as number;
      cosines[other] = (cosines[other] as number) + value * (postValues[place] as number);
    }
  }
  const length = lengths[text] as number;
  for (let other = 0; other < cosines.length; other++) {
    const product = length * (lengths[other] as number);
    cosines[other] = product === 0 ? 0 : (cosines[other] as number) / product;
  }
}
