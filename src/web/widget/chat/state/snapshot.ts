import type { Settings } from "../../contract.ts";
import type { Language } from "../../seam.ts";
import type { Failure } from "../net/failure.ts";
import type { Conversation } from "./conversation.ts";

/** Everything the chat shows. */
export interface Snapshot {
  phase: "loading" | "ready" | "broken";
  /** Why the chat could not be opened. */
  failure: Failure | null;
  settings: Settings | null;
  conversation: Conversation;
  /** The connection's trouble that passes by itself; null: all is well. */
  trouble: Failure | null;
  /** When the waiting messages are tried again, in ms since 1970; null: unknown. */
  retryAt_ms: number | null;
  language: Language;
  isOpen: boolean;
  unread: number;
  /** The most asked questions stand below the conversation again. */
  showsQuestions: boolean;
}

export interface Store {
  get(): Snapshot;
  set(patch: Partial<Snapshot>): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: Snapshot): Store {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(patch) {
      current = { ...current, ...patch };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
