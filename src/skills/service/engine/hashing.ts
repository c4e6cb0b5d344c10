import { isWordUnit } from "./text.ts";

/** FNV-1a's prime (Fowler, Noll, Vo); the state is mixed again by {@link finish} before it is used. */
const PRIME = 0x01000193;

/** Kinds of features start from different states, so that the word "an" is not the letters "an". */
export const SEED = {
  word: 0x811c9dc5,
  phrase: 0x2f0b4c47,
  pair: 0x5bd1e995,
  letters: 0x1b873593,
  concept: 0x38495ab5,
  conceptPair: 0x6ed9eba1,
} as const;

export function step(state: number, unit: number): number {
  return Math.imul(state ^ unit, PRIME);
}

/** Murmur3's finaliser (Austin Appleby, public domain). Never 0: 0 marks an empty slot of a table. */
export function finish(state: number): number {
  let mixed = state ^ (state >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed === 0 ? 1 : mixed >>> 0;
}

/** A hash of two hashes in this order. */
export function join(seed: number, first: number, second: number): number {
  return finish(Math.imul(Math.imul(seed ^ first, PRIME) + second, 0x9e3779b1) ^ (second >>> 15));
}

const SPACE = 32;

/**
 * 64 bits of a text's words, one space between two, for recognising a text again; two independent 32-bit hashes.
 * @param normal prepared by `normalise`
 */
export function hashWords(normal: string): { high: number; low: number } {
  let high: number = SEED.word;
  let low: number = SEED.pair;
  let isFirst = true;
  let isApart = false;
  for (let i = 0; i < normal.length; i++) {
    const unit = normal.charCodeAt(i);
    if (!isWordUnit(unit)) {
      isApart = !isFirst;
      continue;
    }
    if (isApart) {
      high = step(high, SPACE);
      low = stir(low, SPACE);
      isApart = false;
    }
    isFirst = false;
    high = step(high, unit);
    low = stir(low, unit);
  }
  return { high: finish(high), low: finish(low) };
}

function stir(state: number, unit: number): number {
  return Math.imul(state + unit, 0x9e3779b1) ^ (state >>> 13);
}
