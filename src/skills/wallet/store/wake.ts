import type { Decided, Job } from "./jobs.ts";
import type { Place } from "./tx.ts";

/** The way to whoever does what is stored, without knowing how. Only the process that has the ledgers has one. */
export interface Waker {
  /** What a company has stored up to now; resolves when it was tried. */
  run(tenantId: number): Promise<void>;
  /**
   * One job of a caller who waits for it, beside the others.
   * @param isFirstTry nothing of it was ever handed in: then it may be refused before the ledger sees it
   * @throws AppError busy: it is done later
   */
  one(job: Job, isFirstTry: boolean): Promise<Decided>;
}

const wakers = new WeakMap<object, Waker>();

export function keepWaker({ house }: Pick<Place, "house">, waker: Waker): void {
  wakers.set(house.db, waker);
}

/** Does what is stored now; elsewhere the round of the other process finds it. */
export async function wake({ house }: Pick<Place, "house">, tenantId: number): Promise<void> {
  await wakers.get(house.db)?.run(tenantId);
}

/** @throws Error in a process without ledgers */
export function wakerOf({ house }: Pick<Place, "house">): Waker {
  const waker = wakers.get(house.db);
  if (!waker) throw new Error("This process has no ledgers.");
  return waker;
}
