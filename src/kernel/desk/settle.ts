import { sql } from "kysely";
import type { Message } from "../api/conversations.ts";
import type { Content } from "../dialogue/content.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { lockConversation } from "./conversation-lock.ts";
import { askGate, queue } from "./reply.ts";
import { messageRows } from "./rows.ts";

export interface Decision {
  conversationId: number;
  messageId: string;
  decision: "arrived" | "resend";
}

/**
 * A person decides what no receipt says: a doubtful send arrived, or it (or a failed one) goes again.
 * @throws AppError not_found; rule_broken when the message is neither doubtful nor failed; the gate's errors
 */
export async function settleSend(kernel: Kernel, actor: Actor, wanted: Decision): Promise<Message> {
  const { tenantId } = actor;
  const { conversationId, messageId: id } = wanted;
  return kernel.db.tenant(tenantId, async (tx) => {
    const now = kernel.clock.now();
    const conversation = await lockConversation(tx, tenantId, conversationId);
    const message = await tx
      .selectFrom("kernel.message")
      .select(["status", "author", "content", "reply_to"])
      .where("tenant_id", "=", tenantId)
      .where("conversation_id", "=", conversationId)
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!message) throw new AppError("not_found");
    const isOpen =
      message.status === "uncertain" || (message.status === "failed" && wanted.decision === "resend");
    if (!isOpen || message.author === "customer")
      throw new AppError("rule_broken", "Only a doubtful send can be settled, and a failed one sent again.");
    if (wanted.decision === "resend") {
      const basis = await tx
        .selectFrom("kernel.message")
        .select(["id", "sent_at"])
        .where("tenant_id", "=", tenantId)
        .where("conversation_id", "=", conversationId)
        .where("author", "=", "customer")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      const content = message.content as Content;
      await askGate({ kernel, tx, tenantId, conversation, basis, content, now });
      await setStatus();
      await removeQueued();
      if (basis) await queue(tx, tenantId, { conversation, basis, id, content, quoted: null, now });
      await sql`select pg_notify('ah', 'outbox')`.execute(tx);
    } else {
      await setStatus();
      await removeQueued();
    }
    await appendEvents(tx, tenantId, [{ type: "message.changed", conversationId, messageId: id }], now);
    const [row] = await messageRows({ tx, kernel, tenantId }, [{ conversationId, id }]);
    if (!row) throw new AppError("not_found");
    return row;

    async function setStatus(): Promise<void> {
      await tx
        .updateTable("kernel.message")
        .set({ status: wanted.decision === "resend" ? "queued" : "sent", error: null })
        .where("tenant_id", "=", tenantId)
        .where("conversation_id", "=", conversationId)
        .where("id", "=", id)
        .execute();
    }
    async function removeQueued(): Promise<void> {
      await tx.deleteFrom("kernel.outbox").where("tenant_id", "=", tenantId).where("id", "=", id).execute();
    }
  });
}
