import { extractFeatures, newFeatureList } from "./features.ts";
import { normalise } from "./text.ts";
import { newSparseVector, type Space, vectorise } from "./vector.ts";
import { buildVocabulary } from "./vocabulary.ts";

/** Texts as the rows of a sparse matrix in one block (compressed sparse rows). */
export interface Corpus {
  readonly size: number;
  readonly starts: Int32Array;
  /** Where in each text its single words end, and its phrases. */
  readonly wordEnds: Int32Array;
  readonly phraseEnds: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** Words of each text that the space does not know. */
  readonly unknownWords: Int32Array;
  readonly unknownLetters: Int32Array;
}

interface Seen {
  readonly isPhrase: boolean;
  last: number;
  texts: number;
}

/**
 * Learns the features of the texts and how rare each is. Phrases and pairs of words that only one text has are left
 * out: they halve the model and gain nothing (Banking77 91.95 -> 91.92 %, the German set 88.8 -> 89.5 %).
 * @param most so many features at most, the rarest leave first
 */
export function learnSpace(texts: readonly string[], most = Number.POSITIVE_INFINITY): Space {
  const seenIn = new Map<number, Seen>();
  const list = newFeatureList();
  texts.forEach((text, index) => {
    extractFeatures(normalise(text), list);
    for (let i = 0; i < list.end; i++) {
      const hash = list.hashes[i] as number;
      const seen = seenIn.get(hash);
      if (seen === undefined) {
        seenIn.set(hash, { isPhrase: i >= list.wordCount && i < list.phraseEnd, last: index, texts: 1 });
      } else if (seen.last !== index) {
        seen.last = index;
        seen.texts++;
      }
    }
  });
  for (const [hash, seen] of seenIn) if (seen.isPhrase && seen.texts === 1) seenIn.delete(hash);
  dropRarest(seenIn, most);
  const hashes = Uint32Array.from(seenIn.keys());
  const idf = new Float32Array(hashes.length);
  let row = 0;
  for (const seen of seenIn.values()) idf[row++] = Math.log((1 + texts.length) / (1 + seen.texts)) + 1;
  return { ...buildVocabulary(hashes), idf };
}

function dropRarest(seenIn: Map<number, Seen>, most: number): void {
  for (let least = 2; seenIn.size > most; least++) {
    for (const [hash, seen] of seenIn) if (seen.texts < least) seenIn.delete(hash);
  }
}

export function readCorpus(space: Space, texts: readonly string[]): Corpus {
  const list = newFeatureList();
  const vector = newSparseVector();
  const starts = new Int32Array(texts.length + 1);
  const wordEnds = new Int32Array(texts.length);
  const phraseEnds = new Int32Array(texts.length);
  const unknownWords = new Int32Array(texts.length);
  const unknownLetters = new Int32Array(texts.length);
  let rows = new Int32Array(1 << 16);
  let values = new Float32Array(1 << 16);
  texts.forEach((text, index) => {
    extractFeatures(normalise(text), list);
    vectorise(space, list, vector);
    const start = starts[index] as number;
    const end = start + vector.end;
    if (end > rows.length) {
      rows = grown(rows, new Int32Array(2 * end));
      values = grown(values, new Float32Array(2 * end));
    }
    rows.set(vector.rows.subarray(0, vector.end), start);
    values.set(vector.values.subarray(0, vector.end), start);
    wordEnds[index] = start + vector.wordEnd;
    phraseEnds[index] = start + vector.phraseEnd;
    unknownWords[index] = vector.unknownWords;
    unknownLetters[index] = vector.unknownLetters;
    starts[index + 1] = end;
  });
  const end = starts[texts.length] as number;
  return {
    size: texts.length,
    starts,
    wordEnds,
    phraseEnds,
    unknownWords,
    unknownLetters,
    rows: rows.slice(0, end),
    values: values.slice(0, end),
  };
}

function grown<List extends Int32Array | Float32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}
