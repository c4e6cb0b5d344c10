import type pg from "pg";
import type { Basis } from "../consent/gate.ts";
import { runOn } from "../consent/run.ts";
import { withdrawBatch } from "../consent/withdraw-batch.ts";
import { pgArray } from "../db/array.ts";
import type { Lease } from "../db/lease.ts";
import type { Content } from "./content.ts";
import { needPerson } from "./need-person.ts";
import { addEvent, emptyOutcome } from "./state.ts";
import { writeEvents } from "./write.ts";

/** The outbox's queries. Only the sender and those who queue write here. */

export interface Claimed {
  tenantId: number;
  id: string;
  conversationId: number;
  contactId: number;
  channelId: number;
  to: string;
  content: Content;
  replyToExternal: string | null;
  purpose: string;
  basis: Basis;
  /** ms; after it the message is of no use. */
  expiresAt: number | null;
  attempts: number;
  /** 0 answers of people, 1 automatic answers, 5 and 6 notices. */
  priority: number;
  contact: { stoppedAt: number | null; erasedAt: number | null };
}

/** The epoch of a leased row that no sender holds: the send is in doubt. */
export const IN_DOUBT = 0;

/** Channels with queued rows: a loose index scan, one step per channel. */
export async function channelsWithQueue(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ channel_id: number }>({
    name: "outbox-channels",
    text: `with recursive c as (
        (select channel_id from kernel.outbox where state = 'queued' order by channel_id limit 1)
        union all
        select (select o.channel_id from kernel.outbox o where o.state = 'queued' and o.channel_id > c.channel_id order by o.channel_id limit 1) from c where c.channel_id is not null)
      select channel_id from c where channel_id is not null`,
  });
  return rows.map((row) => row.channel_id);
}

/** From this priority on it is the company that begins. */
const NOTICE_PRIORITY = 5;

export function isNotice({ priority }: Pick<Claimed, "priority">): boolean {
  return priority >= NOTICE_PRIORITY;
}

export interface ChannelQuota {
  channelId: number;
  quota: number;
  /** At most so many of them are notices. */
  notices: number;
}

export interface ClaimRequest {
  lease: Lease;
  quotas: readonly ChannelQuota[];
  /** Rows at most, whatever the quotas add up to. */
  limit: number;
  /** Conversations with a send under way or waiting for its retry: their next message waits, so that order holds. */
  busyConversations: readonly number[];
  now: number;
}

/**
 * Leases due rows under the fence: answers of people first, then by age. Grants are locked until the commit, so a
 * withdrawal either comes first and is seen here, or comes after the claim.
 */
