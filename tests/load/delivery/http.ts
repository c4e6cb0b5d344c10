import { Pool } from "undici";
import { listDeliveryWindows } from "../../../src/skills/delivery/api.ts";
import type { Reading } from "../dialogue/figure.ts";
import { machineNote, perThing, startEffort } from "../machine/effort.ts";
import { Latencies } from "../machine/latencies.ts";
import { seeded } from "../machine/random.ts";
import { freePort, startNode } from "../node/node-process.ts";
import { openLoop } from "../traffic/open-loop.ts";
import { type InstalledCity, installCity, somewhere } from "./installed-city.ts";

/** Windows of seven days for an address over HTTP, from the whole node as a user runs it, while somebody books. */

const PER_SECOND = 200;
const HOLDS_PER_SECOND = 2;
const WARM_UP_S = 5;
const SECONDS = 30;
/** One key may call 3,000 times a minute: twenty shops share the rate. */
const KEYS = 20;
const P50_MS = 2;
const P99_MS = 10;

export async function measureHttp(say: (sentence: string) => void): Promise<Reading> {
  say("Filling a city: 7 evenings of 1,000 stops and 60 couriers.");
  const city = await installCity({
    evenings: 7,
    stops: 1_000,
    couriers: 60,
    capacity: 1_000,
    keys: KEYS,
    holdSeconds: 600,
  });
  const port = await freePort();
  const node = await startNode({ dataDir: city.dataDir, port, environment: { LOG_LEVEL: "warn" } });
  const pool = new Pool(node.url, { connections: 32, pipelining: 1 });
  try {
    const customers = new Customers(pool, city);
    say("Warming up.");
    await customers.come(WARM_UP_S);
    customers.forget();
    const stop = startEffort({ ...node.pids, worker: node.workerPid(), simulator: 0 });
    const { latestMs } = await customers.come(SECONDS);
    const effort = stop();
    const { webMicros, postgresMicros } = perThing(effort, customers.windows.count);
    return readingOf(customers, city, [
      `processor time a request, holds and plans read anew included: ${webMicros} us of the web process, ${postgresMicros} us of PostgreSQL`,
      machineNote(effort),
      `the generator was ${latestMs.toFixed(1)} ms behind its schedule at worst`,
    ]);
  } finally {
    await pool.close();
    await node.stop();
    city.remove();
  }
}

function readingOf(customers: Customers, city: InstalledCity, notes: readonly string[]): Reading {
  const windows = customers.windows.summary();
  const holds = customers.holds.summary();
  const stops = city.evenings.map(({ stops: count }) => count);
  return {
    measured: `p50 ${windows.p50} ms, p99 ${windows.p99} ms`,
    meets: customers.errors === 0 && windows.p50 <= P50_MS && windows.p99 <= P99_MS,
    values: { windows, holds, errors: customers.errors, stops },
    notes: [
      `${windows.count} requests at ${PER_SECOND}/s, open loop, from the schedule to the last byte; p99.9 ${windows.p999} ms, worst ${windows.max} ms; ${customers.errors} errors`,
      `${Math.min(...stops)} to ${Math.max(...stops)} open stops an evening, ${customers.offered / Math.max(1, windows.count)} windows a reply`,
      `beside them ${holds.count} holds at ${HOLDS_PER_SECOND}/s (${customers.held} held): p50 ${holds.p50} ms, p99 ${holds.p99} ms, the optimiser behind each`,
      ...notes,
    ],
  };
}

class Customers {
  windows = new Latencies();
  holds = new Latencies();
  errors = 0;
  offered = 0;
  held = 0;
  readonly #pool: Pool;
  readonly #city: InstalledCity;
  readonly #random = seeded(7);
  #asked = 0;

  constructor(pool: Pool, city: InstalledCity) {
    this.#pool = pool;
    this.#city = city;
  }

  forget(): void {
    this.windows = new Latencies();
    this.holds = new Latencies();
    this.errors = 0;
    this.offered = 0;
    this.held = 0;
  }

  /** @returns how far the generator was behind at worst, when every answer is there */
  async come(seconds: number): Promise<{ latestMs: number }> {
    const under = new Set<Promise<void>>();
    const { latestMs } = await openLoop({ perSecond: PER_SECOND, seconds }, (n, dueAt) => {
      const isBuyer = n % (PER_SECOND / HOLDS_PER_SECOND) === 0;
      const work = this.#ask(dueAt, isBuyer)
        .catch(() => void this.errors++)
        .finally(() => under.delete(work));
      under.add(work);
    });
    await Promise.all(under);
    return { latestMs };
  }

  async #ask(dueAt: number, isBuyer: boolean): Promise<void> {
    const place = somewhere(this.#random);
    const key = this.#city.keys[this.#asked++ % this.#city.keys.length] ?? "";
    const headers = { "x-api-key": key, "content-type": "application/json" };
    const query = new URLSearchParams({ lat: String(place.lat), lon: String(place.lon) });
    const { statusCode, body } = await this.#pool.request({
      method: "GET",
      path: `${listDeliveryWindows.path}?${query}`,
      headers,
    });
    const text = await body.text();
    this.windows.add(performance.now() - dueAt);
    if (statusCode !== 200) throw new Error(text);
    const reply = JSON.parse(text) as { cityId: number; windows: Record<string, unknown>[] };
    this.offered += reply.windows.length;
    const window = reply.windows[Math.floor(this.#random() * reply.windows.length)];
    if (isBuyer && window) await this.#hold(headers, place, { cityId: reply.cityId, window });
  }

  async #hold(
    headers: Record<string, string>,
    place: { lat: number; lon: number },
    { cityId, window }: { cityId: number; window: Record<string, unknown> },
  ): Promise<void> {
    const begun = performance.now();
    const { eveningId, earliestAt, latestAt } = window;
    const { statusCode, body } = await this.#pool.request({
      method: "POST",
      path: "/api/v1/delivery/deliveries",
      headers,
      body: JSON.stringify({
        key: `bench ${this.#asked}`,
        cityId,
        place,
        window: { eveningId, earliestAt, latestAt },
        address: "Messweg 2",
      }),
    });
    const text = await body.text();
    this.holds.add(performance.now() - begun);
    if (statusCode !== 200) throw new Error(text);
    if ((JSON.parse(text) as { outcome: string }).outcome === "held") this.held++;
  }
}
