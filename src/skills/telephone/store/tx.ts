import { sql } from "kysely";
import { appendEvents, type House, jsonText, type NewEvent, type Tx } from "#kernel";

/** One transaction that sees one company. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return house.db.tenant(tenantId, work);
}

export interface NewTimer {
  tenantId: number;
  kind: string;
  key: string;
  dueAt: number;
  payload?: Readonly<Record<string, unknown>>;
}

/** Puts a timer in the caller's transaction, or moves the one that waits with this kind and key. */
export async function schedule(tx: Tx, timer: NewTimer): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${timer.tenantId}, ${timer.kind}, ${timer.key}, ${new Date(timer.dueAt)}, ${jsonText(timer.payload ?? {})}::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}

/** Sets a timer where none of this kind and key waits yet. */
export async function scheduleIfNone(tx: Tx, timer: Omit<NewTimer, "payload">): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${timer.tenantId}, ${timer.kind}, ${timer.key}, ${new Date(timer.dueAt)}, '{}'::jsonb)
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}

/** The list of calls in vain changed; the desk loads it with the promised calls. @param id of telephone.missed */
export const missedChanged = (id: number): NewEvent => ({ type: "callback.changed", ref: `missed ${id}` });

/** The last statement of a transaction that changed something. */
export async function tell(
  tx: Tx,
  tenantId: number,
  events: readonly NewEvent[],
  now: number,
): Promise<void> {
  if (events.length > 0) await appendEvents(tx, tenantId, events, now);
}
