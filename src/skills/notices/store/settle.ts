import { sql } from "kysely";
import type { NoticesTx } from "./tx.ts";

/** What became of claimed deliveries, written set-wise. */

interface Key {
  noticeId: number;
  personId: number;
}

const keys = (rows: readonly Key[]) =>
  sql`unnest(${rows.map((row) => row.noticeId)}::bigint[], ${rows.map((row) => row.personId)}::bigint[])`;

export async function markDropped(
  tx: NoticesTx,
  tenantId: number,
  rows: readonly (Key & { reason: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`update notices.delivery d set state = 'dropped', reason = t.reason, message_id = null, conversation_id = null, queued_at = null
    from unnest(${rows.map((row) => row.noticeId)}::bigint[], ${rows.map((row) => row.personId)}::bigint[], ${rows.map((row) => row.reason)}::text[]) t(notice_id, person_id, reason)
    where d.tenant_id = ${tenantId} and d.notice_id = t.notice_id and d.person_id = t.person_id`.execute(tx);
}

export async function postpone(
  tx: NoticesTx,
  tenantId: number,
  rows: readonly (Key & { dueAt: number })[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`update notices.delivery d set due_at = t.due_at
    from unnest(${rows.map((row) => row.noticeId)}::bigint[], ${rows.map((row) => row.personId)}::bigint[], ${rows.map((row) => new Date(row.dueAt))}::timestamptz[]) t(notice_id, person_id, due_at)
    where d.tenant_id = ${tenantId} and d.notice_id = t.notice_id and d.person_id = t.person_id`.execute(tx);
}

export interface Queued extends Key {
  rootId: number;
  conversationId: number;
  messageId: string;
  isTemplate: boolean;
}

/** After a merge the row goes to the person's new root, so that its cap and its duplicates count there. */
export async function markQueued(
  tx: NoticesTx,
  tenantId: number,
  rows: readonly Queued[],
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`update notices.delivery d set state = 'queued', reason = null, person_id = t.root_id, conversation_id = t.conversation_id, message_id = t.message_id,
      is_template = t.is_template, queued_at = ${new Date(now)}
    from unnest(${rows.map((row) => row.noticeId)}::bigint[], ${rows.map((row) => row.personId)}::bigint[], ${rows.map((row) => row.rootId)}::bigint[],
      ${rows.map((row) => row.conversationId)}::bigint[], ${rows.map((row) => row.messageId)}::uuid[], ${rows.map((row) => row.isTemplate)}::boolean[])
      t(notice_id, person_id, root_id, conversation_id, message_id, is_template)
    where d.tenant_id = ${tenantId} and d.notice_id = t.notice_id and d.person_id = t.person_id`.execute(tx);
}

/** Whoever answers a notice speaks about it: the conversation's subject is its title. */
export async function nameConversations(
  tx: NoticesTx,
  tenantId: number,
  rows: readonly { conversationId: number; title: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`update kernel.conversation c set topic = t.title
    from (select distinct on (id) id, title from unnest(${rows.map((row) => row.conversationId)}::bigint[], ${rows.map((row) => row.title)}::text[]) u(id, title) order by id) t
    where c.tenant_id = ${tenantId} and c.id = t.id`.execute(tx);
}

/**
 * Another channel to which the same person agreed for the same topic takes over. Where there is none, what was never
 * queued is dropped with its reason, and what failed at the provider stays as it is. A channel is tried once.
 */
export async function fallBack(
  tx: NoticesTx,
  tenantId: number,
  rows: readonly (Key & { reason: string })[],
  parts: { otherwise: "drop" | "keep"; now: number },
): Promise<void> {
  if (rows.length === 0) return;
  const moved = await sql<{ notice_id: number; person_id: number }>`
    with found as materialized (
      select d.notice_id, d.person_id, f.id as grant_id, f.channel_id, f.contact_id
      from ${keys(rows)} t(notice_id, person_id)
      join notices.delivery d on d.tenant_id = ${tenantId} and d.notice_id = t.notice_id and d.person_id = t.person_id
      join kernel.consent_grant b on b.tenant_id = d.tenant_id and b.id = d.grant_id
      cross join lateral (
        select g.id, g.channel_id, g.contact_id from kernel.consent_grant g
        join kernel.channel h on h.tenant_id = g.tenant_id and h.id = g.channel_id and h.active
        where g.tenant_id = d.tenant_id and g.contact_id in (d.contact_id, d.person_id) and g.purpose = b.purpose and g.topic = b.topic
          and g.withdrawn_at is null and (g.expires_at is null or g.expires_at > ${new Date(parts.now)})
          and g.channel_id <> d.channel_id and g.channel_id <> all(d.tried)
        order by g.granted_at desc, g.id limit 1) f)
    update notices.delivery d set state = 'waiting', reason = null, tried = d.tried || d.channel_id, channel_id = f.channel_id, contact_id = f.contact_id,
      grant_id = f.grant_id, is_template = false, message_id = null, conversation_id = null, queued_at = null
    from found f where d.tenant_id = ${tenantId} and d.notice_id = f.notice_id and d.person_id = f.person_id
    returning d.notice_id, d.person_id`.execute(tx);
  const gone = new Set(moved.rows.map((row) => `${row.notice_id} ${row.person_id}`));
  const rest = rows.filter((row) => !gone.has(`${row.noticeId} ${row.personId}`));
  if (parts.otherwise === "drop") return markDropped(tx, tenantId, rest);
  await markTried(tx, tenantId, rest);
}

/** Seen, and nothing to be done about it. */
export async function markTried(tx: NoticesTx, tenantId: number, rows: readonly Key[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update notices.delivery d set tried = d.tried || d.channel_id from ${keys(rows)} t(notice_id, person_id)
    where d.tenant_id = ${tenantId} and d.notice_id = t.notice_id and d.person_id = t.person_id`.execute(tx);
}
