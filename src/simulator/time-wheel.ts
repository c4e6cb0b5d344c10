/**
 * Many small delays on one timer: a timer of its own for each of 4,500 receipts a second would cost more than
 * sending them. Due items run in the order of their tick, then of their arrival.
 */

const TICK_MS = 5;

export class TimeWheel<Item> {
  /** Items that wait. */
  size = 0;
  readonly #run: (item: Item) => void;
  readonly #buckets = new Map<number, Item[]>();
  #tick = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(run: (item: Item) => void) {
    this.#run = run;
  }

  /** @param delayMs from now; 0 runs at once. */
  add(item: Item, delayMs: number): void {
    if (delayMs <= 0) {
      this.#run(item);
      return;
    }
    if (this.#timer === null) {
      this.#tick = tickOf(performance.now());
      this.#timer = setInterval(() => this.#turn(), TICK_MS);
    }
    const due = Math.max(this.#tick + 1, tickOf(performance.now() + delayMs));
    const bucket = this.#buckets.get(due);
    if (bucket) bucket.push(item);
    else this.#buckets.set(due, [item]);
    this.size += 1;
  }

  /** Forgets what waits. */
  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#buckets.clear();
    this.size = 0;
  }

  #turn(): void {
    const now = tickOf(performance.now());
    while (this.#tick < now) {
      this.#tick += 1;
      const bucket = this.#buckets.get(this.#tick);
      if (!bucket) continue;
      this.#buckets.delete(this.#tick);
      this.size -= bucket.length;
      for (const item of bucket) this.#run(item);
    }
    if (this.size === 0) this.stop();
  }
}

function tickOf(ms: number): number {
  return Math.floor(ms / TICK_MS);
}
