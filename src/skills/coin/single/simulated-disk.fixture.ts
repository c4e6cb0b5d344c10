import { openLedger } from "../engine/apply.ts";
import type { Genesis } from "../engine/genesis.ts";
import { encodeGenesis } from "../engine/genesis-bytes.ts";
import { Superseded } from "./faults.ts";
import type { Head, LedgerStore, StoredBlock, StoredSnapshot } from "./ledger-store.ts";

/** Thrown into whoever was writing when the power went. */
export class PowerCut extends Error {
  constructor() {
    super("the power went");
  }
}

/** What happens to a write: it is done, it fails, or its answer is lost after it was done; or the power goes before or after it. */
export type Fate = "done" | "fails" | "answer_lost" | "cut_before" | "cut_after";

/**
 * A disk that holds what a ledger holds, behind the interface that PostgreSQL has. Each write is one step; between two steps
 * everything can go wrong, as the seed wants it.
 */
export class SimulatedDisk {
  readonly blocks: StoredBlock[] = [];
  /** Whoever ran is gone with the power. */
  onCut = (): void => {};
  readonly #genesis: Uint8Array;
  readonly #first: Uint8Array;
  readonly #fate: () => Fate;
  readonly #pieces = new Map<number, Uint8Array[]>();
  readonly #snapshots = new Map<number, Uint8Array>();
  #epoch = 0;
  /** A connection of before the cut writes nothing any more. */
  #boot = 0;

  constructor(genesis: Genesis, fate: () => Fate) {
    this.#genesis = encodeGenesis(genesis);
    this.#first = openLedger(genesis).chainHash;
    this.#fate = fate;
  }

  get head(): Head {
    const last = this.blocks.at(-1);
    const chainHash = last?.chainHash ?? this.#first;
    return { genesis: this.#genesis, epoch: this.#epoch, height: this.blocks.length, chainHash };
  }

  get snapshotHeights(): number[] {
    return [...this.#snapshots.keys()];
  }

  /** After the power is back. @param step resolves when it is this connection's turn */
  connect(step: () => Promise<void>): LedgerStore {
    this.#boot++;
    return this.connectBeside(step);
  }

  /** A second connection, of a thread that writes snapshots. */
  connectBeside(step: () => Promise<void>): LedgerStore {
    const boot = this.#boot;
    const write = async (change: () => void): Promise<void> => {
      await step();
      if (boot !== this.#boot) throw new PowerCut();
      const fate = this.#fate();
      if (fate === "cut_before") this.#cut();
      if (fate === "fails") throw new Error("no space left on the device");
      change();
      if (fate === "cut_after") this.#cut();
      if (fate === "answer_lost") throw new Error("the connection broke");
    };
    const read = async <T>(what: () => T): Promise<T> => {
      await step();
      if (boot !== this.#boot) throw new PowerCut();
      return what();
    };
    return {
      head: () => read(() => this.head),
      claim: async (held) => {
        await write(() => {
          if (held !== null && held !== this.#epoch) throw new Superseded();
          this.#epoch++;
        });
        return this.head;
      },
      commit: (epoch, block) => write(() => this.#commit(epoch, block)),
      blocksAfter: (height) => read(() => this.blocks.slice(height, height + 20)),
      snapshots: () => read(() => this.#whole()),
      readSnapshot: (height) => read(() => Buffer.concat(this.#pieces.get(height) ?? [])),
      beginSnapshot: (height) => write(() => void this.#pieces.set(height, [])),
      writePiece: (height, n, bytes) =>
        write(() => {
          const pieces = this.#pieces.get(height);
          if (pieces) pieces[n] = bytes.slice();
        }),
      finishSnapshot: (height, pieces, hash) =>
        write(() => {
          if (this.#pieces.get(height)?.filter(Boolean).length !== pieces)
            throw new Error("somebody else began a snapshot meanwhile");
          this.#snapshots.set(height, hash);
        }),
      close: async () => {},
    };
  }

  #cut(): never {
    this.#boot++;
    this.onCut();
    throw new PowerCut();
  }

  #commit(epoch: number, block: StoredBlock): void {
    if (epoch !== this.#epoch) throw new Superseded();
    if (block.height !== this.blocks.length + 1) throw new Error("a block does not follow");
    this.blocks.push({ ...block, bytes: block.bytes.slice() });
  }

  #whole(): StoredSnapshot[] {
    return [...this.#snapshots]
      .map(([height, hash]) => ({ height, hash }))
      .sort((a, b) => b.height - a.height);
  }
}
