import { sql } from "kysely";
import type { Language } from "#kernel";
import type { NoticesTx } from "./tx.ts";

/** A delivery whose time has come, locked, with what decides about it. */
export interface Claimed {
  noticeId: number;
  personId: number;
  /** Who speaks for the person now; differs from personId after a merge. */
  rootId: number;
  /** The root has a delivery of this notice of its own. */
  isDouble: boolean;
  contactId: number;
  grantId: number;
  channelId: number;
  channelKind: string;
  language: Language;
  lastCustomerAt: number | null;
  /** ms of notices that this person got in the last day. */
  recent: readonly number[];
  /** The subscription ended, or pauses. */
  isOff: boolean;
}

const DAY_MS = 86_400_000;

interface Row {
  notice_id: number;
  person_id: number;
  root_id: number;
  is_double: boolean;
  contact_id: number;
  grant_id: number;
  channel_id: number;
  channel_kind: string;
  language: Language;
  last_customer_at: Date | null;
  recent: Date[] | null;
  is_off: boolean;
}

/** How many of a notice, on one channel; or of all due digests of the company. */
export type ClaimWanted =
  | { noticeId: number; channelId: number; limit: number }
  | { digests: true; limit: number };

/** Another feeder's rows are passed over, so two at once never take the same. */
export async function claim(
  tx: NoticesTx,
  tenantId: number,
  wanted: ClaimWanted,
  now: number,
): Promise<Claimed[]> {
  const at = new Date(now);
  const which =
    "digests" in wanted
      ? sql`d.is_digest and d.due_at <= ${at} order by d.due_at, d.grant_id, d.notice_id`
      : sql`d.notice_id = ${wanted.noticeId} and d.channel_id = ${wanted.channelId} and not d.is_digest and d.due_at <= ${at} order by d.due_at, d.person_id`;
  const { rows } = await sql<Row>`
    with due as materialized (
      select d.* from notices.delivery d where d.tenant_id = ${tenantId} and d.state = 'waiting' and ${which}
      limit ${wanted.limit} for update of d skip locked),
    rooted as materialized (
      select d.*, case when c.merged_into is null then c.id else notices.person_of(d.tenant_id, c.id) end as root_id
      from due d join kernel.contact c on c.tenant_id = d.tenant_id and c.id = d.contact_id)
    select d.notice_id, d.person_id, d.root_id, d.contact_id, d.grant_id, d.channel_id, h.kind as channel_kind, d.language, v.last_customer_at,
      d.root_id <> d.person_id and exists (select from notices.delivery o where o.tenant_id = d.tenant_id and o.notice_id = d.notice_id and o.person_id = d.root_id) as is_double,
      (select array_agg(q.queued_at) from notices.delivery q where q.tenant_id = d.tenant_id and q.person_id = d.root_id and q.state = 'queued'
        and q.queued_at > ${new Date(now - DAY_MS)}) as recent,
      s.id is null or s.ended_at is not null or coalesce(s.paused_until > ${at}, false) as is_off
    from rooted d join kernel.channel h on h.tenant_id = d.tenant_id and h.id = d.channel_id
    left join notices.subscription s on s.tenant_id = d.tenant_id and s.id = d.subscription_id
    left join kernel.conversation v on v.tenant_id = d.tenant_id and v.contact_id = d.contact_id and v.channel_id = d.channel_id
    order by d.due_at, d.grant_id, d.notice_id`.execute(tx);
  return rows.map((row) => ({
    noticeId: row.notice_id,
    personId: row.person_id,
    rootId: row.root_id,
    isDouble: row.is_double,
    contactId: row.contact_id,
    grantId: row.grant_id,
    channelId: row.channel_id,
    channelKind: row.channel_kind,
    language: row.language,
    lastCustomerAt: row.last_customer_at?.getTime() ?? null,
    recent: (row.recent ?? []).map((time) => new Date(time).getTime()),
    isOff: row.is_off,
  }));
}

/** How many notices stand in the outbox, by channel: the feeder keeps a little ahead of the sender, not more. */
export async function aheadByChannel(tx: NoticesTx, tenantId: number): Promise<Map<number, number>> {
  const { rows } = await sql<{ channel_id: number; count: number }>`
    select channel_id, count(*)::int as count from kernel.outbox where tenant_id = ${tenantId} and priority >= 5 and state <> 'uncertain'
    group by channel_id`.execute(tx);
  return new Map(rows.map((row) => [row.channel_id, row.count]));
}

export interface SendingChannel {
  id: number;
  kind: string;
  /** Where the company's number may send more or less than the channel usually does. */
  perSecond: number | null;
}

/** Channels for which something waits. */
export async function waitingChannels(
  tx: NoticesTx,
  tenantId: number,
  noticeIds: readonly number[],
): Promise<SendingChannel[]> {
  const { rows } = await sql<{ id: number; kind: string; per_second: number | null }>`
    select h.id, h.kind, case when jsonb_typeof(h.settings -> 'perSecond') = 'number' then (h.settings ->> 'perSecond')::float8 end as per_second
    from kernel.channel h where h.tenant_id = ${tenantId} and exists (select from notices.delivery d
      where d.tenant_id = h.tenant_id and d.notice_id = any(${[...noticeIds]}::bigint[]) and d.channel_id = h.id and d.state = 'waiting')
    order by h.id`.execute(tx);
  return rows.map((row) => ({ id: row.id, kind: row.kind, perSecond: row.per_second }));
}

/** WhatsApp's limit of persons outside windows in a rolling day: how many are used, and when the oldest leave. */
export async function portfolioUse(
  tx: NoticesTx,
  tenantId: number,
  parts: { most: number; now: number },
): Promise<{ room: number; nextAt: number }> {
  const { rows } = await sql<{ used: number; leaving: Date | null }>`
    with persons as materialized (
      select person_id, max(queued_at) as at from notices.delivery
      where tenant_id = ${tenantId} and is_template and queued_at > ${new Date(parts.now - DAY_MS)} group by person_id)
    select count(*)::int as used, (select at from persons order by at desc offset ${parts.most - 1} limit 1) as leaving from persons`.execute(
    tx,
  );
  const used = rows[0]?.used ?? 0;
  const leaving = rows[0]?.leaving?.getTime() ?? parts.now;
  return { room: Math.max(0, parts.most - used), nextAt: leaving + DAY_MS };
}
