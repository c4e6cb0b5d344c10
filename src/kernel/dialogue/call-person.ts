import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import type { HandOver } from "../db/tables.ts";
import { lockConversation } from "../desk/conversation-lock.ts";
import { appendEvents } from "../events/append.ts";
import { messageId } from "../ids.ts";
import type { House } from "../skill.ts";
import { dueAt } from "../tenants/opening-hours.ts";

/** Brings a conversation to a person from outside of a turn: from a job, or from the customer's page. */
export interface PersonCall {
  tenantId: number;
  conversationId: number;
  reason: HandOver["reason"];
  /** Staff read it above the conversation. */
  summary: string;
  /** Whose it becomes; without it, whoever has it keeps it, and otherwise it waits in the list. */
  staffId?: string | null;
  now: number;
}

/** A case like any other: it is due when a person's answer is. @returns the due time @throws AppError not_found */
export async function callPerson(house: Pick<House, "profile">, tx: Tx, call: PersonCall): Promise<Date> {
  const { tenantId, conversationId, now } = call;
  const profile = await house.profile(tenantId);
  const conversation = await lockConversation(tx, tenantId, conversationId);
  const holder = call.staffId ?? (conversation.state === "person" ? conversation.assignee_id : null);
  const handOver = {
    reason: call.reason,
    confidence: null,
    needed: null,
    summary: call.summary,
    at: new Date(now).toISOString(),
  };
  const since = conversation.waiting_since ?? new Date(now);
  const due = conversation.due_at ?? new Date(dueAt(profile, now));
  await sql`
    update kernel.conversation set state = ${holder === null ? "waiting" : "person"},
      assignee_id = ${holder ?? conversation.assignee_id}, hand_over = ${JSON.stringify(handOver)}::jsonb,
      waiting_since = ${since}, due_at = ${due}, closed_at = null, flow = null, unread = unread + 1
    where tenant_id = ${tenantId} and id = ${conversationId}`.execute(tx);
  const id = messageId(Math.max(now, conversation.last_message_at.getTime()), now);
  await sql`
    insert into kernel.message (tenant_id, conversation_id, id, author, content, status, language, detail, sent_at, received_at, processed_at)
    values (${tenantId}, ${conversationId}, ${id}, 'system', ${JSON.stringify({ type: "system", event: "hand_over", text: "" })}::jsonb,
      'note', ${conversation.language}, ${JSON.stringify(handOver)}::jsonb, ${new Date(now)}, ${new Date(now)}, ${new Date(now)})`.execute(
    tx,
  );
  await appendEvents(
    tx,
    tenantId,
    [
      { type: "message.created", conversationId, messageId: id },
      { type: "conversation.changed", conversationId },
    ],
    now,
  );
  return due;
}
