import type pg from "pg";
import type { Kernel } from "../kernel.ts";
import { type InboxItem, park, removeFromQueue } from "./inbox.ts";
import { sharesOf } from "./sort.ts";
import { addEvent, emptyOutcome } from "./state.ts";
import { writeEvents } from "./write.ts";

/** Tries of a row that fails alone: a deadlock or a lost connection is over by then, a fault of ours is not. */
export const ATTEMPTS_MAX = 5;

const REASON = "internal: this message broke our processing";

/**
 * Keeps a row that failed alone, inside the caller's transaction: for another try, and after the last one parked
 * where the desk of each company in it shows it.
 * @returns true when it is tried again
 */
export async function setAside(client: pg.PoolClient, kernel: Kernel, item: InboxItem): Promise<boolean> {
  if (item.attempts + 1 < ATTEMPTS_MAX) {
    await client.query(
      "update kernel.inbox_queue set attempts = attempts + 1 where tenant_id = $1 and id = $2",
      [item.tenantId, item.id],
    );
    return true;
  }
  const now = kernel.clock.now();
  const parked = sharesOf(item, kernel).map((share) => ({ ...item, ...share, reason: REASON }));
  await park(client, parked, now);
  await removeFromQueue(client, [item]);
  const outcome = emptyOutcome();
  for (const { tenantId } of parked)
    addEvent(outcome, tenantId, { type: "parked.changed", ref: String(item.id) });
  await writeEvents(client, outcome, now);
  return false;
}