export async function claimOutbox(pool: pg.Pool, request: ClaimRequest): Promise<Claimed[]> {
  const { rows } = await pool.query({
    name: "outbox-claim",
    text: `with fence as materialized (select 1 from kernel.lease where name = $1 and epoch = $2 for share),
      picked as materialized (select p.tenant_id, p.id, p.conversation_id, p.basis_grant from unnest($3::int[], $4::int[], $7::int[]) q(channel_id, quota, notices)
        cross join lateral (select u.* from (
          (select o.tenant_id, o.id, o.conversation_id, o.basis_grant, o.priority from kernel.outbox o where o.channel_id = q.channel_id and o.state = 'queued' and o.due_at <= $5
            and o.priority < ${NOTICE_PRIORITY} and o.conversation_id <> all($6::bigint[]) order by o.priority, o.id limit q.quota)
          union all
          (select o.tenant_id, o.id, o.conversation_id, o.basis_grant, o.priority from kernel.outbox o where o.channel_id = q.channel_id and o.state = 'queued' and o.due_at <= $5
            and o.priority >= ${NOTICE_PRIORITY} and o.conversation_id <> all($6::bigint[]) order by o.priority, o.id limit q.notices)) u
          order by u.priority, u.id limit q.quota) p limit $8),
      granted as materialized (select g.tenant_id, g.id, g.withdrawn_at, g.expires_at from kernel.consent_grant g
        join (select distinct tenant_id, basis_grant from picked where basis_grant is not null) p on g.tenant_id = p.tenant_id and g.id = p.basis_grant
        order by g.tenant_id, g.id for share of g)
      update kernel.outbox o set state = 'leased', lease_epoch = $2, leased_at = $5, attempts = o.attempts + 1
      from picked p left join granted g on g.tenant_id = p.tenant_id and g.id = p.basis_grant
        left join kernel.conversation v on p.basis_grant is not null and v.tenant_id = p.tenant_id and v.id = p.conversation_id,
        kernel.contact c, fence
      where o.tenant_id = p.tenant_id and o.id = p.id and c.tenant_id = o.tenant_id and c.id = o.contact_id
      returning o.tenant_id, o.id, o.conversation_id, o.contact_id, o.channel_id, o.reply_address, o.content, o.reply_to_external, o.purpose,
        o.basis_kind, o.basis_id, o.basis_at, o.attempts, o.priority, c.stopped_at, c.erased_at,
        o.expires_at, g.withdrawn_at, g.expires_at as grant_expires_at, v.last_customer_at`,
    values: [
      request.lease.name,
      request.lease.epoch,
      pgArray.int4(request.quotas.map((q) => q.channelId)),
      pgArray.int4(request.quotas.map((q) => q.quota)),
      new Date(request.now),
      pgArray.int8(request.busyConversations),
      pgArray.int4(request.quotas.map((q) => q.notices)),
      request.limit,
    ],
  });
  rows.sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    channelId: row.channel_id,
    to: row.reply_address,
    content: row.content,
    replyToExternal: row.reply_to_external,
    purpose: row.purpose,
    basis: basisOf(row),
    expiresAt: row.expires_at?.getTime() ?? null,
    attempts: row.attempts,
    priority: row.priority,
    contact: { stoppedAt: row.stopped_at?.getTime() ?? null, erasedAt: row.erased_at?.getTime() ?? null },
  }));
}

function basisOf(row: {
  basis_kind: "customer_message" | "grant";
  basis_id: string;
  basis_at: Date;
  withdrawn_at: Date | null;
  grant_expires_at: Date | null;
  last_customer_at: Date | null;
}): Basis {
  const at = row.basis_at.getTime();
  if (row.basis_kind === "customer_message") return { kind: row.basis_kind, id: row.basis_id, at };
  return {
    kind: row.basis_kind,
    id: row.basis_id,
    at,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    expiresAt: row.grant_expires_at?.getTime() ?? null,
    lastCustomerAt: row.last_customer_at?.getTime() ?? null,
  };
}

/** What became of a claimed row. `at` ms. */
export type Fate =
  | { kind: "sent"; externalId: string }
  | { kind: "again"; dueAt: number; keepAttempts?: boolean }
  /** Left or not, nobody knows; a receipt will tell, or the row goes again when none came by `dueAt`. */
  | { kind: "doubtful"; dueAt: number }
  | { kind: "failed"; error: { code: number; title: string; details?: string }; stops: boolean }
  | { kind: "uncertain"; error: { code: number; title: string } };

export interface Result {
  row: Claimed;
  fate: Fate;
}

