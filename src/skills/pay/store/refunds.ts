import { sql } from "kysely";
import { type Actor, AppError, type House, type Tx } from "#kernel";
import type { ProviderKind } from "../ports.ts";
import type { When } from "./payments.ts";
import { orderLater } from "./refund-orders.ts";
import { lockRequest, settleState } from "./request-rows.ts";
import { inTenant, moment } from "./tx.ts";

/** Paying back: it counts from the moment it is decided, so that nothing is paid back twice. */

export interface NewRefund {
  readonly requestId: number;
  readonly key: string;
  readonly amountMinor: number;
  readonly reason: string;
}

interface Open {
  readonly id: number;
  readonly source: "bank" | "hand" | ProviderKind;
  readonly currency: string;
  readonly payer_iban: string;
  readonly left: number;
}

/**
 * From the newest payment backwards, each on its own way.
 * @throws AppError not_found; rule_broken for more than is there, or where the payer's account is not known; conflict for the
 * key with another sum or reason
 */
export async function refundRequest(house: House, actor: Actor, given: NewRefund): Promise<void> {
  const { tenantId, staffId: by } = actor;
  const when = await moment(house, tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const request = await lockRequest(tx, tenantId, given.requestId);
    if (await isDone(tx, tenantId, given)) return;
    if (given.amountMinor > request.paid_minor - request.refunded_minor)
      throw new AppError("rule_broken", "too_much: so much was not paid, or went back already.");
    const parts = split(await openPayments(tx, tenantId, given.requestId), given.amountMinor);
    for (const [n, { payment, amountMinor }] of parts.entries()) {
      if (payment.source === "bank" && payment.payer_iban === "")
        throw new AppError(
          "rule_broken",
          "no_iban: the bank did not say from which account it came. Pay it back by hand.",
        );
      const id = await insertRefund(tx, tenantId, { payment, amountMinor, n, given, by }, when);
      if (payment.source === "stripe" || payment.source === "mollie")
        await orderLater(tx, tenantId, { refundId: id, dueAt: when.now });
    }
    await settleState(tx, tenantId, given.requestId, when);
  });
}

async function isDone(tx: Tx, tenantId: number, given: NewRefund): Promise<boolean> {
  const start = `${given.key} #`;
  const { rows } = await sql<{ sum: number; request_id: number; reason: string }>`
    select request_id, reason, sum(amount_minor)::bigint as sum from pay.refund
    where tenant_id = ${tenantId} and starts_with(key, ${start}) and substr(key, length(${start}) + 1) ~ '^[0-9]+$'
    group by request_id, reason`.execute(tx);
  const [row] = rows;
  if (!row) return false;
  if (row.sum !== given.amountMinor || row.request_id !== given.requestId || row.reason !== given.reason)
    throw new AppError("conflict", "This key was used for another refund.");
  return true;
}

async function openPayments(tx: Tx, tenantId: number, requestId: number): Promise<Open[]> {
  const { rows } = await sql<Open>`
    select y.id, y.source, y.currency, y.payer_iban, y.amount_minor - coalesce((select sum(amount_minor) from pay.refund f
      where f.tenant_id = y.tenant_id and f.payment_id = y.id and f.state <> 'failed'), 0)::bigint as left
    from pay.payment y where y.tenant_id = ${tenantId} and y.request_id = ${requestId} and y.undone_at is null order by y.id desc`.execute(
    tx,
  );
  return rows.filter(({ left }) => left > 0);
}

function split(payments: readonly Open[], amountMinor: number): { payment: Open; amountMinor: number }[] {
  let rest = amountMinor;
  return payments.flatMap((payment) => {
    const part = Math.min(rest, payment.left);
    rest -= part;
    return part > 0 ? [{ payment, amountMinor: part }] : [];
  });
}

async function insertRefund(
  tx: Tx,
  tenantId: number,
  of: { payment: Open; amountMinor: number; n: number; given: NewRefund; by: string },
  when: When,
): Promise<number> {
  const { payment, amountMinor, n, given, by } = of;
  // What went back by hand is told after it was done.
  const isDoneNow = payment.source === "hand";
  const doneAt = isDoneNow ? new Date(when.now) : null;
  const { rows } = await sql<{ id: number }>`
    insert into pay.refund (tenant_id, request_id, payment_id, key, way, amount_minor, currency, state, reason, made_at, made_by, ended_at, posted_at)
    values (${tenantId}, ${given.requestId}, ${payment.id}, ${`${given.key} #${n}`}, ${payment.source}, ${amountMinor}, ${payment.currency},
      ${isDoneNow ? "done" : "planned"}, ${given.reason}, ${new Date(when.now)}, ${by}, ${doneAt}, ${doneAt})
    returning id`.execute(tx);
  return (rows[0] as { id: number }).id;
}
