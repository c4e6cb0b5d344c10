import { localDate, messageId, type Tx } from "#kernel";
import type { SeededPerson } from "./persons.ts";

/** Conversations of the demo's past: in the company's own chat, and where a person writes from. */

const PREVIEW_CHARACTERS = 120;

export interface Talk {
  contactId: number;
  conversationId: number;
}

export async function talkWith(
  tx: Tx,
  tenantId: number,
  talk: { contactId: number; language: "de" | "en"; now: number },
): Promise<Talk> {
  const { contactId, language } = talk;
  const begun = new Date(talk.now);
  const channel = await tx
    .selectFrom("kernel.channel")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", "web")
    .executeTakeFirstOrThrow();
  const { id } = await tx
    .insertInto("kernel.conversation")
    .values({
      tenant_id: tenantId,
      channel_id: channel.id,
      contact_id: contactId,
      reply_address: `demo-${contactId}`,
      language,
      last_message_at: begun,
      last_day: begun.toISOString().slice(0, 10),
      created_at: begun,
    } as never)
    .returning("id")
    .executeTakeFirstOrThrow();
  return { contactId, conversationId: id };
}

/** @returns what a job needs to answer it */
export async function customerSays(
  tx: Tx,
  tenantId: number,
  { contactId, conversationId }: Talk,
  { text, at }: { text: string; at: number },
): Promise<Talk & { messageId: string }> {
  const id = messageId(at, at);
  const when = new Date(at);
  await tx
    .insertInto("kernel.message")
    .values({
      tenant_id: tenantId,
      conversation_id: conversationId,
      id,
      author: "customer",
      content: JSON.stringify({ type: "text", text }),
      status: "received",
      external_id: null,
      client_id: null,
      reply_to: null,
      language: null,
      sent_at: when,
      received_at: when,
      processed_at: when,
    })
    .execute();
  await tx
    .updateTable("kernel.conversation")
    .set({
      preview: text,
      last_message_at: when,
      last_day: when.toISOString().slice(0, 10),
      last_customer_at: when,
      last_turn: id,
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", conversationId)
    .execute();
  return { contactId, conversationId, messageId: id };
}

/** What a person wrote from their own telephone. */
export interface Said {
  person: SeededPerson;
  text: string;
  /** ms since the epoch */
  at: number;
  /** Of the company. */
  timeZone: string;
}

/** A conversation with what the person said, as the pump leaves one behind that was answered. */
export async function personSays(
  tx: Tx,
  tenantId: number,
  { person, text, at, timeZone }: Said,
): Promise<{ conversationId: number; messageId: string }> {
  const { contactId, channelId, identity, language } = person;
  const when = new Date(at);
  const id = messageId(at, at);
  const { id: conversationId } = await tx
    .insertInto("kernel.conversation")
    .values({
      tenant_id: tenantId,
      channel_id: channelId,
      contact_id: contactId,
      reply_address: identity.value,
      language,
      topic: null,
      assignee_id: null,
      department_id: null,
      preview: text.slice(0, PREVIEW_CHARACTERS),
      last_message_at: when,
      last_day: localDate(at, timeZone),
      last_customer_at: when,
      last_turn: id,
      created_at: when,
    })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "contact_id", "channel_id", "thread"]).doUpdateSet({
        preview: text.slice(0, PREVIEW_CHARACTERS),
        last_message_at: when,
        last_day: localDate(at, timeZone),
        last_customer_at: when,
        last_turn: id,
      }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("kernel.message")
    .values({
      tenant_id: tenantId,
      conversation_id: conversationId,
      id,
      author: "customer",
      staff_id: null,
      content: JSON.stringify({ type: "text", text }),
      status: "received",
      external_id: null,
      client_id: null,
      reply_to: null,
      language,
      sent_at: when,
      received_at: when,
      processed_at: when,
    })
    .execute();
  return { conversationId, messageId: id };
}
