/**
 * Answers kept for a while in memory, never on disk: what is asked for are addresses of persons. The oldest goes first.
 */
export class ExpiringCache<Value> {
  readonly #most: number;
  readonly #keep_ms: number;
  readonly #entries = new Map<string, { value: Value; until: number }>();

  constructor({ most, keep_ms }: { most: number; keep_ms: number }) {
    this.#most = most;
    this.#keep_ms = keep_ms;
  }

  /** @param now ms */
  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > now) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: Value, now: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: now + this.#keep_ms });
    // Entries stand in the order in which they end.
    for (const [old, { until }] of this.#entries) {
      if (this.#entries.size <= this.#most && until > now) break;
      this.#entries.delete(old);
    }
  }

  get size(): number {
    return this.#entries.size;
  }
}
