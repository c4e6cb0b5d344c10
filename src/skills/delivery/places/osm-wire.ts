/** The wire format of protocol buffers (protobuf.dev, "Encoding"), read in place: OpenStreetMap files hold billions of fields. */

/** The bytes are no message. */
export class WireError extends Error {}

const TWO_TO_31 = 2_147_483_648;

/** A reader that walks through a message. Numbers above 2^53 do not occur in what is read here. */
export class Wire {
  at: number;
  readonly end: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isDone(): boolean {
    return this.at >= this.end;
  }

  /** @returns field number and wire type together: number * 8 + type */
  tag(): number {
    const tag = this.unsigned();
    if (tag < 8) throw new WireError("field 0");
    return tag;
  }

  unsigned(): number {
    const bytes = this.#bytes;
    let value = 0;
    let scale = 1;
    for (let step = 0; step < 10; step++) {
      if (this.at >= this.end) throw new WireError("ends inside a number");
      const byte = bytes[this.at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new WireError("a number has more than 10 bytes");
  }

  /** sint32 and sint64 */
  signed(): number {
    const value = this.unsigned();
    if (value < TWO_TO_31) return (value >>> 1) ^ -(value & 1);
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** int32 and int64, which write negative numbers in ten bytes. */
  integer(): number {
    const value = this.unsigned();
    return value >= 2 ** 63 ? value - 2 ** 64 : value;
  }

  /** A message or a packed list inside this one, as a reader of its own; this one goes on behind it. */
  inside(): Wire {
    const length = this.unsigned();
    if (length > this.end - this.at) throw new WireError("ends inside a field");
    this.at += length;
    return new Wire(this.#bytes, this.at - length, this.at);
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(this.at, this.end);
  }

  /** Leaves out the value of a field that is not wanted. */
  skip(tag: number): void {
    const type = tag % 8;
    if (type === 0) this.unsigned();
    else if (type === 2) this.inside();
    else if (type === 1) this.#over(8);
    else if (type === 5) this.#over(4);
    else throw new WireError(`wire type ${type}`);
  }

  #over(bytes: number): void {
    if (bytes > this.end - this.at) throw new WireError("ends inside a field");
    this.at += bytes;
  }
}
