const FAILURES_TO_OPEN = 2;
const FIRST_MS = 15_000;
const LONGEST_MS = 5 * 60_000;

/**
 * Leaves a service that fails alone for a while (Nygard, Release It!, "circuit breaker"): whoever waits for a window must
 * not wait for it each time anew. Lives in a process; a restart asks again.
 */
export class Circuit {
  #failures = 0;
  #openUntil = 0;

  /** @param now ms */
  isOpen(now: number): boolean {
    return now < this.#openUntil;
  }

  worked(): void {
    this.#failures = 0;
    this.#openUntil = 0;
  }

  /** @param retryAfterMs when to come again, as the service says; believed within the longest pause */
  failed(now: number, retryAfterMs: number | null = null): void {
    this.#failures++;
    const pause = FIRST_MS * 2 ** Math.max(0, this.#failures - FAILURES_TO_OPEN);
    const wait = retryAfterMs ?? (this.#failures >= FAILURES_TO_OPEN ? pause : 0);
    this.#openUntil = now + Math.min(wait, LONGEST_MS);
  }
}
