import { sql } from "kysely";
import { AppError } from "#kernel";
import type { SourceChange, SourceInput } from "../api.ts";
import type { SourceRow } from "./source-tables.ts";
import type { NoticesTx } from "./tx.ts";

export const POLL = "notices_source_poll";
const SOURCES_MOST = 100;

const COLUMNS =
  sql.raw(`s.id, s.name, s.kind, s.url, s.names_url, s.language, s.topic_id, s.is_automatic, s.mapping,
  s.interval_seconds, s.active, s.secret, s.created_at, s.etag, s.last_modified, s.next_at, s.tried_at, s.succeeded_at,
  s.failures, s.fault, s.problems, s.names_etag, s.names_last_modified, s.names_at, s.names_fault,
  (select t.deleted_at is not null from notices.topic t where t.tenant_id = s.tenant_id and t.id = s.topic_id) as topic_ended,
  array(select p->>'key' from notices.topic t, jsonb_array_elements(t.parameters) p
    where t.tenant_id = s.tenant_id and t.id = s.topic_id and p->>'kind' <> 'window') as topic_keys`);
const COUNTS =
  sql.raw(`(select count(*)::int from notices.source_item i where i.tenant_id = s.tenant_id and i.source_id = s.id and i.is_live) as live_items,
  (select count(*)::int from notices.source_name n where n.tenant_id = s.tenant_id and n.source_id = s.id) as names`);

/** With counts. @param id one of them, or all */
export async function listSources(tx: NoticesTx, tenantId: number, id?: number): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`select ${COLUMNS}, ${COUNTS} from notices.source s
    where s.tenant_id = ${tenantId} and (${id ?? null}::int is null or s.id = ${id ?? null}) order by s.id`.execute(
    tx,
  );
  return rows;
}

/** @throws AppError not_found */
export async function readSourceRow(tx: NoticesTx, tenantId: number, id: number): Promise<SourceRow> {
  const [row] = await listSources(tx, tenantId, id);
  if (!row) throw new AppError("not_found");
  return row;
}

/** Without counts, which cost time with many names. */
export async function peekSource(tx: NoticesTx, tenantId: number, id: number): Promise<SourceRow | null> {
  const { rows } = await sql<SourceRow>`select ${COLUMNS}, 0 as live_items, 0 as names from notices.source s
    where s.tenant_id = ${tenantId} and s.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Held until the transaction ends: two readings of one source never tell the same story twice. Without counts. */
export async function lockSource(tx: NoticesTx, tenantId: number, id: number): Promise<SourceRow | null> {
  const { rows } = await sql<SourceRow>`select ${COLUMNS}, 0 as live_items, 0 as names from notices.source s
    where s.tenant_id = ${tenantId} and s.id = ${id} for update of s`.execute(tx);
  return rows[0] ?? null;
}

/** @throws AppError rule_broken beyond the limit or for a topic that is not there */
export async function insertSource(
  tx: NoticesTx,
  tenantId: number,
  input: SourceInput & { intervalSeconds: number; secret: string | null },
  now: number,
): Promise<number> {
  await refuseUnfit(tx, tenantId, input);
  const { rows } = await sql<{ id: number }>`
    insert into notices.source (tenant_id, name, kind, url, names_url, language, topic_id, is_automatic, mapping, interval_seconds,
      active, secret, created_at, next_at)
    select ${tenantId}, ${input.name}, ${input.kind}, ${input.url}, ${input.namesUrl}, ${input.language}, ${input.topicId},
      ${input.isAutomatic}, ${JSON.stringify(input.mapping)}, ${input.intervalSeconds}, ${input.isActive}, ${input.secret},
      ${new Date(now)}, ${input.url && input.isActive ? new Date(now) : null}
    where (select count(*) from notices.source where tenant_id = ${tenantId}) < ${SOURCES_MOST} returning id`.execute(
    tx,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new AppError("rule_broken", `At most ${SOURCES_MOST} sources.`);
  if (input.url && input.isActive) await scheduleReading(tx, tenantId, id, now);
  return id;
}

/** A new address is a new beginning: what was learnt of the old one does not count. */
export async function changeSource(
  tx: NoticesTx,
  tenantId: number,
  change: SourceChange & { id: number },
  now: number,
): Promise<void> {
  const before = await lockSource(tx, tenantId, change.id);
  if (!before) throw new AppError("not_found");
  if (change.topicId !== undefined || change.mapping !== undefined)
    await refuseUnfit(tx, tenantId, {
      topicId: change.topicId ?? before.topic_id,
      mapping: change.mapping ?? before.mapping,
    });
  const url = before.url === null ? null : (change.url ?? before.url);
  const isActive = change.isActive ?? before.active;
  const namesUrl = change.namesUrl === undefined ? before.names_url : change.namesUrl;
  const isReadNow = url !== null && isActive;
  await sql`update notices.source set name = ${change.name ?? before.name}, language = ${change.language ?? before.language},
      topic_id = ${change.topicId ?? before.topic_id}, is_automatic = ${change.isAutomatic ?? before.is_automatic},
      mapping = ${JSON.stringify(change.mapping ?? before.mapping)}, interval_seconds = ${change.intervalSeconds ?? before.interval_seconds},
      active = ${isActive}, url = ${url}, names_url = ${before.kind === "gtfs_rt" ? namesUrl : null},
      next_at = ${isReadNow ? new Date(now) : null}
    where tenant_id = ${tenantId} and id = ${change.id}`.execute(tx);
  // What came while it was paused is no news any more, like what a new source brings first.
  if (url !== before.url || (isActive && !before.active))
    await sql`update notices.source set etag = null, last_modified = null, failures = 0, fault = null, succeeded_at = null,
      problems = '[]' where tenant_id = ${tenantId} and id = ${change.id}`.execute(tx);
  if (namesUrl !== before.names_url)
    await sql`update notices.source set names_etag = null, names_last_modified = null, names_at = null, names_fault = null
      where tenant_id = ${tenantId} and id = ${change.id}`.execute(tx);
  if (isReadNow) await scheduleReading(tx, tenantId, change.id, now);
  else await forgetReading(tx, tenantId, change.id);
}

/** @throws AppError not_found */
export async function removeSource(tx: NoticesTx, tenantId: number, id: number): Promise<void> {
  const { numAffectedRows } =
    await sql`delete from notices.source where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (!numAffectedRows) throw new AppError("not_found");
  await forgetReading(tx, tenantId, id);
}

