import { inflateSync, zstdDecompressSync } from "node:zlib";
import { type ByteSource, ImportFault } from "./byte-source.ts";
import { Wire } from "./osm-wire.ts";

/** The outer form of an .osm.pbf file (OpenStreetMap wiki, "PBF Format"): length, header, packed block, again and again. */

const MOST_HEADER_BYTES = 64 * 1024;
const MOST_BLOB_BYTES = 32 * 1024 * 1024;
/** What a reader must know; DenseNodes and the schema are all that this one does. */
const KNOWN_FEATURES: ReadonlySet<string> = new Set(["OsmSchema-V0.6", "DenseNodes"]);

const broken = (what: string) =>
  new ImportFault("notPbf", `This is no whole .osm.pbf file: ${what}. Download it again.`);

/** Bytes in order, of which as many are asked for as the format says. */
class Bytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #at = 0;
  read = 0;

  constructor(source: ByteSource) {
    this.#source = source()[Symbol.asyncIterator]();
  }

  /** @returns null at the end of the file */
  async take(length: number): Promise<Uint8Array | null> {
    if (this.#held.length - this.#at >= length) return this.#slice(length);
    const parts: Uint8Array[] = [this.#held.subarray(this.#at)];
    let have = this.#held.length - this.#at;
    while (have < length) {
      const { done, value } = await this.#source.next();
      if (done) {
        if (have === 0) return null;
        throw broken("it ends early");
      }
      parts.push(value);
      have += value.length;
    }
    this.#held = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
    this.#at = 0;
    return this.#slice(length);
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #slice(length: number): Uint8Array {
    this.#at += length;
    this.read += length;
    return this.#held.subarray(this.#at - length, this.#at);
  }
}

/**
 * The primitive blocks of a file, unpacked, one at a time.
 * @param onProgress bytes of the file that have been read
 * @throws ImportFault for what is no such file, is cut short, or needs what is not known here
 */
export async function* readBlocks(
  source: ByteSource,
  onProgress?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const bytes = new Bytes(source);
  try {
    let isFirst = true;
    for (;;) {
      const length = await bytes.take(4);
      if (length === null) break;
      const headerBytes = Buffer.from(length).readUInt32BE(0);
      if (headerBytes === 0 || headerBytes > MOST_HEADER_BYTES)
        throw broken("it does not begin with a header");
      const { type, size } = readHeader((await bytes.take(headerBytes)) ?? cut());
      if (size > MOST_BLOB_BYTES) throw broken("a block is larger than 32 MiB");
      const blob = (await bytes.take(size)) ?? cut();
      onProgress?.(bytes.read);
      if (isFirst && type !== "OSMHeader") throw broken("it does not begin with a header");
      isFirst = false;
      if (type === "OSMHeader") checkFeatures(unpack(blob));
      // Types that are not known are to be passed over.
      if (type === "OSMData") yield unpack(blob);
    }
    if (isFirst) throw broken("it is empty");
  } finally {
    await bytes.close();
  }
}

function cut(): never {
  throw broken("it ends early");
}

function readHeader(bytes: Uint8Array): { type: string; size: number } {
  const wire = new Wire(bytes);
  let [type, size] = ["", 0];
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag === 10) type = Buffer.from(wire.inside().bytes()).toString("latin1");
    else if (tag === 24) size = wire.unsigned();
    else wire.skip(tag);
  }
  return { type, size };
}

function unpack(blob: Uint8Array): Uint8Array {
  const wire = new Wire(blob);
  const limit = { maxOutputLength: MOST_BLOB_BYTES };
  while (!wire.isDone) {
    const tag = wire.tag();
    try {
      if (tag === 10) return wire.inside().bytes();
      if (tag === 26) return inflateSync(wire.inside().bytes(), limit);
      if (tag === 58) return zstdDecompressSync(wire.inside().bytes(), limit);
    } catch {
      throw broken("a block cannot be unpacked");
    }
    if (tag === 34 || tag === 42 || tag === 50)
      throw new ImportFault(
        "packing",
        "The file is packed in a way that is not read here (LZMA, bzip2 or LZ4). Write it with zlib, as download services do.",
      );
    wire.skip(tag);
  }
  throw broken("a block holds nothing");
}

function checkFeatures(header: Uint8Array): void {
  const wire = new Wire(header);
  while (!wire.isDone) {
    const tag = wire.tag();
    if (tag !== 34) {
      wire.skip(tag);
      continue;
    }
    const feature = Buffer.from(wire.inside().bytes()).toString("utf8");
    if (!KNOWN_FEATURES.has(feature))
      throw new ImportFault(
        "feature",
        `The file needs "${feature.slice(0, 40)}", which is not read here. Take a plain extract without history.`,
      );
  }
}
