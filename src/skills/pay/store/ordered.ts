import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { CamtEntry } from "../rules/camt/statement.ts";
import { refundOf } from "../rules/refunds.ts";
import type { When } from "./payments.ts";
import { settleState } from "./request-rows.ts";

/** Refunds that the bank was told to pay: a debit that carries their mark has left the account. */
export async function settleOrderedRefunds(
  tx: Tx,
  tenantId: number,
  entries: readonly CamtEntry[],
  when: When,
): Promise<void> {
  const debits = entries.filter(({ isCredit, isReversal }) => !isCredit && !isReversal);
  for (const { endToEnd, amountMinor } of debits) {
    const id = refundOf(endToEnd);
    if (id === null) continue;
    await sql`update pay.refund set state = 'done', ended_at = ${new Date(when.now)}
      where tenant_id = ${tenantId} and id = ${id} and way = 'bank' and state = 'ordered' and amount_minor = ${amountMinor}`.execute(
      tx,
    );
  }
  // The receiving bank sent it back: it is owed again.
  for (const { endToEnd } of entries.filter(({ isCredit, isReversal }) => isCredit && isReversal)) {
    const id = refundOf(endToEnd);
    if (id === null) continue;
    const { rows } = await sql<{
      request_id: number;
    }>`update pay.refund set state = 'failed', fault = 'returned', ended_at = ${new Date(when.now)}
      where tenant_id = ${tenantId} and id = ${id} and way = 'bank' and state in ('ordered', 'done') returning request_id`.execute(
      tx,
    );
    for (const { request_id } of rows) await settleState(tx, tenantId, request_id, when);
  }
}
