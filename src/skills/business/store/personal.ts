import { sql } from "kysely";
import { deleteFile, type House, setTimer, type Tx } from "#kernel";
import { DEAL, purposes } from "../rules/purposes.ts";
import { recordBorder } from "../rules/retention.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import { forgetUnnamed } from "./persons.ts";
import { inTenant } from "./tx.ts";

/** What this skill holds about persons, and how it leaves. */

const DAY_MS = 86_400_000;
const ROUND_MS = 30 * DAY_MS;
const DEAL_MS = (purposes.find(({ id }) => id === DEAL)?.keepDays ?? 0) * DAY_MS;

export async function exportBusiness(
  tx: Tx,
  contactIds: readonly number[],
): Promise<Record<string, unknown>> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const speaksFor = await sql`
    select c.name as company, p.roles, p.created_at as since, p.left_at as until from business.person p
    join business.company c on c.tenant_id = p.tenant_id and c.id = p.company_id where p.contact_id = any(${ids}) order by p.id`.execute(
    tx,
  );
  const addressed = await sql`
    select q.number, q.created_at as begun from business.quotation_place x join business.person p on p.tenant_id = x.tenant_id and p.id = x.person_id
    join business.quotation q on q.tenant_id = x.tenant_id and q.id = x.quotation_id where p.contact_id = any(${ids}) order by q.id`.execute(
    tx,
  );
  const orders = await sql`
    select q.number, a.words, a.accepted_at as "acceptedAt" from business.acceptance a join business.person p on p.tenant_id = a.tenant_id and p.id = a.person_id
    join business.quotation q on q.tenant_id = a.tenant_id and q.id = a.quotation_id where p.contact_id = any(${ids}) order by q.id`.execute(
    tx,
  );
  return { speaksFor: speaksFor.rows, quotations: addressed.rows, orders: orders.rows };
}

/**
 * The company's documents stay, because the law keeps them (GDPR Art. 17 (3) b); the person becomes a number in them: no
 * contact, no conversation, no message. What stands printed in a document that was sent stays printed.
 */
export async function eraseBusiness(tx: Tx, contactIds: readonly number[], now: number): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const talks = sql`(select id from kernel.conversation where contact_id = any(${ids}))`;
  await sql`update business.quotation_place set conversation_id = null where conversation_id in ${talks}`.execute(
    tx,
  );
  await sql`update business.acceptance set conversation_id = null, message_id = null where conversation_id in ${talks}`.execute(
    tx,
  );
  const { rows } = await sql<{ tenant_id: number; id: number }>`
    update business.person set contact_id = null, left_at = coalesce(left_at, ${new Date(now)}) where contact_id = any(${ids})
    returning tenant_id, id`.execute(tx);
  for (const { tenant_id: tenantId, id } of rows) await forgetUnnamed(tx, tenantId, [id]);
  // What a flow has handed over and nobody has done yet; the kernel removes timers of the conversation too.
  await sql`delete from kernel.timer where kind like 'business\\_%' and payload ->> 'contactId' = any(${ids}::text[])`.execute(
    tx,
  );
}

/** Removes what is older than promised, and comes back. */
export async function forgetOld(house: House, tenantId: number): Promise<void> {
  const now = house.clock.now();
  await inTenant(house, tenantId, async (tx) => {
    const border = new Date(recordBorder(now));
    const old = sql`
      select q.id from business.quotation q where q.tenant_id = ${tenantId} and not exists (
        select from business.quotation_version v where v.tenant_id = q.tenant_id and v.quotation_id = q.id
          and (v.ended_at is null or v.ended_at >= ${border}))`;
    const { rows } = await sql<{ file_id: string }>`
      select file_id from business.quotation_version where tenant_id = ${tenantId} and file_id is not null and quotation_id in (${old})
      union all select file_id from business.confirmation where tenant_id = ${tenantId} and file_id is not null and quotation_id in (${old})`.execute(
      tx,
    );
    await sql`delete from business.quotation where tenant_id = ${tenantId} and id in (${old})`.execute(tx);
    for (const { file_id } of rows) await deleteFile(tx, tenantId, file_id);
    const left = await sql<{ id: number }>`
      select id from business.person where tenant_id = ${tenantId} and left_at < ${new Date(now - DEAL_MS)}`.execute(
      tx,
    );
    await forgetUnnamed(
      tx,
      tenantId,
      left.rows.map(({ id }) => id),
    );
    await setTimer(tx, { tenantId, kind: FORGET, key: "records", dueAt: now + ROUND_MS });
  });
}

/** Set with the first company. */
export async function planForgetting(tx: Tx, tenantId: number, now: number): Promise<void> {
  await setTimer(tx, { tenantId, kind: FORGET, key: "records", dueAt: now + ROUND_MS });
}
