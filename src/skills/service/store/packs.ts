import { sql } from "kysely";
import { jsonText, type Language, type Tx } from "#kernel";
import type { PlaceholderValues, StandingTopic, Written } from "../rules/packs/index.ts";
import type { AnswerOption, ServiceTables } from "../tables.ts";

/** What of starter packs a company has: which it applied, its facts, and its topics as they stand. */

export interface AppliedPack {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly written: Written;
  readonly applied_at: Date;
}

/** In the order in which they were applied: what stands first wins. */
export async function readApplied(tx: Tx<ServiceTables>, tenantId: number): Promise<AppliedPack[]> {
  return tx
    .selectFrom("service.pack")
    .where("tenant_id", "=", tenantId)
    .select(["name", "languages", "written", "applied_at"])
    .orderBy("applied_at")
    .orderBy("name")
    .execute();
}

/** Nobody else applies or removes a pack of this company until the transaction ends. */
export async function lockPacks(tx: Tx<ServiceTables>, tenantId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('service.pack'), ${tenantId}::int)`.execute(tx);
}

export async function keepApplied(
  tx: Tx<ServiceTables>,
  tenantId: number,
  pack: { name: string; languages: readonly Language[]; written: Written; now: number },
): Promise<void> {
  const { name, languages, written } = pack;
  // The time stays that of the first: it is the order of those that share a topic.
  await sql`insert into service.pack (tenant_id, name, languages, written, applied_at)
    values (${tenantId}, ${name}, ${[...languages]}::text[], ${jsonText(written)}::jsonb, ${new Date(pack.now)})
    on conflict (tenant_id, name) do update set languages = excluded.languages, written = excluded.written`.execute(
    tx,
  );
}

export async function forgetApplied(tx: Tx<ServiceTables>, tenantId: number, name: string): Promise<void> {
  await tx.deleteFrom("service.pack").where("tenant_id", "=", tenantId).where("name", "=", name).execute();
}

export async function readValues(tx: Tx<ServiceTables>, tenantId: number): Promise<PlaceholderValues> {
  const rows = await tx
    .selectFrom("service.pack_value")
    .where("tenant_id", "=", tenantId)
    .select(["name", "language", "value"])
    .execute();
  const values = new Map<string, Partial<Record<Language, string>>>();
  for (const { name, language, value } of rows) {
    values.set(name, { ...values.get(name), [language]: value });
  }
  return values;
}

/** A row of the form; an empty value takes the fact away. */
export interface WrittenValue {
  readonly name: string;
  readonly language: Language;
  readonly value: string;
}

export async function keepValues(
  tx: Tx<ServiceTables>,
  tenantId: number,
  values: readonly WrittenValue[],
): Promise<void> {
  const [gone, kept] = [true, false].map((isGone) =>
    values.filter(({ value }) => (value === "") === isGone),
  ) as [WrittenValue[], WrittenValue[]];
  const columns = (rows: readonly WrittenValue[]) =>
    sql`unnest(${rows.map(({ name }) => name)}::text[], ${rows.map(({ language }) => language)}::text[], ${rows.map(({ value }) => value)}::text[]) n(name, language, value)`;
  await sql`delete from service.pack_value v using ${columns(gone)}
    where v.tenant_id = ${tenantId} and v.name = n.name and v.language = n.language`.execute(tx);
  await sql`insert into service.pack_value (tenant_id, name, language, value)
    select ${tenantId}, n.name, n.language, n.value from ${columns(kept)}
    on conflict (tenant_id, name, language) do update set value = excluded.value`.execute(tx);
}

interface StandingRow {
  readonly id: number;
  readonly intent: string;
  readonly title_de: string;
  readonly title_en: string;
  readonly flow: string;
  readonly cost: number;
  readonly answers: {
    language: Language;
    text: string;
    link: string | null;
    file_id: string | null;
    options: AnswerOption[];
  }[];
  readonly examples: { id: number; language: Language; text: string; isTaught: boolean }[];
}

/** Topics with all their examples, also those that measure. */
export async function readStanding(tx: Tx<ServiceTables>, tenantId: number): Promise<StandingTopic[]> {
  const { rows } = await sql<StandingRow>`
    select t.id, t.intent, t.title_de, t.title_en, t.flow, t.cost,
      coalesce((select jsonb_agg(jsonb_build_object('language', a.language, 'text', a.text, 'link', a.link, 'file_id', a.file_id, 'options', a.options))
        from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id), '[]') as answers,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'language', e.language, 'text', e.text, 'isTaught', e.source_at is not null))
        from service.example e where e.tenant_id = t.tenant_id and e.topic_id = t.id), '[]') as examples
    from service.topic t where t.tenant_id = ${tenantId} order by t.id`.execute(tx);
  return rows.map(({ title_de, title_en, answers, ...row }) => ({
    ...row,
    cost: Number(row.cost.toFixed(2)),
    title: { de: title_de, en: title_en },
    answers: Object.fromEntries(
      answers.map(({ language, text, link, file_id, options }) => [
        language,
        { text, options, isOwn: link !== null || file_id !== null },
      ]),
    ),
  }));
}
