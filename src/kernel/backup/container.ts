import { createCipheriv, createDecipheriv } from "node:crypto";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import { damaged } from "./fault.ts";
import { type BackupHeader, makeHeader, type Sealing, type Take } from "./header.ts";
import type { Sink } from "./place.ts";

/**
 * The body of a backup: chunks, each compressed and sealed by itself (AES-256-GCM). The nonce is the chunk's number and
 * a mark on the last one, the file's key is its own: so a chunk that is changed, missing, moved or taken from another
 * file, and a file that ends early, are all noticed where they stand (the STREAM construction, Hoang et al. 2015).
 * On disk: length (4 bytes), sealed bytes, tag (16 bytes).
 */
export type ChunkKind = "manifest" | "rows" | "table-end" | "file" | "file-data" | "summary";
const KINDS: readonly ChunkKind[] = ["manifest", "rows", "table-end", "file", "file-data", "summary"];

export interface Chunk {
  kind: ChunkKind;
  /** Which table the rows belong to. */
  stream: number;
  bytes: Buffer;
}

const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const FRONT_BYTES = 5;
/** A chunk holds a block of copy.ts, a piece of a file, or the manifest. */
const CHUNK_BYTES_MAX = 67_108_864;
/** Chunks that are compressed or unpacked at once, by the thread pool. */
const AHEAD = 4;
const LEVEL = 3;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 0);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
}

async function pack({ kind, stream, bytes }: Chunk): Promise<Buffer> {
  const front = Buffer.alloc(FRONT_BYTES);
  front.writeUInt8(KINDS.indexOf(kind), 0);
  front.writeUInt32BE(stream, 1);
  const packed = await compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  return Buffer.concat([front, packed]);
}

export interface BackupWriter {
  /** Resolves when there is room for the next one. */
  write(chunk: Chunk): Promise<void>;
  /** Writes the last chunk. @returns bytes of the file */
  end(chunk: Chunk): Promise<number>;
}

/** Writes the header and then chunks in the order of the calls. */
export async function writeBackup(
  sink: Sink,
  about: Pick<BackupHeader, "version" | "takenAt" | "migrations">,
  keyText: string,
): Promise<BackupWriter> {
  const { bytes: header, sealing } = await makeHeader(about, keyText);
  await sink.write(header);
  let size = header.length;
  let index = 0;
  let line: Promise<void> = Promise.resolve();
  const under: Promise<void>[] = [];
  const put = (chunk: Chunk, isLast: boolean): void => {
    const nonce = nonceOf(index++, isLast);
    const packing = pack(chunk);
    packing.catch(() => {});
    line = line.then(async () => {
      const sealed = seal(await packing, nonce, sealing);
      size += sealed.length;
      await sink.write(sealed);
    });
    line.catch(() => {});
    under.push(line);
  };
  return {
    async write(chunk) {
      put(chunk, false);
      if (under.length > AHEAD) await under.shift();
    },
    async end(chunk) {
      put(chunk, true);
      await line;
      return size;
    },
  };
}

function seal(plain: Buffer, nonce: Buffer, { keys, binding }: Sealing): Buffer {
  const cipher = createCipheriv("aes-256-gcm", keys.cipher, nonce).setAAD(binding);
  const length = Buffer.alloc(LENGTH_BYTES);
  const sealed = cipher.update(plain);
  length.writeUInt32BE(plain.length + TAG_BYTES);
  return Buffer.concat([length, sealed, cipher.final(), cipher.getAuthTag()]);
}

/** Turns a stream of any pieces into exact bytes; `close` lets go of what was not read. */
export function taker(source: AsyncIterable<Buffer>): { take: Take; close(): Promise<void> } {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const take: Take = async (bytes) => {
    const parts = [rest];
    let have = rest.length;
    while (have < bytes) {
      const next = await pieces.next();
      if (next.done) break;
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? rest : Buffer.concat(parts);
    rest = all.subarray(bytes);
    return all.subarray(0, bytes);
  };
  return {
    take,
    async close() {
      await pieces.return?.();
    },
  };
}

/** Yields what was written, in order, unpacked ahead. @throws BackupFault damaged, with the place */
export async function* readChunks(take: Take, from: number, sealing: Sealing): AsyncGenerator<Chunk> {
  const ahead: Promise<Chunk>[] = [];
  for await (const { plain, at } of openChunks(take, from, sealing)) {
    const unpacking = unpack(plain, at);
    unpacking.catch(() => {});
    ahead.push(unpacking);
    if (ahead.length > AHEAD) yield (await ahead.shift()) as Chunk;
  }
  for (const chunk of ahead) yield await chunk;
}

async function* openChunks(
  take: Take,
  from: number,
  { keys, binding }: Sealing,
): AsyncGenerator<{ plain: Buffer; at: number }> {
  let at = from;
  for (let index = 0; ; index++) {
    const length = await take(LENGTH_BYTES);
    if (length.length < LENGTH_BYTES) throw damaged(at, "it ends before its last part");
    const size = length.readUInt32BE();
    if (size < TAG_BYTES + FRONT_BYTES || size > CHUNK_BYTES_MAX)
      throw damaged(at, `part ${index + 1} has an impossible length`);
    const sealed = await take(size);
    if (sealed.length < size) throw damaged(at + LENGTH_BYTES + sealed.length, "it ends in the middle");
    const opened = (isLast: boolean): Buffer | null => {
      const decipher = createDecipheriv("aes-256-gcm", keys.cipher, nonceOf(index, isLast)).setAAD(binding);
      decipher.setAuthTag(sealed.subarray(size - TAG_BYTES));
      const plain = decipher.update(sealed.subarray(0, size - TAG_BYTES));
      try {
        return Buffer.concat([plain, decipher.final()]);
      } catch {
        return null;
      }
    };
    const plain = opened(false);
    if (plain) yield { plain, at };
    else {
      const last = opened(true);
      if (!last) throw damaged(at, `part ${index + 1} is not as it was written`);
      if ((await take(1)).length > 0) throw damaged(at + LENGTH_BYTES + size, "something follows its end");
      yield { plain: last, at };
      return;
    }
    at += LENGTH_BYTES + size;
  }
}

async function unpack(plain: Buffer, at: number): Promise<Chunk> {
  const kind = KINDS[plain.readUInt8(0)];
  if (!kind) throw damaged(at, "it holds a part of an unknown kind");
  const bytes = await decompress(plain.subarray(FRONT_BYTES), { maxOutputLength: CHUNK_BYTES_MAX });
  return { kind, stream: plain.readUInt32BE(1), bytes };
}
