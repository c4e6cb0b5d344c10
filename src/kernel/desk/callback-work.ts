import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type CallbackRecord, changesOf, isTaken, latestOf } from "./callback-row.ts";
import { lockConversation } from "./conversation-lock.ts";

/**
 * What becomes of a promised call, inside the caller's transaction: the desk does it, the telephone's skill, and the
 * customer by a message. The conversation is locked before the promise, as everywhere.
 */

/** The pump puts the same timer for call-backs that a flow promises (dialogue/write.ts). */
export const TIMER = "callback_due";

export interface CallbackPlace {
  tenantId: number;
  id: number;
  now: number;
}

/** @throws AppError not_found */
async function lockCallback(tx: Tx, { tenantId, id }: CallbackPlace): Promise<CallbackRecord> {
  const known = await tx
    .selectFrom("kernel.callback")
    .select("conversation_id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!known) throw new AppError("not_found");
  await lockConversation(tx, tenantId, known.conversation_id);
  return tx
    .selectFrom("kernel.callback")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

type Change = Partial<Omit<CallbackRecord, "id" | "conversation_id" | "contact_id">> & { done_by?: string };

async function update(tx: Tx, { tenantId, id }: CallbackPlace, change: Change): Promise<CallbackRecord> {
  return tx
    .updateTable("kernel.callback")
    .set(change)
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * I call, or I give it back.
 * @throws AppError not_found; conflict while a colleague calls, or when the call was made
 */
export async function takeCallback(
  tx: Tx,
  place: CallbackPlace,
  { staffId, isMine }: { staffId: string; isMine: boolean },
): Promise<CallbackRecord> {
  const known = await lockCallback(tx, place);
  if (known.state === "done") throw new AppError("conflict", "A colleague has finished this call already.");
  const isColleagues = isTaken(known, place.now) && known.taken_by !== staffId;
  if (isColleagues && isMine) throw new AppError("conflict", "A colleague is calling already.");
  if (isColleagues) return known;
  const claim = isMine
    ? { taken_by: staffId, taken_at: new Date(place.now) }
    : { taken_by: null, taken_at: null };
  const record = await update(tx, place, claim);
  await appendEvents(tx, place.tenantId, changesOf(record), place.now);
  return record;
}

/** The call was made, or is not wanted any more: nobody waits for it. @throws AppError not_found, conflict */
export async function endCallback(
  tx: Tx,
  place: CallbackPlace,
  how: { by: string; note: string } | { isWithdrawn: true },
): Promise<CallbackRecord> {
  const known = await lockCallback(tx, place);
  if (known.state === "done") throw new AppError("conflict", "A colleague has finished this call already.");
  const at = new Date(place.now);
  const ended = { state: "done" as const, done_at: at, taken_by: null, taken_at: null };
  const record = await update(
    tx,
    place,
    "by" in how ? { ...ended, note: how.note, done_by: how.by } : { ...ended, withdrawn_at: at },
  );
  await settleConversation(tx, place.tenantId, known.conversation_id, { isMade: "by" in how });
  await tx
    .deleteFrom("kernel.timer")
    .where("tenant_id", "=", place.tenantId)
    .where("kind", "=", TIMER)
    .where("key", "=", String(place.id))
    .execute();
  await appendEvents(tx, place.tenantId, changesOf(record), place.now);
  return record;
}

/** Due is the next promise; where the call was all that was waited for, the automatic answers have it again. */
async function settleConversation(
  tx: Tx,
  tenantId: number,
  conversationId: number,
  { isMade }: { isMade: boolean },
): Promise<void> {
  const next = sql`(select min(coalesce(until_at, promised_at)) from kernel.callback
    where tenant_id = ${tenantId} and conversation_id = ${conversationId} and state <> 'done')`;
  if (isMade) {
    await sql`update kernel.conversation set waiting_since = null, due_at = ${next}
      where tenant_id = ${tenantId} and id = ${conversationId}`.execute(tx);
    return;
  }
  await sql`update kernel.conversation set state = 'bot', hand_over = null, waiting_since = null, due_at = null, unread = 0
    where tenant_id = ${tenantId} and id = ${conversationId} and state = 'waiting' and hand_over ->> 'reason' = 'callback'
      and ${next} is null`.execute(tx);
}

/** Another time, or another number, as the customer wishes. @throws AppError not_found, conflict when it was made */
export async function moveCallback(
  tx: Tx,
  place: CallbackPlace,
  to: { promisedAt: number; until: number | null; phone?: string },
): Promise<CallbackRecord> {
  const known = await lockCallback(tx, place);
  if (known.state === "done") throw new AppError("conflict", "A colleague has finished this call already.");
  const record = await update(tx, place, {
    state: "open",
    promised_at: new Date(to.promisedAt),
    until_at: to.until === null ? null : new Date(to.until),
    ...(to.phone !== undefined && { phone: to.phone }),
  });
  await placeTimer(tx, place.tenantId, record);
  await sql`update kernel.conversation set due_at = ${latestOf(record)}
    where tenant_id = ${place.tenantId} and id = ${record.conversation_id} and state in ('waiting', 'person')`.execute(
    tx,
  );
  await appendEvents(tx, place.tenantId, changesOf(record), place.now);
  return record;
}

/** We called in vain; whoever had it gives it back. @throws AppError not_found, conflict when it was made */
export async function countTry(tx: Tx, place: CallbackPlace): Promise<CallbackRecord> {
  const known = await lockCallback(tx, place);
  if (known.state === "done") throw new AppError("conflict", "A colleague has finished this call already.");
  const record = await update(tx, place, {
    tries: known.tries + 1,
    tried_at: new Date(place.now),
    taken_by: null,
    taken_at: null,
  });
  await appendEvents(tx, place.tenantId, changesOf(record), place.now);
  return record;
}

/** Alarms when the wished time is over. */
export async function placeTimer(tx: Tx, tenantId: number, record: CallbackRecord): Promise<void> {
  const payload = JSON.stringify({ callbackId: record.id });
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, ${TIMER}, ${String(record.id)}, ${latestOf(record)}, ${payload}::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}
