import { hash } from "node:crypto";
import { applyTransaction, beginBlock, endBlock, openLedger } from "../engine/apply.ts";
import { decodeSigned } from "../engine/decode.ts";
import { Malformed, RESULTS } from "../engine/faults.ts";
import type { Genesis } from "../engine/genesis.ts";
import { decodeGenesis } from "../engine/genesis-bytes.ts";
import { restoreSnapshot } from "../engine/snapshot.ts";
import type { LedgerState } from "../engine/state/ledger-state.ts";
import { HistoryChanged } from "./faults.ts";
import type { Head, LedgerStore, StoredBlock } from "./ledger-store.ts";

/** From what is stored to the state in memory. Nothing is believed: every block's hash is computed anew and compared. */

export interface Loaded {
  readonly state: LedgerState;
  /** 0 = from the genesis */
  readonly snapshotHeight: number;
  /** Transactions that were applied again. */
  readonly replayed: number;
  /** Snapshots that could not be used, and why. */
  readonly passedOver: readonly string[];
}

/**
 * The state at the head: the newest snapshot that is sound, and the blocks after it.
 * @param seed for where ids fall in tables; nothing depends on it
 * @throws HistoryChanged naming the first block that is not what was committed
 */
export async function loadState(store: LedgerStore, head: Head, seed = 0): Promise<Loaded> {
  const genesis = decodeGenesis(head.genesis);
  const passedOver: string[] = [];
  const state = (await fromSnapshot(store, { genesis, head, seed, passedOver })) ?? openLedger(genesis, seed);
  const snapshotHeight = state.height;
  let replayed = 0;
  for await (const blocks of blocksBetween(store, state.height, head.height))
    for (const block of blocks) {
      if (state.height === head.height) break;
      replayBlock(state, block);
      replayed += block.lengths.length;
    }
  if (!equal(state.chainHash, head.chainHash))
    throw new HistoryChanged(head.height, "the ledger's head names another hash");
  return { state, snapshotHeight, replayed, passedOver };
}

/** While some are applied the server reads the next ones. @throws HistoryChanged where they end too early */
async function* blocksBetween(
  store: LedgerStore,
  after: number,
  to: number,
): AsyncGenerator<readonly StoredBlock[]> {
  const ask = (height: number): Promise<readonly StoredBlock[]> => {
    const asked = store.blocksAfter(height);
    // Whoever stops at a fault does not come back for what was asked ahead.
    asked.catch(() => {});
    return asked;
  };
  let height = after;
  for (let coming = height < to ? ask(height) : null; coming; ) {
    const blocks = await coming;
    const last = blocks.at(-1);
    if (!last) throw new HistoryChanged(height + 1, "it is missing");
    height = last.height;
    coming = height < to ? ask(height) : null;
    yield blocks;
  }
}

async function fromSnapshot(
  store: LedgerStore,
  { genesis, head, seed, passedOver }: { genesis: Genesis; head: Head; seed: number; passedOver: string[] },
): Promise<LedgerState | null> {
  for (const { height, hash: expected } of await store.snapshots()) {
    const refuse = (why: string): void => void passedOver.push(`The snapshot at block ${height} ${why}.`);
    if (height > head.height) {
      refuse("is ahead of the ledger");
      continue;
    }
    const bytes = await store.readSnapshot(height);
    if (!equal(hash("sha256", bytes, "buffer"), expected)) {
      refuse("is damaged: it has another hash");
      continue;
    }
    const state = restored(genesis, bytes, seed);
    if (state?.height !== height) refuse("is damaged: it cannot be read");
    else if (!isBalanced(state)) refuse("is damaged: its balances do not come to the supply");
    else if (!(await standsAt(store, state))) refuse("is of another history");
    else return state;
  }
  return null;
}

function restored(genesis: Genesis, bytes: Uint8Array, seed: number): LedgerState | null {
  try {
    return restoreSnapshot(genesis, bytes, seed);
  } catch (error) {
    if (error instanceof Malformed || error instanceof RangeError) return null;
    throw error;
  }
}

/** Is the block at the snapshot's height the one that the snapshot names? */
async function standsAt(store: LedgerStore, state: LedgerState): Promise<boolean> {
  const [block] = await store.blocksAfter(state.height - 1);
  return block?.height === state.height && equal(block.chainHash, state.chainHash);
}

/** All balances and what is set aside come to the supply. */
export function isBalanced({ accounts, supply }: LedgerState): boolean {
  let total = 0;
  for (let row = 0; row < accounts.size; row++)
    total += (accounts.balance[row] as number) + (accounts.held[row] as number);
  return total === supply;
}

/**
 * Applies a stored block again.
 * @throws HistoryChanged where a transaction, a result, a time or the hash is not what was committed
 */
export function replayBlock(state: LedgerState, stored: StoredBlock): void {
  const { height, time, lengths, codes, bytes } = stored;
  if (height !== state.height + 1) throw new HistoryChanged(state.height + 1, "it is missing");
  const block = beginBlock(state, time);
  if (block.time !== time) throw new HistoryChanged(height, "its time lies before the one before it");
  let at = 0;
  for (const [n, length] of lengths.entries()) {
    const signed = bytes.subarray(at, at + length);
    at += length;
    const result = applied(state, block, signed);
    if (result === null || block.count !== n + 1)
      throw new HistoryChanged(height, `transaction ${n + 1} was not decided there`);
    if (result !== codes[n])
      throw new HistoryChanged(height, `transaction ${n + 1} has another result than was acknowledged`);
  }
  if (at !== bytes.length || codes.length !== lengths.length)
    throw new HistoryChanged(height, "its parts do not fit together");
  if (!equal(endBlock(state, block), stored.chainHash)) throw new HistoryChanged(height, "its hash differs");
}

function applied(
  state: LedgerState,
  block: ReturnType<typeof beginBlock>,
  signed: Uint8Array,
): number | null {
  try {
    const { transaction, body } = decodeSigned(signed);
    const digest = hash("sha256", body, "buffer");
    return RESULTS[applyTransaction(state, block, { transaction, digest }).result];
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
