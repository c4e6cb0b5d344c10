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

const contentOf = ({ note }: Pick<Entry, "note">): string =>
  jsonText({ type: "system", event: "telephone_call", text: note });

const detailOf = ({ callId, direction, outcome, seconds, topic }: Omit<Entry, "conversationId">): string =>
  jsonText({ event: "telephone_call", call: { id: callId, direction, outcome, seconds, topic } });

/** @returns the message's id and what everybody is told */
export async function writeEntry(
  tx: Tx,
  tenantId: number,
  entry: Entry,
  now: number,
): Promise<{ id: string; event: NewEvent }> {
  const id = messageId(entry.at, now);
  const { conversationId, staffId } = entry;
  const [at, written] = [new Date(entry.at), new Date(now)];
  await sql`insert into kernel.message (tenant_id, conversation_id, id, author, staff_id, content, status, language, detail, sent_at, received_at, processed_at)
    select ${tenantId}, v.id, ${id}, ${staffId === null ? "system" : "agent"}, ${staffId}, ${contentOf(entry)}::jsonb, 'note', v.language,
      ${detailOf(entry)}::jsonb, ${at}, ${written}, ${written}
    from kernel.conversation v where v.tenant_id = ${tenantId} and v.id = ${conversationId}`.execute(tx);
  await sql`update telephone.call set message_id = ${id} where tenant_id = ${tenantId} and id = ${entry.callId}`.execute(
    tx,
  );
  return { id, event: { type: "message.created", conversationId, messageId: id } };
}

/** What its author changed or took back. */
export async function rewriteEntry(
  tx: Tx,
  tenantId: number,
  entry: Entry & { messageId: string; isUndone: boolean },
): Promise<NewEvent> {
  const { conversationId, messageId: id, isUndone } = entry;
  const note = isUndone ? "" : entry.note;
  await sql`update kernel.message set content = ${contentOf({ note })}::jsonb, detail = ${detailOf(entry)}::jsonb,
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
