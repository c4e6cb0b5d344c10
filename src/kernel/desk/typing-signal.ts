import { AppError } from "../errors.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { typingTopic } from "./typing.ts";

/** Providers show "writing" for five seconds or more; telling them more often is waste, and counted against us. */
const PROVIDER_EVERY_MS = 4_000;
const REMEMBERED = 5_000;

const told = new Map<string, number>();

/** Tells colleagues and the customer that this person is writing. Nothing is stored. @throws AppError not_found */
export async function sayTyping(kernel: Kernel, actor: Actor, conversationId: number): Promise<void> {
  const { tenantId } = actor;
  const conversation = await kernel.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom("kernel.conversation")
      .select(["channel_id", "reply_address"])
      .where("tenant_id", "=", tenantId)
      .where("id", "=", conversationId)
      .executeTakeFirst(),
  );
  if (!conversation) throw new AppError("not_found");
  kernel.wire.notify(
    typingTopic({ tenantId, conversationId, side: "us", staffId: actor.staffId, who: actor.name }),
  );
  const account = kernel.registry.account(conversation.channel_id);
  const adapter = account && kernel.adapters.get(account.kind);
  if (!account?.active || !adapter?.typing || !isTime(`${tenantId} ${conversationId}`, kernel.clock.now()))
    return;
  const lastExternalId = await lastOfCustomer(kernel, tenantId, conversationId);
  // Not awaited: the agent's key strokes do not wait for a provider.
  void adapter.typing(account, conversation.reply_address, lastExternalId).catch(() => {});
}

function isTime(key: string, now: number): boolean {
  if (now - (told.get(key) ?? 0) < PROVIDER_EVERY_MS) return false;
  if (told.size >= REMEMBERED) told.clear();
  told.set(key, now);
  return true;
}

function lastOfCustomer(kernel: Kernel, tenantId: number, conversationId: number): Promise<string | null> {
  return kernel.db.tenant(tenantId, async (tx) => {
    const row = await tx
      .selectFrom("kernel.message")
      .select("external_id")
      .where("tenant_id", "=", tenantId)
      .where("conversation_id", "=", conversationId)
      .where("author", "=", "customer")
      .where("external_id", "is not", null)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.external_id ?? null;
  });
}
