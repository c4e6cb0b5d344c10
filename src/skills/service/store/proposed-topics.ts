import { sql } from "kysely";
import { AppError, type Language } from "#kernel";
import { oneLine } from "../rules/index.ts";
import { freeIntent } from "./clusters.ts";
import { addExamples } from "./examples.ts";
import type { Added, IntakeTx } from "./intake-tables.ts";
import { checkLimits, insertTopic } from "./topics.ts";

/** What a person decides about proposed topics; each decision can be taken back. */

export interface ProposedRow {
  readonly id: number;
  readonly intake_id: number;
  readonly title: string;
  readonly language: Language;
  readonly asked: number;
  readonly examples: readonly string[];
  readonly answer: string | null;
  readonly answers: number;
  readonly alike: number;
  readonly state: "open" | "accepted" | "dropped" | "merged";
  readonly merged_into: number | null;
  readonly added: Added | null;
}

export async function listProposed(tx: IntakeTx, tenantId: number, intakeId: number): Promise<ProposedRow[]> {
  return tx
    .selectFrom("service.proposed_topic")
    .where("tenant_id", "=", tenantId)
    .where("intake_id", "=", intakeId)
    .selectAll()
    .orderBy("asked", "desc")
    .orderBy("id")
    .execute();
}

/** @throws AppError not_found */
async function lockProposed(tx: IntakeTx, tenantId: number, id: number): Promise<ProposedRow> {
  const row = await tx
    .selectFrom("service.proposed_topic")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .selectAll()
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "This proposal is gone; load the list again.");
  return row;
}

/** @throws AppError conflict when a colleague has decided it meanwhile */
async function lockOpen(tx: IntakeTx, tenantId: number, id: number): Promise<ProposedRow> {
  const row = await lockProposed(tx, tenantId, id);
  if (row.state !== "open") throw new AppError("conflict", "This proposal is decided already.");
  return row;
}

type Change = Partial<{
  title: string;
  answer: string | null;
  state: ProposedRow["state"];
  merged_into: number | null;
  added: string | null;
  decided_at: Date | null;
}>;

async function change(tx: IntakeTx, tenantId: number, id: number, to: Change): Promise<void> {
  await tx
    .updateTable("service.proposed_topic")
    .set(to)
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
}

export async function renameProposed(
  tx: IntakeTx,
  tenantId: number,
  { id, title, answer }: { id: number; title: string; answer: string | null },
): Promise<void> {
  await lockOpen(tx, tenantId, id);
  await change(tx, tenantId, id, { title, answer });
}

export async function dropProposed(tx: IntakeTx, tenantId: number, id: number, now: Date): Promise<void> {
  await lockOpen(tx, tenantId, id);
  await change(tx, tenantId, id, { state: "dropped", decided_at: now });
}

/** What was merged into it goes on with it. @throws AppError bad_request for itself or one of another file */
export async function mergeProposed(
  tx: IntakeTx,
  tenantId: number,
  { id, into }: { id: number; into: number },
  now: Date,
): Promise<void> {
  // In a fixed order, so that two that merge crosswise do not wait for each other.
  const rows = [];
  for (const one of [id, into].sort((a, b) => a - b)) rows.push(await lockOpen(tx, tenantId, one));
  if (id === into || rows[0]?.intake_id !== rows[1]?.intake_id)
    throw new AppError("bad_request", "A proposal is merged into another one of the same file.");
  await change(tx, tenantId, id, { state: "merged", merged_into: into, decided_at: now });
}

/**
 * Makes a topic of it, or adds its examples to one that stands. Followed by `noteChange`.
 * @throws AppError not_found, conflict; rule_broken beyond the limits of the knowledge
 */
