import type { VisitorEvent } from "../../contract.ts";
import { backoff } from "./backoff.ts";
import { asFailure, Failure } from "./failure.ts";
import { sseParser } from "./sse.ts";
import type { VisitorClient } from "./visitor-client.ts";

/** Longer without a byte (the node pings more often): the connection is dead, whatever the browser thinks. */
const SILENCE_LIMIT_MS = 75_000;
/** A page nobody looks at for this long lets the connection go. */
const HIDDEN_LIMIT_MS = 5 * 60_000;

export interface StreamListener {
  onEvent(event: VisitorEvent): void;
  onOpen(): void;
  /** The connection is lost; a new attempt follows by itself if the failure passes. */
  onLost(failure: Failure): void;
}

export interface LiveStream {
  /** Connect now, e.g. when the network is back. */
  wake(): void;
  stop(): void;
}

function eventOf(data: string): VisitorEvent | null {
  try {
    const event = JSON.parse(data) as VisitorEvent;
    return typeof event?.type === "string" ? event : null;
  } catch {
    return null;
  }
}

/**
 * Follows the conversation by server-sent events over fetch (EventSource cannot send an Authorization header).
 * Reconnects with back-off and resumes by Last-Event-ID.
 * @param cursor where to begin, from the history.
 */
export function followConversation(
  client: VisitorClient,
  visitor: string,
  cursor: string,
  listener: StreamListener,
): LiveStream {
  let lastId = cursor;
  let attempt = 0;
  let isStopped = false;
  let current: AbortController | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  let isAsleep = false;

  async function readAll(response: Response, controller: AbortController): Promise<void> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Failure("server", "0");
    const parse = sseParser();
    for (;;) {
      const silence = setTimeout(() => controller.abort(), SILENCE_LIMIT_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      for (const { id, data } of parse(value)) {
        if (id !== null) lastId = id;
        const event = eventOf(data);
        if (event) listener.onEvent(event);
      }
    }
  }

  function retry(failure: Failure): void {
    attempt += 1;
    // Streams end now and then; only what does not heal at the first attempt is worth a word.
    if (attempt > 1 || !failure.isPassing || !navigator.onLine) listener.onLost(failure);
    if (!failure.isPassing) return;
    const wait_ms = failure.retryAfter_s ? failure.retryAfter_s * 1_000 : backoff(attempt, Math.random());
    retryTimer = setTimeout(connect, wait_ms);
  }

  async function connect(): Promise<void> {
    clearTimeout(retryTimer);
    if (isStopped || isAsleep || current) return;
    const controller = new AbortController();
    current = controller;
    let failure = new Failure("network", "0");
    try {
      const response = await client.stream(visitor, lastId, controller.signal);
      attempt = 0;
      listener.onOpen();
      await readAll(response, controller);
    } catch (cause) {
      failure = asFailure(cause);
    }
    if (current !== controller) return;
    current = null;
    if (!isStopped && !isAsleep) retry(failure);
  }

  function drop(): void {
    clearTimeout(retryTimer);
    const dropped = current;
    current = null;
    dropped?.abort();
  }

  function onVisibility(): void {
    clearTimeout(hiddenTimer);
    if (document.visibilityState === "hidden") {
      hiddenTimer = setTimeout(() => {
        isAsleep = true;
        drop();
      }, HIDDEN_LIMIT_MS);
      return;
    }
    isAsleep = false;
    void connect();
  }

  document.addEventListener("visibilitychange", onVisibility);
  void connect();
  return {
    wake: () => void connect(),
    stop() {
      isStopped = true;
      clearTimeout(hiddenTimer);
      document.removeEventListener("visibilitychange", onVisibility);
      drop();
    },
  };
}
