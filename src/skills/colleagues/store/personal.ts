import { sql } from "kysely";
import type { Tx } from "#kernel";

/** What this skill holds about customers, and how it leaves. */

/** Whom we asked is told as a role: the colleague's own address is theirs. */
export async function exportColleagues(
  tx: Tx,
  contactIds: readonly number[],
): Promise<Record<string, unknown>> {
  const { rows } = await sql`
    select q.asked_at as "askedAt", q.text as question, q.scope, q.state from colleagues.question q
    join kernel.conversation c on c.tenant_id = q.tenant_id and c.id = q.conversation_id
    where c.contact_id = any(${[...contactIds]}::bigint[]) order by q.id`.execute(tx);
  return { questions: rows };
}

/** The kernel takes the conversation, and with it what is left of the timers; what came back goes with its question. */
export async function eraseColleagues(tx: Tx, contactIds: readonly number[]): Promise<void> {
  await sql`delete from colleagues.question q using kernel.conversation c
    where c.tenant_id = q.tenant_id and c.id = q.conversation_id and c.contact_id = any(${[...contactIds]}::bigint[])`.execute(
    tx,
  );
}
