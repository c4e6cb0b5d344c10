import { loadavg } from "node:os";
import { openLedgerEngine } from "../../../src/skills/coin/single/open-ledger.ts";
import { snapshotApart } from "../../../src/skills/coin/single/snapshot-thread.ts";
import type { Figure } from "../dialogue/figure.ts";
import { drive, openTown, payments, trusting } from "./drive.ts";
import { startLedgerServer } from "./ledger-server.ts";

const ACCOUNTS = 1_000_000;
const TAIL = 100_000;
const GOAL_MS = 5_000;

export const start: Figure = {
  name: "start",
  title: `a start at ${ACCOUNTS.toLocaleString("en")} accounts: the newest snapshot and ${TAIL.toLocaleString("en")} payments after it`,
  goal: `ready in <= ${GOAL_MS / 1_000} s`,
  measure: async (bench) => {
    const accounts = bench.times(ACCOUNTS);
    const server = await startLedgerServer();
    try {
      bench.say(`opening ${accounts} accounts`);
      const { town, tenantId, engine, close } = await openTown(server, { accounts, signs: false });
      const place = { address: server.address, tenantId, now: () => town.time };
      bench.say("writing the snapshot while payments go on");
      const snapshot = snapshotApart({
        connection: server.address.config("ah_coin"),
        tenantId,
        at: town.time,
      });
      const during = await drive(engine, payments(town, TAIL / 2));
      const height = await snapshot;
      await drive(engine, payments(town, TAIL / 2));
      await close();
      const begun = performance.now();
      const before = process.cpuUsage();
      const again = await openLedgerEngine(place, { verifier: trusting });
      const readyMs = performance.now() - begun;
      const { user, system } = process.cpuUsage(before);
      const readyCpuMs = (user + system) / 1_000;
      await again.close();
      return {
        measured: `${(readyMs / 1_000).toFixed(1)} s with ${accounts.toLocaleString("en")} accounts`,
        meets: accounts >= ACCOUNTS ? readyMs <= GOAL_MS : null,
        values: {
          readyMs,
          readyCpuMs,
          accounts,
          snapshotHeight: height,
          whileSnapshot: during,
          load: loadavg(),
        },
        notes: [
          `${(readyCpuMs / 1_000).toFixed(1)} s of it processor time of the node; load ${loadavg()[0]?.toFixed(1)}`,
          `while the snapshot was written payments took ${during.p99Ms.toFixed(0)} ms at most in 99 of 100`,
          "--times N: with so many accounts instead",
        ],
      };
    } finally {
      await server.close();
    }
  },
};
