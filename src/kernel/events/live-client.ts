import type { FastifyReply } from "fastify";
import { counter, gauge } from "../observe.ts";

/** A reader that leaves more than this unread is dropped, bytes; it comes back and resumes. */
export const UNREAD_BYTES = 1_048_576;

const DRAIN_MS = 10_000;

const streams = gauge("ah_live_streams", "Open live streams", ["kind"]);
const dropped = counter("ah_live_dropped_total", "Streams dropped because their reader was too slow");

const COMMENT = Buffer.from(": \n\n");

/** One open stream of server-sent events. Buffers are shared among clients, so 200 readers of one event cost one. */
export interface LiveClient {
  readonly isOpen: boolean;
  readonly openedAt: number;
  /** Drops the reader when it is too slow. */
  write(frames: Buffer): void;
  /**
   * Waits until what was written has left, for a backfill, which may be larger than the limit; drops the reader
   * when that takes longer than 10 s.
   */
  drained(): Promise<void>;
  beat(): void;
  end(): void;
}

/**
 * Takes the reply over and begins the stream.
 * @param now ms of a clock that only runs forward
 */
export function openClient(
  reply: FastifyReply,
  kind: "desk" | "visitor",
  now: number,
  onClose: () => void,
): LiveClient {
  reply.header("content-type", "text/event-stream").header("cache-control", "no-store");
  // nginx would collect the stream otherwise.
  reply.header("x-accel-buffering", "no");
  const headers = reply.getHeaders();
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, headers as Record<string, string>);
  raw.write(COMMENT);
  raw.socket?.setNoDelay(true);
  let isOpen = true;
  streams.inc({ kind });
  const closed = () => {
    if (!isOpen) return;
    isOpen = false;
    streams.dec({ kind });
    onClose();
  };
  raw.on("close", closed);
  raw.on("error", () => {});
  // Who left while we looked him up gives no event any more.
  if (raw.destroyed || raw.socket?.destroyed) queueMicrotask(closed);
  return {
    get isOpen() {
      return isOpen;
    },
    openedAt: now,
    write(frames) {
      if (!isOpen || frames.length === 0) return;
      if (raw.writableLength > UNREAD_BYTES) {
        dropped.inc();
        raw.destroy();
        return;
      }
      raw.write(frames);
    },
    drained() {
      if (!isOpen || raw.writableLength < UNREAD_BYTES / 2) return Promise.resolve();
      return new Promise((resolve) => {
        const tooSlow = setTimeout(() => {
          dropped.inc();
          raw.destroy();
        }, DRAIN_MS);
        const done = () => {
          clearTimeout(tooSlow);
          raw.off("drain", done);
          raw.off("close", done);
          resolve();
        };
        raw.on("drain", done);
        raw.on("close", done);
      });
    },
    beat() {
      if (isOpen && raw.writableLength === 0) raw.write(COMMENT);
    },
    end() {
      raw.end();
    },
  };
}

/** One event of the stream (WHATWG HTML, 9.2); `id` is what Last-Event-ID gives back. */
export function frame(data: unknown, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
