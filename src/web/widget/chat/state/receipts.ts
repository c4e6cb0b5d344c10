import type { SeenStatus } from "../../contract.ts";
import type { VisitorClient } from "../net/visitor-client.ts";
import { unseenIds } from "./conversation.ts";
import type { Store } from "./snapshot.ts";

/** Ids in one request, as the contract allows. */
const BATCH = 100;

/** Tells the node which of its messages arrived here, and which stood before somebody's eyes. */
export class Receipts {
  readonly #client: VisitorClient;
  readonly #store: Store;
  readonly #told: Record<SeenStatus, Set<string>> = { delivered: new Set(), read: new Set() };

  constructor(client: VisitorClient, store: Store) {
    this.#client = client;
    this.#store = store;
  }

  /** "read" only while the chat stands open in a page that is visible. */
  tell(visitor: string): void {
    const { isOpen } = this.#store.get();
    const isRead = isOpen && document.visibilityState === "visible";
    void this.#tell(visitor, isRead ? "read" : "delivered");
  }

  async #tell(visitor: string, status: SeenStatus): Promise<void> {
    const told = this.#told[status];
    const ids = unseenIds(this.#store.get().conversation.messages, told).slice(-BATCH);
    if (ids.length === 0) return;
    for (const id of ids) {
      told.add(id);
      if (status === "read") this.#told.delivered.add(id);
    }
    try {
      await this.#client.seen(visitor, ids, status);
    } catch {
      // Told again with the next message.
      for (const id of ids) told.delete(id);
    }
  }
}
