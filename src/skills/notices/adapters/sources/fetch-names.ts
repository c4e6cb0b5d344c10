import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";
import { type EntityName, NAME_FILES, NAMES_MAX, nameReader } from "../../rules/feeds/gtfs-names.ts";
import { FetchError } from "./fetch-faults.ts";
import type { Fetched, FetchRequest, SourceFetcher } from "./fetch-source.ts";

/** The static GTFS feed: a zip on disk, read file by file as it unpacks, never held whole. */

/** Timetables of a whole country weigh hundreds of megabytes and come from slow servers. */
const ARCHIVE_LIMITS = { total_ms: 120_000, maxBytes: 400 * 1024 * 1024 };
/** Of one file, unpacked. */
const FILE_BYTES = 300 * 1024 * 1024;
/** An archive with more entries is no timetable. */
const ENTRIES_MOST = 1_000;
const BATCH = 5_000;

/** Writes a batch of names. */
export type TakeNames = (names: readonly EntityName[]) => Promise<void>;

/**
 * @param write called once when the archive is there; it hands a writer for the batches to what it is given
 * @returns the number of names
 */
export async function fetchNames(
  fetcher: SourceFetcher,
  request: Omit<FetchRequest, "limits">,
  write: (read: (take: TakeNames) => Promise<number>) => Promise<number>,
): Promise<Fetched<number>> {
  const folder = await mkdtemp(join(tmpdir(), "ah-gtfs-"));
  const file = join(folder, "feed.zip");
  try {
    const fetched = await fetcher.stream({ ...request, limits: ARCHIVE_LIMITS }, (body) =>
      pipeline(body, createWriteStream(file)),
    );
    if (fetched.got !== "body") return fetched;
    try {
      return { ...fetched, body: await write((take) => readArchive(file, take)) };
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      return { got: "failed", fault: error.fault, retryAfterMs: null };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Reads routes, stops and agencies of an archive on disk.
 * @returns the number of names
 * @throws FetchError broken_body for what is no archive, too_large beyond the limits
 */
export async function readArchive(file: string, take: TakeNames): Promise<number> {
  const archive = await yauzl
    .openPromise(file, { lazyEntries: true, autoClose: false })
    .catch((error: Error) => {
      throw new FetchError("broken_body", null, error);
    });
  let count = 0;
  let own: unknown;
  const takeOrFail: TakeNames = (names) =>
    take(names).catch((error: unknown) => {
      own = error;
      throw error;
    });
  try {
    let entries = 0;
    for await (const entry of archive.eachEntry()) {
      if (++entries > ENTRIES_MOST) throw new FetchError("too_large");
      // Some publishers put everything into a folder.
      const kind = NAME_FILES[entry.fileName.split("/").at(-1) ?? ""];
      if (!kind) continue;
      if (entry.uncompressedSize > FILE_BYTES) throw new FetchError("too_large");
      count += await readEntry(await archive.openReadStreamPromise(entry), {
        kind,
        take: takeOrFail,
        room: NAMES_MAX - count,
      });
    }
  } catch (error) {
    // What the taker threw is no fault of the archive.
    throw error instanceof FetchError || error === own ? error : new FetchError("broken_body", null, error);
  } finally {
    archive.close();
  }
  return count;
}

async function readEntry(
  body: Readable,
  parts: { kind: EntityName["kind"]; take: TakeNames; room: number },
): Promise<number> {
  const waiting: EntityName[] = [];
  let count = 0;
  let bytes = 0;
  const reader = nameReader(parts.kind, (name) => void waiting.push(name));
  const text = new TextDecoder();
  const flush = async () => {
    count += waiting.length;
    if (count > parts.room) throw new FetchError("too_large");
    await parts.take(waiting.splice(0));
  };
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    // The directory's size may lie; yauzl checks it too, at the end.
    if (bytes > FILE_BYTES) throw new FetchError("too_large");
    reader.push(text.decode(part, { stream: true }));
    if (waiting.length >= BATCH) await flush();
  }
  reader.push(text.decode());
  reader.end();
  if (waiting.length > 0) await flush();
  return count;
}
