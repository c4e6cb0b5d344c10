import { sql } from "kysely";
import { appendEvents } from "#kernel";
import { endNotice, readNotice, requireState } from "./notices.ts";
import type { NoticesTx } from "./tx.ts";

/**
 * Stops a notice: what waits is dropped, what stands in the outbox unclaimed is taken back. What the sender has claimed
 * may be at the provider already and ends as it ends.
 * @throws AppError not_found, rule_broken
 */
export async function stop(
  tx: NoticesTx,
  tenantId: number,
  one: { id: number; reason: string; now: number },
): Promise<void> {
  const row = await readNotice(tx, tenantId, one.id, true);
  requireState(row, ["scheduled", "sending"]);
  await drop(tx, tenantId, { noticeId: one.id, reason: "stopped" });
  await takeBack(tx, tenantId, one);
  await endNotice(tx, tenantId, { id: one.id, state: "stopped", reason: one.reason, now: one.now });
}

export async function drop(
  tx: NoticesTx,
  tenantId: number,
  one: { noticeId: number; reason: string },
): Promise<void> {
  await sql`update notices.delivery set state = 'dropped', reason = ${one.reason}
    where tenant_id = ${tenantId} and notice_id = ${one.noticeId} and state = 'waiting'`.execute(tx);
}

/** Locks in the house's order: messages, then outbox. A digest also carries other notices and stays. */
async function takeBack(tx: NoticesTx, tenantId: number, one: { id: number; now: number }): Promise<void> {
  const { rows } = await sql<{ conversation_id: number; id: string }>`
    with mine as materialized (
      select d.conversation_id, d.message_id as id from notices.delivery d
      where d.tenant_id = ${tenantId} and d.notice_id = ${one.id} and d.state = 'queued' and not d.is_digest),
    locked as materialized (
      select m.conversation_id, m.id from kernel.message m join mine on m.conversation_id = mine.conversation_id and m.id = mine.id
      where m.tenant_id = ${tenantId} and m.status = 'queued' order by m.conversation_id, m.id for no key update of m),
    gone as (
      delete from kernel.outbox o using locked l where o.tenant_id = ${tenantId} and o.id = l.id and o.state = 'queued' returning o.id)
    update kernel.message m set status = 'failed', error = '{"code":0,"title":"stopped"}'
    from locked l join gone on gone.id = l.id
    where m.tenant_id = ${tenantId} and m.conversation_id = l.conversation_id and m.id = l.id
    returning m.conversation_id, m.id`.execute(tx);
  await appendEvents(
    tx,
    tenantId,
    rows.map((row) => ({ type: "message.changed", conversationId: row.conversation_id, messageId: row.id })),
    one.now,
  );
}
