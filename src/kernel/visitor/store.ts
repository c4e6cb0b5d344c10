import { sql } from "kysely";
import type { Tx } from "../db/open.ts";

/** The visitor API's queries, inside the transaction of one tenant. */

export interface Visitor {
  tenantId: number;
  channelId: number;
  /** sha256 of the visitor's key, base64url; the key itself is never stored. */
  hash: string;
}

export interface VisitorPlace {
  conversationId: number;
  contactId: number;
  contactName: string;
}

/** @returns null before the visitor's first message was handled */
export async function placeOf(tx: Tx, visitor: Visitor): Promise<VisitorPlace | null> {
  const { rows } = await sql<{ id: number; contact_id: number; name: string }>`
    select c.id, c.contact_id, k.name from kernel.identity i
    join kernel.conversation c on c.tenant_id = i.tenant_id and c.contact_id = i.contact_id and c.channel_id = ${visitor.channelId}
    join kernel.contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
    where i.tenant_id = ${visitor.tenantId} and i.kind = 'web' and i.value = ${visitor.hash}`.execute(tx);
  const [row] = rows;
  return row ? { conversationId: row.id, contactId: row.contact_id, contactName: row.name } : null;
}

/** The tenant's place in its events; read it before what it stands for. */
export async function lastSeq(tx: Tx, tenantId: number): Promise<number> {
  const row = await tx
    .selectFrom("kernel.tenant_seq")
    .select("last_seq")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  return row?.last_seq ?? 0;
}

/** Ids of the newest messages that a visitor may see (view.ts, `isForVisitor`), oldest first. */
export async function newestVisible(
  tx: Tx,
  place: { tenantId: number; conversationId: number },
  limit: number,
): Promise<{ conversationId: number; id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select id from kernel.message where tenant_id = ${place.tenantId} and conversation_id = ${place.conversationId}
      and (author = 'customer' or (author in ('bot', 'agent') and status in ('sent', 'delivered', 'read', 'played')))
    order by id desc limit ${limit}`.execute(tx);
  return rows.map(({ id }) => ({ conversationId: place.conversationId, id })).reverse();
}

/** The id that the browser gave each of the visitor's own messages: the tail of their external id. */
export async function clientIdsOf(
  tx: Tx,
  tenantId: number,
  messages: readonly { conversationId: number; id: string; author: string }[],
): Promise<Map<string, string>> {
  const own = messages.filter(({ author }) => author === "customer");
  if (own.length === 0) return new Map();
  const { rows } = await sql<{ id: string; external_id: string | null }>`
    select m.id, m.external_id
    from unnest(${own.map((one) => one.conversationId)}::bigint[], ${own.map((one) => one.id)}::uuid[]) w(conversation_id, id)
    join kernel.message m on m.tenant_id = ${tenantId} and m.conversation_id = w.conversation_id and m.id = w.id`.execute(
    tx,
  );
  return new Map(
    rows.flatMap(({ id, external_id }) => (external_id ? [[id, external_id.split(".").at(-1) ?? ""]] : [])),
  );
}

/** Which of these messages of ours stand below that status, in this conversation. */
export async function unseenAmong(
  tx: Tx,
  place: { tenantId: number; conversationId: number },
  seen: { ids: readonly string[]; status: "delivered" | "read" },
): Promise<string[]> {
  const below =
    seen.status === "read" ? ["queued", "uncertain", "sent", "delivered"] : ["queued", "uncertain", "sent"];
  const { rows } = await sql<{ id: string }>`
    select id from kernel.message where tenant_id = ${place.tenantId} and conversation_id = ${place.conversationId}
      and id = any(${[...seen.ids]}::uuid[]) and author in ('bot', 'agent') and status = any(${below}::text[])`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
