import { sql } from "kysely";
import { appendEvents, type Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";

export const TRAIN = "service_train";
export const MEASURE = "service_measure";
export const NIGHT = "service_night";

/** Changes that follow each other are learnt together. */
const DEBOUNCE_MS = 1_500;
/** Who keeps changing waits no longer than this. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Notes that a tenant's knowledge changed: a new revision, a new content key, a training soon, an event. The last call
 * of a transaction (it locks the tenant's sequence); announce the change after the commit.
 */
export async function noteChange(tx: Tx<ServiceTables>, tenantId: number, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  const { rows } = await sql<{ changed_at: Date }>`
    insert into service.tenant_model as m (tenant_id, revision, content_key, state, changed_at)
    select ${tenantId}, 1, k.content_key, 'training', ${now} from (
      select md5(coalesce(string_agg(md5(jsonb_build_array(t.intent, t.label, t.title_de, t.title_en, t.flow, t.most_asked,
        a.language, a.text, a.link, a.file_id, a.options)::text), ',' order by t.intent, a.language), '')) as content_key
      from service.topic t left join service.answer a on a.tenant_id = t.tenant_id and a.topic_id = t.id
      where t.tenant_id = ${tenantId}) k
    on conflict (tenant_id) do update set revision = m.revision + 1, content_key = excluded.content_key, state = 'training',
      error = null, reason = case m.reason when 'forget' then 'forget' else 'change' end, changed_at = coalesce(m.changed_at, excluded.changed_at)
    returning changed_at`.execute(tx);
  const waitingSince = rows[0]?.changed_at.getTime() ?? nowMs;
  const due = new Date(Math.max(nowMs, Math.min(nowMs + DEBOUNCE_MS, waitingSince + LONGEST_WAIT_MS)));
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${TRAIN}, 'knowledge', ${due})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
  await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], nowMs);
}

/** A timer that is not put off by being asked for again. */
export async function scheduleOnce(
  tx: Tx,
  tenantId: number,
  timer: { kind: typeof MEASURE | typeof NIGHT; dueAt: number },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${timer.kind}, 'knowledge', ${new Date(timer.dueAt)})
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}
