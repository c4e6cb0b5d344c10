/** Finds the row of a feature by its hash: open addressing with linear probing in two flat arrays, slots a power of 2. */
export interface Vocabulary {
  /** Feature hashes; 0 is an empty slot. */
  readonly slots: Uint32Array;
  readonly slotRows: Uint32Array;
}

/** At most three quarters of the slots are taken, so that a miss ends soon. */
const MAX_LOAD = 0.75;

/** @returns the row, or -1 when the feature is not known */
export function findRow(vocabulary: Vocabulary, hash: number): number {
  const { slots, slotRows } = vocabulary;
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const found = slots[slot] as number;
    if (found === hash) return slotRows[slot] as number;
    if (found === 0) return -1;
  }
}

/** @param hashes distinct and not 0; the position in the list becomes the row */
export function buildVocabulary(hashes: Uint32Array): Vocabulary {
  const size = slotCount(hashes.length);
  const slots = new Uint32Array(size);
  const slotRows = new Uint32Array(size);
  for (let row = 0; row < hashes.length; row++) {
    const hash = hashes[row] as number;
    let slot = hash & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = hash;
    slotRows[slot] = row;
  }
  return { slots, slotRows };
}

/** How many slots a vocabulary of so many features gets. */
export function slotCount(features: number): number {
  let size = 16;
  while (size * MAX_LOAD < features) size *= 2;
  return size;
}
