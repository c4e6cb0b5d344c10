import { openLedger } from "../engine/apply.ts";
import { decodeGenesis } from "../engine/genesis-bytes.ts";
import { stateHash } from "../engine/snapshot.ts";
import { hex } from "../engine/state/holds.ts";
import type { LedgerState } from "../engine/state/ledger-state.ts";
import { HistoryChanged } from "./faults.ts";
import type { LedgerStore, StoredBlock } from "./ledger-store.ts";
import { equal, isBalanced, replayBlock } from "./replay.ts";
import type { Verifier } from "./verifier.ts";

/** What going through a whole ledger found. */
export interface Audit {
  /** Up to the first that does not hold. */
  readonly blocks: number;
  readonly transactions: number;
  readonly accounts: number;
  /** Base units. */
  readonly supply: number;
  /** Hexadecimal, of the last block that holds: to be compared with receipts and other copies. */
  readonly chainHash: string;
  /** Snapshots whose hash is that of the state at their block. */
  readonly snapshots: number;
  /** In English; none = the ledger holds. */
  readonly faults: readonly string[];
}

/**
 * Goes through a ledger from its first block: every signature, every rule, every result and hash, every snapshot, the head. It
 * writes nothing and stands beside a running engine.
 * @param say told now and then how far it is
 */
export async function auditLedger(
  store: LedgerStore,
  verifier: Verifier,
  say: (blocks: number, of: number) => void = () => {},
): Promise<Audit> {
  const head = await store.head();
  const state = openLedger(decodeGenesis(head.genesis));
  const snapshots = new Map((await store.snapshots()).map(({ height, hash }) => [height, hash]));
  const faults: string[] = [];
  let sound = 0;
  let transactions = 0;
  let matching = 0;
  try {
    while (state.height < head.height) {
      const blocks = await store.blocksAfter(state.height);
      if (blocks.length === 0) throw new HistoryChanged(state.height + 1, "it is missing");
      for (const block of blocks.filter(({ height }) => height <= head.height)) {
        await checkSignatures(block, verifier);
        replayBlock(state, block);
        sound = block.height;
        transactions += block.lengths.length;
        const snapshot = snapshots.get(block.height);
        if (!snapshot) continue;
        if (equal(snapshot, stateHash(state))) matching++;
        else faults.push(`The snapshot at block ${block.height} is not the state that the blocks lead to.`);
      }
      say(state.height, head.height);
    }
    faults.push(...endFaults(state, head.chainHash));
  } catch (error) {
    if (!(error instanceof HistoryChanged)) throw error;
    faults.push(error.message);
  }
  return {
    blocks: sound,
    transactions,
    accounts: state.accounts.size,
    supply: state.supply,
    chainHash: hex(state.chainHash),
    snapshots: matching,
    faults,
  };
}

function endFaults(state: LedgerState, chainHash: Uint8Array): string[] {
  const faults: string[] = [];
  if (!equal(state.chainHash, chainHash))
    faults.push("The ledger's head names another hash than its last block.");
  if (!isBalanced(state)) faults.push("The balances do not come to the supply.");
  return faults;
}

async function checkSignatures({ height, bytes, lengths }: StoredBlock, verifier: Verifier): Promise<void> {
  let end = 0;
  const signed = lengths.map((length) => {
    end += length;
    return bytes.subarray(end - length, end);
  });
  const checked = signed.length > 0 ? await verifier.check(signed) : [];
  const bad = checked.findIndex(({ verdict }) => verdict !== "good");
  if (bad >= 0) throw new HistoryChanged(height, `the signature of transaction ${bad + 1} is wrong`);
}
