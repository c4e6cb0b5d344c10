import { type AnyRoute, AppError, type House, route } from "#kernel";
import {
  type CityInput,
  createDeliveryCity,
  deleteDeliveryCity,
  listDeliveryCities,
  putDeliveryCity,
} from "../api/cities.ts";
import { toGrid } from "../plan/grid.ts";
import type { Room } from "../plan/room.ts";
import { cityFaults } from "../rules/city-faults.ts";
import { deleteCity, insertCity, listCities, shownCity, updateCity } from "../store/cities.ts";
import { inTenant } from "../store/tx.ts";

/** Cities, as their owner writes them. */

/** @throws AppError bad_request that names every field */
function refuseFaults(city: CityInput): void {
  const faults = cityFaults(city, (at) => {
    const { x, y } = toGrid(city.middle, at);
    return Math.hypot(x, y);
  });
  if (faults.length > 0) throw new AppError("bad_request", undefined, faults);
}

export function cityRoutes(house: House, { book }: Room): readonly AnyRoute[] {
  return [
    route(listDeliveryCities, async ({ actor: { tenantId } }) => ({
      items: (await inTenant(house, tenantId, (tx) => listCities(tx, tenantId))).map(shownCity),
    })),
    route(createDeliveryCity, async ({ actor: { tenantId }, body }) => {
      refuseFaults(body);
      const now = house.clock.now();
      const city = await inTenant(house, tenantId, (tx) => insertCity(tx, tenantId, body, now));
      await book.changed(tenantId);
      return shownCity(city);
    }),
    route(putDeliveryCity, async ({ actor: { tenantId }, params: { id }, body: { version, ...body } }) => {
      refuseFaults(body);
      const city = await inTenant(house, tenantId, (tx) =>
        updateCity(tx, { tenantId, id, version }, body, house.clock.now()),
      );
      await book.changed(tenantId);
      return shownCity(city);
    }),
    route(deleteDeliveryCity, async ({ actor: { tenantId }, params: { id } }) => {
      await inTenant(house, tenantId, (tx) => deleteCity(tx, tenantId, id));
      await book.changed(tenantId);
      return { ok: true as const };
    }),
  ];
}
