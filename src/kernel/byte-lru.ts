/** What a cache did since the process started. */
export interface CacheFigures {
  readonly entries: number;
  readonly bytes: number;
  readonly limitBytes: number;
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
}

export interface ByteLru<Value> {
  /** Counts as used now, and as a hit or a miss. */
  use(key: string): Value | undefined;
  /** Neither counts nor moves anything. */
  peek(key: string): Value | undefined;
  set(key: string, value: Value, bytes: number): void;
  /** Drops the longest unused until the rest fits; what was used since the last but one call stays. */
  trim(): void;
  figures(): CacheFigures;
}

interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
  round: number;
}

/**
 * Keeps the last used values up to a limit of bytes.
 * @param limitBytes passed only while the values of the two latest rounds need more: a batch must find what it needs
 */
export function byteLru<Value>(limitBytes: number): ByteLru<Value> {
  const entries = new Map<string, Entry<Value>>();
  const counts = { bytes: 0, hits: 0, misses: 0, evictions: 0 };
  let round = 0;
  const drop = (key: string, entry: Entry<Value>) => {
    entries.delete(key);
    counts.bytes -= entry.bytes;
  };
  return {
    use(key) {
      const entry = entries.get(key);
      if (!entry) {
        counts.misses++;
        return undefined;
      }
      counts.hits++;
      entry.round = round;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    peek: (key) => entries.get(key)?.value,
    set(key, value, bytes) {
      const before = entries.get(key);
      if (before) drop(key, before);
      entries.set(key, { value, bytes, round });
      counts.bytes += bytes;
    },
    trim() {
      for (const [key, entry] of entries) {
        if (counts.bytes <= limitBytes || entry.round >= round - 1) break;
        drop(key, entry);
        counts.evictions++;
      }
      round++;
    },
    figures: () => ({ entries: entries.size, limitBytes, ...counts }),
  };
}
