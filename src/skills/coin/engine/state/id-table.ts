import type { Id } from "../transaction.ts";

const ID_BYTES = 16;
const FIRST_CAPACITY = 1_024;

/**
 * 16-byte ids to rows 0, 1, 2 ... of columns that their owner keeps. Open addressing with linear probing over typed arrays: a
 * million ids are 24 MB and no objects. Rows of removed ids are given out again, the last removed first. The order of the slots
 * is never seen outside.
 */
export class IdTable {
  #ids = new Uint8Array(FIRST_CAPACITY * ID_BYTES);
  #words = new Uint32Array(this.#ids.buffer);
  /** row + 1, 0 = free; at most half of them are taken. */
  #slots = new Int32Array(FIRST_CAPACITY * 2);
  readonly #seed: number;
  readonly #free: number[] = [];
  #rows = 0;

  /** @param seed of the process: whoever chooses ids must not know where they fall */
  constructor(seed = 0) {
    this.#seed = seed | 0;
  }

  get size(): number {
    return this.#rows - this.#free.length;
  }

  /** Rows that were ever given out: columns are as long. */
  get rows(): number {
    return this.#rows;
  }

  /** A view of the row's id. */
  idOf(row: number): Id {
    return this.#ids.subarray(row * ID_BYTES, row * ID_BYTES + ID_BYTES);
  }

  /** @returns -1 where it is not known */
  find(id: Id): number {
    const at = this.#slotOf(id);
    return (this.#slots[at] as number) - 1;
  }

  /** @param id that is not known yet @returns its row */
  add(id: Id): number {
    const row = this.#free.pop() ?? this.#rows++;
    if (row * ID_BYTES >= this.#ids.length) this.#grow();
    this.#ids.set(id, row * ID_BYTES);
    this.#slots[this.#slotOf(id)] = row + 1;
    return row;
  }

  remove(row: number): void {
    let hole = this.#slotOf(this.idOf(row));
    const mask = this.#slots.length - 1;
    // Whoever stands behind the hole only because of it moves up, so that no search ends too early.
    for (let at = (hole + 1) & mask; this.#slots[at] !== 0; at = (at + 1) & mask) {
      const home = this.#homeOf((this.#slots[at] as number) - 1, mask);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      this.#slots[hole] = this.#slots[at] as number;
      hole = at;
    }
    this.#slots[hole] = 0;
    this.#free.push(row);
  }

  /** Rows in use, from the lowest on. */
  *used(): Generator<number> {
    const free = new Set(this.#free);
    for (let row = 0; row < this.#rows; row++) if (!free.has(row)) yield row;
  }

  /** Room for so many in all, so that nothing grows step by step. */
  reserve(rows: number): void {
    if (rows * ID_BYTES > this.#ids.length) this.#grow(rows);
  }

  /** Where the id stands, or would. */
  #slotOf(id: Id): number {
    const a = word(id, 0);
    const b = word(id, 4);
    const c = word(id, 8);
    const d = word(id, 12);
    const mask = this.#slots.length - 1;
    for (let at = this.#mix(a, b, c, d) & mask; ; at = (at + 1) & mask) {
      const row = (this.#slots[at] as number) - 1;
      if (row < 0) return at;
      const n = row * 4;
      const words = this.#words;
      if (words[n] === a && words[n + 1] === b && words[n + 2] === c && words[n + 3] === d) return at;
    }
  }

  #homeOf(row: number, mask: number): number {
    const n = row * 4;
    const words = this.#words;
    const [a, b, c, d] = [words[n], words[n + 1], words[n + 2], words[n + 3]] as [
      number,
      number,
      number,
      number,
    ];
    return this.#mix(a, b, c, d) & mask;
  }

  /** Multiply and shift, as in MurmurHash3's 32-bit finish (Austin Appleby, public domain). */
  #mix(a: number, b: number, c: number, d: number): number {
    let hash = this.#seed;
    for (const part of [a, b, c, d]) {
      hash = Math.imul(hash ^ part, 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  #grow(rows = this.#rows): void {
    let capacity = (this.#ids.length / ID_BYTES) * 2;
    while (capacity < rows) capacity *= 2;
    const ids = new Uint8Array(capacity * ID_BYTES);
    ids.set(this.#ids);
    this.#ids = ids;
    this.#words = new Uint32Array(ids.buffer);
    const before = this.#slots;
    this.#slots = new Int32Array(capacity * 2);
    const mask = this.#slots.length - 1;
    for (const taken of before) {
      if (taken === 0) continue;
      let at = this.#homeOf(taken - 1, mask);
      while (this.#slots[at] !== 0) at = (at + 1) & mask;
      this.#slots[at] = taken;
    }
  }
}

/** As a Uint32Array over the same bytes has it: every machine that runs this is little-endian. */
function word(id: Id, at: number): number {
  return (
    ((id[at] as number) |
      ((id[at + 1] as number) << 8) |
      ((id[at + 2] as number) << 16) |
      ((id[at + 3] as number) << 24)) >>>
    0
  );
}
