import { ApartError, workApart } from "#kernel";
import { broken, type ReadSetting, type SourceRead } from "../../rules/feeds/item.ts";
import { readSource } from "../../rules/feeds/read-source.ts";

/** What a source's bytes say; a large body is read in a process of its own, so that nobody who writes waits for it. */

export interface ReadingOrder {
  readonly kind: Parameters<typeof readSource>[0];
  readonly bytes: Uint8Array;
  readonly setting: ReadSetting;
}

/** Read at once up to here, a few milliseconds; bytes. */
const AT_ONCE_BYTES = 128 * 1024;
const TIME_LIMIT_MS = 20_000;
/** A calendar of 3 MB unfolds to some hundred. */
const MAX_HEAP_MB = 512;

/** One large body at a time: the other cores answer customers. */
let last: Promise<unknown> = Promise.resolve();

/** Never throws for what stands in the bytes: what breaks the process, or takes too long, is `isBroken`. */
export function readBody(order: ReadingOrder): Promise<SourceRead> {
  const { kind, bytes, setting } = order;
  if (bytes.length <= AT_ONCE_BYTES) return Promise.resolve(readSource(kind, bytes, setting));
  const read = last.then(() => readApart(order));
  last = read;
  return read;
}

async function readApart(order: ReadingOrder): Promise<SourceRead> {
  try {
    return await workApart<SourceRead>(new URL("./reading-process.ts", import.meta.url), order, {
      timeLimit_ms: TIME_LIMIT_MS,
      maxHeap_mb: MAX_HEAP_MB,
    });
  } catch (error) {
    const late = error instanceof ApartError && error.reason === "tookTooLong";
    return broken("broken", late ? "time" : "memory");
  }
}
