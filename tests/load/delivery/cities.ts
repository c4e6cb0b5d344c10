import { loadavg } from "node:os";
import { startEmbedded } from "../../../src/kernel/db/embedded.ts";
import type { Reading } from "../dialogue/figure.ts";
import type { CitiesOrder, CitiesReport } from "./cities-process.ts";
import type { Wishes } from "./figures.ts";
import { inProcess } from "./in-process.ts";
import { installCity } from "./installed-city.ts";

/** Many cities on one node: an evening each through the real plan room over PostgreSQL. */

const CITIES = 28;
const STOPS = 30_000;
const COURIERS = 70;
const REQUESTS = 20_000;
const P99_MS = 10;
const MOST_MB = 2_000;

export async function measureCities({ say }: Pick<Wishes, "say">): Promise<Reading> {
  say(`Filling ${CITIES} cities.`);
  const city = await installCity({
    cities: CITIES,
    evenings: 1,
    stops: Math.ceil(STOPS / CITIES),
    couriers: COURIERS,
    capacity: 1_000,
    keys: 0,
    holdSeconds: 600,
    hasRiver: true,
  });
  try {
    const server = await startEmbedded({ dataDir: city.dataDir, endsWithProcess: true });
    try {
      say("Asking.");
      const order: CitiesOrder = {
        database: server.connection(),
        dataDir: city.dataDir,
        tenantId: city.tenantId,
        cityIds: city.cityIds,
        requests: REQUESTS,
      };
      const report = await inProcess<CitiesReport>(new URL("./cities-process.ts", import.meta.url), order);
      return readingOf(report, city.evenings);
    } finally {
      await server.stop();
    }
  } finally {
    city.remove();
  }
}

function readingOf(report: CitiesReport, evenings: readonly { readonly stops: number }[]): Reading {
  const at = (share: number) => report.took_ms[Math.floor(share * report.took_ms.length)] ?? 0;
  const stops = evenings.reduce((sum, one) => sum + one.stops, 0);
  const { before_mb, resident_mb, most_mb, reading_ms, windows } = report;
  return {
    measured: `p99 ${at(0.99).toFixed(2)} ms; ${most_mb.toFixed(0)} MB at most`,
    meets: at(0.99) <= P99_MS && most_mb <= MOST_MB && stops >= STOPS && windows > 0,
    values: { stops, before_mb, resident_mb, most_mb, reading_ms, p50: at(0.5), p99: at(0.99) },
    notes: [
      `${evenings.length} cities, ${stops} open stops; ${report.took_ms.length} wishes one after the other, each of another city, ${(windows / report.took_ms.length).toFixed(1)} windows each; every city has a table of ways with a river and two bridges; p50 ${at(0.5).toFixed(3)} ms, p99.9 ${at(0.999).toFixed(2)} ms by the clock`,
      `the process takes ${before_mb.toFixed(0)} MB before it reads, ${resident_mb.toFixed(0)} MB in the end (1 MB = 1,000,000 bytes); all plans read in ${(reading_ms / 1_000).toFixed(1)} s; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}
