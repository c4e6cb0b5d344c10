import { sql } from "kysely";
import type { Language, Tx } from "#kernel";
import { cluster } from "../engine/index.ts";
import { type CaseEnd, caseRows, RESOLVED_AFTER_HOURS } from "./resolved.ts";

/** What others may know of a span of the first level: counts, and places of turns; never a customer's words. */

export interface TurnSpan {
  /** ms since the epoch; `to` does not belong to it. */
  readonly from: number;
  readonly to: number;
}

/** One index range of service.turn (turn_time), however many cases they were. */
export async function countTurns(tx: Tx, tenantId: number, { from, to }: TurnSpan) {
  const { rows } = await sql<{
    answer: number;
    choose: number;
    handover: number;
    answered: number;
    handedOver: number;
  }>`select count(*) filter (where zone = 'answer')::int as answer, count(*) filter (where zone = 'choose')::int as choose,
      count(*) filter (where zone = 'handover')::int as handover, count(*) filter (where outcome = 'answered')::int as answered,
      count(*) filter (where outcome = 'handed_over')::int as "handedOver"
    from service.turn where tenant_id = ${tenantId} and at >= ${new Date(from)} and at < ${new Date(to)}`.execute(
    tx,
  );
  return rows[0] ?? { answer: 0, choose: 0, handover: 0, answered: 0, handedOver: 0 };
}

/**
 * Cases that began in the span, by topic and end.
 * @param every one conversation in so many is looked at; counts are of those
 */
export async function countCasesOf(
  tx: Tx,
  tenantId: number,
  span: TurnSpan & { now: number; every: number },
): Promise<{ topic: string | null; ending: CaseEnd; cases: number }[]> {
  const until = new Date(span.to + RESOLVED_AFTER_HOURS * 3_600_000);
  const turns = { from: new Date(span.from), now: new Date(span.now), until, every: span.every };
  const { rows } = await sql<{ topic: string | null; ending: CaseEnd; cases: number }>`
    select c.topic, c.ending, count(*)::int as cases from (${caseRows(tenantId, turns)}) c
    where c.first_at < ${new Date(span.to)} group by 1, 2`.execute(tx);
  return rows;
}

/** A turn, by the message that it answered. */
export interface TurnPlace {
  readonly conversationId: number;
  readonly messageId: string;
  /** ms since the epoch */
  readonly at: number;
}

/** @param every one conversation in so many */
export async function listTurns(
  tx: Tx,
  tenantId: number,
  span: TurnSpan & { outcome: "answered" | "handed_over"; every: number; limit: number },
): Promise<TurnPlace[]> {
  const { rows } = await sql<{ conversation_id: number; message_id: string; at: Date }>`
    select conversation_id, message_id, at from service.turn
    where tenant_id = ${tenantId} and at >= ${new Date(span.from)} and at < ${new Date(span.to)}
      and outcome = ${span.outcome} and conversation_id % ${span.every} = 0
    order by at, message_id limit ${span.limit}`.execute(tx);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    messageId: row.message_id,
    at: row.at.getTime(),
  }));
}

/** When the first turn was taken that is still kept, ms since the epoch; null = none. */
export async function firstTurnAt(tx: Tx, tenantId: number): Promise<number | null> {
  const { rows } = await sql<{ at: Date }>`
    select at from service.turn where tenant_id = ${tenantId} order by at limit 1`.execute(tx);
  return rows[0]?.at.getTime() ?? null;
}

/** The company's own names of its topics, by intent. */
export async function topicTitles(
  tx: Tx,
  tenantId: number,
  language: Language,
): Promise<Map<string, { id: number; title: string }>> {
  const { rows } = await sql<{ id: number; intent: string; title: string }>`
    select id, intent, coalesce(nullif(${language === "de" ? sql`title_de` : sql`title_en`}, ''), nullif(title_de, ''), nullif(title_en, ''), label) as title
    from service.topic where tenant_id = ${tenantId}`.execute(tx);
  return new Map(rows.map(({ id, intent, title }) => [intent, { id, title }]));
}

/** Clustering compares each with each. */
const MOST_QUESTIONS = 1_000;

/** Questions without an answer, and how many groups of alike ones they make. */
export interface Unanswered {
  readonly questions: number;
  readonly groups: number;
}

/**
 * Questions of the span without an answer that still stand.
 * @param span.known as it was counted before: of a span that is over questions only leave, so as many are the same ones,
 *   and grouping them, a second of work, is done once
 */
export async function countUnanswered(
  tx: Tx,
  tenantId: number,
  { from, to, known }: TurnSpan & { known: Unanswered | null },
): Promise<Unanswered> {
  const those = sql`service.unanswered where tenant_id = ${tenantId} and asked_at >= ${new Date(from)} and asked_at < ${new Date(to)}`;
  const { rows: counted } = await sql<{ questions: number }>`
    select count(*)::int as questions from ${those}`.execute(tx);
  const questions = counted[0]?.questions ?? 0;
  if (known?.questions === questions) return known;
  const { rows } = await sql<{ question: string }>`
    select question from ${those} order by asked_at desc, question_key limit ${MOST_QUESTIONS}`.execute(tx);
  const groups = cluster(
    rows.map(({ question }) => question),
    { seed: 1 },
  );
  return { questions, groups: groups.length };
}
