import { sql } from "kysely";
import { type House, jsonText, type Tx } from "#kernel";
import type { LookupTables } from "../tables.ts";

export type LookupTx = Tx<LookupTables>;

/** One transaction that sees one company, with this skill's tables. */
export function inLookup<T>(house: House, tenantId: number, work: (tx: LookupTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, LookupTables>(tenantId, work);
}

/** Puts a timer in the caller's transaction, or moves the one that waits with this kind and key. */
export async function schedule(
  tx: LookupTx,
  timer: { tenantId: number; kind: string; key: string; dueAt: number; payload?: Record<string, unknown> },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${timer.tenantId}, ${timer.kind}, ${timer.key}, ${new Date(timer.dueAt)}, ${jsonText(timer.payload ?? {})}::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}

/** With what it brought about: a crash after the commit does not bring it about twice. A newer question stays. */
export async function dropTimer(
  tx: LookupTx,
  { tenantId, kind, key, messageId }: { tenantId: number; kind: string; key: string; messageId: string },
): Promise<void> {
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = ${kind} and key = ${key}
    and payload ->> 'messageId' = ${messageId}`.execute(tx);
}

/** Can a mail leave this company? */
export async function hasMailbox(tx: LookupTx, tenantId: number): Promise<boolean> {
  const { rows } = await sql`select 1 from kernel.channel
    where tenant_id = ${tenantId} and kind = 'email' and active limit 1`.execute(tx);
  return rows.length > 0;
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
