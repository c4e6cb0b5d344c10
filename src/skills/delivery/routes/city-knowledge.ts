import { type AnyRoute, AppError, type House, route } from "#kernel";
import { getCityKnowledge, importAddressList } from "../api/cities.ts";
import { ImportFault } from "../places/byte-source.ts";
import type { ImportReport } from "../places/gather.ts";
import { takeList } from "../places/take-list.ts";
import { type ListHead, readListHead, replaceAddresses } from "../store/addresses.ts";
import { readCity } from "../store/cities.ts";
import { readBuffers } from "../store/city-knowledge.ts";
import { ADDRESSES } from "../store/list-geocoder.ts";
import { inTenant } from "../store/tx.ts";
import { shownZonePaces } from "../store/zone-paces.ts";

/** What is known of a city: its addresses, and what evenings taught. */
export function cityKnowledgeRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getCityKnowledge, ({ actor: { tenantId }, params: { id: cityId } }) =>
      inTenant(house, tenantId, async (tx) => {
        await readCity(tx, tenantId, cityId);
        const head = await readListHead(tx, { tenantId, cityId });
        return {
          addressList: head && shownList(head),
          buffers: await readBuffers(tx, { tenantId, cityId }),
          zonePaces: await shownZonePaces(tx, { tenantId, cityId }),
        };
      }),
    ),
    route(importAddressList, async ({ actor: { tenantId }, params: { id: cityId }, body }) => {
      const { name, middle, radiusMetres } = await inTenant(house, tenantId, (tx) =>
        readCity(tx, tenantId, cityId),
      );
      const read = await takeList(body.text, { name, middle, radius_m: radiusMetres }).catch(refused);
      const head = await inTenant(house, tenantId, async (tx) => {
        const { attribution, name: source } = body;
        const now = house.clock.now();
        await replaceAddresses(tx, { tenantId, cityId }, { ...read, source, attribution, now });
        return readListHead(tx, { tenantId, cityId });
      });
      await house.announce(ADDRESSES, tenantId);
      if (!head) throw new AppError("not_found", "There is no such city.");
      return { addressList: shownList(head), leftOut: leftOutOf(read.report) };
    }),
  ];
}

function refused(error: unknown): never {
  if (error instanceof ImportFault)
    throw new AppError("rule_broken", `${error.message} The list of before stays.`);
  throw error;
}

const shownList = ({ source, attribution, streets, houses, importedAt }: ListHead) => ({
  source,
  attribution,
  streets,
  houses,
  importedAt: new Date(importedAt).toISOString(),
});

const leftOutOf = ({ skipped, examples }: ImportReport) =>
  Object.entries(skipped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({
      reason,
      count,
      line: examples.find(({ why }) => why === reason)?.line ?? null,
    }));
