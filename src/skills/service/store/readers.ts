import { sql } from "kysely";
import { type Actor, type House, logListed, type Tx } from "#kernel";

/** Whose words a member of the staff was shown: by their conversations, or as examples that keep who said them. */
export interface ShownWords {
  readonly conversationIds?: readonly number[];
  /** Taught examples of this topic. */
  readonly topicId?: number;
  /** Taught examples with one of these texts. */
  readonly texts?: readonly string[];
}

/** Customers whose words stand in a list see on their own page who read it. */
export async function logShown(
  house: House,
  tx: Tx,
  { actor, ...shown }: ShownWords & { actor: Actor },
): Promise<void> {
  const { conversationIds = [], topicId = null, texts = [] } = shown;
  if (conversationIds.length + texts.length === 0 && topicId === null) return;
  const { rows } = await sql<{ contact_id: number }>`
    select distinct c.contact_id from kernel.conversation c
    where c.tenant_id = ${actor.tenantId} and c.id = any(${[...conversationIds]}::bigint[]
      || array(select e.source_conversation_id from service.example e where e.tenant_id = ${actor.tenantId} and e.source_at is not null
        and (e.topic_id = ${topicId}::int or e.text = any(${[...texts]}::text[]))))`.execute(tx);
  await logListed(
    house,
    actor,
    rows.map((row) => row.contact_id),
    { tx },
  );
}
