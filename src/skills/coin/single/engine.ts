import type { ResultName } from "../engine/faults.ts";
import type { LedgerState } from "../engine/state/ledger-state.ts";
import { type Built, buildBlock } from "./block-builder.ts";
import { HistoryChanged, LedgerBusy, LedgerUnavailable, NoLedger, Superseded } from "./faults.ts";
import { Intake } from "./intake.ts";
import type { LedgerStore } from "./ledger-store.ts";
import { type Loaded, loadState } from "./replay.ts";
import type { Checked } from "./signatures.ts";
import type { Verifier } from "./verifier.ts";

/** What became of a transaction, told when that is durable. */
export interface Outcome {
  readonly result: ResultName;
  /** It was decided before; this is what was answered then. */
  readonly isKnown: boolean;
  /** Of the block up to which everything was written when it was answered. */
  readonly height: number;
}

export interface EngineParts {
  readonly store: LedgerStore;
  readonly verifier: Verifier;
  /** ms */
  readonly now: () => number;
  /** Does something soon, after what arrives in the same moment; tests have an order of their own. */
  readonly soon?: (work: () => void) => void;
  readonly wait?: (ms: number) => Promise<void>;
  /** Writes a snapshot of what is stored, beside the engine (snapshots.ts). */
  readonly takeSnapshot?: () => Promise<void>;
  /** Told in English what an operator should know; never personal data, there are none. */
  readonly say?: (sentence: string) => void;
  readonly limits?: Partial<EngineLimits>;
}

export interface EngineLimits {
  /** Transactions in a block. */
  readonly blockMost: number;
  /** Transactions that wait for their answer, and their bytes. */
  readonly waitingMost: number;
  readonly waitingBytesMost: number;
  /** Blocks on their way to the store at once: while one is written the next one is decided. */
  readonly blocksUnderWay: number;
  /** Transactions after which a snapshot is written. */
  readonly snapshotEvery: number;
  /** After so long without a store, ms, whoever waits is told so. */
  readonly patience: number;
}

const LIMITS: EngineLimits = {
  blockMost: 500,
  waitingMost: 20_000,
  waitingBytesMost: 16 * 2 ** 20,
  blocksUnderWay: 2,
  snapshotEvery: 200_000,
  patience: 15_000,
};
const RETRY_MS = [50, 100, 200, 500, 1_000];

interface Waiting {
  readonly bytes: Uint8Array;
  checked: Checked | null;
  answer(outcome: Outcome): void;
  refuse(error: Error): void;
}

type Phase = "open" | "rebuilding" | "ended";

/**
 * Opens the ledger: takes it over from whoever had it and brings the state into memory.
 * @throws NoLedger, HistoryChanged naming the block
 */
export async function openEngine(parts: EngineParts): Promise<Engine> {
  const head = await parts.store.claim(null);
  const loaded = await loadState(parts.store, head);
  for (const sentence of loaded.passedOver) parts.say?.(sentence);
  return new Engine(parts, { ...loaded, epoch: head.epoch });
}

