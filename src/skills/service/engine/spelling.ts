import { finish, SEED, step } from "./hashing.ts";

/** Finds the known word that somebody meant to type. */
export interface Speller {
  readonly words: readonly string[];
  /** Hash of a word, or of a word without one letter -> positions in `words`; open addressing, 0 = empty. */
  readonly slots: Uint32Array;
  readonly slotWords: Uint16Array;
}

/** More words than this are too rare to be meant. */
export const MOST_WORDS = 12_000;
/** Shorter words are too like each other. */
const LEAST_LETTERS = 4;
const MOST_LETTERS = 24;
/** From this length on, two slips are forgiven. */
const LONG = 8;

/** @param words folded, the most frequent first */
export function openSpeller(words: readonly string[]): Speller {
  const used = words.slice(0, MOST_WORDS).map((word) => (isCorrectable(word) ? word : ""));
  const entries = used.reduce((sum, word) => sum + (word === "" ? 0 : word.length + 1), 0);
  let size = 64;
  while (size < 2 * entries) size *= 2;
  const slots = new Uint32Array(size);
  const slotWords = new Uint16Array(size);
  used.forEach((word, index) => {
    for (let left = -1; word !== "" && left < word.length; left++) {
      let slot = hashWithout(word, left) & (size - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      slots[slot] = hashWithout(word, left);
      slotWords[slot] = index;
    }
  });
  return { words: used, slots, slotWords };
}

export function isCorrectable(word: string): boolean {
  return word.length >= LEAST_LETTERS && word.length <= MOST_LETTERS && !/[0-9]/.test(word);
}

/**
 * The nearest known word: one letter dropped, added, swapped or replaced, in long words two; of several the one with
 * the same first letter, then the most frequent. Words made of two known ones stay as they are (Garbe: SymSpell, 2012;
 * distance of Damerau, CACM 1964).
 * @param word a folded word that is not known
 * @returns undefined when none is near
 */
export function correct(speller: Speller, word: string): string | undefined {
  if (!isCorrectable(word) || isCompound(speller, word)) return undefined;
  const limit = word.length >= LONG ? 2 : 1;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let left = -1; left < word.length; left++) {
    const hash = hashWithout(word, left);
    for (let slot = firstSlot(speller, hash); slot >= 0; slot = nextSlot(speller, slot, hash)) {
      const index = speller.slotWords[slot] as number;
      const known = speller.words[index] as string;
      const distance = distanceOf(word, known, limit);
      if (distance > limit) continue;
      const cost = distance + (known[0] === word[0] ? 0 : 0.5);
      if (cost < least || (cost === least && index < best)) {
        least = cost;
        best = index;
      }
    }
  }
  return best < 0 ? undefined : speller.words[best];
}

function isCompound(speller: Speller, word: string): boolean {
  for (let cut = LEAST_LETTERS; cut <= word.length - LEAST_LETTERS; cut++) {
    if (!isWord(speller, word.slice(0, cut))) continue;
    const rest = word.slice(cut);
    if (isWord(speller, rest) || (rest.startsWith("s") && isWord(speller, rest.slice(1)))) return true;
  }
  return false;
}

function isWord(speller: Speller, word: string): boolean {
  if (word.length < LEAST_LETTERS) return false;
  const hash = hashWithout(word, -1);
  for (let slot = firstSlot(speller, hash); slot >= 0; slot = nextSlot(speller, slot, hash))
    if (speller.words[speller.slotWords[slot] as number] === word) return true;
  return false;
}

/** @returns the first slot that holds the hash, or -1 */
function firstSlot(speller: Speller, hash: number): number {
  return nextSlot(speller, hash - 1, hash);
}

function nextSlot({ slots }: Speller, after: number, hash: number): number {
  const mask = slots.length - 1;
  for (let slot = (after + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask)
    if (slots[slot] === hash) return slot;
  return -1;
}

/** @param left the letter that is left out; -1 for none */
function hashWithout(word: string, left: number): number {
  let state: number = SEED.word;
  for (let i = 0; i < word.length; i++) if (i !== left) state = step(state, word.charCodeAt(i));
  return finish(state);
}

/** Optimal string alignment; more than `limit` is returned as infinity. */
function distanceOf(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  const width = b.length + 1;
  const cells = new Uint8Array((a.length + 1) * width);
  const at = (i: number, j: number) => cells[i * width + j] as number;
  for (let i = 0; i <= a.length; i++) cells[i * width] = i;
  for (let j = 0; j <= b.length; j++) cells[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, at(i - 2, j - 2) + 1);
      cells[i * width + j] = least;
    }
  }
  const distance = at(a.length, b.length);
  return distance > limit ? Number.POSITIVE_INFINITY : distance;
}
