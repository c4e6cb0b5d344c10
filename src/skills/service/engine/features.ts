import { conceptOf } from "./concepts.ts";
import { finish, join, SEED, step } from "./hashing.ts";
import { isWordUnit } from "./text.ts";

/** Words further apart than this are not paired. */
const PAIR_WINDOW = 4;
const LETTERS_MIN = 2;
const LETTERS_MAX = 4;
/** Longer words are cut for letter sequences; nothing that is said in a natural language loses by it. */
const MAX_WORD_LENGTH = 48;
const SPACE = 32;
const BORDER = finish(SEED.word);

/** What a message is made of, as hashes. A list that grows, reused from message to message. */
export interface FeatureList {
  hashes: Uint32Array;
  /** Which word of the message the feature begins with, for the explanation. */
  first: Uint16Array;
  /** Which word it ends with. */
  last: Uint16Array;
  /** Features [0, wordCount) are single words, [0, phraseEnd) the word block, [phraseEnd, end) the letter block. */
  wordCount: number;
  phraseEnd: number;
  end: number;
  wordHashes: Uint32Array;
  /** The group of each word, see `conceptOf`. */
  concepts: Uint16Array;
}

export function newFeatureList(): FeatureList {
  return {
    hashes: new Uint32Array(4_096),
    first: new Uint16Array(4_096),
    last: new Uint16Array(4_096),
    wordCount: 0,
    phraseEnd: 0,
    end: 0,
    wordHashes: new Uint32Array(1_024),
    concepts: new Uint16Array(1_024),
  };
}

/**
 * Hashes of words, neighbouring words with the sentence's borders, unordered pairs of near words, groups of words that
 * mean much the same, and letter sequences of 2 to 4 inside a word's borders. Letter sequences stand in for stemming and splitting of compounds.
 * @param text prepared by `normalise`
 * @param list is overwritten
 */
export function extractFeatures(text: string, list: FeatureList): void {
  list.end = 0;
  const starts = findWords(text, list);
  list.wordCount = list.end;
  addPhrases(list);
  list.phraseEnd = list.end;
  for (let word = 0; word < list.wordCount; word++) {
    addLetters(text, { start: starts[2 * word] as number, end: starts[2 * word + 1] as number }, word, list);
  }
}

let bounds = new Int32Array(2_048);

function findWords(text: string, list: FeatureList): Int32Array {
  if (bounds.length < text.length + 2) bounds = new Int32Array(2 * text.length + 2);
  let count = 0;
  let start = -1;
  let state: number = SEED.word;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : SPACE;
    if (isWordUnit(unit)) {
      if (start < 0) {
        start = i;
        state = SEED.word;
      }
      state = step(state, unit);
    } else if (start >= 0) {
      bounds[2 * count] = start;
      bounds[2 * count + 1] = i;
      add(list, finish(state), count, count);
      start = -1;
      count++;
    }
  }
  return bounds;
}

function addPhrases(list: FeatureList): void {
  const count = list.wordCount;
  if (count === 0) return;
  if (list.wordHashes.length < count) list.wordHashes = new Uint32Array(2 * count);
  const words = list.wordHashes;
  words.set(list.hashes.subarray(0, count));
  add(list, join(SEED.phrase, BORDER, words[0] as number), 0, 0);
  for (let i = 0; i < count; i++) {
    const word = words[i] as number;
    const next = i + 1 < count ? (words[i + 1] as number) : BORDER;
    add(list, join(SEED.phrase, word, next), i, Math.min(i + 1, count - 1));
    const reach = Math.min(count, i + PAIR_WINDOW);
    for (let j = i + 1; j < reach; j++) {
      const other = words[j] as number;
      if (other !== word) add(list, join(SEED.pair, Math.min(word, other), Math.max(word, other)), i, j);
    }
  }
  addConcepts(list);
}

/** The groups that words belong to, and pairs of near ones: what is asked in other words than the examples'. */
function addConcepts(list: FeatureList): void {
  const { wordCount: count } = list;
  if (list.concepts.length < count) list.concepts = new Uint16Array(2 * count);
  const { concepts } = list;
  for (let i = 0; i < count; i++) concepts[i] = conceptOf(list.wordHashes[i] as number);
  for (let i = 0; i < count; i++) {
    const concept = concepts[i] as number;
    if (concept === 0) continue;
    add(list, join(SEED.concept, concept, 0), i, i);
    const reach = Math.min(count, i + PAIR_WINDOW);
    for (let j = i + 1; j < reach; j++) {
      const other = concepts[j] as number;
      if (other === 0 || other === concept) continue;
      add(list, join(SEED.conceptPair, Math.min(concept, other), Math.max(concept, other)), i, j);
    }
  }
}

/** Adds the letter sequences of a word that is not in the text any more, as if they stood in its first word. */
export function addWordLetters(word: string, list: FeatureList): void {
  addLetters(word, { start: 0, end: word.length }, 0, list);
}

function addLetters(
  text: string,
  word: { start: number; end: number },
  index: number,
  list: FeatureList,
): void {
  const end = Math.min(word.end, word.start + MAX_WORD_LENGTH) + 1;
  for (let from = word.start - 1; from < end - 1; from++) {
    let state: number = SEED.letters;
    const to = Math.min(end, from + LETTERS_MAX);
    for (let at = from; at < to; at++) {
      state = step(state, at < word.start || at === end - 1 ? SPACE : text.charCodeAt(at));
      if (at - from + 1 >= LETTERS_MIN) add(list, finish(state), index, index);
    }
  }
}

function add(list: FeatureList, hash: number, first: number, last: number): void {
  if (list.end === list.hashes.length) grow(list);
  list.hashes[list.end] = hash;
  list.first[list.end] = first;
  list.last[list.end] = last;
  list.end++;
}

function grow(list: FeatureList): void {
  const hashes = new Uint32Array(2 * list.hashes.length);
  hashes.set(list.hashes);
  const first = new Uint16Array(hashes.length);
  first.set(list.first);
  const last = new Uint16Array(hashes.length);
  last.set(list.last);
  Object.assign(list, { hashes, first, last });
}
