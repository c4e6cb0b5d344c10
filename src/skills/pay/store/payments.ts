import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { EURO } from "../rules/money.ts";
import { lockRequest, type StoredRequest, settleState } from "./request-rows.ts";

/** Money that came, and taking a booking back. */

export interface NewPayment {
  readonly requestId: number;
  readonly source: "bank" | "stripe" | "mollie" | "hand";
  /** The same one is booked once in a company. */
  readonly externalId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly payer: string;
  readonly payerIban?: string;
  readonly entryId?: number;
  readonly checkoutId?: number;
  readonly bookedOn: string;
  readonly by: string;
}

export interface When {
  readonly now: number;
  readonly today: string;
}

/**
 * @returns the request as it is now; null when this very payment was booked before, and nothing was changed
 * @throws AppError not_found; rule_broken for another currency
 */
export async function bookPayment(
  tx: Tx,
  tenantId: number,
  payment: NewPayment,
  when: When,
): Promise<StoredRequest | null> {
  const request = await lockRequest(tx, tenantId, payment.requestId);
  if (request.currency !== payment.currency)
    throw new AppError("rule_broken", "currency: the payment is in another currency than the request.");
  const { rows } = await sql`
    insert into pay.payment (tenant_id, request_id, source, external_id, amount_minor, currency, payer, payer_iban, entry_id, checkout_id,
      booked_on, made_at, made_by)
    values (${tenantId}, ${payment.requestId}, ${payment.source}, ${payment.externalId}, ${payment.amountMinor}, ${payment.currency},
      ${payment.payer}, ${payment.payerIban ?? ""}, ${payment.entryId ?? null}, ${payment.checkoutId ?? null}, ${payment.bookedOn},
      ${new Date(when.now)}, ${payment.by})
    on conflict (tenant_id, source, external_id) where undone_at is null do nothing returning id`.execute(tx);
  if (rows.length === 0) return null;
  return settleState(tx, tenantId, payment.requestId, when);
}

/** What somebody records with a key of their own. */
export interface HandPayment {
  readonly requestId: number;
  readonly key: string;
  readonly amountMinor: number;
  readonly payer: string;
  /** Default: today. */
  readonly bookedOn?: string | undefined;
}

/**
 * Books money that came another way. The same call once more changes nothing, also after the booking was taken back.
 * @throws AppError not_found; conflict for a key that was used for something else
 */
export async function recordByHand(
  tx: Tx,
  tenantId: number,
  given: HandPayment & { by: string },
  when: When,
): Promise<void> {
  const { requestId, key, amountMinor, payer, by, bookedOn } = given;
  const externalId = `${requestId} ${key}`;
  await lockRequest(tx, tenantId, requestId);
  const { rows } = await sql<{ amount_minor: number; payer: string; booked_on: string }>`
    select amount_minor, payer, booked_on::text from pay.payment
    where tenant_id = ${tenantId} and source = 'hand' and external_id = ${externalId} limit 1`.execute(tx);
  const [first] = rows;
  if (first) {
    const isSameDay = bookedOn === undefined || bookedOn === first.booked_on;
    if (first.amount_minor === amountMinor && first.payer === payer && isSameDay) return;
    throw new AppError("conflict", "This key was used for another payment.");
  }
  await bookPayment(
    tx,
    tenantId,
    {
      requestId,
      source: "hand",
      externalId,
      amountMinor,
      currency: EURO,
      payer,
      bookedOn: bookedOn ?? when.today,
      by,
    },
    when,
  );
}

/**
 * The booking stays, with the time at which it was taken back.
 * @throws AppError not_found; rule_broken when money of it went back already, or a service says that it was paid
 */
export async function takeBack(
  tx: Tx,
  tenantId: number,
  of: { requestId: number; paymentId: number; by: string },
  when: When,
): Promise<{ entryId: number | null }> {
  const request = await lockRequest(tx, tenantId, of.requestId);
  const { rows } = await sql<{ amount_minor: number; entry_id: number | null; source: string }>`
    select amount_minor, entry_id, source from pay.payment
    where tenant_id = ${tenantId} and id = ${of.paymentId} and request_id = ${of.requestId} and undone_at is null`.execute(
    tx,
  );
  const [payment] = rows;
  if (!payment) throw new AppError("not_found");
  if (payment.source !== "bank" && payment.source !== "hand")
    throw new AppError("rule_broken", "provider: a payment service's payment is refunded, not undone.");
  const refunds = await sql`select from pay.refund
    where tenant_id = ${tenantId} and payment_id = ${of.paymentId} and state <> 'failed' limit 1`.execute(tx);
  if (refunds.rows.length > 0 || request.paid_minor - payment.amount_minor < request.refunded_minor)
    throw new AppError("rule_broken", "refunded: money of this booking was paid back.");
  await sql`update pay.payment set undone_at = ${new Date(when.now)}, undone_by = ${of.by}
    where tenant_id = ${tenantId} and id = ${of.paymentId}`.execute(tx);
  await settleState(tx, tenantId, of.requestId, when);
  return { entryId: payment.entry_id };
}
