import type { Located } from "./sort.ts";
import type { ReceiptUpdate } from "./state.ts";

/** Our correlation in a provider's receipt: CONVERSATION.MESSAGE, so that a receipt finds its row by key. */
export function correlationOf(conversationId: number, messageId: string): string {
  return `${conversationId}.${messageId}`;
}

const CORRELATION = /^(\d{1,16})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

export function parseCorrelation(
  correlation: string | undefined,
): { conversationId: number; messageId: string } | null {
  const match = correlation ? CORRELATION.exec(correlation) : null;
  return match ? { conversationId: Number(match[1]), messageId: match[2] as string } : null;
}

/** `failed` overrules `sent`, which the provider says first of every message; `delivered` overrules `failed`. */
const RANK: Readonly<Record<string, number>> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/** Many receipts of one message in a batch become the highest; those that are not ours are left out. */
export function mergeReceipts(receipts: readonly Located<"receipt">[]): ReceiptUpdate[] {
  const byMessage = new Map<string, ReceiptUpdate>();
  for (const { item, account } of receipts) {
    const ours = parseCorrelation(item.correlation);
    if (!ours || !(item.status in RANK)) continue;
    const key = `${account.tenantId} ${ours.messageId}`;
    const known = byMessage.get(key);
    // Not every receipt of a message names its price: what one of them says holds for all.
    const billed = item.billed ?? known?.billed ?? null;
    if (known && (RANK[known.status] ?? 0) >= (RANK[item.status] ?? 0)) {
      known.billed = billed;
      continue;
    }
    byMessage.set(key, {
      tenantId: account.tenantId,
      ...ours,
      status: item.status,
      error: item.errors[0] ?? null,
      billed,
    });
  }
  return [...byMessage.values()].sort(
    (a, b) =>
      a.tenantId - b.tenantId || a.conversationId - b.conversationId || (a.messageId < b.messageId ? -1 : 1),
  );
}
