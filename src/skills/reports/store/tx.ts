import { sql } from "kysely";
import { appendEvents, type House, type Tx } from "#kernel";
import type { ReportsTables } from "../tables.ts";

export type ReportsTx = Tx<ReportsTables>;

/** One transaction that sees one company, with this skill's tables. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: ReportsTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, ReportsTables>(tenantId, work);
}

/** Puts a timer in the caller's transaction, or moves the one that waits with this kind and key. */
export async function schedule(
  tx: ReportsTx,
  timer: { tenantId: number; kind: string; key: string; dueAt: number; payload?: Record<string, unknown> },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${timer.tenantId}, ${timer.kind}, ${timer.key}, ${new Date(timer.dueAt)}, ${JSON.stringify(timer.payload ?? {})})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}

/** The last statement of a transaction that changed reports. */
export function tell(tx: ReportsTx, tenantId: number, ids: readonly number[], now: number): Promise<void> {
  const events = ids.map((id) => ({ type: "reports.changed", ref: String(id) }));
  return appendEvents(tx, tenantId, events, now);
}
