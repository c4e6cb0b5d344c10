import { type AnyRoute, type House, route } from "#kernel";
import {
  addShift,
  createEvening,
  dropShift,
  type EveningReply,
  getEvening,
  listEvenings,
  putShift,
} from "../api/evenings.ts";
import { CityState } from "../plan/city-state.ts";
import { dropRound } from "../plan/drop-round.ts";
import { addRound, changeRound, planEvening } from "../plan/plan-rounds.ts";
import type { Room } from "../plan/room.ts";
import { readCity } from "../store/cities.ts";
import { listEveningHeads, listShifts, readEveningHead } from "../store/evenings.ts";
import { inTenant } from "../store/tx.ts";

/** Evenings and their rounds, as dispatchers plan them. */

function shownEvening(house: House, tenantId: number, id: number): Promise<EveningReply> {
  return inTenant(house, tenantId, async (tx) => {
    const { shifts: _count, ...head } = await readEveningHead(tx, tenantId, id);
    const city = new CityState(await readCity(tx, tenantId, head.cityId));
    const windows = city.windowsOn(head.date).map(({ earliestAt, latestAt, priceMinor }) => ({
      earliestAt: new Date(earliestAt).toISOString(),
      latestAt: new Date(latestAt).toISOString(),
      priceMinor,
    }));
    return { ...head, shifts: await listShifts(tx, tenantId, id), windows };
  });
}

export function eveningRoutes(house: House, { book }: Room): readonly AnyRoute[] {
  const within = { house, book };
  return [
    route(listEvenings, async ({ actor: { tenantId }, query: { cityId, from, days } }) => {
      const items = await inTenant(house, tenantId, async (tx) => {
        const city = new CityState(await readCity(tx, tenantId, cityId));
        const since = from ?? city.today(house.clock.now());
        return listEveningHeads(tx, tenantId, { cityId, from: since, days });
      });
      return { items };
    }),
    route(createEvening, async ({ actor: { tenantId }, body }) =>
      shownEvening(house, tenantId, await planEvening(within, tenantId, body)),
    ),
    route(getEvening, ({ actor: { tenantId }, params: { id } }) => shownEvening(house, tenantId, id)),
    route(addShift, async ({ actor: { tenantId }, params: { id }, body }) => {
      await addRound(within, { tenantId, eveningId: id }, body);
      return shownEvening(house, tenantId, id);
    }),
    route(putShift, async ({ actor: { tenantId }, params: { id, shiftId }, body }) => {
      await changeRound(within, { tenantId, eveningId: id, id: shiftId }, body);
      return shownEvening(house, tenantId, id);
    }),
    route(dropShift, ({ actor: { tenantId }, params: { id, shiftId } }) =>
      dropRound(within, { tenantId, eveningId: id, id: shiftId }),
    ),
  ];
}
