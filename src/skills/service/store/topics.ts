import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { Topic } from "../api.ts";
import { MAX_EXAMPLES, MAX_INTENTS } from "../engine/index.ts";
import type { ServiceTables } from "../tables.ts";
import { addExamples, saveExamples } from "./examples.ts";
import { unlearn } from "./unlearn.ts";

type ServiceTx = Tx<ServiceTables>;
type Input = Omit<Topic, "id">;

/** A row of the list, counts included. */
export interface TopicSummaryRow {
  readonly id: number;
  readonly intent: string;
  readonly label: string;
  readonly title_de: string;
  readonly title_en: string;
  readonly examples_de: number;
  readonly examples_en: number;
  readonly languages: readonly ("de" | "en")[];
  /** An answer waits for a fact, see rules/packs/fill.ts. */
  readonly is_unfilled: boolean;
  readonly asked: number;
  readonly answered: number;
}

export async function listTopics(tx: ServiceTx, tenantId: number): Promise<TopicSummaryRow[]> {
  const { rows } = await sql<TopicSummaryRow>`
    select t.id, t.intent, t.label, t.title_de, t.title_en, coalesce(e.de, 0)::int as examples_de, coalesce(e.en, 0)::int as examples_en,
      array(select a.language from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id order by 1) as languages,
      exists (select from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id and a.text ~ '\\{\\{|\\}\\}') as is_unfilled,
      coalesce(c.asked, 0) as asked, coalesce(c.answered, 0) as answered
    from service.topic t
    left join (select topic_id, count(*) filter (where language = 'de') as de, count(*) filter (where language = 'en') as en
      from service.example where tenant_id = ${tenantId} and not held_out group by topic_id) e on e.topic_id = t.id
    left join service.topic_count c on c.tenant_id = t.tenant_id and c.topic_id = t.id
    where t.tenant_id = ${tenantId} order by t.intent`.execute(tx);
  return rows;
}

/** @throws AppError not_found */
export async function readTopic(tx: ServiceTx, tenantId: number, id: number): Promise<Topic> {
  const row = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .selectAll()
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  const answers = await tx
    .selectFrom("service.answer")
    .where("tenant_id", "=", tenantId)
    .where("topic_id", "=", id)
    .orderBy("language")
    .selectAll()
    .execute();
  const examples = await tx
    .selectFrom("service.example")
    .where("tenant_id", "=", tenantId)
    .where("topic_id", "=", id)
    // What measures is nobody's to edit: seen here it would be taught.
    .where("held_out", "=", false)
    .orderBy("id")
    .select(["id", "language", "text"])
    .execute();
  return {
    id: row.id,
    intent: row.intent,
    title: { de: row.title_de, en: row.title_en },
    answers: answers.map(({ language, text, link, file_id, options }) => ({
      language,
      text,
      link,
      fileId: file_id,
      options,
    })),
    examples,
    flow: row.flow,
    mostAsked: row.most_asked !== null,
  };
}

/** @throws AppError conflict when the intent stands already, rule_broken beyond the limits */
export async function insertTopic(tx: ServiceTx, tenantId: number, input: Input): Promise<number> {
  const { id } = await tx
    .insertInto("service.topic")
    .values({ tenant_id: tenantId, label: input.intent, ...columnsOf(input) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await writeAnswers(tx, tenantId, id, input);
  await addExamples(tx, tenantId, { id, examples: input.examples });
  await checkLimits(tx, tenantId);
  return id;
}

/**
 * Saves a topic whole; examples as in `saveExamples`.
 * @throws AppError not_found, conflict, rule_broken
 */
export async function updateTopic(
  tx: ServiceTx,
  tenantId: number,
  topic: Topic & { shown: readonly number[] },
): Promise<void> {
  const before = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", topic.id)
    .select(["most_asked", "intent", "label"])
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw new AppError("not_found");
  const { most_asked, ...columns } = columnsOf(topic);
  // The question on the opening screen came with the seed and is kept while the topic stays there.
  const kept = topic.mostAsked && before.most_asked ? JSON.stringify(before.most_asked) : most_asked;
  const label = before.intent === topic.intent ? before.label : topic.intent;
  await tx
    .updateTable("service.topic")
    .set({ ...columns, label, most_asked: kept })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", topic.id)
    .execute();
  await tx
    .deleteFrom("service.answer")
    .where("tenant_id", "=", tenantId)
    .where("topic_id", "=", topic.id)
    .execute();
  await writeAnswers(tx, tenantId, topic.id, topic);
  await saveExamples(tx, tenantId, topic);
  await checkLimits(tx, tenantId);
}

/** @throws AppError not_found */
export async function removeTopic(tx: ServiceTx, tenantId: number, id: number): Promise<void> {
  const { numAffectedRows } = await sql`
    delete from service.example where tenant_id = ${tenantId} and topic_id = ${id} and source_at is not null`.execute(
    tx,
  );
  if (numAffectedRows) await unlearn(tx, tenantId);
  const { numDeletedRows } = await tx
    .deleteFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError("not_found");
}

function columnsOf(input: Input) {
  return {
    intent: input.intent,
    title_de: input.title.de,
    title_en: input.title.en,
    flow: input.flow,
    most_asked: input.mostAsked ? JSON.stringify({ de: input.title.de, en: input.title.en }) : null,
  };
}

async function writeAnswers(
  tx: ServiceTx,
  tenantId: number,
  id: number,
  input: Pick<Input, "answers">,
): Promise<void> {
  const answers = new Map(input.answers.map((answer) => [answer.language, answer]));
  const written = [...answers.values()].filter(({ text }) => text.trim() !== "");
  if (written.length > 0) {
    await tx
      .insertInto("service.answer")
      .values(
        written.map(({ language, text, link, fileId, options }) => ({
          tenant_id: tenantId,
          topic_id: id,
          language,
          text,
          link,
          file_id: fileId,
          options: JSON.stringify(options),
        })),
      )
      .execute();
  }
}

/** @throws AppError rule_broken when a company knows more than a model can learn */
export async function checkLimits(tx: ServiceTx, tenantId: number): Promise<void> {
  const { rows } = await sql<{ topics: number; examples: number }>`
    select (select count(*) from service.topic where tenant_id = ${tenantId}) as topics,
      (select count(*) from service.example where tenant_id = ${tenantId}) as examples`.execute(tx);
  const { topics = 0, examples = 0 } = rows[0] ?? {};
  if (topics > MAX_INTENTS)
    throw new AppError("rule_broken", `At most ${MAX_INTENTS} topics; these would be ${topics}.`);
  if (examples > MAX_EXAMPLES)
    throw new AppError(
      "rule_broken",
      `At most ${MAX_EXAMPLES} example questions; these would be ${examples}.`,
    );
}
