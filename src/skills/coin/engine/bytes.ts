import { Malformed } from "./faults.ts";
import { AMOUNT_MOST } from "./limits.ts";

/** Canonical bytes: big-endian, fixed widths, nothing left over. There is one way to write a thing. */

const HIGH = 2 ** 32;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#next(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#next(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#next(4));
  }

  /** An exact integer of 64 bits on paper, of at most 53 in fact. */
  u64(): number {
    const at = this.#next(8);
    const value = this.#view.getUint32(at) * HIGH + this.#view.getUint32(at + 4);
    if (value > AMOUNT_MOST) throw new Malformed("a number is larger than 2^53 - 1");
    return value;
  }

  /** A view of the next bytes, not a copy. */
  take(length: number): Uint8Array {
    const at = this.#next(length);
    return this.#bytes.subarray(at, at + length);
  }

  end(): void {
    if (this.left > 0) throw new Malformed("bytes are left over");
  }

  #next(length: number): number {
    const at = this.#at;
    if (this.left < length) throw new Malformed("it ends too early");
    this.#at = at + length;
    return at;
  }
}

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  u8(value: number): this {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    this.#view.setUint16(at, value);
    return this;
  }

  u32(value: number): this {
    const at = this.#grow(4);
    this.#view.setUint32(at, value);
    return this;
  }

  /** @throws RangeError for what is no exact integer from 0 to 2^53 - 1 */
  u64(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no amount`);
    const at = this.#grow(8);
    this.#view.setUint32(at, Math.floor(value / HIGH));
    this.#view.setUint32(at + 4, value % HIGH);
    return this;
  }

  /** @throws RangeError where the length is another one */
  put(bytes: Uint8Array, length = bytes.length): this {
    if (bytes.length !== length) throw new RangeError(`${bytes.length} bytes where ${length} belong`);
    const at = this.#grow(length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** A copy of what was written. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  #grow(length: number): number {
    const at = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#at, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
