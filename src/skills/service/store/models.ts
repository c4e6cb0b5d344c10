import { sql } from "kysely";
import { appendEvents, type House, type Tx } from "#kernel";
import type { Health, TrainingReport } from "../engine/index.ts";
import type { ServiceTables } from "../tables.ts";
import { TRAIN } from "./changes.ts";
import type { TrainingCause } from "./lesson.ts";
import { keepVersion } from "./versions.ts";

export interface NewModel {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly report: TrainingReport;
}

export async function hasModel(house: House, key: string): Promise<boolean> {
  const { rowCount } = await house.db.node.query("select from service.model where key = $1", [key]);
  return rowCount === 1;
}

/** What a finished training writes. */
export interface Outcome {
  readonly tenantId: number;
  readonly revision: number;
  readonly reason: TrainingCause;
  /** Of the lesson. */
  readonly examples: number;
  readonly topics: number;
  /** null = there is nothing to learn from. */
  readonly modelKey: string | null;
  /** Present when the model is new. */
  readonly model?: NewModel;
  /** null when an equal model stood there already. */
  readonly seconds: number | null;
}

/**
 * Keeps what was learnt as a version and puts it in place, in one transaction: customers are answered by the old one or
 * by the new one. Where changes wait for a comparison, the version waits too, unless words of a person had to go.
 * @returns true when it is live
 */
export async function finishTraining(house: House, outcome: Outcome): Promise<boolean> {
  const now = new Date(house.clock.now());
  const { tenantId, revision, modelKey, model, seconds } = outcome;
  return house.db.registry(async (tx) => {
    if (model) {
      await sql`insert into service.model (key, bytes, report, created_at)
        values (${model.key}, ${Buffer.from(model.bytes.buffer, model.bytes.byteOffset, model.bytes.byteLength)}, ${JSON.stringify(model.report)}, ${now})
        on conflict (key) do nothing`.execute(tx);
    }
    const { rows } = await sql<{
      waits: boolean;
      forgets: boolean;
      live_content: string | null;
      current: boolean;
    }>`
      select live_content, reason = 'forget' as forgets, release = 'review' and model_key is not null and reason <> 'forget' as waits, revision = ${revision} as current
      from service.tenant_model where tenant_id = ${tenantId} and trained_revision <= ${revision} for update`.execute(
      tx,
    );
    const [head] = rows;
    if (!head) return false;
    const isLive = !head.waits;
    // Where the knowledge has changed meanwhile the next round keeps the version; answers would not fit this model.
    const kept = { ...outcome, now };
    const version = !head.current
      ? null
      : isLive && head.live_content !== null
        ? await keepVersion(tx, { ...kept, contentKey: head.live_content })
        : await keepVersion(tx, kept);
    // Words of a person had to go from what is live; the changes that wait still wait, without them.
    if (head.current && isLive && head.live_content !== null) await keepVersion(tx, kept);
    if (head.forgets && version !== null) await dropVersionsBefore(tx, tenantId, version);
    await sql`update service.tenant_model set trained_revision = ${revision}, trained_at = ${now}, error = null, started_at = null,
        model_key = case when ${isLive} then ${modelKey} else model_key end,
        live_version = case when ${isLive} then coalesce(${version}::int, live_version) else live_version end,
        reason = case when revision = ${revision} then 'change' else reason end,
        seconds = ${seconds}, changed_at = case when revision = ${revision} then null else changed_at end,
        state = case when revision <> ${revision} then 'training' when ${modelKey}::text is null then 'none' else 'live' end
      where tenant_id = ${tenantId}`.execute(tx);
    if (isLive && version !== null)
      await sql`update service.version set live_at = coalesce(live_at, ${now}) where tenant_id = ${tenantId} and id = ${version}`.execute(
        tx,
      );
    await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], now.getTime());
    return isLive;
  });
}

/** What learnt from words that had to go, goes; an equal model that another company uses stays for that company. */
async function dropVersionsBefore(tx: Tx, tenantId: number, version: number): Promise<void> {
  const { rows } = await sql<{ model_key: string | null }>`
    delete from service.version where tenant_id = ${tenantId} and id < ${version} returning model_key`.execute(
    tx,
  );
  const keys = rows.flatMap(({ model_key }) => model_key ?? []);
  await sql`update service.tenant_model set model_key = null where tenant_id = ${tenantId} and model_key = any(${keys}::text[])`.execute(
    tx,
  );
  await sql`delete from service.model m where m.key = any(${keys}::text[])
    and not exists (select from service.tenant_model t where t.model_key = m.key)
    and not exists (select from service.version v where v.model_key = m.key)`.execute(tx);
}

/** What was accepted since the last training is a change of the knowledge from now on. */
export async function startNight(house: House, tenantId: number): Promise<void> {
  await house.db.node.query(
    `update service.tenant_model set revision = revision + 1, state = 'training', error = null,
      reason = case reason when 'forget' then 'forget' else 'night' end where tenant_id = $1`,
    [tenantId],
  );
}

/** A training runs from now on; where it is cut off, the desk says so by this time. */
export async function markStarted(house: House, tenantId: number): Promise<void> {
  await house.db.node.query("update service.tenant_model set started_at = $2 where tenant_id = $1", [
    tenantId,
    new Date(house.clock.now()),
  ]);
}

