import { grantConsent } from "#kernel";
import { WORK } from "../rules/purposes.ts";
import type { ReportsTx } from "./tx.ts";

export interface Joining {
  teamId: number;
  /** Folded, as the flow knew it. */
  code: string;
  contactId: number;
  channelId: number;
  conversationId: number;
  messageId: string;
  language: "de" | "en";
  /** The exact words that were agreed to. */
  text: string;
  now: number;
}

export interface StoredTeam {
  id: number;
  name: string;
  language: "de" | "en";
  join_code: string | null;
  contact_id: number | null;
  conversation_id: number | null;
}

/** Locks the team. */
export function lockTeam(tx: ReportsTx, tenantId: number, id: number): Promise<StoredTeam | undefined> {
  return tx
    .selectFrom("reports.team")
    .select(["id", "name", "language", "join_code", "contact_id", "conversation_id"])
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/** The conversation becomes the team's: the grant is the reason to write into it, STOP ends it. The code is used up. */
export async function joinTeam(tx: ReportsTx, tenantId: number, joining: Joining): Promise<void> {
  const { contactId, channelId, conversationId, now } = joining;
  const [grantId] = await grantConsent(tx, {
    tenantId,
    grants: [
      {
        contactId,
        channelId,
        purpose: WORK,
        topic: String(joining.teamId),
        language: joining.language,
        text: joining.text,
        how: "message",
        evidence: { conversationId, messageId: joining.messageId },
        expiresAt: null,
      },
    ],
    now,
  });
  await tx
    .updateTable("reports.team")
    .set({
      join_code: null,
      contact_id: contactId,
      channel_id: channelId,
      conversation_id: conversationId,
      grant_id: grantId as number,
      joined_at: new Date(now),
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", joining.teamId)
    .execute();
}
