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

/** Somebody of a batch. */
export interface Writer {
  readonly tenantId: number;
  readonly contactId: number;
}

/**
 * company -> conversation -> the promise that comes first, of whoever writes in a batch: what others wait for is not read.
 * Asked as the node, which carries messages for all.
 */
export async function openPromises(
  house: House,
  writers: readonly Writer[],
): Promise<Map<number, Map<number, OpenPromise>>> {
  const { rows } = await house.db.node.query<{
    tenant_id: number;
    conversation_id: number;
    id: number;
    phone: string;
    promised_at: Date;
    until_at: Date | null;
    told_at: Date | null;
  }>(
    `select distinct on (b.tenant_id, b.conversation_id) b.tenant_id, b.conversation_id, b.id, b.phone, b.promised_at, b.until_at, b.told_at
      from unnest($1::int[], $2::bigint[]) w(tenant_id, contact_id)
      join kernel.callback b on b.tenant_id = w.tenant_id and b.contact_id = w.contact_id and b.state <> 'done'
      order by b.tenant_id, b.conversation_id, b.promised_at, b.id`,
    [writers.map(({ tenantId }) => tenantId), writers.map(({ contactId }) => contactId)],
  );
  const found = new Map<number, Map<number, OpenPromise>>();
  for (const row of rows) {
    const promises = found.get(row.tenant_id) ?? new Map<number, OpenPromise>();
    found.set(row.tenant_id, promises);
    promises.set(row.conversation_id, {
      callbackId: row.id,
      phone: row.phone,
      promisedAt: row.promised_at.getTime(),
      until: row.until_at?.getTime() ?? null,
      isTold: row.told_at !== null,
    });
  }
  return found;
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
