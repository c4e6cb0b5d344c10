import { sql } from "kysely";
import { type House, jsonText, messageId, type Tx } from "#kernel";

/** Promised calls as the customers' messages reach them. */

export interface OpenPromise {
  readonly callbackId: number;
  readonly phone: string;
  readonly promisedAt: number;
  readonly until: number | null;
  /** The customer read that we tried, and was asked when it suits better. */
  readonly isTold: boolean;
}

const MOST = 2_000;

/** conversation -> the promise that comes first, of these companies. Asked as the node, which carries messages for all. */
export async function openPromises(
  house: House,
  tenantIds: readonly number[],
): Promise<Map<number, OpenPromise>> {
  const { rows } = await house.db.node.query<{
    conversation_id: number;
    id: number;
    phone: string;
    promised_at: Date;
    until_at: Date | null;
    told_at: Date | null;
  }>(
    `select distinct on (tenant_id, conversation_id) conversation_id, id, phone, promised_at, until_at, told_at from kernel.callback
      where tenant_id = any($1::int[]) and state <> 'done' order by tenant_id, conversation_id, promised_at, id limit $2`,
    [[...tenantIds], MOST],
  );
  return new Map(
    rows.map((row) => [
      row.conversation_id,
      {
        callbackId: row.id,
        phone: row.phone,
        promisedAt: row.promised_at.getTime(),
        until: row.until_at?.getTime() ?? null,
        isTold: row.told_at !== null,
      },
    ]),
  );
}

/** Colleagues read in the conversation what the customer changed. */
export async function logChange(
  tx: Tx,
  tenantId: number,
  { conversationId, event, now }: { conversationId: number; event: string; now: number },
): Promise<string> {
  const id = messageId(now, now);
  const at = new Date(now);
  const content = jsonText({ type: "system", event, text: "" });
  await sql`insert into kernel.message (tenant_id, conversation_id, id, author, content, status, language, detail, sent_at, received_at, processed_at)
    select ${tenantId}, v.id, ${id}, 'system', ${content}::jsonb, 'note', v.language, ${jsonText({ event })}::jsonb, ${at}, ${at}, ${at}
    from kernel.conversation v where v.tenant_id = ${tenantId} and v.id = ${conversationId}`.execute(tx);
  return id;
}