/** Stores the results of sends, one transaction. Lock order: contact, conversation, message, outbox, sequence. */
export async function storeResults(
  client: pg.PoolClient,
  unsorted: readonly Result[],
  parts: { epoch: number; now: number },
): Promise<void> {
  const outcome = emptyOutcome();
  // As receipts are: the pump and we lock the same messages, and must do so in one order.
  const results = unsorted.toSorted(inLockOrder);
  const of = <K extends Fate["kind"]>(kind: K) =>
    results.filter((r): r is Result & { fate: Extract<Fate, { kind: K }> } => r.fate.kind === kind);
  const failed = of("failed");
  const stopped = failed.filter((r) => r.fate.stops);
  await stopContacts(client, stopped, parts.now);
  const withdrawals = stopped.map(({ row }) => ({
    tenantId: row.tenantId,
    contactIds: [row.contactId],
    how: "provider",
  }));
  for (const { tenantId, contactId } of await withdrawBatch(runOn(client), withdrawals, parts.now))
    addEvent(outcome, tenantId, { type: "contact.changed", ref: String(contactId) });
  // A notice that fails is no question left open.
  const unanswered = failed.filter((r) => r.row.basis.kind === "customer_message");
  await needPerson(
    client,
    unanswered.map((r) => r.row),
    parts.now,
  );
  const changed = results.filter((r) => r.fate.kind !== "again" && r.fate.kind !== "doubtful");
  if (changed.length > 0) {
    await client.query({
      name: "results-message",
      // A receipt that came first says more than the answer to the send: it stays.
      text: `update kernel.message m set external_id = coalesce(t.external_id, m.external_id),
          error = case when m.status in ('queued', 'uncertain') then t.error else m.error end,
          status = case when m.status in ('queued', 'uncertain') then t.status else m.status end
        from unnest($1::int[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[]) t(tenant_id, conversation_id, id, external_id, status, error)
        where m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.id = t.id`,
      values: [
        pgArray.int4(changed.map((r) => r.row.tenantId)),
        pgArray.int8(changed.map((r) => r.row.conversationId)),
        pgArray.uuid(changed.map((r) => r.row.id)),
        pgArray.text(changed.map((r) => (r.fate.kind === "sent" ? r.fate.externalId : null))),
        pgArray.text(changed.map((r) => r.fate.kind)),
        pgArray.jsonb(changed.map((r) => ("error" in r.fate ? r.fate.error : null))),
      ],
    });
    for (const { row } of changed)
      addEvent(outcome, row.tenantId, {
        type: "message.changed",
        conversationId: row.conversationId,
        messageId: row.id,
      });
  }
  await removeRows(client, failed, parts.epoch);
  await removeSent(client, of("sent"), parts.epoch);
  await removeConfirmed(client, [...of("again"), ...of("doubtful"), ...of("uncertain")], parts.epoch);
  await returnRows(client, of("again"), parts.epoch);
  await markDoubtful(client, of("doubtful"), parts.epoch);
  await markUncertain(client, of("uncertain"), parts.epoch);
  for (const { row } of unanswered)
    addEvent(outcome, row.tenantId, { type: "conversation.changed", conversationId: row.conversationId });
  await writeEvents(client, outcome, parts.now);
}

function inLockOrder({ row: a }: Result, { row: b }: Result): number {
  return a.tenantId - b.tenantId || a.conversationId - b.conversationId || (a.id < b.id ? -1 : 1);
}

async function stopContacts(client: pg.PoolClient, results: readonly Result[], now: number): Promise<void> {
  if (results.length === 0) return;
  await client.query(
    `update kernel.contact c set stopped_at = $3 from unnest($1::int[], $2::bigint[]) t(tenant_id, id) where c.tenant_id = t.tenant_id and c.id = t.id and c.stopped_at is null`,
    [
      pgArray.int4(results.map((r) => r.row.tenantId)),
      pgArray.int8(results.map((r) => r.row.contactId)),
      new Date(now),
    ],
  );
}

const keysOf = (results: readonly Result[]): Buffer[] => [
  pgArray.int4(results.map((r) => r.row.tenantId)),
  pgArray.uuid(results.map((r) => r.row.id)),
];

async function removeRows(client: pg.PoolClient, results: readonly Result[], epoch: number): Promise<void> {
  if (results.length === 0) return;
  await client.query({
    name: "results-remove",
    text: "delete from kernel.outbox o using unnest($1::int[], $2::uuid[]) t(tenant_id, id) where o.tenant_id = t.tenant_id and o.id = t.id and o.lease_epoch = $3",
    values: [...keysOf(results), epoch],
  });
}

