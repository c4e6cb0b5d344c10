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

/** Tables in memory, some 7 MB each; they never change. */
const MOST_TABLES = 16;
const tables = new Map<string, TravelTable>();

/** @returns the table that an evening names, the same object for all its plans; null where it counts by distance */
export async function travelTableOf(
  tx: DeliveryTx,
  { tenantId, cityId, travelVersion }: Pick<EveningWays, "tenantId" | "cityId" | "travelVersion">,
): Promise<TravelTable | null> {
  if (travelVersion === null) return null;
  const key = `${tenantId}:${cityId}:${travelVersion}`;
  const table = tables.get(key) ?? (await readTable(tx, { tenantId, cityId, travelVersion }));
  // The evening's foreign key holds the row.
  if (!table) throw new Error(`There is no travel table ${key}`);
  tables.delete(key);
  tables.set(key, table);
  for (const old of tables.keys()) {
    if (tables.size <= MOST_TABLES) break;
    tables.delete(old);
  }
  return table;
}

async function readTable(
  tx: DeliveryTx,
  { tenantId, cityId, travelVersion }: Pick<EveningWays, "tenantId" | "cityId" | "travelVersion">,
): Promise<TravelTable | null> {
  const stored = await readTravelTable(tx, { tenantId, cityId }, travelVersion);
  return stored && { extent: stored.extent, lines: stored.lines, pairs: stored.table, leg_s: stored.leg_s };
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
