import { sql } from "kysely";
import type { House } from "#kernel";

/** What others may know of deliveries that they wait for, e.g. money that is set aside. */

/** The end of the promised window, ms. @returns null for a delivery that is none, or not promised (any more) */
export function promisedUntil(house: House, tenantId: number, id: number): Promise<number | null> {
  return house.db.tenant(tenantId, async (tx) => {
    const { rows } = await sql<{ latest_at: Date }>`select latest_at from delivery.delivery
      where tenant_id = ${tenantId} and id = ${id} and state in ('booked', 'loaded', 'under_way') and broken_at is null`.execute(
      tx,
    );
    return rows[0]?.latest_at.getTime() ?? null;
  });
}

/**
 * What became of these: brought within the promised window as a courier or dispatcher has said, or not. A promise that was broken
 * stays broken, however late the parcel comes, and what nobody has recorded was not brought; those that are still open are left
 * out.
 */
export function endsOfDeliveries(
  house: House,
  tenantId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, "brought" | "missed">> {
  return house.db.tenant(tenantId, async (tx) => {
    const { rows } = await sql<{ id: number; is_brought: boolean }>`
      select id, coalesce(state = 'done' and outcome <> 'not_recorded' and broken_at is null and coalesce(arrived_at, ended_at) <= latest_at, false) as is_brought
      from delivery.delivery where tenant_id = ${tenantId} and id = any(${[...ids]}::bigint[])
        and (state in ('done', 'failed', 'cancelled', 'expired') or broken_at is not null)`.execute(tx);
    return new Map(rows.map(({ id, is_brought }) => [id, is_brought ? "brought" : "missed"]));
  });
}
