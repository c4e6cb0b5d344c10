import { sql } from "kysely";
import type { Callback } from "../api/conversations.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import type { Timer } from "../skill.ts";
import { leaveNote } from "./actions.ts";
import { type CallbackRecord, callbackRows, changesOf, latestOf } from "./callback-row.ts";
import { endCallback, placeTimer, TIMER, takeCallback } from "./callback-work.ts";
import { lockConversation } from "./conversation-lock.ts";

/** A promise to call is a case like any other: it has a due time, an alarm and a note at its end. */

const LIST_LIMIT = 500;

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
    return callbackRows(tx, actor.tenantId, await query.execute(), kernel.clock.now());
  });
}

export interface Promised {
  phone: string;
  /** ISO time */
  promisedAt: string;
  /** ISO time: the end of the wished span. */
  until?: string | null;
  topic: string;
}

/** Promises a call. The conversation is due then at the latest, and belongs to who promised unless somebody has it. */
export function promiseCall(
  kernel: Kernel,
  actor: Actor,
  conversationId: number,
  call: Promised,
): Promise<Callback> {
  const now = kernel.clock.now();
  return kernel.db.tenant(actor.tenantId, async (tx) => {
    const record = await promiseCallIn(tx, { actor, now }, conversationId, call);
    return (await callbackRows(tx, actor.tenantId, [record], now))[0] as Callback;
  });
}

/** The same inside the caller's transaction. @throws AppError not_found, bad_request for a time that has gone */
export async function promiseCallIn(
  tx: Tx,
  { actor: { tenantId, staffId }, now }: { actor: Actor; now: number },
  conversationId: number,
  call: Promised,
): Promise<CallbackRecord> {
  const promisedAt = new Date(call.promisedAt);
  const until = call.until ? new Date(call.until) : null;
  if (promisedAt.getTime() <= now)
    throw new AppError("bad_request", undefined, [{ path: "promisedAt", message: "lies in the past" }]);
  if (until && until <= promisedAt)
    throw new AppError("bad_request", undefined, [{ path: "until", message: "lies before the beginning" }]);
  const conversation = await lockConversation(tx, tenantId, conversationId);
  const isHeld = conversation.state === "person" || conversation.state === "waiting";
  const latest = until ?? promisedAt;
  await tx
    .updateTable("kernel.conversation")
    .set({
      due_at: conversation.due_at && conversation.due_at < latest ? conversation.due_at : latest,
      closed_at: null,
      ...(isHeld ? {} : { state: "person" as const, assignee_id: staffId, flow: null }),
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
      until_at: until,
      topic: call.topic,
      created_at: new Date(now),
      done_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await placeTimer(tx, tenantId, record);
  await appendEvents(tx, tenantId, changesOf(record), now);
  return record;
}

/** Who calls says so first, so that nobody is called twice. @throws AppError not_found, conflict */
export function takeCall(kernel: Kernel, actor: Actor, id: number, isMine: boolean): Promise<Callback> {
  const { tenantId, staffId } = actor;
  const now = kernel.clock.now();
  return kernel.db.tenant(tenantId, async (tx) => {
    const record = await takeCallback(tx, { tenantId, id, now }, { staffId, isMine });
    return (await callbackRows(tx, tenantId, [record], now))[0] as Callback;
  });
}

/** The call was made: its note stands in the conversation too, and nobody waits any more. */
export function finishCall(kernel: Kernel, actor: Actor, id: number, note: string): Promise<Callback> {
  const { tenantId, staffId } = actor;
  return kernel.db.tenant(tenantId, async (tx) => {
    const now = kernel.clock.now();
    const record = await endCallback(tx, { tenantId, id, now }, { by: staffId, note });
    const conversation = await lockConversation(tx, tenantId, record.conversation_id);
    await appendEvents(tx, tenantId, [await leaveNote({ tx, actor, now }, conversation, note)], now);
    return (await callbackRows(tx, tenantId, [record], now))[0] as Callback;
  });
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
    const known = await tx
      .selectFrom("kernel.callback")
      .select("conversation_id")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!known) return;
    const conversation = await lockConversation(tx, tenantId, known.conversation_id);
    const record = await tx
      .updateTable("kernel.callback")
      .set({ state: "missed" })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .where("state", "=", "open")
      .where(sql<boolean>`coalesce(until_at, promised_at) <= ${new Date(now)}`)
      .returningAll()
      .executeTakeFirst();
    if (!record) return;
    const since = latestOf(record);
    const nobodyHasIt = conversation.state === "bot" || conversation.state === "closed";
    await tx
      .updateTable("kernel.conversation")
      .set({
        ...(nobodyHasIt ? { state: "waiting" as const, assignee_id: null, closed_at: null, flow: null } : {}),
        waiting_since: conversation.waiting_since ?? since,
        due_at: sql`least(due_at, ${since})`,
      })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", conversation.id)
      .execute();
    await appendEvents(tx, tenantId, changesOf(record), now);
  });
}
