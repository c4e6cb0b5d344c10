import { hash } from "node:crypto";
import { takeSnapshot } from "../engine/snapshot.ts";
import type { LedgerStore } from "./ledger-store.ts";
import { loadState } from "./replay.ts";

export const PIECE_BYTES = 2 ** 20;

/**
 * Writes a snapshot of what is stored: reads the last one and the blocks after it, as a start does, and writes the state piece by
 * piece. It shares nothing with a running engine, so it stops none; and each one proves that the stored blocks lead on.
 * @returns the block's height it stands for, or null when there is nothing new
 * @throws HistoryChanged
 */
export async function writeSnapshot(store: LedgerStore): Promise<number | null> {
  const head = await store.head();
  const { state, snapshotHeight } = await loadState(store, head);
  if (state.height === 0 || state.height === snapshotHeight) return null;
  const bytes = takeSnapshot(state);
  await store.beginSnapshot(state.height);
  let pieces = 0;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    await store.writePiece(state.height, pieces++, bytes.subarray(at, at + PIECE_BYTES));
  await store.finishSnapshot(state.height, pieces, hash("sha256", bytes, "buffer"));
  return state.height;
}
