import { sql } from "kysely";
import type { Counts } from "../api.ts";
import type { NoticesTx } from "./tx.ts";

interface Row {
  status: string;
  reason: string;
  persons: number;
  unsubscribed: number;
  replied: number;
}

/** Where a notice stands, read from the messages themselves: nothing is counted twice or kept beside. */
export async function progressOf(tx: NoticesTx, tenantId: number, noticeId: number): Promise<Counts> {
  const { rows } = await sql<Row>`
    select case when d.state = 'queued' then coalesce(m.status, 'gone') else d.state end as status,
      case when d.state = 'dropped' then d.reason when m.status = 'failed' then coalesce(m.error ->> 'title', '') else '' end as reason,
      count(*)::int as persons,
      count(*) filter (where d.state = 'queued' and g.withdrawn_at > d.queued_at)::int as unsubscribed,
      count(*) filter (where d.state = 'queued' and v.last_customer_at > d.queued_at)::int as replied
    from notices.delivery d
    left join kernel.message m on m.tenant_id = d.tenant_id and m.conversation_id = d.conversation_id and m.id = d.message_id
    left join kernel.conversation v on v.tenant_id = d.tenant_id and v.id = d.conversation_id
    left join kernel.consent_grant g on g.tenant_id = d.tenant_id and g.id = d.grant_id
    where d.tenant_id = ${tenantId} and d.notice_id = ${noticeId} group by 1, 2`.execute(tx);
  const erased = await tx
    .selectFrom("notices.notice")
    .select("erased")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", noticeId)
    .executeTakeFirst();
  return countsOf(rows, erased?.erased ?? 0);
}

function countsOf(rows: readonly Row[], erased: number): Counts {
  const of = (...statuses: string[]): number =>
    rows.filter((row) => statuses.includes(row.status)).reduce((sum, row) => sum + row.persons, 0);
  const total = (pick: (row: Row) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
  const reasons: Record<string, number> = {};
  for (const { reason, persons } of rows)
    if (reason !== "") reasons[reason] = (reasons[reason] ?? 0) + persons;
  if (erased > 0) reasons.erased = (reasons.erased ?? 0) + erased;
  return {
    matched: total((row) => row.persons) + erased,
    waiting: of("waiting"),
    queued: of("queued"),
    sent: of("sent"),
    delivered: of("delivered"),
    read: of("read", "played"),
    failed: of("failed"),
    dropped: of("dropped", "gone") + erased,
    uncertain: of("uncertain"),
    reasons,
    unsubscribed: total((row) => row.unsubscribed),
    replied: total((row) => row.replied),
  };
}
