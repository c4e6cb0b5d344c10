import { sql } from "kysely";
import { AppError, type NewEvent, type Tx } from "#kernel";
import type { Topics } from "../ports.ts";
import { EDIT_MS } from "../rules/limits.ts";
import { type Before, type CallRow, readCall } from "./call-rows.ts";
import { rewriteEntry } from "./entry.ts";
import { countMissedTry, reopenMissed } from "./missed.ts";
import { tell } from "./tx.ts";

/** What its author may do with a logged call for ten minutes: change its words, or take it back. */

export interface Change {
  readonly note?: string | undefined;
  readonly seconds?: number | null | undefined;
  readonly topic?: string | null | undefined;
}

interface Doing {
  readonly tenantId: number;
  readonly staffId: string;
  readonly now: number;
  readonly topics: Topics;
}

/** @throws AppError not_found; forbidden for a colleague's; rule_broken when the time is over */
async function ownCall(tx: Tx, { tenantId, staffId, now }: Doing, id: number): Promise<CallRow> {
  await sql`select id from telephone.call where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const row = await readCall(tx, tenantId, id);
  if (row.logged_by !== staffId) throw new AppError("forbidden", "Only who logged a call may change it.");
  if (row.undone_at) throw new AppError("conflict", "This call was taken back.");
  if (now >= row.created_at.getTime() + EDIT_MS)
    throw new AppError("rule_broken", "Ten minutes are over: add a note instead.");
  return row;
}

export async function changeCallWords(tx: Tx, doing: Doing, id: number, change: Change): Promise<void> {
  const { tenantId, now, topics } = doing;
  const row = await ownCall(tx, doing, id);
  const note = change.note ?? row.note;
  const seconds = change.seconds === undefined ? row.seconds : change.seconds;
  const topic = change.topic === undefined ? row.topic : change.topic;
  if (topic !== row.topic) {
    if (topic !== null && !(await topics.has(tx, tenantId, topic)))
      throw new AppError("bad_request", undefined, [{ path: "topic", message: "no such topic" }]);
    if (row.topic !== null) await topics.count(tx, tenantId, { topic: row.topic, by: -1 });
    if (topic !== null) await topics.count(tx, tenantId, { topic, by: 1 });
  }
  await sql`update telephone.call set note = ${note}, seconds = ${seconds}, topic = ${topic}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await tell(tx, tenantId, await rewritten(tx, tenantId, { ...row, note, seconds, topic }, false), now);
}

/** Nothing stands of it, and what it settled is open again, as far as nobody went on with it since. */
export async function takeCallBack(tx: Tx, doing: Doing, id: number): Promise<void> {
  const { tenantId, now, topics } = doing;
  const row = await ownCall(tx, doing, id);
  const events = await rewritten(tx, tenantId, { ...row, note: "" }, true);
  await sql`update telephone.call set note = '', undone_at = ${new Date(now)}, before = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (row.topic !== null) await topics.count(tx, tenantId, { topic: row.topic, by: -1 });
  if (row.before) events.push(...(await restore(tx, { tenantId, now }, row, row.before)));
  await tell(tx, tenantId, events, now);
}

async function rewritten(tx: Tx, tenantId: number, row: CallRow, isUndone: boolean): Promise<NewEvent[]> {
  const { conversation_id: conversationId, message_id: messageId } = row;
  if (conversationId === null || messageId === null) return [];
  const { direction, outcome, seconds, note, topic, logged_by: staffId } = row;
  const words = { direction, outcome, seconds, note, topic, staffId, at: row.at.getTime() };
  return [
    await rewriteEntry(tx, tenantId, { ...words, conversationId, messageId, callId: row.id, isUndone }),
  ];
}

async function restore(
  tx: Tx,
  { tenantId, now }: { tenantId: number; now: number },
  row: CallRow,
  before: Before,
): Promise<NewEvent[]> {
  const { conversation_id: conversationId } = row;
  const events: NewEvent[] = [];
  if (before.promised !== null) {
    await sql`delete from kernel.callback where tenant_id = ${tenantId} and id = ${before.promised} and state <> 'done'`.execute(
      tx,
    );
    await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = 'callback_due' and key = ${String(before.promised)}`.execute(
      tx,
    );
    events.push({ type: "callback.changed", ref: String(before.promised) });
  }
  if (before.callback) {
    await restoreCallback(tx, tenantId, before.callback);
    events.push({ type: "callback.changed", ref: String(before.callback.id) });
  }
  if (before.missed?.did === "ended") events.push(...(await reopenMissed(tx, tenantId, before.missed.id)));
  if (before.missed?.did === "tried")
    events.push(...(await countMissedTry(tx, { tenantId, id: before.missed.id, now }, -1)));
  if (before.conversation && conversationId !== null) {
    const { state, assigneeId, waitingSince, dueAt, unread } = before.conversation;
    // Somebody wrote meanwhile: then it stands as it stands.
    await sql`update kernel.conversation set state = ${state}, assignee_id = ${assigneeId}, waiting_since = ${waitingSince}::timestamptz,
        due_at = ${dueAt}::timestamptz, unread = ${unread}, closed_at = case when ${state} = 'closed' then closed_at end
      where tenant_id = ${tenantId} and id = ${conversationId} and (last_customer_at is null or last_customer_at <= ${row.created_at})`.execute(
      tx,
    );
    events.push({ type: "conversation.changed", conversationId });
  }
  return events;
}

async function restoreCallback(
  tx: Tx,
  tenantId: number,
  { id, did }: NonNullable<Before["callback"]>,
): Promise<void> {
  if (did === "tried") {
    await sql`update kernel.callback set tries = greatest(tries - 1, 0) where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    return;
  }
  await sql`with c as (update kernel.callback set state = 'open', done_at = null, done_by = null, note = ''
      where tenant_id = ${tenantId} and id = ${id} and withdrawn_at is null returning tenant_id, id, coalesce(until_at, promised_at) as due_at)
    insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    select tenant_id, 'callback_due', id::text, due_at, jsonb_build_object('callbackId', id) from c
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}
