import { sql } from "kysely";
import { mayContact } from "../consent/gate.ts";
import { jsonText } from "../db/array.ts";
import type { Tx } from "../db/open.ts";
import { appendEvents } from "../events/append.ts";
import { messageId } from "../ids.ts";
import type { House } from "../skill.ts";
import { localDate } from "../tenants/local-date.ts";
import type { Content } from "./content.ts";
import { previewOf } from "./preview.ts";

/** An answer that a flow could not give at once, because it first had to be looked up. */
export interface LateAnswer {
  tenantId: number;
  conversationId: number;
  /** The customer's message that asks for it; it is the reason to write. */
  messageId: string;
  purpose: string;
  content: Content;
  /** What the conversation keeps where it is not what is sent, e.g. a link without its key. */
  kept?: Content;
  detail?: Readonly<Record<string, unknown>>;
  now: number;
}

interface Place {
  channel_id: number;
  contact_id: number;
  reply_address: string;
  language: string;
  kind: string;
  active: boolean;
  stopped_at: Date | null;
  erased_at: Date | null;
  sent_at: Date;
}

/**
 * Queues an automatic answer in the caller's transaction, if the gate allows it; the sender asks the gate again.
 * @returns false when the message is gone, or the gate says no
 */
export async function answerLater(house: House, tx: Tx, one: LateAnswer): Promise<boolean> {
  const { tenantId, conversationId, now } = one;
  const { rows } = await sql<Place>`
    select v.channel_id, v.contact_id, v.reply_address, v.language, h.kind, h.active, c.stopped_at, c.erased_at, m.sent_at
    from kernel.conversation v
    join kernel.contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
    join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    join kernel.message m on m.tenant_id = v.tenant_id and m.conversation_id = v.id and m.id = ${one.messageId} and m.author = 'customer'
    where v.tenant_id = ${tenantId} and v.id = ${conversationId} for update of v`.execute(tx);
  const [place] = rows;
  if (!place) return false;
  const sentAt = place.sent_at.getTime();
  const gate = mayContact({
    purpose: one.purpose,
    basis: { kind: "customer_message", id: one.messageId, at: sentAt },
    contact: {
      stoppedAt: place.stopped_at?.getTime() ?? null,
      erasedAt: place.erased_at?.getTime() ?? null,
    },
    channel: { active: place.active, windowMs: house.limitsOf(place.kind)?.windowMs ?? null },
    isTemplate: false,
    now,
  });
  if (!gate.allowed) return false;
  const id = messageId(Math.max(now, sentAt), now);
  const content = jsonText(one.content);
  const kept = one.kept ?? one.content;
  const detail = one.detail ? jsonText(one.detail) : null;
  const at = new Date(now);
  const day = localDate(now, (await house.profile(tenantId)).timeZone);
  // Who has to answer wants to read the question, not our sentence.
  await sql`update kernel.conversation set preview = case when state = 'bot' then ${previewOf(kept)} else preview end,
      last_message_at = greatest(last_message_at, ${at}), last_day = greatest(last_day, ${day}::date)
    where tenant_id = ${tenantId} and id = ${conversationId}`.execute(tx);
  await sql`insert into kernel.message (tenant_id, conversation_id, id, author, content, status, reply_to, language, detail, purpose, basis_message, sent_at, received_at, processed_at)
    values (${tenantId}, ${conversationId}, ${id}, 'bot', ${jsonText(kept)}, 'queued', ${one.messageId}, ${place.language}, ${detail}, ${one.purpose}, ${one.messageId}, ${at}, ${at}, ${at})`.execute(
    tx,
  );
  await sql`insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, priority, purpose, basis_kind, basis_id, basis_at, due_at)
    values (${tenantId}, ${id}, ${conversationId}, ${place.contact_id}, ${place.channel_id}, ${place.reply_address}, ${content}, 1, ${one.purpose}, 'customer_message',
      ${one.messageId}, ${place.sent_at}, ${at})`.execute(tx);
  await sql`select pg_notify('ah', 'outbox')`.execute(tx);
  await appendEvents(tx, tenantId, [{ type: "message.created", conversationId, messageId: id }], now);
  return true;
}
