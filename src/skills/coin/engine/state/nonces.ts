import { NONCE_JUMP, NONCE_WINDOW } from "../limits.ts";

/**
 * Numbers that an account has used, in a window that slides (as Diem's SlidingNonce): they may come out of order, each once. So a
 * payment that was signed at a till without a net does not stop those that were signed after it.
 */
export class Nonces {
  /** The lowest that may still be used. */
  #low: Float64Array;
  /** Bit i of the pair: low + i is used. */
  #bits: Uint32Array;

  constructor(capacity: number) {
    this.#low = new Float64Array(capacity);
    this.#bits = new Uint32Array(capacity * 2);
  }

  grow(capacity: number): void {
    const low = new Float64Array(capacity);
    low.set(this.#low);
    this.#low = low;
    const bits = new Uint32Array(capacity * 2);
    bits.set(this.#bits);
    this.#bits = bits;
  }

  /** Lowest number that may be used, and the bits of the window's used ones. */
  read(row: number): { low: number; first: number; second: number } {
    return {
      low: this.#low[row] as number,
      first: this.#bits[row * 2] as number,
      second: this.#bits[row * 2 + 1] as number,
    };
  }

  write(row: number, { low, first, second }: { low: number; first: number; second: number }): void {
    this.#low[row] = low;
    this.#bits[row * 2] = first;
    this.#bits[row * 2 + 1] = second;
  }

  judge(row: number, nonce: number): "free" | "nonce_too_old" | "nonce_too_new" | "nonce_used" {
    const ahead = nonce - (this.#low[row] as number);
    if (ahead < 0) return "nonce_too_old";
    if (ahead >= NONCE_WINDOW + NONCE_JUMP) return "nonce_too_new";
    if (ahead >= NONCE_WINDOW) return "free";
    const bits = this.#bits[row * 2 + (ahead >>> 5)] as number;
    return (bits >>> (ahead & 31)) & 1 ? "nonce_used" : "free";
  }

  /** @param nonce that was judged free */
  use(row: number, nonce: number): void {
    let ahead = nonce - (this.#low[row] as number);
    if (ahead >= NONCE_WINDOW) {
      this.#slide(row, ahead - NONCE_WINDOW + 1);
      ahead = NONCE_WINDOW - 1;
    }
    const n = row * 2 + (ahead >>> 5);
    this.#bits[n] = ((this.#bits[n] as number) | (1 << (ahead & 31))) >>> 0;
    let first = this.#bits[row * 2] as number;
    while (first & 1) {
      // Trailing ones; all 32 at most.
      this.#slide(row, first === 0xffff_ffff ? 32 : 31 - Math.clz32(~first & -~first));
      first = this.#bits[row * 2] as number;
    }
  }

  #slide(row: number, by: number): void {
    this.#low[row] = (this.#low[row] as number) + by;
    let first = this.#bits[row * 2] as number;
    let second = this.#bits[row * 2 + 1] as number;
    let left = by;
    if (left >= NONCE_WINDOW) {
      first = 0;
      second = 0;
      left = 0;
    }
    if (left >= 32) {
      first = second;
      second = 0;
      left -= 32;
    }
    if (left > 0) {
      first = ((first >>> left) | (second << (32 - left))) >>> 0;
      second >>>= left;
    }
    this.#bits[row * 2] = first;
    this.#bits[row * 2 + 1] = second;
  }
}
