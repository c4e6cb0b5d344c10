/** Bytes that can be read more than once: a file, an upload that was stored. Each call begins anew. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

/** A file cannot be read; the sentence says why and what to do. */
export class ImportFault extends Error {
  /** Stable, for the sentence of the product. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
