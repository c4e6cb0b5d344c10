import type { CityHead } from "../api/room.ts";
import type { DeliveryTx } from "./tx.ts";

/** Names of the cities, without their zones and borders. */
export function listCityHeads(tx: DeliveryTx, tenantId: number): Promise<CityHead[]> {
  return tx
    .selectFrom("delivery.city")
    .select(["id", "name", "time_zone as timeZone", "currency", "active"])
    .where("tenant_id", "=", tenantId)
    .orderBy("id")
    .execute();
}
