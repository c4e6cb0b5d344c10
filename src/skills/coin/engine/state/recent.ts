import type { Id } from "../transaction.ts";
import { compareIds } from "./holds.ts";
import { IdTable } from "./id-table.ts";

const DIGEST_BYTES = 32;
const MINUTE_MS = 60_000;
const FIRST_CAPACITY = 1_024;

/** Ids of transactions that were decided, until they have expired: the same again is answered alike, others are a conflict. */
export class Recent {
  readonly #table: IdTable;
  #digests = new Uint8Array(FIRST_CAPACITY * DIGEST_BYTES);
  #codes = new Uint16Array(FIRST_CAPACITY);
  #expiry = new Float64Array(FIRST_CAPACITY);
  /** The minute in which they expire -> rows. */
  readonly #minutes = new Map<number, number[]>();
  #purgedTo = -1;

  constructor(seed: number) {
    this.#table = new IdTable(seed);
  }

  get size(): number {
    return this.#table.size;
  }

  /** @returns null for an id that is new; the code it was answered with, or a conflict where the digest is another one */
  find(id: Id, digest: Uint8Array): number | "conflict" | null {
    const row = this.#table.find(id);
    if (row < 0) return null;
    const at = row * DIGEST_BYTES;
    for (let n = 0; n < DIGEST_BYTES; n++) if (this.#digests[at + n] !== digest[n]) return "conflict";
    return this.#codes[row] as number;
  }

  /** @param id that is new */
  add(id: Id, { digest, code, expiresAt }: { digest: Uint8Array; code: number; expiresAt: number }): void {
    const row = this.#table.add(id);
    if (row >= this.#codes.length) this.#grow();
    this.#digests.set(digest, row * DIGEST_BYTES);
    this.#codes[row] = code;
    this.#expiry[row] = expiresAt;
    const minute = Math.floor(expiresAt / MINUTE_MS);
    const rows = this.#minutes.get(minute);
    if (rows) rows.push(row);
    else this.#minutes.set(minute, [row]);
  }

  /** Forgets whole minutes that are over; what expired cannot come again. */
  forget(time: number): void {
    const now = Math.floor(time / MINUTE_MS);
    if (now <= this.#purgedTo) return;
    this.#purgedTo = now;
    const over = [...this.#minutes.keys()].filter((minute) => minute < now).sort((a, b) => a - b);
    for (const minute of over) {
      for (const row of this.#minutes.get(minute) as number[]) this.#table.remove(row);
      this.#minutes.delete(minute);
    }
  }

  /** By id. */
  all(): { id: Id; digest: Uint8Array; code: number; expiresAt: number }[] {
    return [...this.#table.used()]
      .map((row) => ({
        id: this.#table.idOf(row).slice(),
        digest: this.#digests.slice(row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES),
        code: this.#codes[row] as number,
        expiresAt: this.#expiry[row] as number,
      }))
      .sort((a, b) => compareIds(a.id, b.id));
  }

  /** Room for so many in all. */
  reserve(rows: number): void {
    this.#table.reserve(rows);
    if (rows > this.#codes.length) this.#grow(rows);
  }

  #grow(rows = 0): void {
    let capacity = this.#codes.length * 2;
    while (capacity < rows) capacity *= 2;
    const digests = new Uint8Array(capacity * DIGEST_BYTES);
    digests.set(this.#digests);
    this.#digests = digests;
    const codes = new Uint16Array(capacity);
    codes.set(this.#codes);
    this.#codes = codes;
    const expiry = new Float64Array(capacity);
    expiry.set(this.#expiry);
    this.#expiry = expiry;
  }
}
