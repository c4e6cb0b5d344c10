import { sql } from "kysely";
import { AppError, lockConversation, type NewEvent, type Tx } from "#kernel";
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
  const { conversation_id: conversationId } = await readCall(tx, tenantId, id);
  // Before everything else, as everywhere: whoever works in it now is waited for.
  if (conversationId !== null) await lockConversation(tx, tenantId, conversationId);
  const row = await ownCall(tx, doing, id);
  const restored = row.before ? await restore(tx, doing, row, row.before) : [];
  const events = await rewritten(tx, tenantId, { ...row, note: "" }, true);
  await sql`update telephone.call set note = '', undone_at = ${new Date(now)}, before = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (row.topic !== null) await topics.count(tx, tenantId, { topic: row.topic, by: -1 });
  await tell(tx, tenantId, [...events, ...restored], now);
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

async function restore(tx: Tx, doing: Doing, row: CallRow, before: Before): Promise<NewEvent[]> {
  const { tenantId, now } = doing;
  const events: NewEvent[] = [];
  // In the order in which it was settled.
  if (before.missed?.did === "ended") events.push(...(await reopenMissed(tx, tenantId, before.missed.id)));
  if (before.missed?.did === "tried")
    events.push(...(await countMissedTry(tx, { tenantId, id: before.missed.id, now }, -1)));
  if (before.callback) {
    await restoreCallback(tx, tenantId, before.callback);
    events.push({ type: "callback.changed", ref: String(before.callback.id) });
  }
  if (before.promised !== null && (await dropPromise(tx, doing, row, before.promised)))
    events.push({ type: "callback.changed", ref: String(before.promised) });
  if (before.conversation && (await restoreConversation(tx, tenantId, row, before)))
    events.push({ type: "conversation.changed", conversationId: row.conversation_id });
  return events;
}

/** A promise that came with the call, unless a colleague works at it or the customer wrote since. @returns is it gone? */
async function dropPromise(
  tx: Tx,
  { tenantId, staffId }: Doing,
  row: CallRow,
  callbackId: number,
): Promise<boolean> {
  const { rows } = await sql`delete from kernel.callback b using kernel.conversation v
    where b.tenant_id = ${tenantId} and b.id = ${callbackId} and b.state <> 'done' and b.tries = 0
      and (b.taken_by is null or b.taken_by = ${staffId})
      and v.tenant_id = b.tenant_id and v.id = b.conversation_id
      and (v.last_customer_at is null or v.last_customer_at <= ${row.created_at})
    returning b.id`.execute(tx);
  if (rows.length === 0) return false;
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = 'callback_due' and key = ${String(callbackId)}`.execute(
    tx,
  );
  return true;
}

/**
 * As it was before the call, as long as it stands as the call left it: whoever wrote, took it, closed it or settled it by
 * another call since is right. @returns was it changed?
 */
async function restoreConversation(
  tx: Tx,
  tenantId: number,
  row: CallRow,
  { conversation, left }: Before,
): Promise<boolean> {
  if (!conversation || row.conversation_id === null) return false;
  const { state, assigneeId, waitingSince, dueAt, unread } = conversation;
  const since = row.created_at;
  // A promise that stays keeps its time.
  const next = sql`(select min(coalesce(b.until_at, b.promised_at)) from kernel.callback b
    where b.tenant_id = v.tenant_id and b.conversation_id = v.id and b.state <> 'done')`;
  const { rows } =
    await sql`update kernel.conversation v set state = ${state}, assignee_id = ${assigneeId}, waiting_since = ${waitingSince}::timestamptz,
      due_at = least(${dueAt}::timestamptz, ${next}), unread = ${unread}, closed_at = case when ${state}::text = 'closed' then v.closed_at end
    where v.tenant_id = ${tenantId} and v.id = ${row.conversation_id} and (v.last_customer_at is null or v.last_customer_at <= ${since})
      and v.state = ${left?.state ?? null} and v.assignee_id is not distinct from ${left?.assigneeId ?? null}
      and not exists (select from kernel.message m where m.tenant_id = v.tenant_id and m.conversation_id = v.id
        and m.received_at > ${since} and m.author in ('customer', 'agent') and m.status <> 'note')
      and not exists (select from telephone.call c where c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.id > ${row.id}
        and c.undone_at is null and jsonb_typeof(c.before -> 'conversation') = 'object')
    returning v.id`.execute(tx);
  return rows.length > 0;
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
