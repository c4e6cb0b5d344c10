import type { Checked } from "./signatures.ts";
import type { Verifier } from "./verifier.ts";

/** What is asked of the ledger, from its arrival to its answer. */
export interface Asked {
  readonly bytes: Uint8Array;
  checked: Checked | null;
  answer(outcome: unknown): void;
  refuse(error: Error): void;
}

const BATCH_MOST = 128;

/**
 * Between arrival and the ordered core: batches go to the threads that check signatures, and come out in the order in which they
 * arrived, whichever thread is done first. So a client that sends two payments behind one another has them done so.
 */
export class Intake<A extends Asked> {
  readonly #verifier: Verifier;
  readonly #soon: (work: () => void) => void;
  readonly #release: (asked: readonly A[]) => void;
  readonly #queue: A[] = [];
  /** Under way, the oldest first; null as long as they are not checked. */
  readonly #batches: { readonly asked: readonly A[]; isDone: boolean }[] = [];
  #isScheduled = false;

  constructor(verifier: Verifier, soon: (work: () => void) => void, release: (asked: readonly A[]) => void) {
    this.#verifier = verifier;
    this.#soon = soon;
    this.#release = release;
  }

  add(asked: A): void {
    this.#queue.push(asked);
    this.#schedule();
  }

  /** What arrives in the same moment is checked together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#soon(() => {
      this.#isScheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && this.#batches.length < this.#verifier.places) {
      const free = this.#verifier.places - this.#batches.length;
      const size = Math.min(BATCH_MOST, Math.ceil(this.#queue.length / free));
      const batch = { asked: this.#queue.splice(0, size), isDone: false };
      this.#batches.push(batch);
      this.#verifier.check(batch.asked.map(({ bytes }) => bytes)).then(
        (checked) => {
          for (const [n, one] of batch.asked.entries()) one.checked = checked[n] ?? null;
          this.#done(batch);
        },
        (error: Error) => {
          for (const one of batch.asked) one.refuse(error);
          this.#done(batch);
        },
      );
    }
  }

  #done(batch: { isDone: boolean }): void {
    batch.isDone = true;
    while (this.#batches[0]?.isDone) {
      const { asked } = this.#batches.shift() as { asked: readonly A[] };
      this.#release(asked.filter(({ checked }) => checked !== null));
    }
    if (this.#queue.length > 0) this.#dispatch();
  }
}
