import { sql } from "kysely";
import type { House, Language } from "#kernel";
import { isWindowOpen } from "../rules/decide.ts";
import { decodeRhythm } from "../rules/rhythm.ts";
import { keyParameter } from "../rules/wish.ts";
import { hits } from "./match.ts";
import type { NoticeRow } from "./notices.ts";
import type { NoticesTx } from "./tx.ts";

/** Persons whom a notice would reach now, alike in what decides about words and cost. */
export interface RecipientGroup {
  channel: { id: number; kind: string; name: string };
  language: Language;
  inWindow: boolean;
  persons: number;
  digest: number;
}

interface Row {
  channel_id: number;
  kind: string;
  name: string;
  language: Language;
  rhythm: string;
  last_hour: Date | null;
  persons: number;
}

/** Counts without writing anything. One group holds the customers of one hour, which is near enough for a window of a day. */
export async function countRecipients(
  house: House,
  tx: NoticesTx,
  notice: NoticeRow & { tenantId: number; now: number },
): Promise<RecipientGroup[]> {
  const { tenantId, now } = notice;
  const found = hits({
    tenantId,
    topic: {
      id: notice.topic_id,
      slug: notice.topic_slug,
      kind: notice.topic_kind,
      isUrgent: notice.topic_urgent,
    },
    keyParameter: keyParameter({ parameters: notice.topic_parameters })?.key,
    values: notice.body.values,
    now,
  });
  const { rows } = await sql<Row>`
    with hit as materialized (${found}),
      person as materialized (select distinct on (person_id) * from hit order by person_id, id)
    select p.channel_id, h.kind, h.name, p.language, p.rhythm, date_trunc('hour', v.last_customer_at) as last_hour, count(*)::int as persons
    from person p join kernel.channel h on h.tenant_id = ${tenantId} and h.id = p.channel_id
    left join kernel.conversation v on v.tenant_id = ${tenantId} and v.contact_id = p.contact_id and v.channel_id = p.channel_id
    group by 1, 2, 3, 4, 5, 6`.execute(tx);
  const groups = new Map<string, RecipientGroup>();
  for (const row of rows) {
    const windowMs = house.limitsOf(row.kind)?.windowMs ?? null;
    const inWindow = isWindowOpen(windowMs, row.last_hour?.getTime() ?? null, now);
    const key = `${row.channel_id} ${row.language} ${inWindow}`;
    const group = groups.get(key) ?? {
      channel: { id: row.channel_id, kind: row.kind, name: row.name },
      language: row.language,
      inWindow,
      persons: 0,
      digest: 0,
    };
    group.persons += row.persons;
    if (decodeRhythm(row.rhythm).digestAt !== null) group.digest += row.persons;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => a.channel.id - b.channel.id || b.persons - a.persons);
}

/** Channels of the company that can carry notices, for previews. */
export async function activeChannels(
  tx: NoticesTx,
  tenantId: number,
): Promise<{ id: number; kind: string; name: string; perSecond: number | null }[]> {
  const { rows } = await sql<{ id: number; kind: string; name: string; per_second: number | null }>`
    select id, kind, name, case when jsonb_typeof(settings -> 'perSecond') = 'number' then (settings ->> 'perSecond')::float8 end as per_second
    from kernel.channel where tenant_id = ${tenantId} and active order by id`.execute(tx);
  return rows.map(({ per_second, ...row }) => ({ ...row, perSecond: per_second }));
}

/** The grant under which one contact hears of a topic, newest first; for test sends. */
export async function grantOf(
  tx: NoticesTx,
  tenantId: number,
  wanted: { contactId: number; purpose: string; topic: string },
): Promise<{
  id: number;
  channelId: number;
  kind: string;
  language: Language;
  lastCustomerAt: number | null;
} | null> {
  const { rows } = await sql<{
    id: number;
    channel_id: number;
    kind: string;
    language: Language | null;
    last_customer_at: Date | null;
  }>`
    select g.id, g.channel_id, h.kind, coalesce(s.language, v.language) as language, v.last_customer_at
    from kernel.consent_grant g join kernel.channel h on h.tenant_id = g.tenant_id and h.id = g.channel_id
    left join notices.subscription s on s.tenant_id = g.tenant_id and s.grant_id = g.id and s.ended_at is null
    left join kernel.conversation v on v.tenant_id = g.tenant_id and v.contact_id = g.contact_id and v.channel_id = g.channel_id
    where g.tenant_id = ${tenantId} and g.contact_id = ${wanted.contactId} and g.purpose = ${wanted.purpose} and g.topic = ${wanted.topic}
      and g.withdrawn_at is null order by g.id desc limit 1`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    channelId: row.channel_id,
    kind: row.kind,
    language: row.language ?? "de",
    lastCustomerAt: row.last_customer_at?.getTime() ?? null,
  };
}
