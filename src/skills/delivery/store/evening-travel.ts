import { PlaneTravel, type Travel } from "../engine/index.ts";
import { CityTravel } from "../travel/city-travel.ts";
import { readTravelTable, type StoredTravelTable } from "./travel-tables.ts";
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
const tables = new Map<string, StoredTravelTable>();

/** @returns travel times of its own for one plan: a plan puts its places into them */
export async function travelOf(tx: DeliveryTx, ways: EveningWays): Promise<Travel> {
  const { tenantId, cityId, travelVersion } = ways;
  if (travelVersion === null)
    return new PlaneTravel({
      circuity: ways.circuityPercent / 100,
      metresPerSecond: ways.speedKmh / 3.6,
      legSeconds: ways.leg_s,
    });
  const key = `${tenantId}:${cityId}:${travelVersion}`;
  const stored = tables.get(key) ?? (await readTravelTable(tx, { tenantId, cityId }, travelVersion));
  // The evening's foreign key holds the row.
  if (!stored) throw new Error(`There is no travel table ${key}`);
  tables.delete(key);
  tables.set(key, stored);
  for (const old of tables.keys()) {
    if (tables.size <= MOST_TABLES) break;
    tables.delete(old);
  }
  return new CityTravel(stored);
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
