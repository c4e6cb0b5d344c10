import { sql } from "kysely";
import { setTimer, type Tx } from "#kernel";

/** Another skill that asked for money: told by a timer of its own when it is there, and when it is not any more. */

export interface AskerOf {
  readonly requestId: number;
  /** Kind of the asking skill's timer. */
  readonly timer: string;
  /** The asking skill's own; opaque here. */
  readonly reference: string;
}

/** @returns the request that was made for this reference before; null = none */
export async function findAsked(
  tx: Tx,
  tenantId: number,
  { timer, reference }: Omit<AskerOf, "requestId">,
): Promise<number | null> {
  const { rows } = await sql<{ request_id: number }>`
    select request_id from pay.asker where tenant_id = ${tenantId} and timer = ${timer} and reference = ${reference}`.execute(
    tx,
  );
  return rows[0]?.request_id ?? null;
}

export async function insertAsker(
  tx: Tx,
  tenantId: number,
  { requestId, timer, reference }: AskerOf,
): Promise<void> {
  await sql`insert into pay.asker (tenant_id, request_id, timer, reference) values (${tenantId}, ${requestId}, ${timer}, ${reference})`.execute(
    tx,
  );
}

/** In the transaction that moves the money, each at most once; the payload is `{ reference, requestId, what }`. */
export async function tellAsker(
  tx: Tx,
  tenantId: number,
  request: { id: number; amount_minor: number; paid_minor: number; refunded_minor: number },
  now: number,
): Promise<void> {
  const { id: requestId, amount_minor, paid_minor, refunded_minor } = request;
  const isThere = paid_minor - refunded_minor >= amount_minor;
  const [before, what] = isThere ? ["nothing", "paid"] : ["paid", "taken_back"];
  const { rows } = await sql<{ timer: string; reference: string }>`
    update pay.asker set told = ${what} where tenant_id = ${tenantId} and request_id = ${requestId} and told = ${before}
    returning timer, reference`.execute(tx);
  const [asker] = rows;
  if (!asker) return;
  const { timer: kind, reference } = asker;
  const payload = { reference, requestId, what };
  await setTimer(tx, { tenantId, kind, key: `${what} ${reference}`, dueAt: now, payload });
}
