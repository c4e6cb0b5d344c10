import { sql } from "kysely";
import { AppError } from "#kernel";
import type { CheckoutInput, CheckoutReply } from "../api/checkout.ts";
import type { Asking } from "../plan/asking.ts";
import type { HoldDetail } from "../plan/promises.ts";
import type { DeliveryTx } from "./tx.ts";

/** Keys of shops' checkouts; a carrier's own and those of its senders. */

const COLUMNS = sql`id, name, origins, active, tenant_id || '-' || key as key`;
const ofSender = (senderTenantId: number | undefined) =>
  sql`sender_tenant_id is not distinct from ${senderTenantId ?? null}::int`;
const CHECKOUTS_MOST = 50;

export async function listCheckouts(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
): Promise<CheckoutReply[]> {
  const { rows } = await sql<CheckoutReply>`select ${COLUMNS} from delivery.checkout
    where tenant_id = ${tenantId} and ${ofSender(senderTenantId)} order by id`.execute(tx);
  return rows;
}

/** @param key 32 hexadecimal digits. @throws AppError rule_broken beyond the most */
export async function insertCheckout(
  tx: DeliveryTx,
  who: Asking,
  { key, given, now }: { readonly key: string; readonly given: CheckoutInput; readonly now: number },
): Promise<CheckoutReply> {
  if ((await listCheckouts(tx, who)).length >= CHECKOUTS_MOST)
    throw new AppError("rule_broken", `At most ${CHECKOUTS_MOST} checkouts.`);
  const { rows } = await sql<CheckoutReply>`
    insert into delivery.checkout (tenant_id, sender_tenant_id, name, key, origins, active, created_at)
    values (${who.tenantId}, ${who.senderTenantId ?? null}, ${given.name}, ${key}, ${given.origins}::text[], ${given.active}, ${new Date(now)})
    returning ${COLUMNS}`.execute(tx);
  return rows[0] as CheckoutReply;
}

/** @throws AppError not_found */
export async function updateCheckout(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  { id, given }: { readonly id: number; readonly given: CheckoutInput },
): Promise<CheckoutReply> {
  const { rows } = await sql<CheckoutReply>`
    update delivery.checkout set name = ${given.name}, origins = ${given.origins}::text[], active = ${given.active}
    where tenant_id = ${tenantId} and ${ofSender(senderTenantId)} and id = ${id} returning ${COLUMNS}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such checkout.");
  return row;
}

/** @throws AppError not_found */
export async function removeCheckout(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  id: number,
): Promise<void> {
  const { rows } = await sql`delete from delivery.checkout
    where tenant_id = ${tenantId} and ${ofSender(senderTenantId)} and id = ${id} returning id`.execute(tx);
  if (rows.length === 0) throw new AppError("not_found", "There is no such checkout.");
}

export interface OpenCheckout {
  readonly senderTenantId: number | null;
  readonly origins: readonly string[];
}

/** @returns null for a key that nobody has, or that is switched off */
export async function readOpenCheckout(
  tx: DeliveryTx,
  tenantId: number,
  key: string,
): Promise<OpenCheckout | null> {
  const { rows } =
    await sql<OpenCheckout>`select sender_tenant_id as "senderTenantId", origins from delivery.checkout
    where tenant_id = ${tenantId} and key = ${key} and active`.execute(tx);
  return rows[0] ?? null;
}

/** What a shop's page holds under this key. @throws AppError not_found, also for what another sender's page holds */
export async function deliveryOfHold(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  key: string,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select d.id from delivery.action a join delivery.delivery d on d.tenant_id = a.tenant_id and d.id = a.delivery_id
    where a.tenant_id = ${tenantId} and a.key = ${key} and a.kind = 'hold' and d.${ofSender(senderTenantId)}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found", "Nothing is held under this id.");
  return row.id;
}

/** What the shop's server adds when the order stands; "" = nothing. Of another company's parcel only what the agreement names. */
export async function noteOrder(
  tx: DeliveryTx,
  { tenantId, id, now }: { readonly tenantId: number; readonly id: number; readonly now: number },
  { senderRef: senderReference = "", doorNote = "" }: Pick<HoldDetail, "senderRef" | "doorNote">,
): Promise<void> {
  await sql`update delivery.delivery set changed_at = ${new Date(now)},
      sender_ref = case when ${senderReference} = '' then sender_ref else ${senderReference} end,
      door_note = case when ${doorNote} = '' then door_note else ${doorNote} end
    where tenant_id = ${tenantId} and id = ${id} and state in ('held', 'booked', 'expired')`.execute(tx);
}
