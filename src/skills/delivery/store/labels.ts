import { sql } from "kysely";
import { AppError, type House } from "#kernel";
import { type Label, labelsOf } from "../labels/label.ts";
import type { Asking } from "../plan/asking.ts";
import { recipientsOf } from "./sent.ts";
import { inTenant } from "./tx.ts";

/** What stands on the labels of deliveries. */

interface Row {
  id: number;
  sender_tenant_id: number | null;
  sender_ref: string;
  recipient: string | null;
  address: string;
  earliest_at: Date;
  latest_at: Date;
  skills: number;
  time_zone: string;
}

/**
 * In the order that is asked for.
 * @throws AppError not_found: one of them is none of this carrier's, or of another sender, or over and its address forgotten
 */
export async function readLabels(
  house: House,
  { tenantId, senderTenantId }: Asking,
  items: readonly { readonly deliveryId: number; readonly parcels: number }[],
): Promise<readonly Label[]> {
  const ids = items.map(({ deliveryId }) => deliveryId);
  const { rows } = await inTenant(house, tenantId, (tx) =>
    sql<Row>`select d.id, d.sender_tenant_id, d.sender_ref, k.name as recipient, d.address, d.earliest_at, d.latest_at, d.skills, c.time_zone
      from delivery.delivery d
      join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
      left join kernel.contact k on k.tenant_id = d.tenant_id and k.id = d.contact_id
      where d.tenant_id = ${tenantId} and d.id = any(${ids}::bigint[]) and d.coarse_at is null
        and d.state not in ('cancelled', 'expired')
        ${senderTenantId === undefined ? sql`` : sql`and d.sender_tenant_id = ${senderTenantId}`}`.execute(
      tx,
    ),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const names =
    senderTenantId === undefined
      ? null
      : await inTenant(house, senderTenantId, (tx) =>
          recipientsOf(tx, { senderId: senderTenantId, carrierId: tenantId }, ids),
        );
  const carrier = await house.profile(tenantId);
  const labels: Label[] = [];
  for (const { deliveryId, parcels } of items) {
    const row = known.get(deliveryId);
    if (!row) throw new AppError("not_found", `There is no delivery ${deliveryId} to label.`);
    const sender = row.sender_tenant_id === null ? carrier : await house.profile(row.sender_tenant_id);
    const one = {
      carrierId: tenantId,
      id: row.id,
      sender: sender.name,
      senderRef: row.sender_ref,
      recipient: names?.get(row.id) ?? row.recipient ?? "",
      address: row.address,
      earliestAt: row.earliest_at.getTime(),
      latestAt: row.latest_at.getTime(),
      skills: row.skills,
      parcels,
    };
    labels.push(...labelsOf(one, carrier.name, { language: carrier.language, timeZone: row.time_zone }));
  }
  return labels;
}
