import { heldSince } from "../backup/hold.ts";
import type { SendResult } from "../channel.ts";
import type { Files } from "../files/files.ts";
import type { Kernel } from "../kernel.ts";
import { openMessageLinks } from "./message-links.ts";
import { correlationOf } from "./receipts.ts";

/** A mail beside a conversation, as it leaves the house. Its Message-ID is the same at every try. */
export interface SideMail {
  tenantId: number;
  /** The mailbox that sends it. */
  channelId: number;
  conversationId: number;
  /** As `expectReply` gave them. */
  id: number;
  key: string;
  /** ms; the token in the reply address ends with it. */
  expiresAt: number;
  to: string;
  subject: string;
  text: string;
  fileIds: readonly string[];
  language: "de" | "en";
  /** The key of an earlier one that this one follows. */
  follows?: string;
  /** No person wrote it. */
  isAutomatic?: boolean;
  /** When a person wanted it, ms: what is older than a restore is not sent by itself. */
  wantedAt: number;
}

export type SideResult = SendResult | { outcome: "held" } | { outcome: "no_mailbox" };

/**
 * Sends it now, by the adapter of the mailbox; the caller keeps what became of it and tries again what may be tried.
 * Whoever is written to is no customer, so the consent gate is not asked: the caller answers for the address.
 */
export async function sendSideMail(kernel: Kernel, files: Files, mail: SideMail): Promise<SideResult> {
  const since = await heldSince(kernel.db.node);
  if (since !== null && mail.wantedAt < since) return { outcome: "held" };
  const account = kernel.registry.account(mail.channelId);
  const adapter = account && kernel.adapters.get(account.kind);
  if (!account?.active || account.tenantId !== mail.tenantId || !adapter) return { outcome: "no_mailbox" };
  const { conversationId } = mail;
  const links = await openMessageLinks(kernel);
  return adapter.send(
    {
      correlation: correlationOf(conversationId, mail.key),
      to: mail.to,
      content: { type: "text", text: mail.text },
      language: mail.language,
      isAutomatic: mail.isAutomatic ?? false,
      replyToken: links.sideToken({
        tenantId: mail.tenantId,
        conversationId,
        id: mail.id,
        expiresAt: mail.expiresAt,
      }),
      letter: {
        subject: mail.subject,
        fileIds: mail.fileIds,
        ...(mail.follows !== undefined && { follows: correlationOf(conversationId, mail.follows) }),
      },
      readFile: (fileId) => files.read(mail.tenantId, fileId),
    },
    account,
  );
}
