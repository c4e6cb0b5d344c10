import type { ChannelAdapter, SendResult } from "../channel.ts";
import { mayContact } from "../consent/gate.ts";
import { orderMsOf } from "../ids.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import type { MessageLinks } from "./message-links.ts";
import type { Claimed, Fate } from "./outbox.ts";
import { correlationOf } from "./receipts.ts";

/** One send: asks the gate again, calls the provider, and says what became of it. */

/** Sends of one message before it may count as failed; an adapter that knows better gives up earlier. */
export const ATTEMPTS_MAX = 10;
/** A provider that refuses or is not reached is asked again for this long at least: an outage fails nothing. */
export const RETRY_FOR_MS = 3_600_000;

export interface DeliverParts {
  adapter: ChannelAdapter;
  account: RegisteredAccount;
  now: number;
  doubtfulWaitMs: number;
  readFile: (tenantId: number, fileId: string) => Promise<{ bytes: Buffer; mime: string; name: string }>;
  links: MessageLinks;
  /** As the world reaches us, without a trailing slash. */
  base: string;
}

export interface Delivered {
  fate: Fate;
  result: SendResult | null;
}

export async function deliver(row: Claimed, parts: DeliverParts): Promise<Delivered> {
  const { adapter, account, now } = parts;
  const gate = mayContact({
    purpose: row.purpose,
    basis: row.basis,
    contact: row.contact,
    channel: { active: account.active, windowMs: adapter.limits.windowMs },
    isTemplate: row.content.type === "template",
    expiresAt: row.expiresAt,
    now,
  });
  if (!gate.allowed)
    return { fate: { kind: "failed", error: { code: 0, title: gate.reason }, stops: false }, result: null };
  const result = await adapter
    .send(
      {
        correlation: correlationOf(row.conversationId, row.id),
        to: row.to,
        content: row.content,
        ...(row.replyToExternal ? { replyTo: row.replyToExternal } : {}),
        attempt: row.attempts,
        isAutomatic: row.priority > 0,
        ...wayBack(row, parts),
        readFile: (fileId) => parts.readFile(row.tenantId, fileId),
      },
      account,
    )
    .catch(
      (error: Error): SendResult => ({
        outcome: "uncertain",
        error: { code: 0, title: error.message.slice(0, 200) },
      }),
    );
  return { fate: fateOf(result, row, parts), result };
}

/** How the customer answers into this very conversation, and takes back what allows the message. */
function wayBack(row: Claimed, { links, base }: DeliverParts) {
  const replyToken = links.replyToken(row.conversationId);
  if (row.basis.kind !== "grant") return { replyToken };
  const path = links.unsubscribePath({ tenantId: row.tenantId, grantId: Number(row.basis.id) });
  return { replyToken, isNotice: true, unsubscribeUrl: `${base}${path}` };
}

export function fateOf(
  result: SendResult,
  row: Claimed,
  parts: Pick<DeliverParts, "adapter" | "now" | "doubtfulWaitMs">,
): Fate {
  switch (result.outcome) {
    case "accepted":
      return { kind: "sent", externalId: result.externalId };
    case "retry":
      if (row.attempts >= ATTEMPTS_MAX && parts.now - orderMsOf(row.id) > RETRY_FOR_MS)
        return { kind: "failed", error: result.error, stops: false };
      return { kind: "again", dueAt: parts.now + result.afterMs };
    case "failed":
      return { kind: "failed", error: result.error, stops: result.action === "blocked" };
    case "uncertain":
      // With receipts we wait for one; it removes the row. Without, only a person can know.
      if (parts.adapter.limits.hasReceipts && row.attempts < ATTEMPTS_MAX)
        return { kind: "doubtful", dueAt: parts.now + parts.doubtfulWaitMs };
      return { kind: "uncertain", error: result.error };
  }
}
