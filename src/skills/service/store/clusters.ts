import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { detectLanguage, oneLine } from "../rules/index.ts";
import type { ServiceTables } from "../tables.ts";
import { readQuestion } from "./proposals.ts";
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
 * Makes a topic whose examples are these questions, each with the person who asked it; they leave the list of open ones.
 * Without a key it is the question of the case. Followed by `noteChange`.
 * @throws AppError not_found when none of the questions stands any more; rule_broken beyond the limits
 */
export async function makeTopicOf(
  tx: ServiceTx,
  tenantId: number,
  order: {
    title: string;
    language: "de" | "en";
    questions: readonly { conversationId: number; questionKey?: string | undefined }[];
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
  const open = questions.filter(({ questionKey }) => questionKey !== undefined);
  const said = await takeOpenQuestions(tx, tenantId, open);
  for (const { conversationId } of questions.filter(({ questionKey }) => questionKey === undefined))
    said.push(...(await questionOfCase(tx, tenantId, { conversationId, language })));
  const examples = await addSaid(tx, tenantId, id, said);
  if (examples === 0) throw new AppError("not_found", "These questions are gone; load the list again.");
  await checkLimits(tx, tenantId);
  return { id, examples };
}

interface Said {
  readonly conversation_id: number;
  readonly message_id: string | null;
  readonly question: string;
  readonly language: "de" | "en";
  readonly asked_at: Date;
}

async function takeOpenQuestions(
  tx: ServiceTx,
  tenantId: number,
  questions: readonly { conversationId: number; questionKey?: string | undefined }[],
): Promise<Said[]> {
  const { rows } = await sql<Said>`
    delete from service.unanswered u using unnest(${questions.map((q) => q.conversationId)}::bigint[], ${questions.map((q) => q.questionKey ?? "")}::text[]) q(conversation_id, question_key)
    where u.tenant_id = ${tenantId} and u.conversation_id = q.conversation_id and u.question_key = q.question_key
    returning u.conversation_id, u.message_id, u.question, u.language, u.asked_at`.execute(tx);
  return rows;
}

async function questionOfCase(
  tx: ServiceTx,
  tenantId: number,
  of: { conversationId: number; language: "de" | "en" },
): Promise<Said[]> {
  const question = await readQuestion(tx, tenantId, of.conversationId);
  if (!question) return [];
  const { message_id, text, sent_at } = question;
  for (const waiting of ["unanswered", "proposal"])
    await sql`delete from service.${sql.raw(waiting)} where tenant_id = ${tenantId} and conversation_id = ${of.conversationId}
      and message_id = ${message_id}`.execute(tx);
  return [
    {
      conversation_id: of.conversationId,
      message_id,
      question: text,
      language: detectLanguage(text, of.language),
      asked_at: sent_at,
    },
  ];
}

/** @returns how many; the same words count once, for who said them first */
async function addSaid(
  tx: ServiceTx,
  tenantId: number,
  topicId: number,
  questions: readonly Said[],
): Promise<number> {
  const said = questions
    .map((one) => ({ ...one, question: oneLine(one.question) }))
    .filter(({ question }) => question !== "")
    .sort((a, b) => a.asked_at.getTime() - b.asked_at.getTime());
  const { numAffectedRows } = await sql`
    insert into service.example (tenant_id, topic_id, language, text, source_conversation_id, source_message_id, source_at)
    select ${tenantId}, ${topicId}, n.language, n.question, n.conversation_id, n.message_id, n.asked_at
    from unnest(${said.map((s) => s.language)}::text[], ${said.map((s) => s.question)}::text[], ${said.map((s) => s.conversation_id)}::bigint[],
      ${said.map((s) => s.message_id)}::uuid[], ${said.map((s) => s.asked_at)}::timestamptz[]) with ordinality
      n(language, question, conversation_id, message_id, asked_at, place)
    order by n.place
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** A name for machines made of the title, with a number where it is taken. */
export async function freeIntent(tx: ServiceTx, tenantId: number, title: string): Promise<string> {
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
