import { sql } from "kysely";
import type { House, Language, SkippedLine, Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";
import { noteChange } from "./changes.ts";
import { KNOWLEDGE } from "./heads.ts";
import {
  type Contradiction,
  type ImportPlan,
  intentOf,
  type KnowledgeFiles,
  type PlannedTopic,
  planImport,
} from "./import-plan.ts";
import { checkLimits } from "./topics.ts";

/** A question on the opening screen; the list's order is shown. */
export interface MostAsked {
  readonly intent: string;
  readonly de: string;
  readonly en: string;
}

export interface ImportOrder extends KnowledgeFiles {
  readonly mostAsked?: readonly MostAsked[];
}

/** What the files held; the same files give the same numbers. */
export interface ImportResult {
  readonly topics: number;
  readonly examples: number;
  readonly answers: number;
  /** Topics of the files that still have no answer. */
  readonly placeholders: number;
  /** The first 100. */
  readonly skipped: SkippedLine[];
  /** The first 100. Where there are any, nothing was written. */
  readonly contradictions: Contradiction[];
  /** False when everything stood there already. */
  readonly changed: boolean;
}

const MOST_SKIPPED = 100;
/** A topic with the name of a flow starts it. */
const FLOWS = ["callback", "collect_order"];

/**
 * Adds topics, examples and answers of CSV files to what a company knows, in one transaction; what stands there already
 * stays, an answer in the file replaces the one before. Training is scheduled when anything changed. Files in which one
 * question stands for two topics are not written at all.
 * @throws AppError rule_broken beyond the limits of topics and examples; nothing is kept then
 */
export async function importKnowledge(
  house: House,
  tenantId: number,
  order: ImportOrder,
): Promise<ImportResult> {
  const plan = planImport(order);
  const contradictions = plan.contradictions.slice(0, MOST_SKIPPED);
  const skipped = plan.skipped.slice(0, MOST_SKIPPED);
  if (contradictions.length > 0)
    return { topics: 0, examples: 0, answers: 0, placeholders: 0, skipped, contradictions, changed: false };
  const { changed, placeholders } = await house.db.tenant<Written, ServiceTables>(tenantId, async (tx) => {
    const written = await write(tx, tenantId, plan, order.mostAsked ?? []);
    if (written.changed) await noteChange(tx, tenantId, house.clock.now());
    return written;
  });
  if (changed) await house.announce(KNOWLEDGE, tenantId);
  return {
    topics: plan.topics.length,
    examples: plan.examples.length,
    answers: plan.answers.length,
    placeholders,
    skipped,
    contradictions,
    changed,
  };
}

interface Written {
  readonly changed: boolean;
  readonly placeholders: number;
}

async function write(
  tx: Tx<ServiceTables>,
  tenantId: number,
  plan: ImportPlan,
  mostAsked: readonly MostAsked[],
): Promise<Written> {
  const changes = [
    await writeTopics(tx, tenantId, plan.topics),
    await writeExamples(tx, tenantId, plan.examples),
    await writeAnswers(tx, tenantId, plan.answers),
    await writeMostAsked(tx, tenantId, mostAsked),
  ];
  await checkLimits(tx, tenantId);
  const { rows } = await sql<{ placeholders: number }>`
    select count(*)::int as placeholders from service.topic t
    where t.tenant_id = ${tenantId} and t.intent = any(${plan.topics.map((topic) => topic.intent)}::text[])
      and not exists (select from service.answer a where a.tenant_id = t.tenant_id and a.topic_id = t.id)`.execute(
    tx,
  );
  return { changed: changes.some((count) => count > 0), placeholders: rows[0]?.placeholders ?? 0 };
}

async function writeTopics(
  tx: Tx<ServiceTables>,
  tenantId: number,
  topics: readonly PlannedTopic[],
): Promise<number> {
  const titles = (language: Language) => topics.map((topic) => topic.title[language] ?? null);
  const flows = topics.map(({ flow, intent }) => flow ?? (FLOWS.includes(intent) ? intent : null));
  const { numAffectedRows } = await sql`
    insert into service.topic as t (tenant_id, intent, label, title_de, title_en, flow)
    select ${tenantId}, n.intent, n.label, coalesce(n.de, ''), coalesce(n.en, ''), coalesce(n.flow, '')
    from unnest(${topics.map((topic) => topic.intent)}::text[], ${topics.map((topic) => topic.label)}::text[], ${titles("de")}::text[],
      ${titles("en")}::text[], ${flows}::text[]) with ordinality n(intent, label, de, en, flow, place)
    order by n.place
    on conflict (tenant_id, intent) do update set title_de = coalesce(nullif(excluded.title_de, ''), t.title_de),
      title_en = coalesce(nullif(excluded.title_en, ''), t.title_en), flow = coalesce(nullif(excluded.flow, ''), t.flow)
    where (excluded.title_de <> '' and excluded.title_de <> t.title_de) or (excluded.title_en <> '' and excluded.title_en <> t.title_en)
      or (excluded.flow <> '' and excluded.flow <> t.flow)`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

async function writeExamples(
  tx: Tx<ServiceTables>,
  tenantId: number,
  examples: ImportPlan["examples"],
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into service.example (tenant_id, topic_id, language, text)
    select ${tenantId}, t.id, n.language, n.text
    from unnest(${examples.map((e) => e.intent)}::text[], ${examples.map((e) => e.language)}::text[], ${examples.map((e) => e.text)}::text[])
      with ordinality n(intent, language, text, place)
    join service.topic t on t.tenant_id = ${tenantId} and t.intent = n.intent
    order by n.place
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

async function writeAnswers(
  tx: Tx<ServiceTables>,
  tenantId: number,
  answers: ImportPlan["answers"],
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into service.answer as a (tenant_id, topic_id, language, text, link, options)
    select ${tenantId}, t.id, n.language, n.text, n.link, n.options::jsonb
    from unnest(${answers.map((a) => a.intent)}::text[], ${answers.map((a) => a.language)}::text[], ${answers.map((a) => a.text)}::text[],
      ${answers.map((a) => a.link)}::text[], ${answers.map((a) => JSON.stringify(a.options))}::text[]) n(intent, language, text, link, options)
    join service.topic t on t.tenant_id = ${tenantId} and t.intent = n.intent
    on conflict (tenant_id, topic_id, language) do update set text = excluded.text, link = excluded.link, options = excluded.options
    where (a.text, a.link, a.options) is distinct from (excluded.text, excluded.link, excluded.options)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

async function writeMostAsked(
  tx: Tx<ServiceTables>,
  tenantId: number,
  list: readonly MostAsked[],
): Promise<number> {
  const shown = list.map(({ de, en }, place) => JSON.stringify({ de, en, place }));
  const { numAffectedRows } = await sql`
    update service.topic t set most_asked = n.shown::jsonb
    from unnest(${list.map(({ intent }) => intentOf(intent))}::text[], ${shown}::text[]) n(intent, shown)
    where t.tenant_id = ${tenantId} and t.intent = n.intent and t.most_asked is distinct from n.shown::jsonb`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}