/**
 * One writer of a ledger: signatures in threads, the core in order, one durable write a block, answers after it. What is in memory
 * and was not written is never built upon: when a write fails, everything comes anew from the store.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #limits: EngineLimits;
  readonly #intake: Intake<Waiting>;
  #state: LedgerState;
  #epoch: number;
  #phase: Phase = "open";
  #end: Error = new LedgerUnavailable("it is closed");
  /** Checked and not decided yet. */
  #ready: Waiting[] = [];
  /** Decided and not durable yet, the oldest first. */
  readonly #underWay: (readonly Waiting[])[] = [];
  #waiting = 0;
  #waitingBytes = 0;
  #onIdle: (() => void)[] = [];
  #sinceSnapshot: number;
  #snapshot: Promise<void> | null = null;
  #rebuild: Promise<void> = Promise.resolve();
  /** Since the last block that was written: how often everything was read anew, and how long it was waited before, ms. */
  #tries = 0;
  #waited = 0;
  /** Everything up to this block is durable. */
  #durable: number;

  constructor(parts: EngineParts, loaded: Loaded & { readonly epoch: number }) {
    this.#parts = parts;
    this.#limits = { ...LIMITS, ...parts.limits };
    this.#state = loaded.state;
    this.#epoch = loaded.epoch;
    this.#durable = loaded.state.height;
    this.#sinceSnapshot = loaded.replayed;
    this.#intake = new Intake(parts.verifier, parts.soon ?? setImmediate, (asked) => this.#take(asked));
  }

  /** To be read only; between two turns of the event loop it may be ahead of what is durable. */
  get state(): LedgerState {
    return this.#state;
  }

  get durableHeight(): number {
    return this.#durable;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Decides a signed transaction. The same bytes again are answered alike and done once.
   * @param bytes body and signatures (engine/decode.ts), not changed afterwards
   * @returns what became of it, when that is durable
   * @throws LedgerBusy when too much waits, LedgerUnavailable, Superseded
   */
  submit(bytes: Uint8Array): Promise<Outcome> {
    if (this.#phase === "ended") return Promise.reject(this.#end);
    if (
      this.#waiting >= this.#limits.waitingMost ||
      this.#waitingBytes + bytes.length > this.#limits.waitingBytesMost
    )
      return Promise.reject(new LedgerBusy());
    this.#waiting++;
    this.#waitingBytes += bytes.length;
    return new Promise((resolve, reject) => {
      const left = (): void => {
        this.#waiting--;
        this.#waitingBytes -= bytes.length;
        if (this.#waiting === 0) for (const tell of this.#onIdle.splice(0)) tell();
      };
      this.#intake.add({
        bytes,
        checked: null,
        answer: (outcome) => {
          left();
          resolve(outcome);
        },
        refuse: (error) => {
          left();
          reject(error);
        },
      });
    });
  }

  /** Gives back what ran out, when nobody asks for anything; to be called every second or so. */
  tick(): void {
    const isIdle = this.#phase === "open" && this.#underWay.length === 0 && this.#ready.length === 0;
    if (isIdle && this.#state.holds.firstOver(this.#parts.now())) this.#decide([]);
  }

  /** Decides what was asked, then takes nothing more. The store and the verifier are the caller's to close. */
  async close(): Promise<void> {
    if (this.#waiting > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
    if (this.#phase !== "ended") this.#finish(this.#end);
    await this.#rebuild;
    await this.#snapshot;
  }

  /** From the intake: good ones wait for their block, others are answered. */
  #take(asked: readonly Waiting[]): void {
    for (const one of asked) {
      const { verdict } = one.checked as Checked;
      if (this.#phase === "ended") one.refuse(this.#end);
      else if (verdict === "good") this.#ready.push(one);
      else one.answer({ result: verdict, isKnown: false, height: this.#durable });
    }
    this.#pump();
  }

  #pump(): void {
    while (
      this.#phase === "open" &&
      this.#ready.length > 0 &&
      this.#underWay.length < this.#limits.blocksUnderWay
    )
      this.#decide(this.#ready.splice(0, this.#limits.blockMost));
  }

  #decide(asked: readonly Waiting[]): void {
    const built = this.#build(asked);
    if (!built) return;
    const { block, decided } = built;
    this.#underWay.push(asked);
    this.#parts.store.commit(this.#epoch, block).then(
      () => {
        if (this.#phase !== "open" || this.#underWay[0] !== asked) return;
        this.#underWay.shift();
        this.#durable = block.height;
        this.#tries = 0;
        this.#waited = 0;
        for (const [n, one] of asked.entries()) {
          const { result, isKnown } = decided[n] as (typeof decided)[number];
          one.answer({ result, isKnown, height: block.height });
        }
        this.#countForSnapshot(block.lengths.length);
        this.#pump();
      },
      (error: Error) => this.#failed(error),
    );
  }

  /** @returns null where the core broke off: what it had begun is thrown away with the whole state */
  #build(asked: readonly Waiting[]): Built | null {
    try {
      const decidable = asked.map(({ bytes, checked }) => ({ bytes, digest: (checked as Checked).digest }));
      return buildBlock(this.#state, this.#parts.now(), decidable);
    } catch (error) {
      for (const one of asked) one.refuse(new LedgerUnavailable("it could not be decided"));
      this.#failed(error as Error);
      return null;
    }
  }

  /** What is in memory is worth nothing any more; what was asked stays asked. */
  #failed(error: Error): void {
    if (this.#phase !== "open") return;
    if (error instanceof Superseded) {
      this.#finish(error);
      return;
    }
    this.#parts.say?.(
      `A block was not written (${error.message}). Nothing of it was acknowledged; the ledger is read anew.`,
    );
    this.#phase = "rebuilding";
    this.#ready = [...this.#underWay.flat(), ...this.#ready];
    this.#underWay.length = 0;
    this.#rebuild = this.#readAnew(error.message);
  }

  async #readAnew(reason: string): Promise<void> {
    const wait = this.#parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    while (this.#phase === "rebuilding") {
      if (this.#tries++ > 0) {
        const pause = RETRY_MS[Math.min(this.#tries, RETRY_MS.length) - 1] as number;
        await wait(pause);
        this.#waited += pause;
      }
      if (this.#waited >= this.#limits.patience)
        for (const one of this.#ready.splice(0)) one.refuse(new LedgerUnavailable(reason));
      try {
        const head = await this.#parts.store.claim(this.#epoch);
        this.#epoch = head.epoch;
        const { state, replayed } = await loadState(this.#parts.store, head);
        if (this.#phase !== "rebuilding") return;
        this.#state = state;
        this.#durable = state.height;
        this.#sinceSnapshot = replayed;
        this.#phase = "open";
        this.#pump();
        return;
      } catch (error) {
        if (error instanceof Superseded || error instanceof HistoryChanged || error instanceof NoLedger)
          this.#finish(error);
      }
    }
  }

  #finish(error: Error): void {
    this.#phase = "ended";
    this.#end = error;
    const all = [...this.#underWay.flat(), ...this.#ready];
    this.#underWay.length = 0;
    this.#ready = [];
    for (const one of all) one.refuse(error);
  }

  #countForSnapshot(transactions: number): void {
    this.#sinceSnapshot += transactions;
    const { takeSnapshot, say } = this.#parts;
    if (!takeSnapshot || this.#snapshot || this.#sinceSnapshot < this.#limits.snapshotEvery) return;
    this.#sinceSnapshot = 0;
    this.#snapshot = takeSnapshot()
      .catch((error: Error) => say?.(`A snapshot was not written (${error.message}); the next one is.`))
      .finally(() => {
        this.#snapshot = null;
      });
  }
}
