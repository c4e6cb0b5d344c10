import { sql } from "kysely";
import { type Actor, AppError, type House, setTimer, type Tx } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import { ProviderFault, type ProviderKind } from "../ports.ts";
import { REFUND } from "../rules/timer-kinds.ts";
import type { When } from "./payments.ts";
import { accountOf, findProvider, noteFault } from "./providers.ts";
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
 * key with another sum
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
        await setTimer(tx, {
          tenantId,
          kind: REFUND,
          key: String(id),
          dueAt: when.now,
          payload: { refundId: id },
        });
    }
    await settleState(tx, tenantId, given.requestId, when);
  });
}

async function isDone(tx: Tx, tenantId: number, given: NewRefund): Promise<boolean> {
  const { rows } = await sql<{ sum: number; request_id: number }>`
    select request_id, sum(amount_minor)::bigint as sum from pay.refund
    where tenant_id = ${tenantId} and key like ${`${escaped(given.key)} #%`} group by request_id`.execute(tx);
  const [row] = rows;
  if (!row) return false;
  if (row.sum !== given.amountMinor || row.request_id !== given.requestId)
    throw new AppError("conflict", "This key was used for another refund.");
  return true;
}

const escaped = (key: string): string => key.replace(/[\\%_]/g, "\\$&");

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
  const { rows } = await sql<{ id: number }>`
    insert into pay.refund (tenant_id, request_id, payment_id, key, way, amount_minor, currency, state, reason, made_at, made_by, ended_at)
    values (${tenantId}, ${given.requestId}, ${payment.id}, ${`${given.key} #${n}`}, ${payment.source}, ${amountMinor}, ${payment.currency},
      ${isDoneNow ? "done" : "planned"}, ${given.reason}, ${new Date(when.now)}, ${by}, ${isDoneNow ? new Date(when.now) : null})
    returning id`.execute(tx);
  return (rows[0] as { id: number }).id;
}

interface Planned {
  readonly request_id: number;
  readonly way: ProviderKind;
  readonly amount_minor: number;
  readonly currency: string;
  readonly reason: string;
  readonly payment_ref: string;
}

/**
 * Asks the service to pay back, outside of any transaction, with a key that makes it once. A refusal ends it; silence is
 * tried again by the timer.
 * @throws ProviderFault for what may pass
 */
export async function orderRefund(
  { house, providers }: { house: House; providers: Providers },
  tenantId: number,
  refundId: number,
): Promise<void> {
  const when = await moment(house, tenantId);
  const plan = await inTenant(house, tenantId, async (tx) => {
    const { rows } = await sql<Planned>`
      select f.request_id, f.way, f.amount_minor, f.currency, f.reason, y.external_id as payment_ref
      from pay.refund f join pay.payment y on y.tenant_id = f.tenant_id and y.id = f.payment_id
      where f.tenant_id = ${tenantId} and f.id = ${refundId} and f.state = 'planned' and f.way in ('stripe', 'mollie')`.execute(
      tx,
    );
    const [row] = rows;
    return row && { row, service: await findProvider(tx, tenantId, row.way) };
  });
  if (!plan) return;
  const { row, service } = plan;
  const ended = (result: { externalId: string; isDone: boolean } | { fault: string }) =>
    inTenant(house, tenantId, async (tx) => {
      await lockRequest(tx, tenantId, row.request_id);
      const state = "fault" in result ? "failed" : result.isDone ? "done" : "ordered";
      await sql`update pay.refund set state = ${state}, fault = ${"fault" in result ? result.fault : ""},
          external_id = ${"fault" in result ? null : result.externalId}, ended_at = ${state === "ordered" ? null : new Date(when.now)}
        where tenant_id = ${tenantId} and id = ${refundId} and state = 'planned'`.execute(tx);
      await settleState(tx, tenantId, row.request_id, when);
    });
  if (!service) return ended({ fault: "no_provider" });
  try {
    const { amount_minor: amountMinor, currency, reason, payment_ref: paymentRef } = row;
    const key = `ah-refund-${tenantId}-${refundId}`;
    await ended(
      await providers[row.way].refund(accountOf(service), { paymentRef, amountMinor, currency, key, reason }),
    );
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    await inTenant(house, tenantId, (tx) =>
      noteFault(tx, tenantId, row.way, { fault: error.code, now: when.now }),
    );
    if (error.code !== "refused") throw error;
    await ended({ fault: error.code });
  }
}
