import { type Applied, applyTransaction, beginBlock, endBlock } from "../engine/apply.ts";
import { decodeSigned } from "../engine/decode.ts";
import { RESULTS } from "../engine/faults.ts";
import type { LedgerState } from "../engine/state/ledger-state.ts";
import type { StoredBlock } from "./ledger-store.ts";

export interface Decidable {
  readonly bytes: Uint8Array;
  /** SHA-256 of its body. */
  readonly digest: Uint8Array;
}

export interface Built {
  readonly block: StoredBlock;
  /** One a transaction, in their order. */
  readonly decided: readonly Applied[];
}

/**
 * Decides transactions in their order and makes the block that is stored. What was known already, and what leaves no trace, is
 * answered and not stored.
 * @param time ms; a clock that went back counts as standing still
 * @param asked whose signatures are good
 */
export function buildBlock(state: LedgerState, time: number, asked: readonly Decidable[]): Built {
  const block = beginBlock(state, time);
  const kept: Uint8Array[] = [];
  const codes: number[] = [];
  const decided = asked.map(({ bytes, digest }) => {
    const { transaction } = decodeSigned(bytes);
    const before = block.count;
    const applied = applyTransaction(state, block, { transaction, digest });
    if (block.count > before) {
      kept.push(bytes);
      codes.push(RESULTS[applied.result]);
    }
    return applied;
  });
  const chainHash = endBlock(state, block);
  const lengths = kept.map(({ length }) => length);
  const { height, time: at } = block;
  return { block: { height, time: at, chainHash, bytes: Buffer.concat(kept), lengths, codes }, decided };
}
