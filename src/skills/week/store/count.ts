import { sql } from "kysely";
import { messageIdAt } from "#kernel";
import type { Span } from "../ports.ts";
import { type BilledCount, everyOf } from "../rules/figures.ts";
import { PLACE_CHARACTERS } from "../rules/markets.ts";
import type { Week } from "../rules/weeks.ts";
import type { WeekTx } from "./tx.ts";

/**
 * What is read of the message's way, each by an index and bounded. A company with a million messages a week has about
 * 150,000 conversations in it: 20,000 of them are looked at (every 8th), which is 130,000 messages. Weeks below
 * 20,000 are counted whole. What is billed is money and counted whole, by its own partial index.
 */

/** One conversation in so many is looked at; 1 = each. Index conversation_day. @param week.turns of the week */
export async function sampleOf(
  tx: WeekTx,
  tenantId: number,
  { monday, turns }: Pick<Week, "monday"> & { turns: number },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from kernel.conversation where tenant_id = ${tenantId} and last_day >= ${monday}::date`.execute(
    tx,
  );
  return everyOf({ since: rows[0]?.count ?? 0, turns });
}

/**
 * Messages of the week in the sampled conversations; a message's id begins with its time, so each conversation is one
 * range of the key. service: says something to somebody who wrote; notice: the company began, by a permission.
 */
export async function countMessages(
  tx: WeekTx,
  tenantId: number,
  { week: { monday, from, to }, every }: { week: Week; every: number },
): Promise<{ received: number; service: number; notice: number }> {
  const { rows } = await sql<{ received: number; service: number; notice: number }>`
    select count(*) filter (where m.author = 'customer')::int as received,
      count(*) filter (where m.author <> 'customer' and m.basis_grant is null)::int as service,
      count(*) filter (where m.author <> 'customer' and m.basis_grant is not null)::int as notice
    from kernel.conversation c cross join lateral (
      select m.author, m.basis_grant from kernel.message m
      where m.tenant_id = c.tenant_id and m.conversation_id = c.id
        and m.id >= ${messageIdAt(from)}::uuid and m.id < ${messageIdAt(to)}::uuid
        and m.author in ('customer', 'bot', 'agent') and m.status not in ('note', 'failed')) m
    where c.tenant_id = ${tenantId} and c.last_day >= ${monday}::date and c.id % ${every} = 0`.execute(tx);
  return rows[0] ?? { received: 0, service: 0, notice: 0 };
}

/** Delivered messages that the provider bills, by category and the beginning of the address. Index message_billed. */
export async function countBilled(tx: WeekTx, tenantId: number, { from, to }: Span): Promise<BilledCount[]> {
  const { rows } = await sql<BilledCount>`
    select m.billed as category, left(ltrim(c.reply_address, '+'), ${PLACE_CHARACTERS}::int) as place, count(*)::int as count
    from kernel.message m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    where m.tenant_id = ${tenantId} and m.billed is not null and m.sent_at >= ${new Date(from)} and m.sent_at < ${new Date(to)}
      and m.status in ('delivered', 'read', 'played')
    group by 1, 2`.execute(tx);
  return rows;
}

interface Place {
  readonly conversationId: number;
  readonly messageId: string;
  readonly at: number;
}

/** From a customer's message at our door to the automatic answer being written, ms, of these turns. */
export async function readAnswerTimes(
  tx: WeekTx,
  tenantId: number,
  places: readonly Place[],
): Promise<number[]> {
  const { rows } = await sql<{ ms: number }>`
    select (1000 * extract(epoch from m.processed_at - m.received_at))::float8 as ms
    from unnest(${places.map((p) => p.conversationId)}::bigint[], ${places.map((p) => p.messageId)}::uuid[]) p(conversation_id, id)
    join kernel.message m on m.tenant_id = ${tenantId} and m.conversation_id = p.conversation_id and m.id = p.id`.execute(
    tx,
  );
  return rows.map(({ ms }) => Math.max(0, ms));
}

/** The first word of a person after a hand-over; null = none yet. */
export interface PersonAnswer {
  readonly conversationId: number;
  readonly since: number;
  readonly answered: { readonly id: string; readonly at: number; readonly by: string | null } | null;
  /** Who answered owns the company. */
  readonly isOwner: boolean;
}

/**
 * Who answered is read to learn how many they were, and goes no further than `maySpeedBeShown`: nothing is counted for
 * one of them, and nothing about them is kept.
 */
export async function readPersonAnswers(
  tx: WeekTx,
  tenantId: number,
  places: readonly Place[],
): Promise<PersonAnswer[]> {
  const { rows } = await sql<{
    conversation_id: number;
    since: Date;
    id: string | null;
    sent_at: Date | null;
    staff_id: string | null;
    role: string | null;
  }>`
    select p.conversation_id, p.since, a.id, a.sent_at, a.staff_id, s.role
    from unnest(${places.map((p) => p.conversationId)}::bigint[], ${places.map((p) => p.messageId)}::uuid[], ${places.map((p) => new Date(p.at))}::timestamptz[])
      p(conversation_id, id, since)
    left join lateral (select m.id, m.sent_at, m.staff_id from kernel.message m
      where m.tenant_id = ${tenantId} and m.conversation_id = p.conversation_id and m.id > p.id and m.author = 'agent' and m.status <> 'note'
      order by m.id limit 1) a on true
    left join kernel.staff s on s.tenant_id = ${tenantId} and s.user_id = a.staff_id`.execute(tx);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    since: row.since.getTime(),
    answered: row.id && row.sent_at ? { id: row.id, at: row.sent_at.getTime(), by: row.staff_id } : null,
    isOwner: row.role === "owner",
  }));
}

const COUNT_LIMIT = 1_000;

/** Cases that wait for a person since before a moment, the longest first. Index conversation_open. */
export async function readWaiting(
  tx: WeekTx,
  tenantId: number,
  { before, most }: { before: Date; most: number },
): Promise<{ count: number; items: { id: number; topic: string | null; waiting_since: Date }[] }> {
  const waiting = sql`from kernel.conversation c where c.tenant_id = ${tenantId} and c.state in ('waiting', 'person') and c.waiting_since < ${before}`;
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 ${waiting} limit ${COUNT_LIMIT}) b`.execute(tx);
  const { rows } = await sql<{ id: number; topic: string | null; waiting_since: Date }>`
    select c.id, c.topic, c.waiting_since ${waiting} order by c.waiting_since, c.id limit ${most}`.execute(
    tx,
  );
  return { count: counted[0]?.count ?? 0, items: rows };
}

/** When there was something to count for the first time, ms since the epoch. */
export async function readBeginning(tx: WeekTx, tenantId: number): Promise<number> {
  const { rows } = await sql<{ at: Date }>`
    select least(t.created_at, (select min(last_message_at) from (select c.last_message_at from kernel.conversation c
      where c.tenant_id = t.id order by c.last_day limit 1) o)) as at from kernel.tenant t where t.id = ${tenantId}`.execute(
    tx,
  );
  return rows[0]?.at.getTime() ?? 0;
}
