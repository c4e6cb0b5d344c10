import { Worker } from "node:worker_threads";
import type { DatabaseAddress } from "#kernel";

/** To the thread: how to reach the ledger, as the role that reads nothing else. */
export interface SnapshotOrder {
  readonly connection: ReturnType<DatabaseAddress["config"]>;
  readonly tenantId: number;
  /** ms */
  readonly at: number;
}

/** Writes a snapshot in a thread of its own. @returns its height, or null when there is nothing new */
export function snapshotApart(order: SnapshotOrder): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./snapshot-worker.ts", import.meta.url), { workerData: order });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that writes snapshots has ended")));
  });
}
