import type { LiveEvent } from "#kernel/api";
import { request } from "./call.ts";
import { eventParser } from "./event-stream.ts";
import { Problem } from "./problem.ts";

export type LiveState = "open" | "lost";

export interface LiveOptions {
  tenant: number;
  onEvent(event: LiveEvent): void;
  /** `isFirst` is true until an event told where to resume: what was loaded before may have missed something. */
  onOpen(isFirst: boolean): void;
  onState(state: LiveState): void;
  onSignedOut(): void;
}

/** After this long without a connection people are told. */
const tellAfterMs = 5_000;
/** The node says something at least every 20 s; longer silence is a dead connection. */
const silenceMs = 50_000;
const retryMs = [250, 500, 1_000, 2_000, 4_000] as const;

/**
 * Follows the node's live feed and resumes after the last event that arrived. It reads the stream with fetch
 * instead of EventSource, because EventSource cannot send Last-Event-ID when a page reconnects by itself.
 * @returns a function that ends it
 */
export function followLive(options: LiveOptions): () => void {
  const end = new AbortController();
  void follow(options, end.signal);
  return () => end.abort();
}

async function follow(options: LiveOptions, ended: AbortSignal): Promise<void> {
  const place = { lastId: null as string | null };
  const contact = watchContact(options);
  for (let attempt = 0; !ended.aborted; attempt += 1) {
    const opened = () => {
      attempt = 0;
      contact.found(place.lastId === null);
    };
    try {
      await readOnce(options, { ended, place, opened });
    } catch (cause) {
      if (cause instanceof Problem && cause.status === 401) {
        contact.end();
        return options.onSignedOut();
      }
    }
    contact.lost();
    await pause(retryMs[Math.min(attempt, retryMs.length - 1)] ?? 4_000, ended);
  }
  contact.end();
}

/** Tells about lost contact only when it lasts: a short gap is caught up without a word. */
function watchContact(options: LiveOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(
    () => options.onState("lost"),
    tellAfterMs,
  );
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    end,
    lost: () => {
      timer ??= setTimeout(() => options.onState("lost"), tellAfterMs);
    },
    found: (isFirst: boolean) => {
      end();
      options.onState("open");
      options.onOpen(isFirst);
    },
  };
}

interface Round {
  ended: AbortSignal;
  place: { lastId: string | null };
  opened(): void;
}

/** One connection, until it ends. */
async function readOnce(options: LiveOptions, { ended, place, opened }: Round): Promise<void> {
  const dead = new AbortController();
  let silence = setTimeout(() => dead.abort(), silenceMs);
  const parse = eventParser(
    (event) => options.onEvent(JSON.parse(event.data) as LiveEvent),
    (id) => {
      place.lastId = id;
    },
  );
  try {
    const response = await request(`/api/v1/events?tenant=${options.tenant}`, {
      headers: { accept: "text/event-stream", ...(place.lastId && { "last-event-id": place.lastId }) },
      signal: AbortSignal.any([ended, dead.signal]),
    });
    opened();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(() => dead.abort(), silenceMs);
      parse(value);
    }
  } finally {
    clearTimeout(silence);
  }
}

/** Waits, or goes on at once when the browser has network again. */
function pause(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      removeEventListener("online", stop);
      ended.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(stop, ms);
    addEventListener("online", stop);
    ended.addEventListener("abort", stop);
  });
}
