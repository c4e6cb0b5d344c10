import { type AnyRoute, type House, route } from "#kernel";
import { getDeliveryRoom } from "../api/room.ts";
import { carriersOf } from "../store/carriers.ts";
import { listCityHeads } from "../store/room.ts";
import { inTenant } from "../store/tx.ts";

/** Whether there is anything to deliver. */
export function roomRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getDeliveryRoom, async ({ actor: { tenantId } }) => {
      const cities = await inTenant(house, tenantId, (tx) => listCityHeads(tx, tenantId));
      return { cities, hasCarrier: cities.length > 0 || (await carriersOf(house, tenantId)).length > 0 };
    }),
  ];
}