export async function acceptProposed(
  tx: IntakeTx,
  tenantId: number,
  order: {
    id: number;
    title: string;
    answer: string | null;
    examples: readonly string[];
    topicId: number | null;
  },
  now: Date,
): Promise<number> {
  const { language } = await lockOpen(tx, tenantId, order.id);
  const texts = [...new Set(order.examples.map(oneLine))].filter((text) => text !== "");
  const examples = texts.map((text) => ({ language, text }));
  const made = order.topicId === null;
  const before = order.topicId === null ? new Set<number>() : await exampleIds(tx, tenantId, order.topicId);
  const topicId = order.topicId ?? (await makeTopic(tx, tenantId, { ...order, language }));
  await addExamples(tx, tenantId, { id: topicId, examples });
  await checkLimits(tx, tenantId);
  const all = await exampleIds(tx, tenantId, topicId);
  const added: Added = { topicId, made, examples: [...all].filter((id) => !before.has(id)) };
  await change(tx, tenantId, order.id, {
    title: order.title,
    answer: order.answer,
    state: "accepted",
    added: JSON.stringify(added),
    decided_at: now,
  });
  return topicId;
}

async function makeTopic(
  tx: IntakeTx,
  tenantId: number,
  { title, answer, language }: { title: string; answer: string | null; language: Language },
): Promise<number> {
  const text = answer?.trim() ?? "";
  return insertTopic(tx, tenantId, {
    intent: await freeIntent(tx, tenantId, title),
    title: { de: language === "de" ? title : "", en: language === "en" ? title : "" },
    answers: text === "" ? [] : [{ language, text, link: null, fileId: null, options: [] }],
    examples: [],
    flow: "",
    mostAsked: false,
  });
}

/** @throws AppError not_found for a topic that is not there */
async function exampleIds(tx: IntakeTx, tenantId: number, topicId: number): Promise<Set<number>> {
  const topic = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", topicId)
    .select("id")
    .forUpdate()
    .executeTakeFirst();
  if (!topic) throw new AppError("not_found", "This topic is gone.");
  const rows = await tx
    .selectFrom("service.example")
    .where("tenant_id", "=", tenantId)
    .where("topic_id", "=", topicId)
    .select("id")
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/**
 * Takes the decision back. An accepted topic goes again, unless somebody worked on it meanwhile.
 * @returns whether the knowledge changed
 * @throws AppError conflict when the topic is not any more what was accepted
 */
export async function undoProposed(tx: IntakeTx, tenantId: number, id: number): Promise<boolean> {
  const row = await lockProposed(tx, tenantId, id);
  if (row.state === "open") return false;
  if (row.added) await takeBack(tx, tenantId, row, row.added);
  await change(tx, tenantId, id, { state: "open", merged_into: null, added: null, decided_at: null });
  return row.added !== null;
}

async function takeBack(tx: IntakeTx, tenantId: number, row: ProposedRow, added: Added): Promise<void> {
  if (added.made && !(await isUntouched(tx, tenantId, row, added)))
    throw new AppError(
      "conflict",
      "Somebody worked on this topic meanwhile. Open it under Topics and remove it there.",
    );
  await sql`delete from service.example where tenant_id = ${tenantId} and topic_id = ${added.topicId}
    and id = any(${[...added.examples]}::bigint[])`.execute(tx);
  if (added.made)
    await tx
      .deleteFrom("service.topic")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", added.topicId)
      .execute();
}

async function isUntouched(
  tx: IntakeTx,
  tenantId: number,
  { title, answer, language }: ProposedRow,
  { topicId, examples }: Added,
): Promise<boolean> {
  const { rows } = await sql<{ is_same: boolean }>`
    select (case when ${language} = 'de' then t.title_de else t.title_en end) = ${title}
      and coalesce((select string_agg(a.text, '') from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id), '') = ${answer?.trim() ?? ""}
      and (select coalesce(array_agg(e.id order by e.id), '{}') from service.example e where e.tenant_id = t.tenant_id and e.topic_id = t.id)
        = (select coalesce(array_agg(x order by x), '{}') from unnest(${[...examples]}::bigint[]) x) as is_same
    from service.topic t where t.tenant_id = ${tenantId} and t.id = ${topicId}`.execute(tx);
  // Who removed the topic has taken it back already.
  return rows[0]?.is_same ?? true;
}
