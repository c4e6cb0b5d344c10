import type { FeatureList } from "./features.ts";
import { findRow, type Vocabulary } from "./vocabulary.ts";

/** Where a message stands among the known features. */
export interface Space extends Vocabulary {
  readonly idf: Float32Array;
}

/** A message as a sparse vector: words, then phrases, then letters. Reused from message to message. */
export interface SparseVector {
  rows: Int32Array;
  values: Float32Array;
  wordEnd: number;
  phraseEnd: number;
  end: number;
  /** Words of the message, and how many of them no example has. */
  unknownWords: number;
  /** Letter sequences of the message that no example has. */
  unknownLetters: number;
}

export function newSparseVector(): SparseVector {
  return {
    rows: new Int32Array(4_096),
    values: new Float32Array(4_096),
    wordEnd: 0,
    phraseEnd: 0,
    end: 0,
    unknownWords: 0,
    unknownLetters: 0,
  };
}

/** How much words with phrases count against letters; letters carry more where there are few examples. */
export const WORDS_LENGTH = 0.8;
export const LETTERS_LENGTH = 1;

/** Position + 1 of a row in the vector that is being filled; all 0 between calls. */
let positions = new Uint16Array(1 << 16);

/**
 * Sublinear TF-IDF, each block (words with phrases; letters) scaled to its length.
 * Salton & Buckley 1988; smoothed idf as in scikit-learn.
 */
export function vectorise(space: Space, list: FeatureList, out: SparseVector): void {
  if (positions.length < space.idf.length) positions = new Uint16Array(2 * space.idf.length);
  if (out.rows.length < list.end) {
    out.rows = new Int32Array(2 * list.end);
    out.values = new Float32Array(2 * list.end);
  }
  out.end = 0;
  const missed = count(space, list, { from: 0, to: list.wordCount }, out);
  out.unknownWords = missed;
  out.wordEnd = out.end;
  count(space, list, { from: list.wordCount, to: list.phraseEnd }, out);
  out.phraseEnd = out.end;
  out.unknownLetters = count(space, list, { from: list.phraseEnd, to: list.end }, out);
  for (let i = 0; i < out.end; i++) positions[out.rows[i] as number] = 0;
  weigh(space.idf, out, { from: 0, to: out.phraseEnd, length: WORDS_LENGTH });
  weigh(space.idf, out, { from: out.phraseEnd, to: out.end, length: LETTERS_LENGTH });
}

function count(
  space: Space,
  list: FeatureList,
  range: { from: number; to: number },
  out: SparseVector,
): number {
  let missed = 0;
  const { hashes } = list;
  const { rows, values } = out;
  for (let i = range.from; i < range.to; i++) {
    const row = findRow(space, hashes[i] as number);
    if (row < 0) {
      missed++;
      continue;
    }
    const position = positions[row] as number;
    if (position > 0) {
      values[position - 1] = (values[position - 1] as number) + 1;
    } else {
      rows[out.end] = row;
      values[out.end] = 1;
      out.end++;
      positions[row] = out.end;
    }
  }
  return missed;
}

function weigh(
  idf: Float32Array,
  out: SparseVector,
  { from, to, length }: { from: number; to: number; length: number },
): void {
  const { rows, values } = out;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const times = values[i] as number;
    const value = (times === 1 ? 1 : 1 + Math.log(times)) * (idf[rows[i] as number] as number);
    values[i] = value;
    squares += value * value;
  }
  if (squares === 0) return;
  const scale = length / Math.sqrt(squares);
  for (let i = from; i < to; i++) values[i] = (values[i] as number) * scale;
}
