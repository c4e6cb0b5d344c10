import { sql } from "kysely";
import { AppError, appendEvents, type House, type Tx } from "#kernel";
import { type Knowledge, makeKnowledge } from "../flows/knowledge.ts";
import type { ServiceTables } from "../tables.ts";
import { TOPIC_ROW, type TopicRow, topicOf } from "./load.ts";

/** Versions kept to go back to, the live one beside them; each may hold a model of some megabytes. */
const KEPT_VERSIONS = 6;

export interface NewVersion {
  readonly tenantId: number;
  readonly modelKey: string | null;
  readonly reason: "change" | "night" | "forget";
  readonly examples: number;
  readonly topics: number;
  readonly now: Date;
  /** Of answers that are kept already; otherwise those of this moment. */
  readonly contentKey?: string;
}

/**
 * Keeps the knowledge of this moment as a version, with its answers. One that equals the newest is the newest.
 * @returns its number
 */
export async function keepVersion(tx: Tx, version: NewVersion): Promise<number> {
  const { tenantId, modelKey, now } = version;
  const content = sql`coalesce(${version.contentKey ?? null}::text, m.content_key)`;
  await sql`insert into service.content (tenant_id, key, topics)
    select m.tenant_id, m.content_key, coalesce((select jsonb_agg(to_jsonb(t) order by (t.most_asked ->> 'place')::int nulls last, t.intent)
      from (select ${sql.raw(TOPIC_ROW)} from service.topic t where t.tenant_id = m.tenant_id) t), '[]')
    from service.tenant_model m where m.tenant_id = ${tenantId}
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    with newest as (select id, model_key, content_key from service.version where tenant_id = ${tenantId} order by id desc limit 1),
    put as (
      insert into service.version (tenant_id, id, model_key, content_key, reason, examples, topics, made_at)
      select m.tenant_id, coalesce((select id from newest), 0) + 1, ${modelKey}, ${content}, ${version.reason}, ${version.examples}, ${version.topics}, ${now}
      from service.tenant_model m where m.tenant_id = ${tenantId}
        and not exists (select from newest n where n.content_key = ${content} and n.model_key is not distinct from ${modelKey}::text)
      returning id)
    select id from put union all select id from newest order by id desc limit 1`.execute(tx);
  const id = rows[0]?.id ?? 0;
  await sql`delete from service.version v using service.tenant_model m
    where v.tenant_id = ${tenantId} and m.tenant_id = v.tenant_id and v.id <= ${id - KEPT_VERSIONS} and v.id is distinct from m.live_version`.execute(
    tx,
  );
  await sql`delete from service.content c where c.tenant_id = ${tenantId}
    and not exists (select from service.version v where v.tenant_id = c.tenant_id and v.content_key = c.key)
    and not exists (select from service.tenant_model m where m.tenant_id = c.tenant_id and m.live_content = c.key)`.execute(
    tx,
  );
  return id;
}

export interface VersionRow {
  readonly id: number;
  readonly model_key: string | null;
  readonly content_key: string;
  readonly reason: "change" | "night" | "forget";
  readonly examples: number;
  readonly topics: number;
  readonly made_at: Date;
  readonly live_at: Date | null;
}

export interface Release {
  readonly release: "auto" | "review";
  readonly live_version: number | null;
}

/** Newest first, with what is live. */
export async function listVersions(
  tx: Tx<ServiceTables>,
  tenantId: number,
): Promise<Release & { versions: VersionRow[] }> {
  const head = await tx
    .selectFrom("service.tenant_model")
    .where("tenant_id", "=", tenantId)
    .select(["release", "live_version"])
    .executeTakeFirst();
  const versions = await tx
    .selectFrom("service.version")
    .where("tenant_id", "=", tenantId)
    .orderBy("id", "desc")
    .selectAll()
    .execute();
  return { ...(head ?? { release: "auto" as const, live_version: null }), versions };
}

/**
 * A version answers from the next batch on: a new one goes live, an older one is rolled back to. From then on changes
 * wait to be compared, unless this is the newest knowledge and changes go live by themselves.
 * @throws AppError not_found; conflict when its model is gone
 */
export async function goLiveWith(house: House, tenantId: number, id: number): Promise<void> {
  const now = new Date(house.clock.now());
  await house.db.registry(async (tx) => {
    const { rows } = await sql<{
      content_key: string;
      model_key: string | null;
      there: boolean;
      newest: boolean;
    }>`
      select v.content_key, v.model_key, v.model_key is null or exists (select from service.model k where k.key = v.model_key) as there,
        v.content_key = m.content_key and v.id = (select max(id) from service.version n where n.tenant_id = v.tenant_id) as newest
      from service.version v join service.tenant_model m on m.tenant_id = v.tenant_id
      where v.tenant_id = ${tenantId} and v.id = ${id} for update of m`.execute(tx);
    const [version] = rows;
    if (!version) throw new AppError("not_found");
    if (!version.there)
      throw new AppError("conflict", "The model of this version is gone. Save any topic to train a new one.");
    await sql`update service.tenant_model set model_key = ${version.model_key}, live_version = ${id},
        live_content = case when ${version.newest} and release = 'auto' then null else ${version.content_key} end,
        release = case when ${version.newest} then release else 'review' end
      where tenant_id = ${tenantId}`.execute(tx);
    await sql`update service.version set live_at = ${now} where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], now.getTime());
  });
}

/**
 * 'review': what is live stays until somebody goes live with another version. 'auto': the newest goes live with the answers
 * as they are written now, and so will all after it.
 * @throws AppError rule_broken while there is no version
 */
export async function setRelease(house: House, tenantId: number, release: "auto" | "review"): Promise<void> {
  const now = new Date(house.clock.now());
  await house.db.registry(async (tx) => {
    const { rows } = await sql<{ live_version: number | null }>`
      update service.tenant_model m set release = ${release},
        live_content = case when ${release} = 'auto' then null else coalesce(m.live_content, l.content_key) end,
        live_version = case when ${release} = 'auto' then n.id else m.live_version end,
        model_key = case when ${release} = 'auto' then n.model_key else m.model_key end
      from service.version n, service.version l
      where m.tenant_id = ${tenantId} and n.tenant_id = m.tenant_id and l.tenant_id = m.tenant_id and l.id = m.live_version
        and n.id = (select max(id) from service.version v where v.tenant_id = m.tenant_id)
      returning m.live_version`.execute(tx);
    const [head] = rows;
    if (!head)
      throw new AppError("rule_broken", "There is no version yet; save a topic, and the first one is made.");
    await sql`update service.version set live_at = ${now}
      where tenant_id = ${tenantId} and id = ${head.live_version} and (live_at is null or ${release} = 'auto')`.execute(
      tx,
    );
    await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], now.getTime());
  });
}

/** A version's topics with their answers. @throws AppError not_found */
export async function readContent(tx: Tx<ServiceTables>, tenantId: number, key: string): Promise<Knowledge> {
  const row = await tx
    .selectFrom("service.content")
    .where("tenant_id", "=", tenantId)
    .where("key", "=", key)
    .select("topics")
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return makeKnowledge((row.topics as Omit<TopicRow, "content_key">[]).flatMap((topic) => topicOf(topic)));
}
