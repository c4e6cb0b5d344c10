import { sql } from "kysely";
import { endNotice, type NoticeRow } from "./notices.ts";
import { fallBack, markTried } from "./settle.ts";
import { drop } from "./stop.ts";
import { endSubscriptions } from "./subscriptions.ts";
import { markRefused } from "./templates.ts";
import type { NoticesTx } from "./tx.ts";

/** What became of queued messages: failures that another channel can mend, templates that the provider refused, the end. */

const FAILURES_AT_ONCE = 500;
/** Meta's codes: 132015 paused for low quality, 132016 disabled, 132007 breaks its policy, 132001 is not there. */
const TEMPLATE_CODES: Readonly<Record<number, "paused" | "disabled">> = {
  132015: "paused",
  132016: "disabled",
  132007: "disabled",
  132001: "disabled",
};
/** The person's own no, or too late: no other channel says otherwise. */
const FINAL = new Set([
  "withdrawn",
  "grant_expired",
  "stopped",
  "erased",
  "expired",
  "user_stopped_marketing",
]);
/** Meta: the person stopped advertising in the app. */
const STOPPED_MARKETING = 131050;

interface Failure {
  person_id: number;
  code: number;
  title: string;
  template: string | null;
  language: string | null;
}

/** @returns how many failures were looked at */
export async function reviewFailures(
  tx: NoticesTx,
  tenantId: number,
  noticeId: number,
  now: number,
): Promise<number> {
  const { rows } = await sql<Failure>`
    select d.person_id, coalesce((m.error ->> 'code')::int, 0) as code, coalesce(m.error ->> 'title', '') as title,
      case when m.content ->> 'type' = 'template' then m.content ->> 'name' end as template, m.content ->> 'language' as language
    from notices.delivery d join kernel.message m on m.tenant_id = d.tenant_id and m.conversation_id = d.conversation_id and m.id = d.message_id
    where d.tenant_id = ${tenantId} and d.notice_id = ${noticeId} and d.state = 'queued' and m.status = 'failed' and d.channel_id <> all(d.tried)
    order by d.person_id limit ${FAILURES_AT_ONCE} for update of d skip locked`.execute(tx);
  const refused = rows.flatMap(({ code, title, template, language }) => {
    const state = TEMPLATE_CODES[code];
    return state && template && language ? [{ name: template, language, state, reason: title }] : [];
  });
  const distinct = [...new Map(refused.map((one) => [`${one.name} ${one.language}`, one])).values()];
  await markRefused(tx, tenantId, distinct, now);
  const mendable = rows.filter(({ code, title }) => !FINAL.has(title) && code !== STOPPED_MARKETING);
  const final = rows.filter((row) => !mendable.includes(row));
  const key = (row: Failure) => ({ noticeId, personId: row.person_id, reason: row.title });
  await fallBack(tx, tenantId, mendable.map(key), { otherwise: "keep", now });
  await markTried(tx, tenantId, final.map(key));
  return rows.length;
}

export interface Standing {
  waiting: number;
  /** The earliest moment at which something waits for its time; null when nothing waits. */
  nextAt: number | null;
  /** Messages that have not left yet. */
  under: boolean;
}

export async function standingOf(tx: NoticesTx, tenantId: number, noticeId: number): Promise<Standing> {
  const { rows } = await sql<{ waiting: number; next_at: Date | null; under: boolean }>`
    select (select count(*)::int from notices.delivery where tenant_id = ${tenantId} and notice_id = ${noticeId} and state = 'waiting') as waiting,
      (select min(due_at) from notices.delivery where tenant_id = ${tenantId} and notice_id = ${noticeId} and state = 'waiting') as next_at,
      exists (select from notices.delivery d join kernel.outbox o on o.tenant_id = d.tenant_id and o.id = d.message_id
        where d.tenant_id = ${tenantId} and d.notice_id = ${noticeId} and d.state = 'queued' and o.state <> 'uncertain') as under`.execute(
    tx,
  );
  const [row] = rows;
  return { waiting: row?.waiting ?? 0, nextAt: row?.next_at?.getTime() ?? null, under: row?.under ?? false };
}

/** Ends a notice of which nothing is left to do, or whose time is over. @returns whether it ended */
export async function finish(
  tx: NoticesTx,
  tenantId: number,
  one: { notice: NoticeRow; standing: Standing; now: number },
): Promise<boolean> {
  const { notice, standing, now } = one;
  const isOver = notice.expires_at !== null && notice.expires_at.getTime() <= now;
  if (isOver && standing.waiting > 0) await drop(tx, tenantId, { noticeId: notice.id, reason: "expired" });
  if (standing.waiting > 0 && !isOver) return false;
  if (standing.under && !isOver) return false;
  const state = standing.waiting > 0 ? "expired" : "done";
  await endNotice(tx, tenantId, { id: notice.id, state, reason: "", now });
  if (notice.phase === "farewell") await endTopic(tx, tenantId, notice, now);
  return true;
}

/** The last notice of a topic that is gone: whoever had subscribed has nothing more to come. */
async function endTopic(tx: NoticesTx, tenantId: number, notice: NoticeRow, now: number): Promise<void> {
  const { rows } = await sql<{ contact_id: number }>`
    select distinct contact_id from notices.subscription
    where tenant_id = ${tenantId} and topic_id = ${notice.topic_id} and ended_at is null`.execute(tx);
  if (rows.length === 0) return;
  await endSubscriptions(
    tx,
    { tenantId, contactIds: rows.map((row) => row.contact_id), topicId: notice.topic_id },
    { how: "topic_deleted", now },
  );
}
