import type { House, Tx } from "#kernel";
import { noteChange } from "../store/changes.ts";
import { KNOWLEDGE } from "../store/heads.ts";
import type { ServiceTables } from "../tables.ts";

/** A change of the knowledge: written, noted for training, then told to every process. */
export async function changeKnowledge<T>(
  house: House,
  tenantId: number,
  work: (tx: Tx<ServiceTables>) => Promise<T>,
): Promise<T> {
  const result = await inTenant(house, tenantId, async (tx) => {
    const done = await work(tx);
    await noteChange(tx, tenantId, house.clock.now());
    return done;
  });
  await house.announce(KNOWLEDGE, tenantId);
  return result;
}

export function inTenant<T>(
  house: House,
  tenantId: number,
  work: (tx: Tx<ServiceTables>) => Promise<T>,
): Promise<T> {
  return house.db.tenant<T, ServiceTables>(tenantId, work);
}
