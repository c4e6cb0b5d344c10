import { sql } from "kysely";
import {
  AppError,
  appendEvents,
  type ConsentHow,
  grantConsent,
  type Language,
  withdrawConsent,
} from "#kernel";
import type { Subscription } from "../api.ts";
import { choiceOf, type Plan } from "../rules/choice.ts";
import { decodeRhythm, encodeRhythm } from "../rules/rhythm.ts";
import type { NoticesTx } from "./tx.ts";

/** A person keeps this many at most, so that no loop fills the table. */
const SUBSCRIPTIONS_MOST = 50;

export const purposeOf = (kind: "service" | "promotion"): string => `notices.${kind}`;

export interface NewSubscription {
  tenantId: number;
  contactId: number;
  channelId: number;
  topic: { id: number; slug: string; kind: "service" | "promotion" };
  plan: Plan;
  language: Language;
  /** The exact words agreed to. */
  text: string;
  how: ConsentHow;
  evidence: Readonly<Record<string, unknown>>;
  expiresAt: number | null;
  now: number;
}

/**
 * The grant and the subscriptions that rest on it, in the caller's transaction. One that exists takes the new rhythm.
 * @returns the subscriptions' ids
 * @throws AppError rule_broken for a 51st; not_found when contact or channel is not there
 */
