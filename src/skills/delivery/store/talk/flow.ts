import type { Flow, House } from "#kernel";
import { decide } from "../../flows/index.ts";
import type { ReadTime, Standing } from "../../flows/scene.ts";
import { openServedCache } from "./served.ts";
import { askerKey, standingOf } from "./standing.ts";

/** The flow as the pump calls it: who delivers is at hand, what stands is looked up for those who write to such a company. */
export function deliveryFlow(house: House, readTime: ReadTime): Flow {
  const cache = openServedCache(house);
  // By company: two pumps prepare their own at the same time.
  const known = new Map<number, ReadonlyMap<string, readonly Standing[]>>();
  return {
    // A yes to what is held, and nothing else.
    whileWaiting: true,
    async prepare(tenantIds, _open, said) {
      await cache.prepare(tenantIds);
      for (const id of tenantIds) known.delete(id);
      const askers = said.filter(({ tenantId }) => cache.of(tenantId) !== null);
      if (askers.length === 0) return;
      const standing = await standingOf(house, askers);
      for (const { tenantId } of askers) known.set(tenantId, standing);
    },
    turn(turn) {
      const served = cache.of(turn.tenant.id);
      const asker = { tenantId: turn.tenant.id, contactId: turn.contact.id };
      return decide(
        turn,
        {
          isServed: served !== null,
          timeZone: served?.cities[0]?.timeZone ?? turn.tenant.timeZone,
          standing: known.get(turn.tenant.id)?.get(askerKey(asker)) ?? [],
        },
        readTime,
      );
    },
  };
}
