/** What the engine asks of whoever keeps its blocks: PostgreSQL (store/), and a simulated disk in tests. */

/** A block as it is kept. */
export interface StoredBlock {
  readonly height: number;
  /** ms, as the rules saw it */
  readonly time: number;
  /** SHA-256 over everything up to here (engine/apply.ts). */
  readonly chainHash: Uint8Array;
  /** The signed transactions one behind the other, in the order in which they were decided. */
  readonly bytes: Uint8Array;
  readonly lengths: readonly number[];
  /** Their results (engine/faults.ts). */
  readonly codes: readonly number[];
}

export interface Head {
  readonly genesis: Uint8Array;
  /** Who holds it may write. */
  readonly epoch: number;
  /** Of the last block, 0 before the first. */
  readonly height: number;
  readonly chainHash: Uint8Array;
}

export interface StoredSnapshot {
  readonly height: number;
  /** SHA-256 of its bytes. */
  readonly hash: Uint8Array;
}

export interface LedgerStore {
  /** @throws NoLedger */
  head(): Promise<Head>;
  /**
   * Takes the ledger over: from now on no older epoch can write, not even what is under way.
   * @param held the epoch that must still be the newest, or null to take it from whoever has it
   * @throws NoLedger, Superseded
   */
  claim(held: number | null): Promise<Head>;
  /**
   * Writes a block behind the last one, durably and wholly or not at all.
   * @throws Superseded when a newer epoch exists; any other error says nothing about whether it was written
   */
  commit(epoch: number, block: StoredBlock): Promise<void>;
  /** The next blocks after a height, in order, a few megabytes at a time; none = that is all. */
  blocksAfter(height: number): Promise<StoredBlock[]>;
  /** Whole ones, the newest first. */
  snapshots(): Promise<StoredSnapshot[]>;
  readSnapshot(height: number): Promise<Uint8Array>;
  /** Makes room for a snapshot, and takes away what was left unfinished. */
  beginSnapshot(height: number): Promise<void>;
  writePiece(height: number, n: number, bytes: Uint8Array): Promise<void>;
  /** From now on it counts, if all its pieces are there; the two newest are kept. */
  finishSnapshot(height: number, pieces: number, hash: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
