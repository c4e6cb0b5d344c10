import type { Clock } from "#kernel";

/** A clock that stands still until it is moved, and never goes back. */
export class VirtualClock implements Clock {
  #now: number;

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** A moment that is over already leaves it where it is. */
  goTo(ms: number): void {
    this.#now = Math.max(this.#now, Math.round(ms));
  }
}
