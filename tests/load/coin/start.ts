import { fork } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { snapshotApart } from "../../../src/skills/coin/single/snapshot-thread.ts";
import type { Figure } from "../dialogue/figure.ts";
import { drive, openTown, payments } from "./drive.ts";
import { type LedgerServer, startLedgerServer } from "./ledger-server.ts";
import type { Started } from "./start-process.ts";

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
      const { readyMs, readyCpuMs, sinceBeginMs } = await startApart(server, { tenantId, now: town.time });
      return {
        measured: `${(readyMs / 1_000).toFixed(1)} s with ${accounts.toLocaleString("en")} accounts`,
        meets: accounts >= ACCOUNTS ? readyMs <= GOAL_MS : null,
        values: {
          readyMs,
          readyCpuMs,
          sinceBeginMs,
          accounts,
          snapshotHeight: height,
          whileSnapshot: during,
          load: loadavg(),
        },
        notes: [
          `${(readyCpuMs / 1_000).toFixed(1)} s of processor time of the node, ${(sinceBeginMs / 1_000).toFixed(1)} s after the process began; load ${loadavg()[0]?.toFixed(1)}`,
          `while the snapshot was written payments took ${during.p99Ms.toFixed(0)} ms at most in 99 of 100`,
          "--times N: with so many accounts instead",
        ],
      };
    } finally {
      await server.close();
    }
  },
};

/** In a process of its own: the one that paid holds a town of a million keys, which its garbage collector goes through. */
async function startApart(
  { server }: LedgerServer,
  { tenantId, now }: { tenantId: number; now: number },
): Promise<Started> {
  const { host, port, database } = server.connection();
  const program = fileURLToPath(new URL("./start-process.ts", import.meta.url));
  const child = fork(program, [host, port, database, tenantId, now].map(String), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [started] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`the start ended with ${code}`);
    }),
  ])) as [Started];
  return started;
}
