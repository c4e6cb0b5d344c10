import { type AnyRoute, type House, route } from "#kernel";
import { createCourier, deleteCourier, listCouriers, putCourier } from "../api/couriers.ts";
import { insertCourier, listCouriers as listRows, retireCourier, updateCourier } from "../store/couriers.ts";
import { inTenant } from "../store/tx.ts";

export function courierRoutes(house: House): readonly AnyRoute[] {
  return [
    route(listCouriers, async ({ actor: { tenantId } }) => ({
      items: await inTenant(house, tenantId, (tx) => listRows(tx, tenantId)),
    })),
    route(createCourier, ({ actor: { tenantId }, body }) =>
      inTenant(house, tenantId, (tx) => insertCourier(tx, tenantId, body, house.clock.now())),
    ),
    route(putCourier, ({ actor: { tenantId }, params: { id }, body }) =>
      inTenant(house, tenantId, (tx) => updateCourier(tx, { tenantId, id }, body)),
    ),
    route(deleteCourier, async ({ actor: { tenantId }, params: { id } }) => {
      await inTenant(house, tenantId, (tx) => retireCourier(tx, { tenantId, id }, house.clock.now()));
      return { ok: true as const };
    }),
  ];
}
