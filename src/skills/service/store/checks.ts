import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { oneLine } from "../rules/index.ts";
import type { ServiceTables } from "../tables.ts";
import { demandTopic } from "./proposals.ts";

type ServiceTx = Tx<ServiceTables>;

const SHOWN = 10;

export interface CheckRow {
  readonly conversation_id: number;
  readonly message_id: string;
  readonly text: string;
  readonly language: "de" | "en";
  readonly topic: string | null;
  readonly zone: "answer" | "choose" | "handover";
}

/**
 * Messages drawn from all that the classifier judged, whatever it made of them: only so do they tell what share is
 * answered rightly. The order is that of a hash, so that nobody chooses; what a training has seen is left out.
 */
export async function drawChecks(tx: ServiceTx, tenantId: number, from: Date): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    select t.conversation_id, t.message_id, left(m.content ->> 'text', 1000) as text, t.language, t.topic, t.zone
    from service.turn t join kernel.message m on m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.id = t.message_id
    where t.tenant_id = ${tenantId} and t.at >= ${from} and t.zone is not null and not t.checked and coalesce(btrim(m.content ->> 'text'), '') <> ''
      and not exists (select from service.example e where e.tenant_id = t.tenant_id and e.source_conversation_id = t.conversation_id
        and e.source_message_id = t.message_id)
    order by md5(t.message_id::text) limit ${SHOWN}`.execute(tx);
  return rows;
}

/** Examples that measure. */
export async function countHeldOut(tx: ServiceTx, tenantId: number): Promise<number> {
  const { count } = await tx
    .selectFrom("service.example")
    .where("tenant_id", "=", tenantId)
    .where("held_out", "=", true)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * @throws AppError not_found when there is no such turn, it was looked at already, or its words were taken back;
 * bad_request for an unknown topic
 */
export async function keepCheck(
  tx: ServiceTx,
  tenantId: number,
  check: { conversationId: number; messageId: string; topicId: number | null },
): Promise<void> {
  await demandTopic(tx, tenantId, check.topicId);
  const { rows } = await sql<{ language: "de" | "en"; text: string | null; sent_at: Date }>`
    with seen as (
      update service.turn set checked = true where tenant_id = ${tenantId} and conversation_id = ${check.conversationId}
        and message_id = ${check.messageId} and not checked returning tenant_id, conversation_id, message_id, language)
    select s.language, left(m.content ->> 'text', 1000) as text, m.sent_at
    from seen s join kernel.message m on m.tenant_id = s.tenant_id and m.conversation_id = s.conversation_id and m.id = s.message_id
    where not m.revoked`.execute(tx);
  const [seen] = rows;
  const text = oneLine(seen?.text ?? "");
  if (!seen || text === "") throw new AppError("not_found");
  await sql`
    insert into service.example (tenant_id, topic_id, language, text, source_conversation_id, source_message_id, source_at, held_out)
    values (${tenantId}, ${check.topicId}, ${seen.language}, ${text}, ${check.conversationId}, ${check.messageId}, ${seen.sent_at}, true)
    on conflict do nothing`.execute(tx);
}
