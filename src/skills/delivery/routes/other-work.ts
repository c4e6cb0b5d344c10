import { type AnyRoute, type House, route } from "#kernel";
import { getOtherWork, putOtherWork } from "../api/other-work.ts";
import { refusedRounds } from "../plan/work-law.ts";
import { readOtherWork, writeOtherWork } from "../store/other-work.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { versionOf } from "../store/versions.ts";

/** What couriers work elsewhere; only who plans rounds sees it. */
export function otherWorkRoutes(house: House): readonly AnyRoute[] {
  const shown = (tx: DeliveryTx, courier: OfCourier) => shownWorks(tx, courier, house.clock.now());
  return [
    route(getOtherWork, ({ actor: { tenantId }, params: { id: courierId } }) =>
      inTenant(house, tenantId, (tx) => shown(tx, { tenantId, courierId })),
    ),
    route(putOtherWork, ({ actor: { tenantId }, params: { id: courierId }, body: { items, version } }) =>
      inTenant(house, tenantId, async (tx) => {
        await writeOtherWork(tx, { tenantId, courierId, version }, items);
        return shown(tx, { tenantId, courierId });
      }),
    ),
  ];
}

interface OfCourier {
  readonly tenantId: number;
  readonly courierId: number;
}

async function shownWorks(tx: DeliveryTx, courier: OfCourier, now: number) {
  const works = await readOtherWork(tx, courier);
  const refused = await refusedRounds(tx, courier, now);
  return {
    items: works.map((one) => ({ ...one, weekdays: [...one.weekdays] })),
    version: versionOf(works),
    refusedRounds: refused.map(({ id, eveningId, date, earliestAt, latestAt, reason }) => ({
      shiftId: id,
      eveningId,
      date,
      earliestAt: new Date(earliestAt).toISOString(),
      latestAt: new Date(latestAt).toISOString(),
      reason,
    })),
  };
}
