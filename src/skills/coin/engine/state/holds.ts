import type { Id } from "../transaction.ts";
import { IdTable } from "./id-table.ts";

export interface Hold {
  readonly payer: number;
  readonly payee: number;
  readonly arbiter: number;
  readonly amount: number;
  /** ms of the block's time; from then on it is given back. */
  readonly until: number;
}

/** When a hold runs out; its id is hexadecimal. */
interface Ending {
  readonly until: number;
  readonly id: string;
}

/** Amounts that are set aside, by id, and in the order in which they run out. */
export class Holds {
  readonly #table: IdTable;
  readonly #rows: (Hold | null)[] = [];
  /** A binary heap of rows by (until, id): the same order for everybody. */
  readonly #heap: Ending[] = [];

  constructor(seed: number) {
    this.#table = new IdTable(seed);
  }

  get size(): number {
    return this.#table.size;
  }

  find(id: Id): Hold | null {
    const row = this.#table.find(id);
    return row < 0 ? null : (this.#rows[row] as Hold);
  }

  /** @param id that is not known yet */
  add(id: Id, hold: Hold): void {
    const row = this.#table.add(id);
    this.#rows[row] = hold;
    this.#push({ until: hold.until, id: hex(id) });
  }

  remove(id: Id): void {
    const row = this.#table.find(id);
    if (row < 0) return;
    this.#table.remove(row);
    this.#rows[row] = null;
  }

  /** The first that is over at `time`, or null. What was removed meanwhile is passed over. */
  firstOver(time: number): { readonly id: Id; readonly hold: Hold } | null {
    for (let top = this.#heap[0]; top && top.until <= time; top = this.#heap[0]) {
      const id = bytesOf(top.id);
      const hold = this.find(id);
      if (hold?.until === top.until) return { id, hold };
      this.#pop();
    }
    return null;
  }

  /** By id. */
  all(): { readonly id: Id; readonly hold: Hold }[] {
    return [...this.#table.used()]
      .map((row) => ({ id: this.#table.idOf(row).slice(), hold: this.#rows[row] as Hold }))
      .sort((a, b) => compareIds(a.id, b.id));
  }

  #push(entry: Ending): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      if (!isBefore(entry, heap[above] as Ending)) break;
      heap[at] = heap[above] as Ending;
      at = above;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (let below = 1; below < heap.length; below = at * 2 + 1) {
      const right = heap[below + 1];
      if (right && isBefore(right, heap[below] as Ending)) below++;
      if (!isBefore(heap[below] as Ending, last)) break;
      heap[at] = heap[below] as Ending;
      at = below;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Ending, b: Ending): boolean => a.until < b.until || (a.until === b.until && a.id < b.id);

export function compareIds(a: Id, b: Id): number {
  for (let n = 0; n < a.length; n++) {
    const difference = (a[n] as number) - (b[n] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let n = 0; n < bytes.length; n++) bytes[n] = Number.parseInt(text.slice(n * 2, n * 2 + 2), 16);
  return bytes;
}
