import { parentPort, workerData } from "node:worker_threads";
import { openPgLedgerStore } from "../store/pg-ledger-store.ts";
import type { SnapshotOrder } from "./snapshot-thread.ts";
import { writeSnapshot } from "./snapshots.ts";

/** A thread that writes one snapshot of what is stored, over a connection of its own. */

const { connection, tenantId, at } = workerData as SnapshotOrder;
const store = openPgLedgerStore({ address: { config: () => connection }, tenantId, now: () => at });
try {
  parentPort?.postMessage(await writeSnapshot(store));
} finally {
  await store.close();
}
