import { sql } from "kysely";
import { appendEvents, type House, type NewEvent, type Tx } from "#kernel";
import type { ColleaguesTables } from "../tables.ts";

export type OwnTx = Tx<ColleaguesTables>;

/** One transaction that sees one company's node: one tenant. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: OwnTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, ColleaguesTables>(tenantId, work);
}

/** Puts a timer in the caller's transaction, or moves the one that waits with this kind and key. */
export async function schedule(
  tx: OwnTx,
  timer: { tenantId: number; kind: string; questionId: number; conversationId: number; dueAt: number },
): Promise<void> {
  const payload = JSON.stringify({ questionId: timer.questionId, conversationId: timer.conversationId });
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${timer.tenantId}, ${timer.kind}, ${String(timer.questionId)}, ${new Date(timer.dueAt)}, ${payload})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}

/** The last statement of a transaction: a question moved on, and what else happened. @param of.id null = it is not kept any more */
export function tell(
  tx: OwnTx,
  tenantId: number,
  of: { id: number | null; conversationId: number; events?: readonly NewEvent[] },
  now: number,
): Promise<void> {
  const { conversationId } = of;
  return appendEvents(
    tx,
    tenantId,
    [
      ...(of.events ?? []),
      { type: "conversation.changed", conversationId },
      ...(of.id === null ? [] : [{ type: "colleagues.changed", conversationId, ref: String(of.id) }]),
    ],
    now,
  );
}
