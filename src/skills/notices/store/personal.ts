import { sql } from "kysely";
import type { House, Tx } from "#kernel";
import { DELIVERY_KEEP_DAYS, SUBSCRIPTION_KEEP_DAYS } from "../rules/purposes.ts";
import { FORGET, wakeBy } from "./timers.ts";
import { inTenant } from "./tx.ts";

/** What this skill holds about persons, how it goes on their wish, and by itself. */

const REQUEST_KEEP_DAYS = 2;
const DAY_MS = 86_400_000;

/** A delivery stands under the contact that spoke for the person then; a merge may have been undone since. */
const ofPersons = (ids: readonly number[]) => sql`(d.person_id = any(${[...ids]}::bigint[])
  or (d.contact_id = any(${[...ids]}::bigint[]) and d.person_id in (select m.into_id from kernel.contact_merge m where m.contact_id = any(${[...ids]}::bigint[]))))`;

export async function exportPerson(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const ids = [...contactIds];
  const subscriptions = await sql<Record<string, unknown>>`
    select t.slug as topic, s.value, s.rhythm, s.filters, s.language, s.created_at, s.expires_at, s.paused_until, s.ended_at
    from notices.subscription s join notices.topic t on t.tenant_id = s.tenant_id and t.id = s.topic_id
    where s.contact_id = any(${ids}::bigint[]) order by s.id`.execute(tx);
  const deliveries = await sql<Record<string, unknown>>`
    select n.title as notice, d.state, d.reason, d.due_at, d.queued_at from notices.delivery d
    join notices.notice n on n.tenant_id = d.tenant_id and n.id = d.notice_id
    where ${ofPersons(ids)} order by d.notice_id`.execute(tx);
  const requests = await sql<Record<string, unknown>>`
    select r.email, r.language, r.text, r.asked_at from notices.request r join kernel.identity i
      on i.tenant_id = r.tenant_id and i.kind = 'email' and i.value = r.email
    where i.contact_id = any(${ids}::bigint[]) order by r.asked_at`.execute(tx);
  return { subscriptions: subscriptions.rows, notices: deliveries.rows, requests: requests.rows };
}

/** Rows go; of a notice only the number of those who were erased stays. */
export async function erasePerson(tx: Tx, contactIds: readonly number[]): Promise<void> {
  const ids = [...contactIds];
  await sql`with gone as (delete from notices.delivery d where ${ofPersons(ids)} returning d.tenant_id, d.notice_id),
      counted as (select tenant_id, notice_id, count(*)::int as persons from gone group by 1, 2)
    update notices.notice n set erased = n.erased + c.persons from counted c where n.tenant_id = c.tenant_id and n.id = c.notice_id`.execute(
    tx,
  );
  await sql`delete from notices.subscription where contact_id = any(${ids}::bigint[])`.execute(tx);
  await sql`delete from notices.request r using kernel.identity i
    where i.tenant_id = r.tenant_id and i.kind = 'email' and i.value = r.email and i.contact_id = any(${ids}::bigint[])`.execute(
    tx,
  );
  await sql`delete from kernel.timer where kind in ('notices_subscribe', 'notices_end', 'notices_list')
    and (payload ->> 'contactId')::bigint = any(${ids}::bigint[])`.execute(tx);
}

/** Removes what is older than promised; comes back every day while the company has topics. */
export async function forget(house: House, tenantId: number): Promise<void> {
  const now = house.clock.now();
  const border = (days: number) => new Date(now - days * DAY_MS);
  await inTenant(house, tenantId, async (tx) => {
    await sql`with gone as (delete from notices.delivery d using notices.notice n
        where d.tenant_id = ${tenantId} and n.tenant_id = d.tenant_id and n.id = d.notice_id and n.ended_at <= ${border(DELIVERY_KEEP_DAYS)} returning d.notice_id),
      counted as (select notice_id, count(*)::int as persons from gone group by 1)
      update notices.notice n set erased = n.erased + c.persons from counted c where n.tenant_id = ${tenantId} and n.id = c.notice_id`.execute(
      tx,
    );
    await sql`delete from notices.subscription where tenant_id = ${tenantId}
      and (ended_at <= ${border(SUBSCRIPTION_KEEP_DAYS)} or expires_at <= ${border(SUBSCRIPTION_KEEP_DAYS)})`.execute(
      tx,
    );
    await sql`delete from notices.request where tenant_id = ${tenantId} and asked_at <= ${border(REQUEST_KEEP_DAYS)}`.execute(
      tx,
    );
    await planForgetting(tx, tenantId, now);
  });
}

export async function planForgetting(
  tx: Parameters<typeof wakeBy>[0],
  tenantId: number,
  now: number,
): Promise<void> {
  await wakeBy(tx, tenantId, { kind: FORGET, key: "forget", dueAt: now + DAY_MS });
}
