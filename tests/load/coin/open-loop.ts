import { loadavg } from "node:os";
import type { Engine } from "../../../src/skills/coin/single/engine.ts";
import type { Figure } from "../dialogue/figure.ts";
import { drive, openTown, payments, percentiles } from "./drive.ts";
import { startLedgerServer } from "./ledger-server.ts";

const RATE = 5_000;
const GOAL_MS = 50;
const SECONDS = 10;
const LONG_SECONDS = 60;
const LONG_GOAL = 0.9;
const SHARE = 0.8;

/** So many a second whether answers come or not, each measured from the moment at which it should have been sent. */
async function openLoop(engine: Engine, asked: readonly Uint8Array[], perSecond: number): Promise<number[]> {
  const waits: number[] = [];
  const going: Promise<void>[] = [];
  const begun = performance.now();
  for (let n = 0; n < asked.length; ) {
    const due = Math.min(asked.length, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
    for (; n < due; n++) {
      const at = begun + (n / perSecond) * 1_000;
      going.push(engine.submit(asked[n] as Uint8Array).then(() => void waits.push(performance.now() - at)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(going);
  return waits;
}

export const latency: Figure = {
  name: "latency",
  title: `signed payments at ${RATE}/s, open loop: until they are durable`,
  goal: `p99 <= ${GOAL_MS} ms`,
  measure: async (bench) => {
    const server = await startLedgerServer();
    try {
      const { town, engine, close } = await openTown(server);
      const asked = payments(town, RATE * bench.seconds(SECONDS));
      await drive(engine, payments(town, RATE));
      const { p50Ms, p99Ms } = percentiles(await openLoop(engine, asked, RATE));
      await close();
      return {
        measured: `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
        meets: p99Ms <= GOAL_MS,
        values: { p50Ms, p99Ms, load: loadavg() },
        notes: [`load ${loadavg()[0]?.toFixed(1)}`],
      };
    } finally {
      await server.close();
    }
  },
};

export const long: Figure = {
  name: "long",
  title: `the last stretch of a long run at ${SHARE * 100} % load against its first`,
  goal: `>= ${LONG_GOAL * 100} %`,
  measure: async (bench) => {
    const server = await startLedgerServer();
    try {
      const { town, engine, close } = await openTown(server);
      const { perSecond: full } = await drive(engine, payments(town, 20_000));
      const rates: number[] = [];
      const begun = performance.now();
      const most = bench.seconds(LONG_SECONDS) * 1_000;
      let transfers = 0;
      while (performance.now() - begun < most) {
        // Signing them is the bench's own work: it stands outside of what is measured.
        const asked = payments(town, Math.round(full * SHARE * 5));
        const at = performance.now();
        await openLoop(engine, asked, full * SHARE);
        rates.push(asked.length / ((performance.now() - at) / 1_000));
        transfers += asked.length;
        bench.say(`${transfers} transfers, the last at ${Math.round(rates.at(-1) as number)}/s`);
      }
      await close();
      const part = Math.max(1, Math.floor(rates.length / 5));
      const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
      const lastToFirst = mean(rates.slice(-part)) / mean(rates.slice(0, part));
      return {
        measured: `${(lastToFirst * 100).toFixed(0)} % after ${transfers.toLocaleString("en")} transfers`,
        meets: lastToFirst >= LONG_GOAL,
        values: { lastToFirst, transfers, fullPerSecond: full, rates, load: loadavg() },
        notes: ["ten million take a quarter of an hour: --seconds 900"],
      };
    } finally {
      await server.close();
    }
  },
};
