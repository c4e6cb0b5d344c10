import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { CamtEntry } from "../rules/camt/statement.ts";
import { refundOf } from "../rules/refunds.ts";
import type { When } from "./payments.ts";
import { lockRequest, settleState } from "./request-rows.ts";

/** An entry that was stored now. */
export interface NewEntry {
  readonly entryId: number;
  readonly entry: CamtEntry;
}

/**
 * Refunds that the bank was told to pay: a debit that carries their mark has left the account; a credit that takes it back
 * came from the receiving bank, and it is owed again. Such an entry asks nothing of a person: it is over by itself.
 * @returns how many came back
 */
export async function settleOrderedRefunds(
  tx: Tx,
  tenantId: number,
  entries: readonly NewEntry[],
  when: When,
): Promise<number> {
  let returned = 0;
  for (const { entryId, entry } of entries) {
    const { isCredit, isReversal, amountMinor } = entry;
    const id = refundOf(entry.endToEnd);
    if (id === null) continue;
    if (!isCredit && !isReversal) {
      await sql`update pay.refund set state = 'done', ended_at = ${new Date(when.now)}
        where tenant_id = ${tenantId} and id = ${id} and way = 'bank' and state = 'ordered' and amount_minor = ${amountMinor}`.execute(
        tx,
      );
      // It left although somebody said that the bank had refused its file: a person has to know, for another stands in its place.
      await sql`update pay.entry e set state = 'unknown' from pay.refund f
        where e.tenant_id = ${tenantId} and e.id = ${entryId} and f.tenant_id = e.tenant_id and f.id = ${id} and f.fault = 'file_refused'`.execute(
        tx,
      );
    }
    if (isCredit && isReversal && (await giveUp(tx, tenantId, id, when))) {
      await sql`update pay.entry set state = 'other' where tenant_id = ${tenantId} and id = ${entryId}`.execute(
        tx,
      );
      returned++;
    }
  }
  return returned;
}

async function giveUp(tx: Tx, tenantId: number, refundId: number, when: When): Promise<boolean> {
  const { rows } = await sql<{ request_id: number }>`select request_id from pay.refund
    where tenant_id = ${tenantId} and id = ${refundId} and way = 'bank' and state in ('ordered', 'done')`.execute(
    tx,
  );
  const [found] = rows;
  if (!found) return false;
  await lockRequest(tx, tenantId, found.request_id);
  await sql`update pay.refund set state = 'failed', fault = 'returned', ended_at = ${new Date(when.now)}
    where tenant_id = ${tenantId} and id = ${refundId} and state in ('ordered', 'done')`.execute(tx);
  await settleState(tx, tenantId, found.request_id, when);
  return true;
}
