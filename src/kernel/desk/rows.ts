import { sql } from "kysely";
import type { z } from "zod";
import type { Conversation, conversation, Message } from "../api/conversations.ts";
import { rootsOf } from "../contacts/roots.ts";
import type { Tx } from "../db/open.ts";
import type { HandOver } from "../db/tables.ts";
import type { Kernel } from "../kernel.ts";
import { type MessageRecord, messageOf } from "./message-row.ts";

/**
 * Rows as the desk, the API and the live feed see them, loaded set-wise inside one tenant's transaction.
 */
export interface RowParts {
  tx: Tx;
  kernel: Pick<Kernel, "adapters" | "registry">;
  tenantId: number;
}

interface ConversationRecord {
  id: number;
  state: Conversation["state"];
  channel_id: number;
  channel_kind: Conversation["channel"]["kind"];
  channel_name: string;
  contact_id: number;
  language: Conversation["language"];
  topic: string | null;
  assignee_id: string | null;
  assignee_name: string | null;
  department_id: number | null;
  department_name: string | null;
  preview: string;
  last_message_at: Date;
  last_customer_at: Date | null;
  waiting_since: Date | null;
  due_at: Date | null;
  unread: number;
  hand_over: HandOver | null;
}

/** Conversations in the order of the ids; unknown ids are missing. */
export async function conversationRows(parts: RowParts, ids: readonly number[]): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ConversationRecord>`
    select c.id, c.state, c.channel_id, ch.kind as channel_kind, ch.name as channel_name, c.contact_id, c.language, c.topic,
      c.assignee_id, coalesce(s.name, k.name) as assignee_name, d.id as department_id, d.name as department_name, c.preview,
      c.last_message_at, c.last_customer_at, c.waiting_since, c.due_at, c.unread, c.hand_over
    from kernel.conversation c
    join kernel.channel ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    left join kernel.department d on d.tenant_id = c.tenant_id and d.id = c.department_id
    left join kernel.staff s on s.tenant_id = c.tenant_id and s.user_id = c.assignee_id
    left join kernel.api_key k on k.tenant_id = c.tenant_id and 'key:' || k.id = c.assignee_id
    where c.tenant_id = ${parts.tenantId} and c.id = any(${[...ids]}::bigint[])`.execute(parts.tx);
  const roots = await rootsOf(
    parts.tx,
    parts.tenantId,
    rows.map((row) => row.contact_id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const contact = roots.get(row.contact_id) ?? { id: row.contact_id, name: "" };
    return [conversationOf(row, contact, parts.kernel)];
  });
}

function conversationOf(
  row: ConversationRecord,
  contact: Conversation["contact"],
  kernel: RowParts["kernel"],
): z.output<typeof conversation> {
  const windowMs = kernel.adapters.get(row.channel_kind)?.limits.windowMs ?? null;
  return {
    id: row.id,
    state: row.state,
    turn: turnOf(row),
    channel: { id: row.channel_id, kind: row.channel_kind, name: row.channel_name },
    contact,
    language: row.language,
    topic: row.topic,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? "" },
    department:
      row.department_id === null ? null : { id: row.department_id, name: row.department_name ?? "" },
    preview: row.preview,
    lastMessageAt: row.last_message_at.toISOString(),
    waitingSince: row.waiting_since?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    unread: row.unread,
    // Nobody ever wrote to us: the window was never open.
    windowUntil:
      windowMs === null
        ? null
        : new Date((row.last_customer_at?.getTime() ?? -windowMs) + windowMs).toISOString(),
    handOver: row.hand_over,
  };
}

function turnOf(row: ConversationRecord): Conversation["turn"] {
  if (row.state === "closed") return "nobody";
  if (row.state === "waiting" || row.waiting_since !== null) return "us";
  return "customer";
}

/** Messages in the order of the keys; unknown keys are missing. */
export async function messageRows(
  parts: RowParts,
  keys: readonly { conversationId: number; id: string }[],
): Promise<Message[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<MessageRecord>`
    select m.conversation_id, m.id, m.author, m.staff_id, coalesce(s.name, k.name) as staff_name, c.contact_id, m.content, m.status,
      m.error, m.reply_to, m.language, m.detail, m.edited, m.revoked, m.sent_at, m.received_at
    from unnest(${keys.map((key) => key.conversationId)}::bigint[], ${keys.map((key) => key.id)}::uuid[]) w(conversation_id, id)
    join kernel.message m on m.tenant_id = ${parts.tenantId} and m.conversation_id = w.conversation_id and m.id = w.id
    join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    left join kernel.staff s on s.tenant_id = m.tenant_id and s.user_id = m.staff_id
    left join kernel.api_key k on k.tenant_id = m.tenant_id and 'key:' || k.id = m.staff_id`.execute(
    parts.tx,
  );
  const roots = await rootsOf(
    parts.tx,
    parts.tenantId,
    rows.map((row) => row.contact_id),
  );
  const quoted = await quotedMessages(parts, rows);
  const company = parts.kernel.registry.tenant(parts.tenantId)?.name ?? "";
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.flatMap(({ id }) => {
    const row = byId.get(id);
    if (!row) return [];
    const customer = roots.get(row.contact_id)?.name ?? "";
    return [messageOf(row, { customer, company, replyTo: row.reply_to ?? quoted.get(row.id) ?? null })];
  });
}

/** A customer's quote names the provider's id; we show ours. @returns message id -> the message it quotes */
async function quotedMessages(parts: RowParts, rows: readonly MessageRecord[]): Promise<Map<string, string>> {
  const quoting = rows.filter((row) => typeof row.detail?.quotes === "string");
  if (quoting.length === 0) return new Map();
  const found = await sql<{ by: string; id: string }>`
    select w.by, m.id from unnest(${quoting.map((row) => row.id)}::uuid[], ${quoting.map((row) => row.conversation_id)}::bigint[],
      ${quoting.map((row) => String(row.detail?.quotes))}::text[]) w(by, conversation_id, external_id)
    join kernel.message m on m.tenant_id = ${parts.tenantId} and m.conversation_id = w.conversation_id
      and m.external_id = w.external_id`.execute(parts.tx);
  return new Map(found.rows.map((row) => [row.by, row.id]));
}
