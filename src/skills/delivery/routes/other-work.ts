import { type AnyRoute, type House, route } from "#kernel";
import { getOtherWork, putOtherWork } from "../api/other-work.ts";
import type { WeeklyWork } from "../rules/other-work.ts";
import { readOtherWork, writeOtherWork } from "../store/other-work.ts";
import { inTenant } from "../store/tx.ts";

/** What couriers work elsewhere; only who plans rounds sees it. */
export function otherWorkRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getOtherWork, async ({ actor: { tenantId }, params: { id: courierId } }) => ({
      items: shown(await inTenant(house, tenantId, (tx) => readOtherWork(tx, { tenantId, courierId }))),
    })),
    route(putOtherWork, ({ actor: { tenantId }, params: { id: courierId }, body: { items } }) =>
      inTenant(house, tenantId, async (tx) => {
        await writeOtherWork(tx, { tenantId, courierId }, items);
        return { items: shown(await readOtherWork(tx, { tenantId, courierId })) };
      }),
    ),
  ];
}

const shown = (works: readonly WeeklyWork[]) => works.map((one) => ({ ...one, weekdays: [...one.weekdays] }));
