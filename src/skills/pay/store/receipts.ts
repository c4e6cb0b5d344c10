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
  readonly facts: ReceiptFacts;
  readonly issued_at: Date;
}

/**
 * Numbers the receipt in the transaction that books the money, once: what is taken back or paid back later does not change
 * it, the refund says so for itself.
 */
export async function issueReceipt(
  tx: Tx,
  tenantId: number,
  request: StoredRequest,
  { now, today }: { now: number; today: string },
): Promise<void> {
  const { id } = request;
  if (await receiptOf(tx, tenantId, id)) return;
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

/** @returns undefined also while the request is not paid (any more): a receipt is shown only as long as it is true */
export async function receiptOf(tx: Tx, tenantId: number, requestId: number): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select b.number, b.facts, b.issued_at from pay.receipt b join pay.request r on r.tenant_id = b.tenant_id and r.id = b.request_id
    where b.tenant_id = ${tenantId} and b.request_id = ${requestId} and r.paid_minor >= r.amount_minor`.execute(
    tx,
  );
  return rows[0];
}

/** The next number of its year; taken back with the transaction, so only a restore makes gaps. */
async function nextNumber(tx: Tx, tenantId: number, prefix: string, today: string): Promise<string> {
  const year = yearOf(today);
  const { rows } = await sql<{ last: number }>`
    insert into pay.counter (tenant_id, kind, year, last) values (${tenantId}, 'receipt', ${year}, 1)
    on conflict (tenant_id, kind, year) do update set last = counter.last + 1 returning last`.execute(tx);
  return receiptNumber(prefix, year, (rows[0] as { last: number }).last);
}
