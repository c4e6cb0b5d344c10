import { sql } from "kysely";
import { type House, setTimer, type Tx } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import { ProviderFault, type ProviderKind } from "../ports.ts";
import { REFUND } from "../rules/timer-kinds.ts";
import { pauseMs } from "../rules/waiting.ts";
import type { When } from "./payments.ts";
import { accountOf, findProvider, noteFault } from "./providers.ts";
import { noteRefunded } from "./refund-rows.ts";
import { lockRequest, settleState } from "./request-rows.ts";
import { inTenant, moment } from "./tx.ts";

/** Asking a service to pay back: until it says yes or no, however long that takes. */

/** The shortest time for which a service knows a key again, with a margin: Mollie's hour; Stripe has a day. */
const KEY_LIFE_MS = 50 * 60_000;

interface Planned {
  readonly request_id: number;
  readonly way: ProviderKind;
  readonly amount_minor: number;
  readonly currency: string;
  readonly reason: string;
  readonly fault: string;
  readonly made_at: Date;
  readonly payment_ref: string;
  /** No older one of the same payment waits for an answer. */
  readonly is_next: boolean;
}
interface Place {
  readonly house: House;
  readonly tenantId: number;
  readonly refundId: number;
  readonly when: When;
}
type Outcome = { readonly externalId: string; readonly isDone: boolean } | { readonly fault: string };

export function orderLater(
  tx: Tx,
  tenantId: number,
  { refundId, dueAt }: { refundId: number; dueAt: number },
): Promise<void> {
  return setTimer(tx, { tenantId, kind: REFUND, key: String(refundId), dueAt, payload: { refundId } });
}

/**
 * Asks the service to pay back, outside of any transaction, with a key that makes it once. A refusal ends it. Silence does
 * not: it is said at the refund, and tried again as long as it is planned, after the service was asked what went back already.
 */
export async function orderRefund(
  { house, providers }: { house: House; providers: Providers },
  tenantId: number,
  refundId: number,
): Promise<void> {
  const when = await moment(house, tenantId);
  const place = { house, tenantId, refundId, when };
  const plan = await inTenant(house, tenantId, async (tx) => {
    const row = await findPlanned(tx, tenantId, refundId);
    // What went back for one of two could be taken for the other: the second is asked for when the first is clear.
    if (row && !row.is_next) {
      const dueAt = when.now + pauseMs(when.now - row.made_at.getTime());
      await orderLater(tx, tenantId, { refundId, dueAt });
      return;
    }
    return row && { row, service: await findProvider(tx, tenantId, row.way) };
  });
  if (!plan) return;
  const { row, service } = plan;
  if (!service) return end(place, row, { fault: "no_provider" });
  const { amount_minor: amountMinor, currency, reason, payment_ref: paymentRef } = row;
  const [provider, account] = [providers[row.way], accountOf(service)];
  try {
    if (row.fault !== "" || when.now - row.made_at.getTime() > KEY_LIFE_MS) {
      const refundedMinor = await provider.refunded(account, paymentRef);
      if (refundedMinor === null) return end(place, row, { fault: "unknown_payment" });
      const of = { source: row.way, paymentRef, refundedMinor };
      await inTenant(house, tenantId, (tx) => noteRefunded(tx, tenantId, of, when));
      if (!(await inTenant(house, tenantId, (tx) => findPlanned(tx, tenantId, refundId)))) return;
    }
    const key = `ah-refund-${tenantId}-${refundId}`;
    await end(place, row, await provider.refund(account, { paymentRef, amountMinor, currency, key, reason }));
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    await inTenant(house, tenantId, (tx) =>
      noteFault(tx, tenantId, row.way, { fault: error.code, now: when.now }),
    );
    if (error.code === "refused") await end(place, row, { fault: error.code });
    else await tryAgain(place, row, error.code);
  }
}

async function findPlanned(tx: Tx, tenantId: number, refundId: number): Promise<Planned | undefined> {
  const { rows } = await sql<Planned>`
    select f.request_id, f.way, f.amount_minor, f.currency, f.reason, f.fault, f.made_at, y.external_id as payment_ref,
      not exists (select from pay.refund o where o.tenant_id = f.tenant_id and o.payment_id = f.payment_id and o.id < f.id
        and o.state = 'planned' and o.way = f.way) as is_next
    from pay.refund f join pay.payment y on y.tenant_id = f.tenant_id and y.id = f.payment_id
    where f.tenant_id = ${tenantId} and f.id = ${refundId} and f.state = 'planned' and f.way in ('stripe', 'mollie')`.execute(
    tx,
  );
  return rows[0];
}

function end({ house, tenantId, refundId, when }: Place, row: Planned, outcome: Outcome): Promise<void> {
  return inTenant(house, tenantId, async (tx) => {
    await lockRequest(tx, tenantId, row.request_id);
    const at = new Date(when.now);
    const isFailed = "fault" in outcome;
    const state = isFailed ? "failed" : outcome.isDone ? "done" : "ordered";
    await sql`update pay.refund set state = ${state}, fault = ${isFailed ? outcome.fault : ""},
        external_id = ${isFailed ? null : outcome.externalId}, ended_at = ${state === "ordered" ? null : at}, posted_at = ${isFailed ? null : at}
      where tenant_id = ${tenantId} and id = ${refundId} and state = 'planned'`.execute(tx);
    await settleState(tx, tenantId, row.request_id, when);
  });
}

function tryAgain({ house, tenantId, refundId, when }: Place, row: Planned, fault: string): Promise<void> {
  return inTenant(house, tenantId, async (tx) => {
    await sql`update pay.refund set fault = ${fault}
      where tenant_id = ${tenantId} and id = ${refundId} and state = 'planned'`.execute(tx);
    const dueAt = when.now + pauseMs(when.now - row.made_at.getTime());
    await orderLater(tx, tenantId, { refundId, dueAt });
  });
}
