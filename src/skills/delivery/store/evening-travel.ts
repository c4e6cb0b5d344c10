import type { Travel } from "../engine/index.ts";
import { type TravelTable, travelOf as travelBy } from "../plan/stored-evening.ts";
import { readTravelTable } from "./travel-tables.ts";
import type { DeliveryTx } from "./tx.ts";

/** How an evening counts ways: what stands in its row, so that a plan that is built again counts as it did before. */
export interface EveningWays {
  readonly tenantId: number;
  readonly cityId: number;
  /** Of delivery.travel_table; null = by distance alone. */
  readonly travelVersion: number | null;
  readonly circuityPercent: number;
  readonly speedKmh: number;
  readonly leg_s: number;
}

/**
 * Tables in memory, some 3 MB each: one of a city and version, however many plans count with it. They never change, and go
 * with the last plan that holds them.
 */
const tables = new Map<string, WeakRef<TravelTable>>();
/** A plan holds the steps alone: as long as it does, their table is there. */
const tableOf = new WeakMap<Uint32Array, TravelTable>();
const gone = new FinalizationRegistry<string>((key) => {
  if (!tables.get(key)?.deref()) tables.delete(key);
});

/** @returns the table that an evening names, the same object for all its plans; null where it counts by distance */
export async function travelTableOf(
  tx: DeliveryTx,
  { tenantId, cityId, travelVersion }: Pick<EveningWays, "tenantId" | "cityId" | "travelVersion">,
): Promise<TravelTable | null> {
  if (travelVersion === null) return null;
  const key = `${tenantId}:${cityId}:${travelVersion}`;
  const known = tables.get(key)?.deref();
  if (known) return known;
  const stored = await readTravelTable(tx, { tenantId, cityId }, travelVersion);
  // The evening's foreign key holds the row.
  if (!stored) throw new Error(`There is no travel table ${key}`);
  // Somebody else may have read it meanwhile.
  const meanwhile = tables.get(key)?.deref();
  if (meanwhile) return meanwhile;
  const { extent, lines, steps, leg_s } = stored;
  const table = { extent, lines, steps, leg_s };
  tables.set(key, new WeakRef(table));
  tableOf.set(steps, table);
  gone.register(table, key);
  return table;
}

/** @returns travel times of its own for one plan: a plan puts its places into them */
export async function travelOf(tx: DeliveryTx, ways: EveningWays): Promise<Travel> {
  return travelBy({ ...ways, table: await travelTableOf(tx, ways) });
}

/** The version that evenings made from now on count with; null where the city has none. */
export async function newestTravelVersion(
  tx: DeliveryTx,
  { tenantId, cityId }: Pick<EveningWays, "tenantId" | "cityId">,
): Promise<number | null> {
  const row = await tx
    .selectFrom("delivery.travel_table")
    .select((one) => one.fn.max("version").as("version"))
    .where("tenant_id", "=", tenantId)
    .where("city_id", "=", cityId)
    .executeTakeFirst();
  return row?.version ?? null;
}
