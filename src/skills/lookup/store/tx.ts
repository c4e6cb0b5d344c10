import { sql } from "kysely";
import type { House, Tx } from "#kernel";
import type { LookupTables } from "../tables.ts";

export type LookupTx = Tx<LookupTables>;

/** One transaction that sees one company, with this skill's tables. */
export function inLookup<T>(house: House, tenantId: number, work: (tx: LookupTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, LookupTables>(tenantId, work);
}

/** Sets a timer where none of this kind and key waits yet. */
export async function scheduleIfNone(
  tx: LookupTx,
  { tenantId, kind, dueAt }: { tenantId: number; kind: string; dueAt: number },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, ${kind}, 'all', ${new Date(dueAt)}, '{}'::jsonb) on conflict (tenant_id, kind, key) do nothing`.execute(
    tx,
  );
}