export async function subscribe(tx: NoticesTx, one: NewSubscription): Promise<number[]> {
  const { tenantId, contactId, channelId, topic, plan, now } = one;
  await refuseStrangers(tx, one);
  const [grantId] = await grantConsent(tx, {
    tenantId,
    grants: [
      {
        contactId,
        channelId,
        purpose: purposeOf(topic.kind),
        topic: topic.slug,
        language: one.language,
        text: one.text,
        how: one.how,
        evidence: one.evidence,
        // One grant serves several subscriptions, each with an end of its own.
        expiresAt: null,
      },
    ],
    now,
  });
  const { rows } = await sql<{ id: number }>`
    insert into notices.subscription as s (tenant_id, topic_id, value, contact_id, channel_id, grant_id, language, rhythm, filters, expires_at, created_at)
    select ${tenantId}, ${topic.id}, v.value, ${contactId}, ${channelId}, ${grantId}, ${one.language}, ${encodeRhythm(plan.rhythm)},
      ${JSON.stringify(plan.filters)}::jsonb, ${dateOf(one.expiresAt)}::timestamptz, ${new Date(now)}
    from unnest(${[...plan.values]}::text[]) v(value)
    on conflict (tenant_id, contact_id, topic_id, value, channel_id) where ended_at is null
    do update set grant_id = excluded.grant_id, language = excluded.language, rhythm = excluded.rhythm, filters = excluded.filters,
      expires_at = excluded.expires_at, paused_until = null
    returning s.id`.execute(tx);
  await tell(tx, tenantId, [topic.id], now);
  return rows.map((row) => row.id);
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

async function refuseStrangers(tx: NoticesTx, one: NewSubscription): Promise<void> {
  const { rows } = await sql<{ contact: boolean; channel: boolean; held: number }>`
    select exists (select from kernel.contact where tenant_id = ${one.tenantId} and id = ${one.contactId} and erased_at is null) as contact,
      exists (select from kernel.channel where tenant_id = ${one.tenantId} and id = ${one.channelId}) as channel,
      (select count(*)::int from notices.subscription where tenant_id = ${one.tenantId} and contact_id = ${one.contactId} and ended_at is null) as held`.execute(
    tx,
  );
  const [found] = rows;
  if (!found?.contact || !found.channel) throw new AppError("not_found");
  if (found.held + one.plan.values.length > SUBSCRIPTIONS_MOST)
    throw new AppError("rule_broken", `At most ${SUBSCRIPTIONS_MOST} subscriptions a person.`);
}

function tell(tx: NoticesTx, tenantId: number, topicIds: readonly number[], now: number): Promise<void> {
  const events = [...new Set(topicIds)].map((id) => ({
    type: "notices.subscriptions_changed",
    ref: String(id),
  }));
  return appendEvents(tx, tenantId, events, now);
}

/** Which of a person's subscriptions. */
export interface Selection {
  tenantId: number;
  /** All contacts of the person. */
  contactIds: readonly number[];
  id?: number;
  topicId?: number;
  values?: readonly string[];
}

/**
 * Ends subscriptions; a grant that no subscription rests on any more is withdrawn with the last of them.
 * @param how as the ledger says it: message, portal, staff, link …
 * @returns the ended ones
 */
export async function endSubscriptions(
  tx: NoticesTx,
  selection: Selection,
  parts: { how: string; now: number },
): Promise<number[]> {
  const { tenantId, contactIds, id, topicId, values } = selection;
  const { rows } = await sql<{ id: number; topic_id: number; contact_id: number; channel_id: number }>`
    update notices.subscription set ended_at = ${new Date(parts.now)}
    where tenant_id = ${tenantId} and contact_id = any(${[...contactIds]}::bigint[]) and ended_at is null
      and (${id ?? null}::bigint is null or id = ${id ?? null}) and (${topicId ?? null}::int is null or topic_id = ${topicId ?? null})
      and (${values ? [...values] : null}::text[] is null or value = any(${values ? [...values] : null}::text[]))
    returning id, topic_id, contact_id, channel_id`.execute(tx);
  for (const row of rows) await withdrawUnused(tx, tenantId, row, parts);
  await tell(
    tx,
    tenantId,
    rows.map((row) => row.topic_id),
    parts.now,
  );
  return rows.map((row) => row.id);
}

async function withdrawUnused(
  tx: NoticesTx,
  tenantId: number,
  ended: { topic_id: number; contact_id: number; channel_id: number },
  parts: { how: string; now: number },
): Promise<void> {
  const { rows } = await sql<{ slug: string; kind: "service" | "promotion" }>`
    select t.slug, t.kind from notices.topic t where t.tenant_id = ${tenantId} and t.id = ${ended.topic_id}
      and not exists (select from notices.subscription s where s.tenant_id = t.tenant_id and s.topic_id = t.id
        and s.contact_id = ${ended.contact_id} and s.channel_id = ${ended.channel_id} and s.ended_at is null)`.execute(
    tx,
  );
  const [topic] = rows;
  if (!topic) return;
  await withdrawConsent(tx, {
    tenantId,
    contactIds: [ended.contact_id],
    purpose: purposeOf(topic.kind),
    topic: topic.slug,
    channelId: ended.channel_id,
    ...parts,
  });
}

export async function pauseSubscription(
  tx: NoticesTx,
  tenantId: number,
  one: { id: number; until: number | null },
): Promise<void> {
  await tx
    .updateTable("notices.subscription")
    .set({ paused_until: dateOf(one.until) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", one.id)
    .where("ended_at", "is", null)
    .execute();
}

/** Everybody who is this person: all contacts of its merges. */
export async function personOf(tx: NoticesTx, tenantId: number, contactId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive down as (
      select notices.person_of(${tenantId}, ${contactId}) as id, 0 as depth
      union all
      select c.id, down.depth + 1 from down
        join kernel.contact c on c.tenant_id = ${tenantId} and c.merged_into = down.id where down.depth < 50)
    select id from down`.execute(tx);
  return rows.map((row) => row.id);
}

interface Row {
  id: number;
  contact_id: number;
  topic_id: number;
  title: { de: string; en: string };
  value: string;
  filters: Record<string, string[]>;
  rhythm: string;
  channel_id: number;
  channel_kind: string;
  channel_name: string;
  language: Language;
  paused_until: Date | null;
  expires_at: Date | null;
  ended_at: Date | null;
  created_at: Date;
}

/** Subscriptions, newest first: of contacts (open ones), of a topic (from a place on), or one by its id. */
export async function listSubscriptions(
  tx: NoticesTx,
  tenantId: number,
  wanted: {
    contactIds?: readonly number[];
    topicId?: number;
    id?: number;
    before?: number;
    limit: number;
  },
): Promise<Subscription[]> {
  const { contactIds, topicId, id, before, limit } = wanted;
  const { rows } = await sql<Row>`
    select s.id, s.contact_id, s.topic_id, t.title, s.value, s.filters, s.rhythm, s.channel_id, c.kind as channel_kind, c.name as channel_name,
      s.language, s.paused_until, s.expires_at, s.ended_at, s.created_at
    from notices.subscription s join notices.topic t on t.tenant_id = s.tenant_id and t.id = s.topic_id
    join kernel.channel c on c.tenant_id = s.tenant_id and c.id = s.channel_id
    where s.tenant_id = ${tenantId}
      and (${contactIds ? [...contactIds] : null}::bigint[] is null or (s.contact_id = any(${contactIds ? [...contactIds] : null}::bigint[]) and s.ended_at is null))
      and (${topicId ?? null}::int is null or (s.topic_id = ${topicId ?? null} and s.ended_at is null))
      and (${id ?? null}::bigint is null or s.id = ${id ?? null}) and (${before ?? null}::bigint is null or s.id < ${before ?? null})
    order by s.id desc limit ${limit}`.execute(tx);
  return rows.map(shown);
}

function shown(row: Row): Subscription {
  const { window, quiet, digestAt, timeZone } = choiceOf(decodeRhythm(row.rhythm));
  return {
    id: row.id,
    contactId: row.contact_id,
    topicId: row.topic_id,
    topicTitle: row.title,
    value: row.value,
    filters: row.filters,
    window: window && { ...window, weekdays: [...window.weekdays] },
    quiet,
    digestAt,
    timeZone,
    channel: { id: row.channel_id, kind: row.channel_kind, name: row.channel_name },
    language: row.language,
    pausedUntil: row.paused_until?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
