/** Durations in ms, kept one by one, so that quantiles are exact. Bounded by the run's own number of requests. */
export class Latencies {
  #values = new Float64Array(65_536);
  #count = 0;
  #isSorted = true;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = ms;
    this.#isSorted = false;
  }

  /** @param share 0 to 1. @returns NaN when nothing was measured */
  quantile(share: number): number {
    if (this.#count === 0) return Number.NaN;
    if (!this.#isSorted) this.#values.subarray(0, this.#count).sort();
    this.#isSorted = true;
    return this.#values[Math.min(this.#count - 1, Math.floor(share * this.#count))] ?? Number.NaN;
  }

  summary(): { count: number; p50: number; p99: number; p999: number; max: number } {
    const rounded = (share: number): number => Math.round(this.quantile(share) * 10) / 10;
    return {
      count: this.#count,
      p50: rounded(0.5),
      p99: rounded(0.99),
      p999: rounded(0.999),
      max: rounded(1),
    };
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
