import { sql } from "kysely";
import type { House, Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";
import { UNANSWERED_KEEP_DAYS } from "./tally.ts";

const DAY_MS = 86_400_000;

/** Removes questions older than promised and sets the timer for the next that will be. */
export async function forgetUnanswered(house: House, tenantId: number): Promise<void> {
  const border = new Date(house.clock.now() - UNANSWERED_KEEP_DAYS * DAY_MS);
  await house.db.tenant<void, ServiceTables>(tenantId, async (tx) => {
    await tx
      .deleteFrom("service.unanswered")
      .where("tenant_id", "=", tenantId)
      .where("asked_at", "<=", border)
      .execute();
    const next = await tx
      .selectFrom("service.unanswered")
      .where("tenant_id", "=", tenantId)
      .select((eb) => eb.fn.min("asked_at").as("oldest"))
      .executeTakeFirst();
    if (!next?.oldest) return;
    const due = new Date(next.oldest.getTime() + UNANSWERED_KEEP_DAYS * DAY_MS);
    await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, 'service_forget', 'unanswered', ${due})
      on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
  });
}

export interface UnansweredRow {
  readonly conversation_id: number;
  readonly question_key: string;
  readonly question: string;
  readonly language: "de" | "en";
  readonly guess: string | null;
  readonly confidence: number | null;
  readonly asked_at: Date;
}

/** A place in the list; both parts order it. */
export interface UnansweredPlace {
  readonly at: number;
  readonly key: string;
}

/** Newest first, after a place. */
export async function listUnanswered(
  tx: Tx<ServiceTables>,
  tenantId: number,
  page: { after: UnansweredPlace | null; limit: number },
): Promise<UnansweredRow[]> {
  let query = tx
    .selectFrom("service.unanswered")
    .where("tenant_id", "=", tenantId)
    .select(["conversation_id", "question_key", "question", "language", "guess", "confidence", "asked_at"])
    .orderBy("asked_at", "desc")
    .orderBy("question_key", "desc")
    .limit(page.limit);
  const { after } = page;
  if (after)
    query = query.where((eb) =>
      eb(eb.refTuple("asked_at", "question_key"), "<", eb.tuple(new Date(after.at), after.key)),
    );
  return query.execute();
}

/** What this skill holds about persons: the questions of theirs that nobody could answer. */
export async function exportUnanswered(
  tx: Tx,
  contactIds: readonly number[],
): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ question: string; asked_at: Date }>`
    select u.question, u.asked_at from service.unanswered u
    join kernel.conversation c on c.tenant_id = u.tenant_id and c.id = u.conversation_id
    where c.contact_id = any(${contactIds}::bigint[]) order by u.asked_at`.execute(tx);
  return {
    unansweredQuestions: rows.map((row) => ({ question: row.question, askedAt: row.asked_at.toISOString() })),
  };
}

export async function eraseUnanswered(tx: Tx, contactIds: readonly number[]): Promise<void> {
  await sql`delete from service.unanswered u using kernel.conversation c
    where c.tenant_id = u.tenant_id and c.id = u.conversation_id and c.contact_id = any(${contactIds}::bigint[])`.execute(
    tx,
  );
}
