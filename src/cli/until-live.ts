import type { Kernel } from "#kernel";
import { tryLease } from "../kernel/db/lease.ts";
import { trainTenant } from "../skills/service/jobs.ts";
import { readTraining } from "../skills/service/store/models.ts";
import { tell } from "./options.ts";

/** A training of 15,000 examples takes 16 s on a quiet machine; a node under load may take longer to come to it. */
const WAIT_LIMIT_MS = 180_000;
const POLL_MS = 250;
const TELL_EVERY_MS = 5_000;
const KEPT = "The knowledge is kept.";

/** Does another process hold the worker's lease? Then its timers train. */
async function isNodeAtWork(kernel: Kernel): Promise<boolean> {
  const lease = await tryLease(kernel.db.address, "worker", `command line ${process.pid}`);
  await lease?.release();
  return lease === null;
}

/** Waits until the knowledge is live; without a node at work this process trains. @returns seconds waited */
export async function untilLive(kernel: Kernel, tenantId: number): Promise<number> {
  const start = performance.now();
  const waited = () => performance.now() - start;
  let isOthers = await isNodeAtWork(kernel);
  tell(isOthers ? "The node learns it." : "Learning it.");
  let told = 0;
  for (;;) {
    if (!isOthers) await trainTenant(kernel, tenantId);
    const row = await readTraining(kernel, tenantId);
    if (row.state === "failed")
      throw new Error(`The training failed: ${row.error} ${KEPT} What was live before stays live.`);
    if (row.state !== "training" && row.trained_revision === row.revision) return waited() / 1000;
    if (waited() > WAIT_LIMIT_MS)
      throw new Error(`Not learnt within ${WAIT_LIMIT_MS / 1000} s. ${KEPT} The node goes on learning it.`);
    if (waited() - told > TELL_EVERY_MS) {
      told = waited();
      tell(`Still learning, ${Math.round(told / 1000)} s.`);
      // The node may have ended meanwhile.
      isOthers = await isNodeAtWork(kernel);
    }
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}