/**
 * A parameter that the topic does not have would let every notice concern everybody.
 * @throws AppError rule_broken, bad_request
 */
async function refuseUnfit(
  tx: NoticesTx,
  tenantId: number,
  { topicId, mapping }: Pick<SourceInput, "topicId" | "mapping">,
): Promise<void> {
  const { rows } = await sql<{ keys: string[] }>`
    select array(select p->>'key' from jsonb_array_elements(t.parameters) p where p->>'kind' <> 'window') as keys
    from notices.topic t where t.tenant_id = ${tenantId} and t.id = ${topicId} and t.deleted_at is null`.execute(
    tx,
  );
  const keys = rows[0]?.keys;
  if (!keys) throw new AppError("rule_broken", "There is no such topic of notices.");
  const unknown = Object.keys(mapping).filter((key) => !keys.includes(key));
  if (unknown.length > 0)
    throw new AppError("bad_request", undefined, [
      { path: "mapping", message: `the topic has no parameter ${unknown.join(", ").slice(0, 100)}` },
    ]);
}

/** What a reading learnt about its source. */
export interface Learnt {
  readonly failures: number;
  readonly fault: string | null;
  readonly problems: readonly { code: string; place: string }[];
  /** Left as they are when undefined. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** null = it is not asked, it sends. */
  readonly nextAt: number | null;
}

/** Stores how a reading went and, for a source that is asked, when the next one is due. */
export async function noteReading(
  tx: NoticesTx,
  place: { tenantId: number; id: number },
  learnt: Learnt,
  now: number,
): Promise<void> {
  const { tenantId, id } = place;
  const nextAt = learnt.nextAt === null ? null : new Date(learnt.nextAt);
  await sql`update notices.source set tried_at = ${new Date(now)}, failures = ${learnt.failures}, fault = ${learnt.fault},
      problems = ${JSON.stringify(learnt.problems.slice(0, 20))}, next_at = ${nextAt},
      succeeded_at = case when ${learnt.failures} = 0 then ${new Date(now)}::timestamptz else succeeded_at end
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (learnt.etag !== undefined)
    await sql`update notices.source set etag = ${learnt.etag}, last_modified = ${learnt.lastModified ?? null}
      where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (learnt.nextAt !== null) await scheduleReading(tx, tenantId, id, learnt.nextAt);
}

async function scheduleReading(tx: NoticesTx, tenantId: number, id: number, dueAt: number): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${POLL}, ${String(id)}, ${new Date(dueAt)})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}

async function forgetReading(tx: NoticesTx, tenantId: number, id: number): Promise<void> {
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = ${POLL} and key = ${String(id)}`.execute(
    tx,
  );
}

/** @returns false when this delivery was taken before; older ones than `borderMs` are forgotten */
export async function noteDelivery(
  tx: NoticesTx,
  place: { tenantId: number; id: number },
  delivery: { key: string; now: number; borderMs: number },
): Promise<boolean> {
  const { tenantId, id } = place;
  await sql`delete from notices.source_delivery where tenant_id = ${tenantId} and source_id = ${id}
    and taken_at < ${new Date(delivery.borderMs)}`.execute(tx);
  const { rows } = await sql`insert into notices.source_delivery (tenant_id, source_id, delivery_id, taken_at)
    values (${tenantId}, ${id}, ${delivery.key}, ${new Date(delivery.now)}) on conflict do nothing returning 1 as one`.execute(
    tx,
  );
  return rows.length === 1;
}
