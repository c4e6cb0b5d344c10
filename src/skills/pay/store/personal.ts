import { sql } from "kysely";
import type { TopicNames, Tx } from "#kernel";
import { REMINDERS } from "../rules/purposes.ts";

/** What this skill holds about persons, and how it leaves. */

export async function exportPay(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const requests = await sql`
    select r.title, r.reference, r.amount_minor as "amountMinor", r.paid_minor as "paidMinor", r.refunded_minor as "refundedMinor", r.currency,
      r.state, r.due_on::text as "dueOn", r.created_at as "askedAt", b.numbers as receipts
    from pay.request_place p join pay.request r on r.tenant_id = p.tenant_id and r.id = p.request_id
    left join lateral (select array_agg(c.number order by c.issued_at, c.number) as numbers from pay.receipt c
      where c.tenant_id = r.tenant_id and c.request_id = r.id) b on true
    where p.contact_id = any(${ids}) order by r.id`.execute(tx);
  const payments = await sql`
    select r.reference, y.source, y.amount_minor as "amountMinor", y.currency, y.payer, y.payer_iban as "payerIban", y.booked_on::text as "bookedOn",
      y.undone_at as "undoneAt"
    from pay.request_place p join pay.request r on r.tenant_id = p.tenant_id and r.id = p.request_id
    join pay.payment y on y.tenant_id = r.tenant_id and y.request_id = r.id
    where p.contact_id = any(${ids}) order by y.id`.execute(tx);
  return { requests: requests.rows, payments: payments.rows };
}

/**
 * Who was asked goes; what was paid stays without them, because the law keeps vouchers (GDPR Art. 17 (3) b). On a bank
 * statement the payer's name stays where the bank put it, for the same reason. What brought no money goes at once.
 */
export async function erasePay(tx: Tx, contactIds: readonly number[]): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  await sql`delete from pay.request r using pay.request_place p
    where p.tenant_id = r.tenant_id and p.request_id = r.id and p.contact_id = any(${ids}) and r.paid_minor = 0 and not exists (
      select from pay.payment y where y.tenant_id = r.tenant_id and y.request_id = r.id)`.execute(tx);
  await sql`delete from pay.request_place where contact_id = any(${ids})`.execute(tx);
  // What a flow has handed over and nobody has done yet; the kernel removes timers of the conversation too.
  await sql`delete from kernel.timer where kind like 'pay\\_%' and payload ->> 'contactId' = any(${ids}::text[])`.execute(
    tx,
  );
}

/** Permissions to remind are given request by request: each is called by what it was for. */
export const requestNames: TopicNames = async (tx, tenantId, topics) => {
  const own = topics.filter(({ purpose }) => purpose === REMINDERS);
  const ids = own.map(({ topic }) => topic).filter((topic) => /^\d{1,15}$/.test(topic));
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number; title: string }>`
    select id, title from pay.request where tenant_id = ${tenantId} and id = any(${ids}::bigint[])`.execute(
    tx,
  );
  const titles = new Map(rows.map(({ id, title }) => [String(id), title]));
  return own.flatMap((one) => {
    const title = titles.get(one.topic);
    return title === undefined ? [] : [{ ...one, name: { de: title, en: title } }];
  });
};
