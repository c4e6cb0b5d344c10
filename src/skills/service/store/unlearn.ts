import { sql } from "kysely";
import type { Tx } from "#kernel";
import { TRAIN } from "./changes.ts";

/**
 * What was learnt from examples that are gone goes too: versions that are not live, the health report, which quotes
 * examples, and, by a training at once that waits for nobody's comparison, the live model. Appends no event, so that it
 * may stand anywhere in a transaction; follows the removal of the examples.
 */
export async function unlearn(tx: Tx, tenantId: number): Promise<void> {
  // First, and so under its lock: a report or a version that is being kept was written before, and goes, or is too late.
  await sql`update service.tenant_model set revision = revision + 1, state = 'training', reason = 'forget' where tenant_id = ${tenantId}`.execute(
    tx,
  );
  await sql`delete from service.health where tenant_id = ${tenantId}`.execute(tx);
  await sql`delete from service.version v using service.tenant_model m
    where v.tenant_id = ${tenantId} and m.tenant_id = v.tenant_id and v.id is distinct from m.live_version`.execute(
    tx,
  );
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${TRAIN}, 'knowledge', ${new Date(0)})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}
