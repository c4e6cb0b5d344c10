import { sql } from "kysely";
import type { AdvocateTx } from "./customers.ts";

export const DAILY = "advocate_daily";
export const RUN = "advocate_run";

/** The daily round begins at once and keeps itself going; one that goes already is left alone. */
export async function wakeDaily(tx: AdvocateTx, tenantId: number, now: number): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${DAILY}, 'day', ${new Date(now)})
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}

/** A round outside the daily one: a recall does not wait for tomorrow. */
export async function wakeRound(tx: AdvocateTx, tenantId: number, now: number): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${RUN}, 'round', ${new Date(now)})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}
