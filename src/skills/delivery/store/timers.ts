import { sql } from "kysely";
import { jsonText, setTimer } from "#kernel";
import type { Due } from "../evening/letters.ts";
import { DAY_MS, IMPROVE_AFTER_MS } from "../rules/limits.ts";
import { ACROSS, EVENING, EXPIRE, FORGET, IMPROVE, WEBHOOK_STOPPED } from "../rules/timer-kinds.ts";
import type { DeliveryTx } from "./tx.ts";

/** Timers of this skill, set in the transaction that brings them about. */

export async function expireAt(
  tx: DeliveryTx,
  {
    tenantId,
    deliveryId,
    at,
  }: { readonly tenantId: number; readonly deliveryId: number; readonly at: number },
): Promise<void> {
  await setTimer(tx, { tenantId, kind: EXPIRE, key: String(deliveryId), dueAt: at, payload: { deliveryId } });
}

export async function expireNoMore(tx: DeliveryTx, tenantId: number, deliveryId: number): Promise<void> {
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = ${EXPIRE} and key = ${String(deliveryId)}`.execute(
    tx,
  );
}

/**
 * Once for all changes of the next moment: a timer that waits already is not put off by the next change. One that is being
 * worked on (it has attempts) is set anew, so that what comes meanwhile is looked at too.
 */
export async function improveSoon(
  tx: DeliveryTx,
  {
    tenantId,
    eveningId,
    now,
  }: { readonly tenantId: number; readonly eveningId: number; readonly now: number },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, ${IMPROVE}, ${String(eveningId)}, ${new Date(now + IMPROVE_AFTER_MS)}, ${JSON.stringify({ eveningId })}::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0 where timer.attempts > 0`.execute(
    tx,
  );
}

export async function forgetDaily(tx: DeliveryTx, tenantId: number, now: number): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, ${FORGET}, 'all', ${new Date(now + DAY_MS)}, '{}'::jsonb) on conflict (tenant_id, kind, key) do nothing`.execute(
    tx,
  );
}

/** The evening is looked at again. */
export async function tickAt(
  tx: DeliveryTx,
  { tenantId, eveningId, at }: { readonly tenantId: number; readonly eveningId: number; readonly at: number },
): Promise<void> {
  await setTimer(tx, { tenantId, kind: EVENING, key: String(eveningId), dueAt: at, payload: { eveningId } });
}

/** From a little before its first round; where there is none, nothing is to be looked after. */
export async function watchEvening(
  tx: DeliveryTx,
  {
    tenantId,
    eveningId,
    aheadMs,
  }: { readonly tenantId: number; readonly eveningId: number; readonly aheadMs: number },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    select ${tenantId}, ${EVENING}, ${String(eveningId)}, min(s.earliest_at) - make_interval(secs => ${aheadMs / 1_000}),
      ${jsonText({ eveningId })}::jsonb
    from delivery.shift s where s.tenant_id = ${tenantId} and s.evening_id = ${eveningId} and s.state <> 'dropped' having count(*) > 0
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}

/** Hands a message to the company whose parcel it is; it is said once the caller's transaction stands. */
export async function handAcross(
  tx: DeliveryTx,
  { tenantId, now }: { readonly tenantId: number; readonly now: number },
  { delivery, ...due }: Due,
  liveKey: string,
): Promise<void> {
  const payload = { ...due, deliveryId: delivery.id, liveKey };
  await setTimer(tx, { tenantId, kind: ACROSS, key: due.reference, dueAt: now, payload });
}

/** The owner hears it, as soon as the caller's transaction stands. */
export async function sayStopped(
  tx: DeliveryTx,
  {
    tenantId,
    webhookId,
    now,
  }: { readonly tenantId: number; readonly webhookId: number; readonly now: number },
): Promise<void> {
  const payload = { webhookId, wantedAt: now };
  await setTimer(tx, { tenantId, kind: WEBHOOK_STOPPED, key: String(webhookId), dueAt: now, payload });
}
