import { sql } from "kysely";
import type { House, Tx } from "#kernel";
import type { Payment, PayRequest, Refund, RequestRow, RequestShelf, RequestStateName } from "../api.ts";
import type { Desk } from "../ports.ts";
import { giroCode } from "../rules/girocode.ts";
import { mayRemind } from "../rules/reminders.ts";
import { OWING } from "../rules/states.ts";
import { isPayable } from "./page.ts";
import { receiptOf, receiptsOf } from "./receipts.ts";
import { owedOf, REQUESTS, readRequest, type StoredRequest } from "./request-rows.ts";
import { readSettings } from "./settings.ts";
import { moment } from "./tx.ts";

/** Requests as the API shows them. */

export const shownRow = (row: StoredRequest): RequestRow => ({
  id: row.id,
  title: row.title,
  reference: row.reference,
  state: row.state,
  currency: row.currency,
  amountMinor: row.amount_minor,
  paidMinor: row.paid_minor,
  refundedMinor: row.refunded_minor,
  owedMinor: owedOf(row),
  dueOn: row.due_on,
  createdAt: row.created_at.toISOString(),
  conversationId: row.conversation_id,
  name: row.name,
});

export interface Listing {
  readonly state?: RequestStateName | RequestShelf | undefined;
  readonly q?: string | undefined;
  readonly conversationId?: number | undefined;
  readonly before: number | undefined;
  readonly limit: number;
}

const SHELVES: Readonly<Partial<Record<string, readonly string[]>>> = {
  owing: OWING,
  overdue: OWING,
  settled: ["paid", "overpaid"],
};

/** @param today YYYY-MM-DD where the company is */
export async function listRequests(
  tx: Tx,
  tenantId: number,
  listing: Listing,
  today: string,
): Promise<RequestRow[]> {
  const { state, conversationId = null, before = null, q = "", limit } = listing;
  const states = state === undefined || state === "repaid" ? null : (SHELVES[state] ?? [state]);
  const found = q.toLowerCase();
  const { rows } = await sql<StoredRequest>`${REQUESTS}
    where r.tenant_id = ${tenantId} and (${states}::text[] is null or r.state = any(${states}::text[]))
      and (${state !== "overdue"} or r.due_on < ${today}::date) and (${state !== "repaid"} or r.refunded_minor > 0)
      and (${conversationId}::bigint is null or p.conversation_id = ${conversationId}) and (${before}::bigint is null or r.id < ${before})
      and (${found} = '' or strpos(lower(r.title), ${found}) > 0 or strpos(lower(coalesce(c.name, '')), ${found}) > 0
        or strpos(lower(r.reference), ${found.replace(/\s/g, "")}) > 0 or exists (select from pay.payment y
          where y.tenant_id = r.tenant_id and y.request_id = r.id and y.undone_at is null and strpos(lower(y.payer), ${found}) > 0))
    order by r.id desc limit ${limit}`.execute(tx);
  return rows.map(shownRow);
}

export const pageAddress = (base: string, tenantId: number, pageKey: string): string =>
  `${base}/pay#${tenantId}.${pageKey}`;

/** @throws AppError not_found */
export async function shownRequest(
  { house, desk }: { house: House; desk: Desk },
  tx: Tx,
  tenantId: number,
  id: number,
): Promise<PayRequest> {
  const row = await readRequest(tx, tenantId, id);
  const settings = await readSettings(tx, tenantId);
  const { today, now } = await moment(house, tenantId);
  const payments = await sql<Omit<Payment, "undoneAt"> & { undoneAt: Date | null }>`
    select id, source, amount_minor as "amountMinor", payer, booked_on::text as "bookedOn", entry_id as "entryId", made_by as "madeBy",
      undone_at as "undoneAt"
    from pay.payment where tenant_id = ${tenantId} and request_id = ${id} order by id`.execute(tx);
  const refunds = await sql<Omit<Refund, "madeAt"> & { madeAt: Date }>`
    select id, payment_id as "paymentId", way, amount_minor as "amountMinor", state, reason, fault, made_at as "madeAt", is_dispute as "isDispute"
    from pay.refund where tenant_id = ${tenantId} and request_id = ${id} order by id`.execute(tx);
  const reminders = await sql<{ sent_at: Date }>`
    select sent_at from pay.reminder where tenant_id = ${tenantId} and request_id = ${id} order by sent_at`.execute(
    tx,
  );
  const remindedAt = reminders.rows.map(({ sent_at }) => sent_at.getTime());
  const receipt = await receiptOf(tx, tenantId, id);
  const owed = owedOf(row);
  const { holder: name, iban, bic } = settings;
  return {
    ...shownRow(row),
    lines: row.lines,
    language: row.language,
    expiresOn: row.expires_on,
    reason: row.reason,
    disputedAt: row.disputed_at?.toISOString() ?? null,
    page: pageAddress(desk.publicUrl(house), tenantId, row.page_key),
    giroCode:
      owed > 0 && iban !== ""
        ? giroCode({ name, iban, bic, amountMinor: owed, reference: row.reference })
        : null,
    payments: payments.rows.map((one) => ({ ...one, undoneAt: one.undoneAt?.toISOString() ?? null })),
    refunds: refunds.rows.map((one) => ({ ...one, madeAt: one.madeAt.toISOString() })),
    remindedAt: remindedAt.map((at) => new Date(at).toISOString()),
    mayRemind: mayRemind({
      isOwing: isPayable(row, today),
      isDisputed: row.disputed_at !== null,
      dueOn: row.due_on,
      remindedAt,
      most: settings.mostReminders,
      today,
      now,
    }),
    receipt: receipt?.cancels === null ? receipt.number : null,
    receipts: await receiptsOf(tx, tenantId, id),
  };
}
