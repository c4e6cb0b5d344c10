import { hash } from "node:crypto";
import { applyTransaction, beginBlock, endBlock, openLedger } from "../engine/apply.ts";
import { decodeSigned } from "../engine/decode.ts";
import { Malformed, RESULTS } from "../engine/faults.ts";
import type { Genesis } from "../engine/genesis.ts";
import { restoreSnapshot, takeSnapshot } from "../engine/snapshot.ts";
import type { LedgerState } from "../engine/state/ledger-state.ts";

/**
 * The core behind the calls that CometBFT makes (ABCI 2.0, v0.38: FinalizeBlock decides in memory, Commit makes it durable, Info
 * tells how far the application is), and an emulator of the node that makes them: after a crash it asks Info and gives every block
 * that is missing once more. No sockets and no codec; that is the next issue's.
 */

export interface AbciBlock {
  readonly height: number;
  readonly time: number;
  readonly txs: readonly Uint8Array[];
}

/** What the application has written: state and height together, or nothing. */
export interface AbciDisk {
  snapshot: Uint8Array | null;
}

export class AbciApplication {
  readonly #disk: AbciDisk;
  #state: LedgerState;

  constructor(genesis: Genesis, disk: AbciDisk, seed: number) {
    this.#disk = disk;
    this.#state = disk.snapshot ? restoreSnapshot(genesis, disk.snapshot, seed) : openLedger(genesis, seed);
  }

  info(): { lastBlockHeight: number; lastBlockAppHash: Uint8Array } {
    return { lastBlockHeight: this.#state.height, lastBlockAppHash: this.#state.chainHash };
  }

  /** Decides in memory; nothing is written before `commit`. */
  finalizeBlock({ height, time, txs }: AbciBlock): { appHash: Uint8Array; codes: number[] } {
    if (height !== this.#state.height + 1) throw new Error(`block ${height} after ${this.#state.height}`);
    const block = beginBlock(this.#state, time);
    const codes = txs.map((bytes) => {
      try {
        const { transaction, body } = decodeSigned(bytes);
        const digest = hash("sha256", body, "buffer");
        return RESULTS[applyTransaction(this.#state, block, { transaction, digest }).result];
      } catch (error) {
        if (error instanceof Malformed) return RESULTS.malformed;
        throw error;
      }
    });
    return { appHash: endBlock(this.#state, block), codes };
  }

  commit(): void {
    this.#disk.snapshot = takeSnapshot(this.#state);
  }
}

export type Crash = "before_finalize" | "between" | "after_commit" | null;

/** A node of CometBFT that has all blocks, and an application that crashes. @returns the hash after each block */
export function runNode(
  genesis: Genesis,
  blocks: readonly AbciBlock[],
  crash: (height: number) => Crash,
): { appHashes: Uint8Array[]; codes: number[][]; restarts: number } {
  const disk: AbciDisk = { snapshot: null };
  const appHashes: Uint8Array[] = [];
  const codes: number[][] = [];
  let restarts = 0;
  let application = new AbciApplication(genesis, disk, 0);
  for (let next = 0; next < blocks.length; ) {
    const block = blocks[next] as AbciBlock;
    const moment = crash(block.height);
    if (moment !== "before_finalize") {
      const finalized = application.finalizeBlock(block);
      appHashes[next] = finalized.appHash;
      codes[next] = finalized.codes;
      if (moment !== "between") application.commit();
    }
    if (moment) {
      restarts++;
      application = new AbciApplication(genesis, disk, restarts);
    }
    const { lastBlockHeight, lastBlockAppHash } = application.info();
    if (lastBlockHeight > 0 && Buffer.compare(lastBlockAppHash, appHashes[lastBlockHeight - 1] as Uint8Array))
      throw new Error(`the application names another hash after block ${lastBlockHeight}`);
    next = lastBlockHeight;
  }
  return { appHashes, codes, restarts };
}
