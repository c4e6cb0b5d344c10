import { useSyncExternalStore } from "react";

/** A sign of writing is worth this long; then it is over unless repeated. */
const lastsMs = 6_000;

export interface Writer {
  who: string;
  side: "customer" | "us";
  staffId: string | null;
}

let writers: ReadonlyMap<string, Writer> = new Map();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();
const none: readonly Writer[] = [];
let cached = new Map<number, readonly Writer[]>();

function change(edit: (next: Map<string, Writer>) => void): void {
  const next = new Map(writers);
  edit(next);
  writers = next;
  cached = new Map();
  for (const listener of listeners) listener();
}

function keyOf(conversationId: number, writer: Writer): string {
  return `${conversationId}:${writer.side}:${writer.staffId ?? writer.who}`;
}

/** Somebody writes in this conversation. */
export function noteWriting(conversationId: number, writer: Writer): void {
  const key = keyOf(conversationId, writer);
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => {
      timers.delete(key);
      change((next) => next.delete(key));
    }, lastsMs),
  );
  change((next) => next.set(key, writer));
}

/** The message is there: who wrote it is no longer writing. */
export function noteWritten(conversationId: number, side: Writer["side"]): void {
  const prefix = `${conversationId}:${side}:`;
  if (![...writers.keys()].some((key) => key.startsWith(prefix))) return;
  change((next) => {
    for (const key of next.keys()) if (key.startsWith(prefix)) next.delete(key);
  });
}

function writersIn(conversationId: number): readonly Writer[] {
  const known = cached.get(conversationId);
  if (known) return known;
  const found = [...writers]
    .filter(([key]) => key.startsWith(`${conversationId}:`))
    .map(([, writer]) => writer);
  cached.set(conversationId, found.length ? found : none);
  return cached.get(conversationId) ?? none;
}

export function useWriters(conversationId: number): readonly Writer[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => writersIn(conversationId),
  );
}
