import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";
import { type CaseEnd, caseRows } from "./resolved.ts";

type ServiceTx = Tx<ServiceTables>;

/** Cases of one topic by how they ended; `topic` null = nobody knows what they were about. */
export interface TopicCases {
  readonly topic: string | null;
  readonly ending: CaseEnd;
  readonly cases: number;
}

export async function countCases(
  tx: ServiceTx,
  tenantId: number,
  span: { from: Date; now: Date },
): Promise<TopicCases[]> {
  const { rows } = await sql<TopicCases>`
    select c.topic, c.ending, count(*)::int as cases from (${caseRows(tenantId, span)}) c group by 1, 2`.execute(
    tx,
  );
  return rows;
}

/** Messages by the zone that the classifier chose. */
export async function countZones(
  tx: ServiceTx,
  tenantId: number,
  span: { from: Date; now: Date },
): Promise<Record<"answer" | "choose" | "handover", number>> {
  const { rows } = await sql<{ answer: number; choose: number; handover: number }>`
    select count(*) filter (where zone = 'answer')::int as answer, count(*) filter (where zone = 'choose')::int as choose,
      count(*) filter (where zone = 'handover')::int as handover
    from service.turn where tenant_id = ${tenantId} and at >= ${span.from} and at <= ${span.now}`.execute(tx);
  return rows[0] ?? { answer: 0, choose: 0, handover: 0 };
}

/** A message of the past on which two versions can be compared. */
export interface PastMessage {
  readonly conversationId: number;
  readonly messageId: string;
  readonly at: Date;
  readonly language: "de" | "en";
  readonly text: string;
}

/** The newest messages that the classifier judged, with the customer's words. */
export async function readPastMessages(
  tx: ServiceTx,
  tenantId: number,
  page: { from: Date; limit: number },
): Promise<PastMessage[]> {
  const { rows } = await sql<PastMessage>`
    select t.conversation_id as "conversationId", t.message_id as "messageId", t.at, t.language, left(m.content ->> 'text', 1000) as text
    from service.turn t join kernel.message m on m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.id = t.message_id
    where t.tenant_id = ${tenantId} and t.at >= ${page.from} and t.zone is not null and coalesce(m.content ->> 'text', '') <> ''
    order by t.at desc, t.message_id limit ${page.limit}`.execute(tx);
  return rows;
}
