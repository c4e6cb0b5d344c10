import { sql } from "kysely";
import { jsonText, messageId, type NewEvent, type Tx } from "#kernel";

/** A call in the history of a conversation: colleagues read it, the customer never gets it. */

export interface Entry {
  conversationId: number;
  /** Of telephone.call. */
  callId: number;
  direction: "in" | "out";
  outcome: string;
  /** ms */
  at: number;
  seconds: number | null;
  note: string;
  topic: string | null;
  /** null = a telephone system or a list said it */
  staffId: string | null;
}

const contentOf = ({ note }: Pick<Entry, "note">) => ({
  type: "system",
  event: "telephone_call",
  text: note,
});

const detailOf = ({ callId, direction, outcome, seconds, topic }: Omit<Entry, "conversationId">) => ({
  event: "telephone_call",
  call: { id: callId, direction, outcome, seconds, topic },
});

/** Two statements, however many there are. @returns what everybody is told */
export async function writeEntries(
  tx: Tx,
  tenantId: number,
  entries: readonly Entry[],
  now: number,
): Promise<NewEvent[]> {
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => ({
    id: messageId(entry.at, now),
    conversation_id: entry.conversationId,
    call_id: entry.callId,
    author: entry.staffId === null ? "system" : "agent",
    staff_id: entry.staffId,
    content: contentOf(entry),
    detail: detailOf(entry),
    sent_at: new Date(entry.at),
  }));
  const written = new Date(now);
  const stored = jsonText(rows);
  await sql`insert into kernel.message (tenant_id, conversation_id, id, author, staff_id, content, status, language, detail, sent_at, received_at, processed_at)
    select ${tenantId}::int, v.id, w.id, w.author, w.staff_id, w.content, 'note', v.language, w.detail, w.sent_at, ${written}::timestamptz, ${written}::timestamptz
    from jsonb_to_recordset(${stored}::jsonb) w(id uuid, conversation_id bigint, author text, staff_id text, content jsonb, detail jsonb,
      sent_at timestamptz)
    join kernel.conversation v on v.tenant_id = ${tenantId} and v.id = w.conversation_id`.execute(tx);
  await sql`update telephone.call c set message_id = w.id from jsonb_to_recordset(${stored}::jsonb) w(id uuid, call_id bigint)
    where c.tenant_id = ${tenantId} and c.id = w.call_id`.execute(tx);
  return rows.map(({ id, conversation_id: conversationId }) => ({
    type: "message.created",
    conversationId,
    messageId: id,
  }));
}

/** What its author changed or took back. */
export async function rewriteEntry(
  tx: Tx,
  tenantId: number,
  entry: Entry & { messageId: string; isUndone: boolean },
): Promise<NewEvent> {
  const { conversationId, messageId: id, isUndone } = entry;
  const note = isUndone ? "" : entry.note;
  await sql`update kernel.message set content = ${jsonText(contentOf({ note }))}::jsonb, detail = ${jsonText(detailOf(entry))}::jsonb,
      edited = ${!isUndone}, revoked = ${isUndone}
    where tenant_id = ${tenantId} and conversation_id = ${conversationId} and id = ${id}`.execute(tx);
  return { type: "message.created", conversationId, messageId: id };
}

/** What the list shows of a conversation in which nobody writes. */
export async function showInList(
  tx: Tx,
  tenantId: number,
  { conversationId, preview, at, day }: { conversationId: number; preview: string; at: number; day: string },
): Promise<void> {
  await sql`update kernel.conversation v set preview = ${preview.slice(0, 160)}, last_message_at = greatest(v.last_message_at, ${new Date(at)}),
      last_day = greatest(v.last_day, ${day}::date)
    from kernel.channel h where v.tenant_id = ${tenantId} and v.id = ${conversationId}
      and h.tenant_id = v.tenant_id and h.id = v.channel_id and h.kind = 'phone'`.execute(tx);
}
