import { ApartError, TooManyRequests, workApart } from "#kernel";
import { type ListOrder, readList } from "../rules/call-list.ts";
import { AT_ONCE_BYTES, FILES_WAITING } from "../rules/limits.ts";

/** What a list of calls says; a large one is read in a process of its own, so that nobody who writes waits for it. */

const TIME_LIMIT_MS = 20_000;
/** 6 MiB unfold to some hundred. */
const MAX_HEAP_MB = 512;
/** Seconds; until then one of those that wait is done. */
const AGAIN_AFTER_S = 5;

type Read = ReturnType<typeof readList>;

/** One large file at a time: the other cores answer customers. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** @returns as `readList`, or "tooMuch" for what takes too long or too much @throws TooManyRequests while others wait */
export function readListAside(order: ListOrder): Promise<Read | "tooMuch"> {
  if (order.bytes.length <= AT_ONCE_BYTES) return Promise.resolve(readList(order));
  if (waiting >= FILES_WAITING) return Promise.reject(new TooManyRequests(AGAIN_AFTER_S));
  waiting += 1;
  const read = last
    .then(() => readApart(order))
    .finally(() => {
      waiting -= 1;
    });
  last = read.catch(() => {});
  return read;
}

async function readApart(order: ListOrder): Promise<Read | "tooMuch"> {
  try {
    return await workApart<Read>(new URL("./list-reading-process.ts", import.meta.url), order, {
      timeLimit_ms: TIME_LIMIT_MS,
      maxHeap_mb: MAX_HEAP_MB,
    });
  } catch (error) {
    if (error instanceof ApartError) return "tooMuch";
    throw error;
  }
}
