import type { House, Tx } from "#kernel";
import { noteChange } from "../store/changes.ts";
import { KNOWLEDGE } from "../store/heads.ts";
import { readTopicNames, type TopicName } from "../store/topic-names.ts";
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

/** The same with the topics by their names, in the company's own language. */
export function namesIn(house: House) {
  return async <T>(
    tenantId: number,
    work: (names: Map<string, TopicName>, tx: Tx<ServiceTables>) => Promise<T>,
  ): Promise<T> => {
    const { language } = await house.profile(tenantId);
    return inTenant(house, tenantId, async (tx) => work(await readTopicNames(tx, tenantId, language), tx));
  };
}
