/** The wire format of protocol buffers, as far as a reader needs it (protobuf.dev, "Encoding"). */

export interface Field {
  readonly number: number;
  /** Of a varint; above 2^53 it is inexact, which no field read here reaches. */
  readonly integer: number;
  /** Of a length-delimited field; empty otherwise. */
  readonly bytes: Uint8Array;
}

/** The bytes are no message. */
export class WireError extends Error {}

const NOTHING = new Uint8Array(0);
const VARINT_BYTES = 10;
const text = new TextDecoder();

/**
 * Calls `visit` for each field in the order they stand, without copying. Depth is the caller's: nested messages are
 * bytes until somebody reads them.
 * @throws WireError when the bytes end early or hold a wire type that is none
 */
export function readFields(bytes: Uint8Array, visit: (field: Field) => void): void {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (let step = 0; step < VARINT_BYTES; step++) {
      const byte = bytes[at++];
      if (byte === undefined) throw new WireError("ends inside a number");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new WireError("a number has more than 10 bytes");
  };
  const skip = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new WireError("ends inside a field");
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number === 0) throw new WireError("field 0");
    if (wire === 0) visit({ number, integer: varint(), bytes: NOTHING });
    else if (wire === 2) visit({ number, integer: 0, bytes: skip(varint()) });
    else if (wire === 1) skip(8);
    else if (wire === 5) skip(4);
    else throw new WireError(`wire type ${wire}`);
  }
}

/** UTF-8; what is none becomes U+FFFD. */
export function utf8(bytes: Uint8Array): string {
  return text.decode(bytes);
}
