import { sql } from "kysely";
import type { Tx } from "../db/open.ts";

/** What happened, by ids only: events never carry personal values. */
export interface NewEvent {
  type:
    | "message.created"
    | "message.changed"
    | "conversation.changed"
    | "contact.changed"
    | "channel.changed"
    | "parked.changed"
    | "callback.changed"
    | "knowledge.changed"
    | "company.changed"
    | "staff.changed"
    | (string & {});
  conversationId?: number | null;
  messageId?: string | null;
  ref?: string | null;
}

/**
 * Appends events of one tenant, gapless and in order. Call it as the last statement of the transaction: it
 * locks the tenant's sequence row until the commit. The database notifies listeners at the commit.
 * @param nowMs time of the events
 */
export async function appendEvents(
  tx: Tx,
  tenantId: number,
  events: readonly NewEvent[],
  nowMs: number,
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    with s as (update kernel.tenant_seq set last_seq = last_seq + ${events.length} where tenant_id = ${tenantId} returning last_seq - ${events.length} as base)
    insert into kernel.event (tenant_id, seq, type, conversation_id, message_id, ref, at)
    select ${tenantId}, s.base + e.n, e.type, e.conversation_id, e.message_id, e.ref, ${new Date(nowMs)}
    from s, unnest(${events.map((e) => e.type)}::text[], ${events.map((e) => e.conversationId ?? null)}::bigint[],
      ${events.map((e) => e.messageId ?? null)}::uuid[], ${events.map((e) => e.ref ?? null)}::text[])
      with ordinality as e(type, conversation_id, message_id, ref, n)`.execute(tx);
  await sql`select pg_notify('ah', 'event')`.execute(tx);
}
