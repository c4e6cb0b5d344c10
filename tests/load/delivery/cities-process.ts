import { embeddedAddress, readConfig } from "#kernel";
import { openNode } from "../../../src/main.ts";
import { roomOf } from "../../../src/skills/delivery/plan/room.ts";
import { seeded } from "../machine/random.ts";
import { somewhere } from "./installed-city.ts";

/** A node that serves many cities, alone in its process so that its memory is its own. */

export interface CitiesOrder {
  readonly database: { host: string; port: number; user: string; database: string };
  readonly dataDir: string;
  readonly tenantId: number;
  readonly cityIds: readonly number[];
  /** Requests that are asked one after the other, each of another city. */
  readonly requests: number;
}

export interface CitiesReport {
  /** Milliseconds a request took, sorted. */
  readonly took_ms: readonly number[];
  readonly windows: number;
  /** Until the plans of all cities stood in memory. */
  readonly reading_ms: number;
  /** Megabytes: before anything was read, with all plans, and the most at any time. */
  readonly before_mb: number;
  readonly resident_mb: number;
  readonly most_mb: number;
}

const WARM_UP = 2_000;
const MB = 1e6;

async function measure(order: CitiesOrder): Promise<CitiesReport> {
  const { dataDir, tenantId, cityIds } = order;
  const { kernel, close } = await openNode(readConfig({ dataDir }, {}), embeddedAddress(order.database));
  try {
    const before_mb = process.memoryUsage.rss() / MB;
    const { book, promises } = roomOf(kernel);
    const from = performance.now();
    // A city's plans are read when it is asked for the first time.
    for (const cityId of cityIds) await book.city(tenantId, cityId);
    const reading_ms = performance.now() - from;
    const random = seeded(11);
    let windows = 0;
    const ask = async (n: number) => {
      const cityId = cityIds[n % cityIds.length] ?? 0;
      const place = somewhere(random);
      const begun = performance.now();
      const offers = await promises.windows(tenantId, { cityId, place });
      windows += offers.windows.length;
      return performance.now() - begun;
    };
    for (let n = 0; n < WARM_UP; n++) await ask(n);
    windows = 0;
    const took_ms: number[] = [];
    for (let n = 0; n < order.requests; n++) took_ms.push(await ask(n));
    return {
      took_ms: took_ms.sort((a, b) => a - b),
      windows,
      reading_ms,
      before_mb,
      resident_mb: process.memoryUsage.rss() / MB,
      most_mb: (process.resourceUsage().maxRSS * 1_024) / MB,
    };
  } finally {
    await close();
  }
}

process.once("message", async (order: CitiesOrder) => {
  process.send?.(await measure(order), () => process.disconnect());
});
