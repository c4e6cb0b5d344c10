import { sql } from "kysely";
import type { Callback } from "../api/conversations.ts";
import { rootsOf } from "../contacts/roots.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents, type NewEvent } from "../events/append.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import type { Timer } from "../skill.ts";
import { leaveNote } from "./actions.ts";
import { lockConversation } from "./conversation-lock.ts";

/** A promise to call is a case like any other: it has a due time, an alarm and a note at its end. */

/** The pump puts the same timer for call-backs that a flow promises (dialogue/write.ts). */
const TIMER = "callback_due";
const LIST_LIMIT = 500;

interface CallbackRecord {
  id: number;
  conversation_id: number;
  contact_id: number;
  phone: string;
  promised_at: Date;
  topic: string;
  note: string;
  state: Callback["state"];
  done_at: Date | null;
}

async function rowsOf(tx: Tx, tenantId: number, records: readonly CallbackRecord[]): Promise<Callback[]> {
  const roots = await rootsOf(
    tx,
    tenantId,
    records.map((record) => record.contact_id),
  );
  return records.map((record) => ({
    id: record.id,
    conversationId: record.conversation_id,
    contactName: roots.get(record.contact_id)?.name ?? "",
    phone: record.phone,
    promisedAt: record.promised_at.toISOString(),
    topic: record.topic,
    note: record.note,
    state: record.state,
    doneAt: record.done_at?.toISOString() ?? null,
  }));
}

/** Open ones (missed ones too) soonest first; done ones latest first. At most 500. */
export function listCallbacks(
  kernel: Kernel,
  actor: Actor,
  state: "open" | "done" | "all",
): Promise<Callback[]> {
  return kernel.db.tenant(actor.tenantId, async (tx) => {
    let query = tx
      .selectFrom("kernel.callback")
      .selectAll()
      .where("tenant_id", "=", actor.tenantId)
      .limit(LIST_LIMIT);
    if (state === "open") query = query.where("state", "<>", "done").orderBy("promised_at").orderBy("id");
    else query = query.orderBy("promised_at", "desc").orderBy("id", "desc");
    if (state === "done") query = query.where("state", "=", "done");
    return rowsOf(tx, actor.tenantId, await query.execute());
  });
}

export interface Promised {
  phone: string;
  /** ISO time */
  promisedAt: string;
  topic: string;
}

/** Promises a call. The conversation is due then at the latest, and belongs to who promised unless somebody has it. */
export function promiseCall(
  kernel: Kernel,
  actor: Actor,
  conversationId: number,
  call: Promised,
): Promise<Callback> {
  const { tenantId } = actor;
  return kernel.db.tenant(tenantId, async (tx) => {
    const now = kernel.clock.now();
    const promisedAt = new Date(call.promisedAt);
    if (promisedAt.getTime() <= now)
      throw new AppError("bad_request", undefined, [{ path: "promisedAt", message: "lies in the past" }]);
    const conversation = await lockConversation(tx, tenantId, conversationId);
    const isHeld = conversation.state === "person" || conversation.state === "waiting";
    const due = conversation.due_at && conversation.due_at < promisedAt ? conversation.due_at : promisedAt;
    await tx
      .updateTable("kernel.conversation")
      .set({
        due_at: due,
        closed_at: null,
        ...(isHeld ? {} : { state: "person" as const, assignee_id: actor.staffId, flow: null }),
      })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", conversationId)
      .execute();
    const record = await tx
      .insertInto("kernel.callback")
      .values({
        tenant_id: tenantId,
        conversation_id: conversationId,
        contact_id: conversation.contact_id,
        phone: call.phone,
        promised_at: promisedAt,
        topic: call.topic,
        created_at: new Date(now),
        done_by: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("kernel.timer")
      .values({
        tenant_id: tenantId,
        kind: TIMER,
        key: String(record.id),
        due_at: promisedAt,
        payload: JSON.stringify({ callbackId: record.id }),
        last_error: null,
      })
      .execute();
    await appendEvents(tx, tenantId, changesOf(record), now);
    return (await rowsOf(tx, tenantId, [record]))[0] as Callback;
  });
}

/** The call was made: its note stands in the conversation too, and nobody waits any more. */
export function finishCall(kernel: Kernel, actor: Actor, id: number, note: string): Promise<Callback> {
  const { tenantId } = actor;
  return kernel.db.tenant(tenantId, async (tx) => {
    const now = kernel.clock.now();
    const known = await find(tx, tenantId, id);
    if (!known) throw new AppError("not_found");
    const conversation = await lockConversation(tx, tenantId, known.conversation_id);
    const record = await tx
      .updateTable("kernel.callback")
      .set({ state: "done", note, done_at: new Date(now), done_by: actor.staffId })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .where("state", "<>", "done")
      .returningAll()
      .executeTakeFirst();
    if (!record) throw new AppError("conflict", "A colleague has finished this call already.");
    const next = await tx
      .selectFrom("kernel.callback")
      .select("promised_at")
      .where("tenant_id", "=", tenantId)
      .where("conversation_id", "=", conversation.id)
      .where("state", "<>", "done")
      .orderBy("promised_at")
      .limit(1)
      .executeTakeFirst();
    await tx
      .updateTable("kernel.conversation")
      .set({ waiting_since: null, due_at: next?.promised_at ?? null })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", conversation.id)
      .execute();
    await tx
      .deleteFrom("kernel.timer")
      .where("tenant_id", "=", tenantId)
      .where("kind", "=", TIMER)
      .where("key", "=", String(id))
      .execute();
    const noted = await leaveNote({ tx, actor, now }, conversation, note);
    await appendEvents(tx, tenantId, [noted, ...changesOf(record)], now);
    return (await rowsOf(tx, tenantId, [record]))[0] as Callback;
  });
}

function find(tx: Tx, tenantId: number, id: number): Promise<CallbackRecord | undefined> {
  return tx
    .selectFrom("kernel.callback")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
}

function changesOf(record: CallbackRecord): NewEvent[] {
  const { conversation_id: conversationId, id } = record;
  return [
    { type: "callback.changed", conversationId, ref: String(id) },
    { type: "conversation.changed", conversationId },
  ];
}

/** For the worker: what happens when the promised time has come and nobody has called. Repeatable. */
export function callbackTimers(kernel: Kernel): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [TIMER]: (timer) => missCall(kernel, timer.tenantId, Number(timer.payload.callbackId ?? timer.key)),
  };
}

async function missCall(kernel: Kernel, tenantId: number, id: number): Promise<void> {
  await kernel.db.tenant(tenantId, async (tx) => {
    const now = kernel.clock.now();
    const known = await find(tx, tenantId, id);
    if (!known) return;
    const conversation = await lockConversation(tx, tenantId, known.conversation_id);
    const record = await tx
      .updateTable("kernel.callback")
      .set({ state: "missed" })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .where("state", "=", "open")
      .where("promised_at", "<=", new Date(now))
      .returningAll()
      .executeTakeFirst();
    if (!record) return;
    const nobodyHasIt = conversation.state === "bot" || conversation.state === "closed";
    await tx
      .updateTable("kernel.conversation")
      .set({
        ...(nobodyHasIt ? { state: "waiting" as const, assignee_id: null, closed_at: null, flow: null } : {}),
        waiting_since: conversation.waiting_since ?? record.promised_at,
        due_at: sql`least(due_at, ${record.promised_at})`,
      })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", conversation.id)
      .execute();
    await appendEvents(tx, tenantId, changesOf(record), now);
  });
}
