import { grantConsent, type Turn } from "#kernel";
import { ARRIVAL } from "../rules/purposes.ts";
import type { DeliveryTx } from "./tx.ts";

export interface Allowed {
  readonly deliveryId: number;
  /** The message by which it was booked. */
  readonly messageId: string;
  readonly language: "de" | "en";
  /** The exact words that stood above it. */
  readonly text: string;
}

/** Whoever booked under these words agreed to messages about arrivals. Repeatable: an open grant is not doubled. */
export async function allowArrival(tx: DeliveryTx, turn: Turn, allowed: Allowed): Promise<void> {
  const { deliveryId, messageId, language, text } = allowed;
  const { id: tenantId } = turn.tenant;
  const [grantId] = await grantConsent(tx, {
    tenantId,
    grants: [
      {
        contactId: turn.contact.id,
        channelId: turn.channel.id,
        purpose: ARRIVAL,
        topic: "",
        language,
        text,
        how: "message",
        evidence: { conversationId: turn.conversation.id, messageId, deliveryId },
        expiresAt: null,
      },
    ],
    now: turn.now,
  });
  await tx
    .updateTable("delivery.delivery")
    .set({ grant_id: grantId ?? null })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", deliveryId)
    .execute();
}
