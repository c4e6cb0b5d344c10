/**
 * A queue before a few equal servers, first come, first served, as a discrete-event simulation: events are arrivals and
 * ends of service, in the order of their times.
 */

export interface Job {
  /** Minutes from the day's beginning. */
  readonly at: number;
  /** Minutes that it holds a server. */
  readonly service: number;
  readonly id: number;
}

export interface Served {
  readonly job: Job;
  readonly beganAt: number;
  readonly endedAt: number;
}

/**
 * @param jobs in the order of their arrival
 * @param again what comes back after a service: a later job, or nothing
 * @returns all of them in the order in which they were begun
 */
export function serve(
  jobs: readonly Job[],
  servers: number,
  again: (served: Served) => Job | null = () => null,
): Served[] {
  const done: Served[] = [];
  const free = new Heap<number>((a, b) => a - b);
  for (let n = 0; n < servers; n++) free.add(0);
  const returning = new Heap<Job>((a, b) => a.at - b.at);
  // Who ends, and may come back, before the next arrival stands before it.
  const ending = new Heap<Served>((a, b) => a.endedAt - b.endedAt);
  let next = 0;
  const bringBack = (until: number) => {
    for (let first = ending.least(); first && first.endedAt <= until; first = ending.least()) {
      ending.take();
      const job = again(first);
      if (job) returning.add(job);
    }
  };
  for (;;) {
    bringBack(Math.min(jobs[next]?.at ?? Infinity, returning.least()?.at ?? Infinity));
    const fresh = jobs[next];
    const back = returning.least();
    if (!fresh && !back) return done;
    const isBack = back !== undefined && (fresh === undefined || back.at < fresh.at);
    const job = (isBack ? returning.take() : fresh) as Job;
    if (!isBack) next++;
    const beganAt = Math.max(job.at, free.take() as number);
    const served = { job, beganAt, endedAt: beganAt + job.service };
    free.add(served.endedAt);
    ending.add(served);
    done.push(served);
  }
}

/** A binary heap. */
class Heap<Item> {
  readonly #items: Item[] = [];
  readonly #order: (a: Item, b: Item) => number;

  constructor(order: (a: Item, b: Item) => number) {
    this.#order = order;
  }

  least(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    const items = this.#items;
    let place = items.push(item) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above] as Item;
      if (this.#order(parent, item) <= 0) break;
      items[place] = parent;
      place = above;
    }
    items[place] = item;
  }

  take(): Item | undefined {
    const items = this.#items;
    const [top] = items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && this.#order(items[below + 1] as Item, items[below] as Item) < 0)
        below++;
      if (this.#order(items[below] as Item, last) >= 0) break;
      items[place] = items[below] as Item;
      place = below;
    }
    items[place] = last;
    return top;
  }
}
