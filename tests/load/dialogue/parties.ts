import { type Effort, startEffort } from "../machine/effort.ts";
import type { Installation } from "../node/installation.ts";

/** Starts counting the CPU time of an installation, its simulator and this process. */
export function countEffort({ node, simulator }: Installation): () => Effort {
  return startEffort({
    web: node.pids.web,
    worker: node.workerPid(),
    postgres: node.pids.postgres,
    simulator: simulator.pid,
  });
}

/** Rows that wait in the inbox and in the outbox. */
export async function backlog({ sql }: Installation): Promise<{ inbox: number; outbox: number }> {
  const { rows } = await sql.query<{ inbox: string; outbox: string }>(
    "select (select count(*) from kernel.inbox_queue) as inbox, (select count(*) from kernel.outbox) as outbox",
  );
  return { inbox: Number(rows[0]?.inbox), outbox: Number(rows[0]?.outbox) };
}

/** Waits until nothing waits in the inbox. @returns ms it took, or null beyond the limit */
export async function drained(installation: Installation, limitMs: number): Promise<number | null> {
  const begun = performance.now();
  while (performance.now() - begun < limitMs) {
    if ((await backlog(installation)).inbox === 0) return performance.now() - begun;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  return null;
}
