import { sql } from "kysely";
import { readTyping } from "../desk/typing.ts";
import type { Kernel } from "../kernel.ts";

/** Telegram shows a sign of writing for 5 s, WhatsApp for 25 s; more often is noise. */
const REPEAT_MS = 4_500;
/** Conversations remembered. */
const REMEMBERED = 2_000;

/**
 * Shows the customer of a messenger that an agent writes. Every process hears of it; the one that works tells the
 * provider, at most once in 4.5 s for a conversation.
 * @param isWorking does this process hold the worker's lease?
 */
export function relayTyping(kernel: Kernel, isWorking: () => boolean): void {
  const told = new Map<number, number>();
  kernel.wire.on("typing", (rest) => {
    const typing = readTyping(rest);
    if (typing?.side !== "us" || !isWorking()) return;
    const now = kernel.clock.now();
    if (now - (told.get(typing.conversationId) ?? 0) < REPEAT_MS) return;
    told.set(typing.conversationId, now);
    if (told.size > REMEMBERED) told.clear();
    void tell(kernel, typing).catch((error: Error) =>
      kernel.log.debug({ error: error.message }, "typing not shown to the customer"),
    );
  });
}

async function tell(kernel: Kernel, place: { tenantId: number; conversationId: number }): Promise<void> {
  const row = await kernel.db.tenant(place.tenantId, async (tx) => {
    const { rows } = await sql<{ channel_id: number; reply_address: string; external_id: string | null }>`
      select c.channel_id, c.reply_address, (select m.external_id from kernel.message m where m.tenant_id = c.tenant_id
          and m.conversation_id = c.id and m.author = 'customer' order by m.id desc limit 1) as external_id
      from kernel.conversation c where c.tenant_id = ${place.tenantId} and c.id = ${place.conversationId}`.execute(
      tx,
    );
    return rows[0];
  });
  const account = row && kernel.registry.account(row.channel_id);
  if (!row || !account?.active) return;
  await kernel.adapters.get(account.kind)?.typing?.(account, row.reply_address, row.external_id);
}
