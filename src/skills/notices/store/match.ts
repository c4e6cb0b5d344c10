import { sql } from "kysely";
import { type Calendar, decodeRhythm, dueFor } from "../rules/rhythm.ts";
import { purposeOf } from "./subscriptions.ts";
import type { NoticesTx } from "./tx.ts";

/** Whom a notice concerns: found, asked the gate for and queued in two statements, whatever their number. */
export interface Matching {
  tenantId: number;
  noticeId: number;
  topic: { id: number; slug: string; kind: "service" | "promotion"; isUrgent: boolean };
  /** The parameter recipients are found by; undefined = the topic has none. */
  keyParameter: string | undefined;
  values: Readonly<Record<string, readonly string[]>>;
  /** An update goes to whoever subscribed; an all-clear and what was corrected only to those who heard of it. */
  story: { id: string; onlyHearers: boolean } | null;
  calendar: Calendar;
  now: number;
  expiresAt: number;
  /** At most so many persons; the rest with the next call. */
  limit: number | null;
}

/** Subscriptions read for each of the first recipients. */
const RHYTHMS_LOOKED_AT = 5;

/**
 * Writes a delivery for each person whose subscription fits and whose grant stands. Repeatable: who has one keeps it.
 * @returns how many were written
 */
export async function match(tx: NoticesTx, one: Matching): Promise<number> {
  // PostgreSQL takes the index with the values at hand; a plan made for any values would read the whole topic.
  await sql`set local plan_cache_mode = force_custom_plan`.execute(tx);
  const values = wantedValues(one);
  // The first few are found without looking at all of them; a rhythm that is missing here comes with the rest.
  const looked = one.limit === null ? null : one.limit * RHYTHMS_LOOKED_AT;
  const { rows: rhythms } = await sql<{ rhythm: string }>`
    select distinct r.rhythm from (select s.rhythm from notices.subscription s
      where s.tenant_id = ${one.tenantId} and s.topic_id = ${one.topic.id} and s.ended_at is null
        and (${values}::text[] is null or s.value = any(${values}::text[])) limit ${looked}) r`.execute(tx);
  const dues = rhythms.map(({ rhythm }) => ({ rhythm, ...dueOf(rhythm, one) }));
  const hearers = one.story?.onlyHearers ? one.story.id : null;
  const { numAffectedRows } = await sql`
    with hit as materialized (${hits(one, values)} limit ${one.limit})
    insert into notices.delivery (tenant_id, notice_id, person_id, contact_id, subscription_id, grant_id, channel_id, language, is_digest, due_at, state, reason)
    select distinct on (h.person_id) ${one.tenantId}, ${one.noticeId}, h.person_id, h.contact_id, h.id, h.grant_id, h.channel_id, h.language, d.is_digest, d.due_at,
      case when d.reason is null then 'waiting' else 'dropped' end, d.reason
    from hit h join unnest(${dues.map((d) => d.rhythm)}::text[], ${dues.map((d) => new Date(d.dueAt))}::timestamptz[],
        ${dues.map((d) => d.isDigest)}::boolean[], ${dues.map((d) => d.reason)}::text[]) d(rhythm, due_at, is_digest, reason) on d.rhythm = h.rhythm
    where ${hearers}::text is null or exists (select from notices.notice n join notices.delivery p on p.tenant_id = n.tenant_id and p.notice_id = n.id
      and p.person_id = h.person_id and p.state = 'queued' where n.tenant_id = ${one.tenantId} and n.story = ${hearers})
    order by h.person_id, (d.reason is null) desc, d.is_digest, d.due_at, h.id
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Whoever a notice concerns: its subscriptions that are on, with a grant that stands. */
export function hits(
  one: Pick<Matching, "tenantId" | "topic" | "keyParameter" | "values" | "now">,
  values: string[] | null = wantedValues(one),
) {
  const at = new Date(one.now);
  const further = JSON.stringify(
    Object.fromEntries(Object.entries(one.values).filter(([key]) => key !== one.keyParameter)),
  );
  return sql`select case when c.merged_into is null then c.id else notices.person_of(s.tenant_id, c.id) end as person_id,
      s.contact_id, s.id, g.id as grant_id, s.channel_id, s.language, s.rhythm
    from notices.subscription s
    join kernel.consent_grant g on g.tenant_id = s.tenant_id and g.contact_id = s.contact_id and g.purpose = ${purposeOf(one.topic.kind)}
      and g.topic = ${one.topic.slug} and g.channel_id = s.channel_id and g.withdrawn_at is null and (g.expires_at is null or g.expires_at > ${at})
    join kernel.contact c on c.tenant_id = s.tenant_id and c.id = s.contact_id and c.erased_at is null
      and (c.stopped_at is null or c.stopped_at < g.granted_at)
    where s.tenant_id = ${one.tenantId} and s.topic_id = ${one.topic.id} and s.ended_at is null
      and (${values}::text[] is null or s.value = any(${values}::text[]))
      and (s.expires_at is null or s.expires_at > ${at}) and (s.paused_until is null or s.paused_until <= ${at})
      and (s.filters = '{}' or not exists (select from jsonb_each(s.filters) f
        where ${further}::jsonb ? f.key and not exists (select from jsonb_array_elements_text(f.value) v
          where ${further}::jsonb -> f.key ? v)))`;
}

/** null = everybody: the notice names no value, so it concerns all of them. */
function wantedValues({ keyParameter, values }: Pick<Matching, "keyParameter" | "values">): string[] | null {
  const named = keyParameter === undefined ? [] : (values[keyParameter] ?? []);
  return named.length === 0 ? null : ["", ...named];
}

/** What nobody can hear before it is of no use is not kept waiting. */
function dueOf(text: string, one: Matching): { dueAt: number; isDigest: boolean; reason: string | null } {
  const rhythm = decodeRhythm(text);
  if (one.topic.isUrgent) return { dueAt: one.now, isDigest: false, reason: null };
  const dueAt = dueFor(rhythm, one.calendar, one.now);
  const isDigest = rhythm.digestAt !== null;
  if (dueAt === null || dueAt >= one.expiresAt) return { dueAt: one.now, isDigest, reason: "outside_window" };
  return { dueAt, isDigest, reason: null };
}

/** What an update makes obsolete before it left: nobody reads an old story first. */
export async function supersede(
  tx: NoticesTx,
  tenantId: number,
  one: { noticeId: number; story: string },
): Promise<void> {
  await sql`update notices.delivery d set state = 'dropped', reason = 'superseded' from notices.notice n
    where n.tenant_id = ${tenantId} and n.story = ${one.story} and n.id <> ${one.noticeId}
      and d.tenant_id = n.tenant_id and d.notice_id = n.id and d.state = 'waiting'`.execute(tx);
}
