import { setTimeout as sleep } from "node:timers/promises";
import { processTree, pssBytes } from "../machine/processes.ts";
import type { Installation } from "../node/installation.ts";
import type { Bench, Figure, Reading } from "./figure.ts";

const TWO_PROCESSES_MB = 280;
const MERGED_MB = 160;
const POSTGRES_MB = 100;
/** After this long a fresh node has done its first garbage collections and its connections stand. */
const IDLE_SECONDS = 20;

/** Memory of a node that has just started and has nothing to do. */
export const idleMemory: Figure = {
  name: "idle-memory",
  title: "idle memory, summed PSS of our node processes; PostgreSQL",
  goal: `<= ${TWO_PROCESSES_MB} MB (<= ${MERGED_MB} MB merged); <= ${POSTGRES_MB} MB`,
  measure,
};

interface Memory {
  node: number;
  postgres: number;
}

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(IDLE_SECONDS);
  const two = await memoryOf(await bench.installation("empty", { AUGENHOEHE_PROCESSES: "2" }), seconds);
  const merged = await memoryOf(await bench.installation("empty", { AUGENHOEHE_PROCESSES: "1" }), seconds);
  const postgres = Math.max(two.postgres, merged.postgres);
  return {
    measured: `${two.node} MB (${merged.node} MB merged); PostgreSQL ${two.postgres} MB (${merged.postgres} MB merged)`,
    meets: two.node <= TWO_PROCESSES_MB && merged.node <= MERGED_MB && postgres <= POSTGRES_MB,
    values: { two, merged, seconds },
    notes: [
      `${seconds} s after the start; an installation with 1,600 companies, default settings (shared_buffers 256 MB)`,
    ],
  };
}

async function memoryOf({ node }: Installation, seconds: number): Promise<Memory> {
  await sleep(seconds * 1000);
  const mega = (pids: readonly number[]): number =>
    Math.round(pids.reduce((sum, pid) => sum + pssBytes(pid), 0) / 2 ** 20);
  return {
    node: mega([...new Set([node.pids.web, node.workerPid()])]),
    postgres: mega(processTree(node.pids.postgres)),
  };
}
