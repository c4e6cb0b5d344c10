import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { ProviderKind } from "../ports.ts";
import type { When } from "./payments.ts";
import { lockRequest, settleState } from "./request-rows.ts";

/**
 * A service says how much of a payment went back in all. What we did not order was done there by hand, and is written down
 * as that; what we ordered is done, and so is the one that we asked for without hearing an answer: the oldest that is planned, as
 * those behind it wait for it.
 */
export async function noteRefunded(
  tx: Tx,
  tenantId: number,
  of: { source: ProviderKind; paymentRef: string; refundedMinor: number },
  when: When,
): Promise<void> {
  const { source, paymentRef, refundedMinor } = of;
  const found = await sql<{ id: number; request_id: number; amount_minor: number; currency: string }>`
    select id, request_id, amount_minor, currency from pay.payment
    where tenant_id = ${tenantId} and source = ${source} and external_id = ${paymentRef} and undone_at is null`.execute(
    tx,
  );
  const [payment] = found.rows;
  if (!payment) return;
  await lockRequest(tx, tenantId, payment.request_id);
  const { rows } = await sql<{ id: number; amount_minor: number; state: "planned" | "ordered" | "done" }>`
    select id, amount_minor, state from pay.refund where tenant_id = ${tenantId} and payment_id = ${payment.id}
      and state in ('planned', 'ordered', 'done') and not is_dispute order by id`.execute(tx);
  const asked = rows.find(({ state }) => state === "planned");
  const ours = rows
    .filter((one) => one.state !== "planned" || one === asked)
    .reduce((sum, one) => sum + one.amount_minor, 0);
  const rest = Math.min(refundedMinor, payment.amount_minor) - ours;
  const at = new Date(when.now);
  // Less than we ordered: the service has not come to all of it yet.
  if (rest >= 0)
    await sql`update pay.refund set state = 'done', fault = '', ended_at = ${at}, posted_at = coalesce(posted_at, ${at})
      where tenant_id = ${tenantId} and payment_id = ${payment.id} and (state = 'ordered' or id = ${asked?.id ?? null})`.execute(
      tx,
    );
  if (rest > 0)
    await sql`insert into pay.refund (tenant_id, request_id, payment_id, key, way, amount_minor, currency, state, made_at, made_by, ended_at, posted_at)
      values (${tenantId}, ${payment.request_id}, ${payment.id}, ${`${source} ${payment.id} ${refundedMinor}`}, ${source}, ${rest},
        ${payment.currency}, 'done', ${at}, ${source}, ${at}, ${at}) on conflict do nothing`.execute(tx);
  await settleState(tx, tenantId, payment.request_id, when);
}