/**
 * Keeps what was measured in place of what was measured before, or why it could not be; the report before then stays. A
 * report quotes examples, hence the lock: where words of a person go in the meantime (`unlearn`), it is of an older revision.
 */
export async function keepHealth(
  house: House,
  measured: { tenantId: number; revision: number; seconds: number } & (
    | { report: Health }
    | { error: string }
  ),
): Promise<void> {
  const report = "report" in measured ? JSON.stringify(measured.report) : null;
  const error = "error" in measured ? measured.error.slice(0, 500) : null;
  const now = house.clock.now();
  await house.db.registry(async (tx) => {
    await sql`insert into service.health as h (tenant_id, revision, report, error, seconds, measured_at)
      select ${measured.tenantId}, ${measured.revision}, ${report}::jsonb, ${error}, ${measured.seconds}, ${new Date(now)}
      from service.tenant_model m where m.tenant_id = ${measured.tenantId} and m.revision = ${measured.revision} for update of m
      on conflict (tenant_id) do update set revision = excluded.revision, error = excluded.error,
        report = coalesce(excluded.report, h.report), seconds = case when excluded.report is null then h.seconds else excluded.seconds end,
        measured_at = case when excluded.report is null then h.measured_at else excluded.measured_at end`.execute(
      tx,
    );
    await appendEvents(tx, measured.tenantId, [{ type: "knowledge.changed" }], now);
  });
}

/** The model before stays in use. */
export async function markFailed(house: House, tenantId: number, error: string): Promise<void> {
  await house.db.registry(async (tx) => {
    await sql`update service.tenant_model set state = 'failed', started_at = null, error = ${error.slice(0, 500)} where tenant_id = ${tenantId}`.execute(
      tx,
    );
    await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], house.clock.now());
  });
}

/** A training that has to succeed is tried every hour, however often it failed; nothing gives it up. */
export async function trainAgainLater(house: House, tenantId: number): Promise<void> {
  await house.db.node.query(
    `insert into kernel.timer (tenant_id, kind, key, due_at) values ($1, $2, 'knowledge', $3)
      on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`,
    [tenantId, TRAIN, new Date(house.clock.now() + 3_600_000)],
  );
}

/**
 * Models that no tenant uses any more. Fresh ones stay, because a training may be about to point at one, unless words of
 * a person had to go: then such a training fails at the foreign key and is done again.
 */
export async function dropUnusedModels(house: House, { fresh }: { fresh: boolean }): Promise<void> {
  const old = new Date(house.clock.now() + (fresh ? 1 : -1) * 3_600_000);
  await house.db.node.query(
    `delete from service.model m where m.created_at < $1
      and not exists (select from service.tenant_model t where t.model_key = m.key)
      and not exists (select from service.version v where v.model_key = m.key)`,
    [old],
  );
}

export interface TrainingRow {
  readonly state: "none" | "training" | "live" | "failed";
  readonly revision: number;
  readonly trained_revision: number;
  readonly trained_at: Date | null;
  readonly seconds: number | null;
  readonly error: string | null;
  /** A training runs since then, or was cut off. */
  readonly started_at: Date | null;
  readonly report: TrainingReport | null;
  readonly examples: number;
  readonly topics: number;
}

/** Where a tenant's knowledge stands; read in the node's role because models are shared. */
export async function readTraining(house: House, tenantId: number): Promise<TrainingRow> {
  const { rows } = await house.db.node.query<TrainingRow>(
    `select t.state, t.revision, t.trained_revision, t.trained_at, t.seconds, t.error, t.started_at, m.report,
        coalesce((m.report ->> 'examples')::int, 0) as examples, coalesce((m.report ->> 'intents')::int, 0) as topics
      from service.tenant_model t left join service.model m on m.key = t.model_key where t.tenant_id = $1`,
    [tenantId],
  );
  return (
    rows[0] ?? {
      state: "none",
      revision: 0,
      trained_revision: 0,
      trained_at: null,
      seconds: null,
      error: null,
      started_at: null,
      report: null,
      examples: 0,
      topics: 0,
    }
  );
}

/** The health report that stands, and whether it is of the knowledge as it is now. */
export interface MeasuredHealth {
  readonly report: Health | null;
  readonly measured_at: Date | null;
  readonly isCurrent: boolean;
  /** Why the knowledge as it is now could not be measured. */
  readonly error: string | null;
  readonly maxWrong: number;
  /** Written now. */
  readonly examples: number;
}

/** @returns null when the company has no knowledge yet */
export async function readHealth(tx: Tx<ServiceTables>, tenantId: number): Promise<MeasuredHealth | null> {
  const { rows } = await sql<Omit<MeasuredHealth, "maxWrong"> & { max_wrong: number }>`
    select h.report, h.measured_at, h.error, coalesce(h.revision = m.revision, false) as "isCurrent", m.max_wrong,
      (select count(*) from service.example e where e.tenant_id = m.tenant_id and e.topic_id is not null) as examples
    from service.tenant_model m left join service.health h on h.tenant_id = m.tenant_id where m.tenant_id = ${tenantId}`.execute(
    tx,
  );
  const [row] = rows;
  return row ? { ...row, maxWrong: Number(row.max_wrong.toFixed(4)) } : null;
}
