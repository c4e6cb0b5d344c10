import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";
import { checkLimits } from "./topics.ts";

type ServiceTx = Tx<ServiceTables>;

const MOST_QUESTIONS = 1_000;

export interface OpenQuestion {
  readonly conversation_id: number;
  readonly question_key: string;
  readonly question: string;
  readonly language: "de" | "en";
  readonly asked_at: Date;
}

/** The newest questions that nobody could answer, oldest of them first. */
export async function readOpenQuestions(tx: ServiceTx, tenantId: number): Promise<OpenQuestion[]> {
  const rows = await tx
    .selectFrom("service.unanswered")
    .where("tenant_id", "=", tenantId)
    .select(["conversation_id", "question_key", "question", "language", "asked_at"])
    .orderBy("asked_at", "desc")
    .orderBy("question_key")
    .limit(MOST_QUESTIONS)
    .execute();
  return rows.reverse();
}

/**
 * Makes a topic whose examples are these questions; they leave the list of open ones. Followed by `noteChange`.
 * @throws AppError not_found when none of the questions stands any more; rule_broken beyond the limits
 */
export async function makeTopicOf(
  tx: ServiceTx,
  tenantId: number,
  order: {
    title: string;
    language: "de" | "en";
    questions: readonly { conversationId: number; questionKey: string }[];
  },
): Promise<{ id: number; examples: number }> {
  const { title, language, questions } = order;
  const intent = await freeIntent(tx, tenantId, title);
  const { id } = await tx
    .insertInto("service.topic")
    .values({
      tenant_id: tenantId,
      intent,
      label: intent,
      title_de: language === "de" ? title : "",
      title_en: language === "en" ? title : "",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { numAffectedRows } = await sql`
    with taken as (
      delete from service.unanswered u using unnest(${questions.map((q) => q.conversationId)}::bigint[], ${questions.map((q) => q.questionKey)}::text[]) q(conversation_id, question_key)
      where u.tenant_id = ${tenantId} and u.conversation_id = q.conversation_id and u.question_key = q.question_key returning u.*)
    insert into service.example (tenant_id, topic_id, language, text, source_conversation_id, source_at)
    select distinct on (language, question) tenant_id, ${id}::int, language, question, conversation_id, asked_at from taken
    order by language, question, asked_at
    on conflict do nothing`.execute(tx);
  const examples = Number(numAffectedRows ?? 0);
  if (examples === 0) throw new AppError("not_found", "These questions are gone; load the list again.");
  await checkLimits(tx, tenantId);
  return { id, examples };
}

/** A name for machines made of the title, with a number where it is taken. */
async function freeIntent(tx: ServiceTx, tenantId: number, title: string): Promise<string> {
  const base =
    title
      .toLowerCase()
      .replaceAll("ä", "ae")
      .replaceAll("ö", "oe")
      .replaceAll("ü", "ue")
      .replaceAll("ß", "ss")
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 80) || "topic";
  const rows = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("intent", "like", `${base.replaceAll("_", "\\_")}%`)
    .select("intent")
    .execute();
  const taken = new Set(rows.map(({ intent }) => intent));
  for (let n = 1; ; n++) {
    const intent = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(intent)) return intent;
  }
}
