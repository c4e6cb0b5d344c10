import { sql } from "kysely";
import { type House, setTimer, type Tx } from "#kernel";
import { CLAIM_DAYS, voucherBorder } from "../rules/purposes.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import { inTenant } from "./tx.ts";

const DAY_MS = 86_400_000;
const ROUND_MS = 30 * DAY_MS;

/** Set with the first request and left as it is by the next ones. */
export async function planForgetting(tx: Tx, tenantId: number, now: number): Promise<void> {
  const { rows } =
    await sql`select from kernel.timer where tenant_id = ${tenantId} and kind = ${FORGET}`.execute(tx);
  if (rows.length > 0) return;
  await setTimer(tx, { tenantId, kind: FORGET, key: "records", dueAt: now + ROUND_MS });
}

/** Removes what is older than promised, and comes back. Who was asked goes before what was paid. */
export async function forgetOld(house: House, tenantId: number): Promise<void> {
  const now = house.clock.now();
  const claims = new Date(now - CLAIM_DAYS * DAY_MS);
  const vouchers = new Date(voucherBorder(now));
  await inTenant(house, tenantId, async (tx) => {
    await sql`delete from pay.request_place p using pay.request r
      where r.tenant_id = p.tenant_id and r.id = p.request_id and p.tenant_id = ${tenantId} and r.ended_at < ${claims}`.execute(
      tx,
    );
    // What brought no money is no voucher.
    await sql`delete from pay.request where tenant_id = ${tenantId}
      and ((ended_at < ${vouchers}) or (ended_at < ${claims} and paid_minor = 0 and not exists (
        select from pay.payment y where y.tenant_id = request.tenant_id and y.request_id = request.id)))`.execute(
      tx,
    );
    await sql`delete from pay.statement s where s.tenant_id = ${tenantId} and s.to_on < ${vouchers}::date and not exists (
      select from pay.entry e join pay.payment y on y.tenant_id = e.tenant_id and y.entry_id = e.id
      where e.tenant_id = s.tenant_id and e.statement_id = s.id)`.execute(tx);
    await sql`delete from pay.transfer_file where tenant_id = ${tenantId} and made_at < ${vouchers}`.execute(
      tx,
    );
    await setTimer(tx, { tenantId, kind: FORGET, key: "records", dueAt: now + ROUND_MS });
  });
}
