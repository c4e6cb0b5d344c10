import { backoff } from "../net/backoff.ts";
import { asFailure, type Failure } from "../net/failure.ts";
import type { VisitorClient } from "../net/visitor-client.ts";
import { withOutgoing, withoutOutgoing } from "./conversation.ts";
import { ensureVisitor, newClientId } from "./identity.ts";
import { keepQueue, keptQueue, type Outgoing, QUEUE_LIMIT } from "./outgoing.ts";
import type { Store } from "./snapshot.ts";
import type { Keep } from "./storage.ts";

export interface Spoken {
  text: string;
  choice?: string;
  file?: File;
}

interface SenderParts {
  client: VisitorClient;
  keep: Keep;
  store: Store;
  /** The node has a message of ours: from now on there is something to follow. */
  onSent(visitor: string): void;
}

/** Brings what the customer said to the node: in order, one at a time, each exactly once, across reloads. */
export class Sender {
  readonly #parts: SenderParts;
  #isRunning = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Takes back what an earlier page load left unsent. */
  restore(): void {
    for (const entry of keptQueue(this.#parts.keep)) this.#put(entry);
  }

  /** @returns false when too much waits already. */
  say({ text, choice, file }: Spoken): boolean {
    const waiting = this.#queue().filter(({ state }) => state !== "sent");
    if (waiting.length >= QUEUE_LIMIT) return false;
    ensureVisitor(this.#parts.keep);
    this.#put({
      clientId: newClientId(),
      text,
      choice: choice ?? null,
      file: file ?? null,
      fileId: null,
      at: new Date().toISOString(),
      state: this.#parts.store.get().trouble ? "waiting" : "sending",
      reason: null,
    });
    void this.flush();
    return true;
  }

  again(clientId: string): void {
    const entry = this.#queue().find((one) => one.clientId === clientId);
    if (!entry) return;
    this.#put({ ...entry, state: "sending", reason: null });
    void this.flush();
  }

  discard(clientId: string): void {
    const { store, keep } = this.#parts;
    store.set({ conversation: withoutOutgoing(store.get().conversation, clientId) });
    keepQueue(keep, this.#queue());
  }

  /** Sends what waits; ends at the first trouble and comes back by itself. */
  async flush(): Promise<void> {
    if (this.#isRunning) return;
    clearTimeout(this.#timer);
    this.#isRunning = true;
    try {
      for (let entry = this.#next(); entry; entry = this.#next()) await this.#sendOne(entry);
      this.#attempt = 0;
    } catch (cause) {
      this.#waitFor(asFailure(cause));
    } finally {
      this.#isRunning = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #queue(): readonly Outgoing[] {
    return this.#parts.store.get().conversation.outgoing;
  }

  #next(): Outgoing | undefined {
    return this.#queue().find(({ state }) => state === "sending" || state === "waiting");
  }

  #put(entry: Outgoing): void {
    const { store, keep } = this.#parts;
    store.set({ conversation: withOutgoing(store.get().conversation, entry) });
    keepQueue(keep, this.#queue());
  }

  /** @throws Failure that passes by itself. */
  async #sendOne(entry: Outgoing): Promise<void> {
    const { client, keep, store, onSent } = this.#parts;
    const visitor = ensureVisitor(keep);
    let current = entry;
    try {
      if (current.file && !current.fileId) {
        const { fileId } = await client.upload(visitor, current.file);
        current = { ...current, fileId };
        this.#put(current);
      }
      const { clientId, text, choice, fileId } = current;
      const { language } = store.get();
      await client.send(visitor, {
        clientId,
        text,
        language,
        choice: choice ?? undefined,
        fileId: fileId ?? undefined,
      });
    } catch (cause) {
      this.#failed(current, asFailure(cause));
      return;
    }
    store.set({ trouble: null, retryAt_ms: null });
    // The stream may have brought the message back already; then there is nothing left to mark.
    if (this.#queue().some(({ clientId }) => clientId === current.clientId))
      this.#put({ ...current, state: "sent" });
    onSent(visitor);
  }

  #failed(entry: Outgoing, failure: Failure): void {
    if (failure.isPassing) {
      this.#put({ ...entry, state: "waiting" });
      throw failure;
    }
    const { kind } = failure;
    this.#put({
      ...entry,
      state: "failed",
      reason: kind === "tooBig" || kind === "refused" ? kind : "rejected",
    });
  }

  #waitFor(failure: Failure): void {
    this.#attempt += 1;
    const wait_ms = failure.retryAfter_s
      ? failure.retryAfter_s * 1_000
      : backoff(this.#attempt, Math.random());
    this.#timer = setTimeout(() => void this.flush(), wait_ms);
    this.#parts.store.set({ trouble: failure, retryAt_ms: Date.now() + wait_ms });
  }
}
