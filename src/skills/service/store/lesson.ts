import { sql } from "kysely";
import type { Tx } from "#kernel";
import { type Example, OUT_OF_SCOPE, type TrainOptions } from "../engine/index.ts";
import type { ServiceTables } from "../tables.ts";

/** Why a training was asked for. */
export type TrainingCause = "change" | "night" | "forget";

/** What a training learns from, and which change of the knowledge it is. */
export interface Lesson {
  readonly revision: number;
  readonly isTrained: boolean;
  readonly reason: TrainingCause;
  /** Example questions of topics, and of nothing that belongs here ({@link OUT_OF_SCOPE}). */
  readonly examples: readonly Example[];
  readonly options: TrainOptions;
}

const SEED = 1;

/** @returns null when the company has no knowledge yet */
export async function readLesson(tx: Tx<ServiceTables>, tenantId: number): Promise<Lesson | null> {
  const head = await tx
    .selectFrom("service.tenant_model")
    .where("tenant_id", "=", tenantId)
    .select(["revision", "trained_revision", "state", "reason", "max_wrong"])
    .executeTakeFirst();
  if (!head) return null;
  const { rows: examples } = await sql<Example & { held_out: boolean }>`
    select e.text, coalesce(t.intent, ${OUT_OF_SCOPE}) as intent, e.language, e.held_out from service.example e
    left join service.topic t on t.tenant_id = e.tenant_id and t.id = e.topic_id
    where e.tenant_id = ${tenantId}`.execute(tx);
  const { rows: hints } = await sql<Example>`
    select h.text, t.intent from service.topic t
    cross join lateral (
      select unnest(array[t.title_de, t.title_en]) as text
      union all select a.text from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id
    ) h
    where t.tenant_id = ${tenantId} and h.text <> '' order by t.intent, h.text`.execute(tx);
  const costs = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("cost", ">", 1)
    .select(["intent", "cost"])
    .execute();
  const pick = (isHeldOut: boolean): Example[] =>
    examples
      .filter((example) => example.held_out === isHeldOut)
      .map(({ text, intent, language }) => ({ text, intent, ...(language && { language }) }));
  return {
    revision: head.revision,
    isTrained: head.trained_revision === head.revision && head.state !== "training",
    reason: head.reason,
    examples: pick(false),
    options: {
      seed: SEED,
      hints,
      maxWrong: Number(head.max_wrong.toFixed(4)),
      validation: pick(true),
      costs: new Map(costs.map(({ intent, cost }) => [intent, cost])),
    },
  };
}
