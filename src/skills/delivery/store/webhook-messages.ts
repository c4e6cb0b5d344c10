import { sql } from "kysely";
import { WEBHOOKS } from "../rules/timer-kinds.ts";
import type { DeliveryTx } from "./tx.ts";

/** What is to be told of deliveries, written in the transaction that changed them; told by a timer. */

/** A second, so that what happens at once is told in one go. */
const SOON_MS = 1_000;
/** What systems were told is kept so long after the delivery: somebody may look why something did not arrive. */
export const MESSAGE_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Noting {
  readonly tenantId: number;
  readonly now: number;
  /** Of this one alone; without it of all that are not stopped. */
  readonly webhookId?: number;
}

/**
 * Compares each delivery with what was told of it last and writes down what is new. Where nobody wants to be told nothing is
 * written.
 */
export async function noteChanges(
  tx: DeliveryTx,
  { tenantId, now, webhookId }: Noting,
  deliveryIds: readonly number[],
): Promise<void> {
  if (deliveryIds.length === 0 || !(await isHeard(tx, tenantId))) return;
  const at = new Date(now);
  // Whose last message is deleted by then was told its end.
  const forgotten = new Date(now - MESSAGE_DAYS * DAY_MS);
  const isResumed = webhookId !== undefined;
  const { rows } = await sql`
    with facts as (
      select w.id as webhook_id, d.id, d.sender_ref, d.state, d.earliest_at, d.latest_at, d.told_from, d.told_until, d.outcome, d.attempt,
        d.ended_at, d.take_back_state, l.take_back_state as last_take_back, to_char(d.latest_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as until,
        l.state as last_state, l.earliest_at as last_earliest, l.until as last_until, l.told_from as last_told, l.id as last_id
      from delivery.delivery d
      join delivery.webhook w on w.tenant_id = d.tenant_id and w.stopped_at is null
        and (w.sender_tenant_id is null or w.sender_tenant_id = d.sender_tenant_id)
        ${webhookId === undefined ? sql`` : sql`and w.id = ${webhookId}`}
      left join lateral (select m.id, m.state, m.earliest_at, m.body::json #>> '{data,window,until}' as until, m.told_from, m.take_back_state from delivery.webhook_message m
        where m.tenant_id = w.tenant_id and m.webhook_id = w.id and m.delivery_id = d.id order by m.id desc limit 1) l on true
      where d.tenant_id = ${tenantId} and d.id = any(${[...deliveryIds]}::bigint[])
        and d.state in ('booked', 'loaded', 'under_way', 'done', 'failed', 'cancelled')
    ), news as (
      select f.*, case
          when f.last_id is null and f.state = 'cancelled' then null
          when f.last_id is null and f.take_back_state = 'returned' and f.latest_at < ${forgotten} and not ${isResumed}::boolean
            then 'delivery.take_back'
          when f.state is distinct from f.last_state and f.state = 'booked' and f.last_id is not null then 'delivery.changed'
          when f.state is distinct from f.last_state then 'delivery.' || f.state
          when f.earliest_at is distinct from f.last_earliest or f.until is distinct from f.last_until then 'delivery.changed'
          when f.take_back_state is distinct from f.last_take_back and (f.take_back_state is not null or f.last_id is not null) then 'delivery.take_back'
          when f.told_from is not null and f.told_from is distinct from f.last_told then 'delivery.expected'
        end as type
      from facts f
    )
    insert into delivery.webhook_message (tenant_id, webhook_id, delivery_id, type, state, earliest_at, told_from, take_back_state, body, at, due_at)
    select ${tenantId}, webhook_id, id, type, state, earliest_at, told_from, take_back_state, json_build_object('type', type, 'timestamp', ${at.toISOString()}::text,
        'data', json_build_object('id', id, 'reference', sender_ref, 'state', state, 'outcome', outcome, 'attempt', attempt, 'takeBack', take_back_state,
          'window', json_build_object('from', to_char(earliest_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'until', until),
          'expected', case when told_from is not null then json_build_object('from', to_char(told_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'until', to_char(told_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end,
          'endedAt', to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))::text, ${at}, ${at}
    from news where type is not null returning id`.execute(tx);
  if (rows.length > 0) await sendSoon(tx, tenantId, now + SOON_MS);
}

