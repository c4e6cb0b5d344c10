import pg from "pg";
import type { Logger } from "pino";
import type { DatabaseAddress } from "../db/open.ts";

/**
 * Wake-ups between processes by LISTEN/NOTIFY on one channel. A wake-up is only a hint: who listens also
 * polls, because a notification is lost while a connection is down. Topics: "inbox", "outbox", "event",
 * and "announce:TOPIC:TENANT" for caches.
 */
export interface Wire {
  /** Coalesced: at most one notification per topic and 20 ms (one per transaction would serialise all commits). */
  notify(topic: string): void;
  on(topic: string, listener: (rest: string) => void): void;
  close(): Promise<void>;
}

const COALESCE_MS = 20;
const RECONNECT_MS = 500;

export function openWire(address: DatabaseAddress, log: Logger): Wire {
  const listeners = new Map<string, ((rest: string) => void)[]>();
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let client: pg.Client | null = null;
  let closed = false;
  let isNotifying = false;

  function deliver(payload: string): void {
    const [topic = "", ...rest] = payload.split(":");
    for (const listener of listeners.get(topic) ?? []) listener(rest.join(":"));
  }

  async function connect(): Promise<void> {
    if (closed) return;
    const next = new pg.Client(address.config("ah_node"));
    next.on("notification", (message) => deliver(message.payload ?? ""));
    next.on("error", () => {});
    next.on("end", () => {
      client = null;
      if (!closed) setTimeout(connect, RECONNECT_MS).unref();
    });
    try {
      await next.connect();
      await next.query("listen ah");
      client = next;
      if (pending.size > 0) schedule();
    } catch (error) {
      log.debug({ error: (error as Error).message }, "wire: no database yet");
      await next.end().catch(() => {});
    }
  }

  function schedule(): void {
    timer ??= setTimeout(flush, COALESCE_MS);
  }

  /** One at a time: the next one waits for the answer, on a busy machine longer than its pause. */
  async function flush(): Promise<void> {
    timer = null;
    if (!client || isNotifying) return;
    const topics = [...pending];
    pending.clear();
    isNotifying = true;
    await client.query("select pg_notify('ah', t) from unnest($1::text[]) t", [topics]).catch(() => {});
    isNotifying = false;
    if (pending.size > 0) schedule();
  }

  void connect();
  return {
    notify(topic) {
      pending.add(topic);
      schedule();
    },
    on(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      // What was announced in the last moments must not be lost with us.
      if (pending.size > 0) await flush();
      await client?.end().catch(() => {});
    },
  };
}
