import { sql } from "kysely";
import { jsonText, type Language, type Tx } from "#kernel";
import type { ApplyPlan, PackAnswer, PackExample, TopicChange, WantedTopic } from "../rules/packs/index.ts";
import type { ServiceTables } from "../tables.ts";
import { addExamples } from "./examples.ts";

type ServiceTx = Tx<ServiceTables>;

/** As many questions as the opening screen shows. */
const MOST_SHOWN = 6;

/** Writes what was planned; topics one by one, for a pack has a few dozen. */
export async function writePlan(
  tx: ServiceTx,
  tenantId: number,
  { insert, change }: ApplyPlan,
): Promise<void> {
  for (const topic of insert) await insertTopic(tx, tenantId, topic);
  for (const one of change) await changeTopic(tx, tenantId, one);
}

async function insertTopic(tx: ServiceTx, tenantId: number, topic: WantedTopic): Promise<void> {
  const { intent, title, flow, cost, question } = topic;
  const { rows } = await sql<{ id: number }>`
    insert into service.topic (tenant_id, intent, label, title_de, title_en, flow, cost, most_asked)
    select ${tenantId}, ${intent}, ${intent}, ${title.de}, ${title.en}, ${flow}, ${cost},
      case when ${question !== null} and s.shown < ${MOST_SHOWN} then ${jsonText(question ?? {})}::jsonb || jsonb_build_object('place', s.last + 1) end
    from (select count(*) as shown, coalesce(max((most_asked ->> 'place')::int), 0) as last
      from service.topic where tenant_id = ${tenantId} and most_asked is not null) s
    returning id`.execute(tx);
  const id = (rows[0] as { id: number }).id;
  await writeAnswers(tx, tenantId, { id, answers: topic.answers });
  await addExamples(tx, tenantId, { id, examples: topic.examples });
}

async function changeTopic(tx: ServiceTx, tenantId: number, change: TopicChange): Promise<void> {
  const { id, title, flow, cost } = change;
  const columns = {
    ...(title && { title_de: title.de, title_en: title.en }),
    ...(flow !== undefined && { flow }),
    ...(cost !== undefined && { cost }),
  };
  if (Object.keys(columns).length > 0) {
    await tx
      .updateTable("service.topic")
      .set(columns)
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .execute();
  }
  await writeAnswers(tx, tenantId, change);
  await removeExamples(tx, tenantId, change.removeExamples);
  await addExamples(tx, tenantId, { id, examples: change.addExamples });
}

async function writeAnswers(
  tx: ServiceTx,
  tenantId: number,
  { id, answers }: { id: number; answers: Readonly<Partial<Record<Language, PackAnswer>>> },
): Promise<void> {
  for (const [language, { text, options }] of Object.entries(answers) as [Language, PackAnswer][]) {
    await sql`insert into service.answer (tenant_id, topic_id, language, text, options)
      values (${tenantId}, ${id}, ${language}, ${text}, ${jsonText(options)}::jsonb)
      on conflict (tenant_id, topic_id, language) do update set text = excluded.text, options = excluded.options`.execute(
      tx,
    );
  }
}

export async function removeExamples(tx: ServiceTx, tenantId: number, ids: readonly number[]): Promise<void> {
  await sql`delete from service.example where tenant_id = ${tenantId} and id = any(${[...ids]}::bigint[]) and source_at is null`.execute(
    tx,
  );
}

/** Topics that nobody touched: no example of theirs was said by a person. */
export async function removeTopics(tx: ServiceTx, tenantId: number, ids: readonly number[]): Promise<void> {
  await sql`delete from service.topic where tenant_id = ${tenantId} and id = any(${[...ids]}::int[])`.execute(
    tx,
  );
}

/** Questions that are none of the company's business. @returns those that were not there yet */
export async function addOutOfScope(
  tx: ServiceTx,
  tenantId: number,
  examples: readonly PackExample[],
): Promise<PackExample[]> {
  const { rows } = await sql<PackExample>`
    insert into service.example (tenant_id, topic_id, language, text)
    select ${tenantId}, null, n.language, n.text
    from unnest(${examples.map(({ language }) => language)}::text[], ${examples.map(({ text }) => text)}::text[]) n(language, text)
    on conflict do nothing returning language, text`.execute(tx);
  return rows;
}

export async function removeOutOfScope(
  tx: ServiceTx,
  tenantId: number,
  examples: readonly PackExample[],
): Promise<void> {
  await sql`delete from service.example e
    using unnest(${examples.map(({ language }) => language)}::text[], ${examples.map(({ text }) => text)}::text[]) n(language, text)
    where e.tenant_id = ${tenantId} and e.topic_id is null and e.source_at is null and e.language = n.language and e.text = n.text`.execute(
    tx,
  );
}