/** Most companies tell no system, and every event of an evening comes by here. */
async function isHeard(tx: DeliveryTx, tenantId: number): Promise<boolean> {
  const { rows } =
    await sql`select 1 from delivery.webhook where tenant_id = ${tenantId} and stopped_at is null limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}

/** Once for all messages that wait; an earlier timer stays. */
export async function sendSoon(tx: DeliveryTx, tenantId: number, dueAt: number): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${tenantId}, ${WEBHOOKS}, 'all', ${new Date(dueAt)}, '{}'::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = least(timer.due_at, excluded.due_at), attempts = 0`.execute(
    tx,
  );
}

export interface DueMessage {
  readonly id: number;
  readonly webhookId: number;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  readonly attempts: number;
}

/** The oldest of each webhook, so that nobody is told in a wrong order. */
export async function dueMessages(
  tx: DeliveryTx,
  tenantId: number,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    select m.id, m.webhook_id as "webhookId", w.url, w.secret, m.body, m.attempts
    from delivery.webhook w join lateral (select * from delivery.webhook_message o where o.tenant_id = w.tenant_id
      and o.webhook_id = w.id and o.due_at is not null order by o.id limit 1) m on true
    where w.tenant_id = ${tenantId} and w.stopped_at is null and m.due_at <= ${new Date(now)} order by m.id limit ${most}`.execute(
    tx,
  );
  return rows;
}

/** @returns when the next one is due, ms; null when none waits */
export async function nextDue(tx: DeliveryTx, tenantId: number): Promise<number | null> {
  const { rows } = await sql<{ due: Date | null }>`
    select min(m.due_at) as due from delivery.webhook w join lateral (select o.due_at from delivery.webhook_message o
      where o.tenant_id = w.tenant_id and o.webhook_id = w.id and o.due_at is not null order by o.id limit 1) m on true
    where w.tenant_id = ${tenantId} and w.stopped_at is null`.execute(tx);
  return rows[0]?.due?.getTime() ?? null;
}

export async function noteArrived(
  tx: DeliveryTx,
  { tenantId, id, now }: { readonly tenantId: number; readonly id: number; readonly now: number },
  status: number,
): Promise<void> {
  await sql`with told as (update delivery.webhook_message set arrived_at = ${new Date(now)}, due_at = null, status = ${status},
      fault = '', attempts = attempts + 1 where tenant_id = ${tenantId} and id = ${id} returning webhook_id)
    update delivery.webhook w set failing_since = null from told
    where w.tenant_id = ${tenantId} and w.id = told.webhook_id and w.failing_since is not null`.execute(tx);
}

export interface Failed {
  /** HTTP; 0 = no answer */
  readonly status: number;
  readonly fault: string;
  /** ms; null = it is given up */
  readonly dueAt: number | null;
  /** The webhook is stopped when it has failed since before this, ms. */
  readonly stopBefore: number;
}

/**
 * A message that is given up was tried for a day: then the webhook is stopped, and nothing is lost in silence.
 * @returns whether the webhook was stopped by it
 */
export async function noteFailed(
  tx: DeliveryTx,
  { tenantId, id, now }: { readonly tenantId: number; readonly id: number; readonly now: number },
  { status, fault, dueAt, stopBefore }: Failed,
): Promise<boolean> {
  const at = new Date(now);
  const { rows } = await sql<{ stopped: boolean }>`
    with told as (update delivery.webhook_message set due_at = ${dueAt === null ? null : new Date(dueAt)}, status = ${status},
        fault = ${fault.slice(0, 100)}, attempts = attempts + 1 where tenant_id = ${tenantId} and id = ${id} returning webhook_id)
    update delivery.webhook w set failing_since = coalesce(w.failing_since, ${at}),
      stopped_at = case when ${dueAt === null}::boolean or w.failing_since < ${new Date(stopBefore)} then ${at}::timestamptz end
    from told where w.tenant_id = ${tenantId} and w.id = told.webhook_id and w.stopped_at is null
    returning w.stopped_at is not null as stopped`.execute(tx);
  return rows[0]?.stopped ?? false;
}

/** What was tried and did not arrive, or waited behind it. Without it the next look finds what nobody knows of. */
export async function dropUnheard(tx: DeliveryTx, tenantId: number, webhookId: number): Promise<void> {
  await sql`delete from delivery.webhook_message where tenant_id = ${tenantId} and webhook_id = ${webhookId}
    and arrived_at is null`.execute(tx);
}
