import { sql } from "kysely";
import type { House, Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";
import { UNANSWERED_KEEP_DAYS } from "./tally.ts";
import { TURN_KEEP_DAYS } from "./turns.ts";
import { unlearn } from "./unlearn.ts";

/** Examples taken from messages go when their conversation would. */
export const LEARN_KEEP_DAYS = 1095;
const DAY_MS = 86_400_000;
export const FORGET = "service_forget";

/** One timer a tenant removes what is older than promised; it sets itself again while something is kept. */
export async function scheduleForgetting(tx: Tx, tenantId: number, keptSince: Date): Promise<void> {
  const due = new Date(keptSince.getTime() + UNANSWERED_KEEP_DAYS * DAY_MS);
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${FORGET}, 'unanswered', ${due})
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}

/** Removes what is older than promised: questions, proposals, turns, and examples with all that learnt from them. */
export async function forgetOld(house: House, tenantId: number): Promise<void> {
  const now = house.clock.now();
  const before = (days: number) => new Date(now - days * DAY_MS);
  await house.db.tenant<void, ServiceTables>(tenantId, async (tx) => {
    await sql`delete from service.unanswered where tenant_id = ${tenantId} and asked_at <= ${before(UNANSWERED_KEEP_DAYS)}`.execute(
      tx,
    );
    await sql`delete from service.proposal where tenant_id = ${tenantId} and proposed_at <= ${before(UNANSWERED_KEEP_DAYS)}`.execute(
      tx,
    );
    await sql`delete from service.turn where tenant_id = ${tenantId} and at <= ${before(TURN_KEEP_DAYS)}`.execute(
      tx,
    );
    const { rows } = await sql<{ source_at: Date }>`
      delete from service.example where tenant_id = ${tenantId} and source_at <= ${before(LEARN_KEEP_DAYS)} returning source_at`.execute(
      tx,
    );
    if (rows.length > 0) await unlearn(tx, tenantId);
    const { rows: kept } = await sql<{ next: Date | null }>`
      select least(
        (select min(asked_at) + make_interval(days => ${UNANSWERED_KEEP_DAYS}) from service.unanswered where tenant_id = ${tenantId}),
        (select min(proposed_at) + make_interval(days => ${UNANSWERED_KEEP_DAYS}) from service.proposal where tenant_id = ${tenantId}),
        (select min(at) + make_interval(days => ${TURN_KEEP_DAYS}) from service.turn where tenant_id = ${tenantId}),
        (select min(source_at) + make_interval(days => ${LEARN_KEEP_DAYS}) from service.example where tenant_id = ${tenantId})) as next`.execute(
      tx,
    );
    const due = kept[0]?.next;
    if (!due) return;
    await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${FORGET}, 'unanswered', ${due})
      on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
  });
}

const THEIRS = (contactIds: readonly number[]) =>
  sql`select c.tenant_id, c.id from kernel.conversation c where c.contact_id = any(${[...contactIds]}::bigint[])`;

/** What this skill holds about persons: questions nobody could answer, what was taught from their words, turns. */
export async function exportTeaching(
  tx: Tx,
  contactIds: readonly number[],
): Promise<Record<string, unknown>> {
  const texts = async (table: string, text: string, at: string, conversation: string) => {
    const { rows } = await sql<{ text: string; at: Date }>`
      select t.${sql.raw(text)} as text, t.${sql.raw(at)} as at from service.${sql.raw(table)} t
      join (${THEIRS(contactIds)}) c on c.tenant_id = t.tenant_id and c.id = t.${sql.raw(conversation)} order by 2, 1`.execute(
      tx,
    );
    return rows;
  };
  const unanswered = await texts("unanswered", "question", "asked_at", "conversation_id");
  const examples = [
    ...(await texts("proposal", "text", "proposed_at", "conversation_id")),
    ...(await texts("example", "text", "source_at", "source_conversation_id")),
  ];
  const { rows: turns } = await sql<{
    at: Date;
    topic: string | null;
    outcome: string;
    confidence: number | null;
  }>`
    select t.at, t.topic, t.outcome, t.confidence from service.turn t
    join (${THEIRS(contactIds)}) c on c.tenant_id = t.tenant_id and c.id = t.conversation_id order by t.at`.execute(
    tx,
  );
  return {
    unansweredQuestions: unanswered.map((row) => ({ question: row.text, askedAt: row.at.toISOString() })),
    taughtExamples: examples.map((row) => ({ text: row.text, at: row.at.toISOString() })),
    automaticTurns: turns.map(({ at, ...turn }) => ({ at: at.toISOString(), ...turn })),
  };
}

/** Removes all of it; the model that learnt from these words is trained anew at once. */
export async function eraseTeaching(tx: Tx, contactIds: readonly number[]): Promise<void> {
  for (const table of ["unanswered", "turn", "proposal"])
    await sql`delete from service.${sql.raw(table)} t using (${THEIRS(contactIds)}) c
      where c.tenant_id = t.tenant_id and c.id = t.conversation_id`.execute(tx);
  const { rows } = await sql<{ tenant_id: number }>`
    delete from service.example e using (${THEIRS(contactIds)}) c
    where c.tenant_id = e.tenant_id and c.id = e.source_conversation_id returning e.tenant_id`.execute(tx);
  for (const tenantId of new Set(rows.map((row) => row.tenant_id))) await unlearn(tx, tenantId);
}

/**
 * The customer took a message back or changed it: copies of what it said go, and what learnt from them. Rows that were
 * kept before their message was known go with any message of the conversation.
 */
export async function retractTeaching(
  tx: Tx,
  { tenantId, conversationId, messageId }: { tenantId: number; conversationId: number; messageId: string },
): Promise<void> {
  for (const table of ["unanswered", "proposal"])
    await sql`delete from service.${sql.raw(table)} where tenant_id = ${tenantId} and conversation_id = ${conversationId}
      and (message_id = ${messageId} or message_id is null)`.execute(tx);
  const { numAffectedRows } = await sql`
    delete from service.example where tenant_id = ${tenantId} and source_conversation_id = ${conversationId}
      and (source_message_id = ${messageId} or source_message_id is null)`.execute(tx);
  if (numAffectedRows) await unlearn(tx, tenantId);
}