/** It has left: who took it for doubtful meanwhile, after us, need not send it again. */
async function removeSent(client: pg.PoolClient, results: readonly Result[], epoch: number): Promise<void> {
  if (results.length === 0) return;
  await client.query({
    name: "results-sent",
    text: `delete from kernel.outbox o using unnest($1::int[], $2::uuid[]) t(tenant_id, id) where o.tenant_id = t.tenant_id and o.id = t.id
      and (o.state <> 'leased' or o.lease_epoch in ($3, $4))`,
    values: [...keysOf(results), epoch, IN_DOUBT],
  });
}

/**
 * A receipt may have come while the request hung: then the message has left and must not go again. Locks the
 * messages first, as receipts do, so that one of the two always sees the other.
 */
async function removeConfirmed(
  client: pg.PoolClient,
  results: readonly Result[],
  epoch: number,
): Promise<void> {
  if (results.length === 0) return;
  await client.query({
    name: "results-confirmed",
    text: `with m as materialized (select m.tenant_id, m.id, m.status from kernel.message m
        join unnest($1::int[], $2::uuid[], $4::bigint[]) t(tenant_id, id, conversation_id)
          on m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.id = t.id
        order by m.tenant_id, m.conversation_id, m.id for no key update of m)
      delete from kernel.outbox o using m where o.tenant_id = m.tenant_id and o.id = m.id and o.lease_epoch = $3
        and m.status not in ('queued', 'uncertain')`,
    values: [...keysOf(results), epoch, pgArray.int8(results.map((r) => r.row.conversationId))],
  });
}

async function returnRows(
  client: pg.PoolClient,
  results: readonly (Result & { fate: Extract<Fate, { kind: "again" }> })[],
  epoch: number,
): Promise<void> {
  if (results.length === 0) return;
  await client.query({
    name: "results-return",
    text: `update kernel.outbox o set state = 'queued', lease_epoch = null, due_at = t.due_at, attempts = o.attempts - t.uncounted
      from unnest($1::int[], $2::uuid[], $4::timestamptz[], $5::smallint[]) t(tenant_id, id, due_at, uncounted)
      where o.tenant_id = t.tenant_id and o.id = t.id and o.lease_epoch = $3`,
    values: [
      ...keysOf(results),
      epoch,
      pgArray.timestamptz(results.map((r) => r.fate.dueAt)),
      pgArray.int2(results.map((r) => (r.fate.keepAttempts ? 1 : 0))),
    ],
  });
}

/** Stays leased, but by nobody: a receipt may remove it, no claim takes it. See doubt.ts. */
async function markDoubtful(
  client: pg.PoolClient,
  results: readonly (Result & { fate: Extract<Fate, { kind: "doubtful" }> })[],
  epoch: number,
): Promise<void> {
  if (results.length === 0) return;
  await client.query({
    name: "results-doubtful",
    text: `update kernel.outbox o set lease_epoch = $4, due_at = t.due_at from unnest($1::int[], $2::uuid[], $5::timestamptz[]) t(tenant_id, id, due_at)
      where o.tenant_id = t.tenant_id and o.id = t.id and o.lease_epoch = $3`,
    values: [...keysOf(results), epoch, IN_DOUBT, pgArray.timestamptz(results.map((r) => r.fate.dueAt))],
  });
}

async function markUncertain(
  client: pg.PoolClient,
  results: readonly Result[],
  epoch: number,
): Promise<void> {
  if (results.length === 0) return;
  await client.query({
    name: "results-uncertain",
    text: "update kernel.outbox o set state = 'uncertain' from unnest($1::int[], $2::uuid[]) t(tenant_id, id) where o.tenant_id = t.tenant_id and o.id = t.id and o.lease_epoch = $3",
    values: [...keysOf(results), epoch],
  });
}
