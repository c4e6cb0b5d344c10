import type { Readable } from "node:stream";

/** Where the bytes of files stand. Today a folder; an S3-compatible bucket has the same shape. */
export interface FileStore {
  /**
   * Takes bytes in; nobody sees them before `keep`.
   * @throws AppError too_large when more than `limitBytes` come
   */
  draft(place: FilePlace, source: AsyncIterable<Buffer>, limitBytes: number): Promise<Draft>;
  /**
   * @param range first and last byte, both included; all of them without it
   * @throws AppError not_found
   */
  open(place: FilePlace, range?: ByteRange): Promise<Readable>;
  /** No error when it is gone already. */
  remove(place: FilePlace): Promise<void>;
}

export interface FilePlace {
  tenantId: number;
  id: string;
}

export interface ByteRange {
  first: number;
  last: number;
}

/** Bytes that were taken in and are not yet a file. Exactly one of `keep` and `discard` follows. */
export interface Draft {
  /** bytes */
  size: number;
  /** lower-case hex */
  sha256: string;
  head: Buffer;
  tail: Buffer;
  keep(): Promise<void>;
  discard(): Promise<void>;
}
