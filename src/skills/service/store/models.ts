import { sql } from "kysely";
import { appendEvents, type House, type Tx } from "#kernel";
import type { Example, TrainingReport } from "../engine/index.ts";
import type { ServiceTables } from "../tables.ts";
import { TRAIN } from "./changes.ts";

/** What a training learns from, and which change of the knowledge it is. */
export interface Lesson {
  readonly revision: number;
  readonly isTrained: boolean;
  readonly examples: readonly Example[];
  /** Titles and answers, which teach the company's words. */
  readonly hints: readonly Example[];
}

export interface NewModel {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly report: TrainingReport;
}

export async function readLesson(tx: Tx<ServiceTables>, tenantId: number): Promise<Lesson | null> {
  const head = await tx
    .selectFrom("service.tenant_model")
    .where("tenant_id", "=", tenantId)
    .select(["revision", "trained_revision", "state"])
    .executeTakeFirst();
  if (!head) return null;
  const examples = await tx
    .selectFrom("service.example as e")
    .innerJoin("service.topic as t", (join) =>
      join.onRef("t.tenant_id", "=", "e.tenant_id").onRef("t.id", "=", "e.topic_id"),
    )
    .where("e.tenant_id", "=", tenantId)
    .select(["e.text", "t.intent"])
    .execute();
  const { rows: hints } = await sql<Example>`
    select h.text, t.intent from service.topic t
    cross join lateral (
      select unnest(array[t.title_de, t.title_en]) as text
      union all select a.text from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id
    ) h
    where t.tenant_id = ${tenantId} and h.text <> '' order by t.intent, h.text`.execute(tx);
  const isTrained = head.trained_revision === head.revision && head.state !== "training";
  return { revision: head.revision, isTrained, examples, hints };
}

export async function hasModel(house: House, key: string): Promise<boolean> {
  const { rowCount } = await house.db.node.query("select from service.model where key = $1", [key]);
  return rowCount === 1;
}

/** What a finished training writes. */
export interface Outcome {
  readonly tenantId: number;
  readonly revision: number;
  /** null = there is nothing to learn from. */
  readonly modelKey: string | null;
  /** Present when the model is new. */
  readonly model?: NewModel;
  /** null when an equal model stood there already. */
  readonly seconds: number | null;
}

/** Puts a model in place in one transaction: customers are answered by the old one or by the new one. */
export async function goLive(house: House, outcome: Outcome): Promise<void> {
  const now = new Date(house.clock.now());
  const { tenantId, revision, modelKey, model, seconds } = outcome;
  await house.db.registry(async (tx) => {
    if (model) {
      await sql`insert into service.model (key, bytes, report, created_at)
        values (${model.key}, ${Buffer.from(model.bytes.buffer, model.bytes.byteOffset, model.bytes.byteLength)}, ${JSON.stringify(model.report)}, ${now})
        on conflict (key) do nothing`.execute(tx);
    }
    await sql`update service.tenant_model set model_key = ${modelKey}, trained_revision = ${revision}, trained_at = ${now}, error = null,
        seconds = ${seconds}, changed_at = case when revision = ${revision} then null else changed_at end,
        state = case when revision <> ${revision} then 'training' when ${modelKey}::text is null then 'none' else 'live' end
      where tenant_id = ${tenantId} and trained_revision <= ${revision}`.execute(tx);
    await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], now.getTime());
  });
}

/** The model before stays in use. */
export async function markFailed(house: House, tenantId: number, error: string): Promise<void> {
  await house.db.registry(async (tx) => {
    await sql`update service.tenant_model set state = 'failed', error = ${error.slice(0, 500)} where tenant_id = ${tenantId}`.execute(
      tx,
    );
    await appendEvents(tx, tenantId, [{ type: "knowledge.changed" }], house.clock.now());
  });
}

/** Models that no tenant uses any more; fresh ones stay, because a training may be about to point at one. */
export async function dropUnusedModels(house: House): Promise<void> {
  const old = new Date(house.clock.now() - 3_600_000);
  await house.db.node.query(
    `delete from service.model m where m.created_at < $1
      and not exists (select from service.tenant_model t where t.model_key = m.key)`,
    [old],
  );
}

/** Removes models that this node cannot read and has their tenants trained anew; they hand over until then. */
export async function replaceModels(house: House, keys: readonly string[]): Promise<void> {
  const now = new Date(house.clock.now());
  await house.db.registry(async (tx) => {
    await sql`insert into kernel.timer (tenant_id, kind, key, due_at)
      select t.tenant_id, ${TRAIN}, 'knowledge', ${now} from service.tenant_model t where t.model_key = any(${keys}::text[])
      on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
    await sql`update service.tenant_model set model_key = null, state = 'training', trained_revision = 0
      where model_key = any(${keys}::text[])`.execute(tx);
    await sql`delete from service.model where key = any(${keys}::text[])`.execute(tx);
  });
}

export interface TrainingRow {
  readonly state: "none" | "training" | "live" | "failed";
  readonly revision: number;
  readonly trained_revision: number;
  readonly trained_at: Date | null;
  readonly seconds: number | null;
  readonly error: string | null;
  readonly report: TrainingReport | null;
  readonly examples: number;
  readonly topics: number;
}

/** Where a tenant's knowledge stands; read in the node's role because models are shared. */
export async function readTraining(house: House, tenantId: number): Promise<TrainingRow> {
  const { rows } = await house.db.node.query<TrainingRow>(
    `select t.state, t.revision, t.trained_revision, t.trained_at, t.seconds, t.error, m.report,
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
      report: null,
      examples: 0,
      topics: 0,
    }
  );
}
