import { sql } from "kysely";
import type { Tx } from "#kernel";

/** What was asked on the telephone counts for its topic like what was written; nobody but a person answered it. */
export async function countSpoken(
  tx: Tx,
  tenantId: number,
  { topic, by }: { topic: string; by: 1 | -1 },
): Promise<void> {
  await sql`insert into service.topic_count as c (tenant_id, topic_id, asked, answered)
    select t.tenant_id, t.id, greatest(${by}::int, 0), 0 from service.topic t where t.tenant_id = ${tenantId} and t.intent = ${topic}
    on conflict (tenant_id, topic_id) do update set asked = greatest(c.asked + ${by}::int, 0)`.execute(tx);
}

/** Is there a topic of this name? */
export async function isTopic(tx: Tx, tenantId: number, topic: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from service.topic where tenant_id = ${tenantId} and intent = ${topic}`.execute(tx);
  return rows.length > 0;
}
