import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { owedMinor, type RequestState, stateOf } from "../rules/states.ts";
import { tellAsker } from "./asker.ts";
import { cancelReceipt, issueReceipt } from "./receipts.ts";
import { tell } from "./tx.ts";

/** Rows of requests: reading, locking, and the one place where a state is written. */

export interface StoredRequest {
  id: number;
  key: string;
  fingerprint: string;
  page_key: string;
  reference: string;
  title: string;
  lines: { text: string; amountMinor: number }[];
  currency: string;
  amount_minor: number;
  paid_minor: number;
  refunded_minor: number;
  state: RequestState;
  due_on: string;
  expires_on: string | null;
  cancelled_at: Date | null;
  expired_at: Date | null;
  reason: string;
  language: "de" | "en";
  created_at: Date;
  ended_at: Date | null;
  disputed_at: Date | null;
  conversation_id: number | null;
  contact_id: number | null;
  name: string;
}

/** With who is asked, as far as that is still known. */
export const REQUESTS = sql`
  select r.id, r.key, r.fingerprint, r.page_key, r.reference, r.title, r.lines, r.currency, r.amount_minor, r.paid_minor, r.refunded_minor,
    r.state, r.due_on::text, r.expires_on::text, r.cancelled_at, r.expired_at, r.reason, r.language, r.created_at, r.ended_at, r.disputed_at,
    p.conversation_id, p.contact_id, coalesce(c.name, '') as name
  from pay.request r left join pay.request_place p on p.tenant_id = r.tenant_id and p.request_id = r.id
  left join kernel.contact c on c.tenant_id = p.tenant_id and c.id = p.contact_id`;

export async function findRequest(tx: Tx, tenantId: number, id: number): Promise<StoredRequest | undefined> {
  const { rows } =
    await sql<StoredRequest>`${REQUESTS} where r.tenant_id = ${tenantId} and r.id = ${id}`.execute(tx);
  return rows[0];
}

/** @throws AppError not_found */
export async function readRequest(tx: Tx, tenantId: number, id: number): Promise<StoredRequest> {
  const row = await findRequest(tx, tenantId, id);
  if (!row) throw new AppError("not_found");
  return row;
}

/** Locked until the commit: everything that moves money of a request begins here. @throws AppError not_found */
export async function lockRequest(tx: Tx, tenantId: number, id: number): Promise<StoredRequest> {
  await sql`select from pay.request where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  return readRequest(tx, tenantId, id);
}

export const owedOf = (row: StoredRequest): number =>
  owedMinor({ state: row.state, amountMinor: row.amount_minor, paidMinor: row.paid_minor });

/**
 * Writes where the locked request stands now, from what happened to it; paid for the first time, it gets its receipt.
 * @returns it as it is now
 */
export async function settleState(
  tx: Tx,
  tenantId: number,
  id: number,
  { now, today }: { now: number; today: string },
): Promise<StoredRequest> {
  const { rows } = await sql<{ paid: number; refunded: number; reminders: number }>`
    select
      coalesce((select sum(amount_minor) from pay.payment where tenant_id = ${tenantId} and request_id = ${id} and undone_at is null), 0)::bigint as paid,
      coalesce((select sum(amount_minor) from pay.refund where tenant_id = ${tenantId} and request_id = ${id} and state <> 'failed'), 0)::bigint as refunded,
      (select count(*) from pay.reminder where tenant_id = ${tenantId} and request_id = ${id})::int as reminders`.execute(
    tx,
  );
  const before = await readRequest(tx, tenantId, id);
  const sums = rows[0] ?? { paid: 0, refunded: 0, reminders: 0 };
  const state = stateOf({
    amountMinor: before.amount_minor,
    paidMinor: sums.paid,
    refundedMinor: sums.refunded,
    reminders: sums.reminders,
    isCancelled: before.cancelled_at !== null,
    isExpired: before.expired_at !== null,
  });
  const isOwing = state === "open" || state === "reminded" || state === "part_paid";
  const endedAt = isOwing ? null : (before.ended_at ?? new Date(now));
  await sql`update pay.request set paid_minor = ${sums.paid}, refunded_minor = ${sums.refunded}, state = ${state}, ended_at = ${endedAt}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  const after = await readRequest(tx, tenantId, id);
  if (after.paid_minor >= after.amount_minor) await issueReceipt(tx, tenantId, after, { now, today });
  else await cancelReceipt(tx, tenantId, id, { now, today });
  await tellAsker(tx, tenantId, after, now);
  await tell(tx, tenantId, `request ${id}`, now);
  return after;
}
