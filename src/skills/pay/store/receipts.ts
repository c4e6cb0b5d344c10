import { sql } from "kysely";
import { setTimer, type Tx } from "#kernel";
import { receiptNumber, yearOf } from "../rules/numbers.ts";
import { PAID } from "../rules/timer-kinds.ts";
import type { StoredRequest } from "./request-rows.ts";
import { readSettings } from "./settings.ts";

/** What a receipt says; kept as it was when the money was there. */
export interface ReceiptFacts {
  readonly holder: string;
  readonly address: string;
  readonly taxNumber: string;
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly amountMinor: number }[];
  readonly currency: string;
  readonly amountMinor: number;
  readonly reference: string;
  /** YYYY-MM-DD */
  readonly paidOn: string;
  readonly ways: readonly string[];
}

export interface Receipt {
  readonly number: string;
  /** The number of the receipt that this one cancels. */
  readonly cancels: string | null;
  readonly facts: ReceiptFacts;
  readonly issued_at: Date;
}

/**
 * Numbers the receipt in the transaction that books the money. What is paid back later does not change it, the refund says
 * so for itself; what is taken back cancels it.
 */
export async function issueReceipt(
  tx: Tx,
  tenantId: number,
  request: StoredRequest,
  { now, today }: { now: number; today: string },
): Promise<void> {
  const { id } = request;
  if ((await receiptOf(tx, tenantId, id))?.cancels === null) return;
  const settings = await readSettings(tx, tenantId);
  const { rows } = await sql<{ source: string; booked_on: string }>`
    select source, booked_on::text from pay.payment where tenant_id = ${tenantId} and request_id = ${id} and undone_at is null
    order by booked_on, id`.execute(tx);
  const facts: ReceiptFacts = {
    holder: settings.holder,
    address: settings.address,
    taxNumber: settings.taxNumber,
    title: request.title,
    lines: request.lines,
    currency: request.currency,
    amountMinor: request.amount_minor,
    reference: request.reference,
    paidOn: rows.at(-1)?.booked_on ?? today,
    ways: [...new Set(rows.map(({ source }) => source))],
  };
  const number = await nextNumber(tx, tenantId, settings.receiptPrefix, today);
  await sql`insert into pay.receipt (tenant_id, request_id, number, facts, issued_at)
    values (${tenantId}, ${id}, ${number}, ${JSON.stringify(facts)}::jsonb, ${new Date(now)})`.execute(tx);
  await setTimer(tx, { tenantId, kind: PAID, key: String(id), dueAt: now, payload: { requestId: id } });
}

/** A receipt whose money is not there any more is cancelled by another of the same facts, with a number of its own. */
export async function cancelReceipt(
  tx: Tx,
  tenantId: number,
  requestId: number,
  { now, today }: { now: number; today: string },
): Promise<void> {
  const before = await receiptOf(tx, tenantId, requestId);
  if (!before || before.cancels !== null) return;
  const { receiptPrefix } = await readSettings(tx, tenantId);
  const number = await nextNumber(tx, tenantId, receiptPrefix, today);
  await sql`insert into pay.receipt (tenant_id, request_id, number, facts, issued_at, cancels)
    values (${tenantId}, ${requestId}, ${number}, ${JSON.stringify(before.facts)}::jsonb, ${new Date(now)}, ${before.number})`.execute(
    tx,
  );
  await sql`update pay.receipt set cancelled_by = ${number} where tenant_id = ${tenantId} and number = ${before.number}`.execute(
    tx,
  );
}

/** @param number default: the one that is true, else the newest cancellation @returns undefined before the first */
export async function receiptOf(
  tx: Tx,
  tenantId: number,
  requestId: number,
  number: string | null = null,
): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select number, cancels, facts, issued_at from pay.receipt
    where tenant_id = ${tenantId} and request_id = ${requestId} and (${number}::text is null or number = ${number})
    order by (cancels is null and cancelled_by is null) desc, cancels is null, issued_at desc, number desc limit 1`.execute(
    tx,
  );
  return rows[0];
}

/** In the order in which they were issued. */
export async function receiptsOf(
  tx: Tx,
  tenantId: number,
  requestId: number,
): Promise<{ number: string; cancels: string | null; issuedAt: string }[]> {
  const { rows } = await sql<{ number: string; cancels: string | null; issued_at: Date }>`
    select number, cancels, issued_at from pay.receipt where tenant_id = ${tenantId} and request_id = ${requestId}
    order by issued_at, cancels nulls first, number`.execute(tx);
  return rows.map(({ issued_at, ...one }) => ({ ...one, issuedAt: issued_at.toISOString() }));
}

/** The next number of its year; taken back with the transaction, so only a restore makes gaps. */
async function nextNumber(tx: Tx, tenantId: number, prefix: string, today: string): Promise<string> {
  const year = yearOf(today);
  const { rows } = await sql<{ last: number }>`
    insert into pay.counter (tenant_id, kind, year, last) values (${tenantId}, 'receipt', ${year}, 1)
    on conflict (tenant_id, kind, year) do update set last = counter.last + 1 returning last`.execute(tx);
  return receiptNumber(prefix, year, (rows[0] as { last: number }).last);
}
