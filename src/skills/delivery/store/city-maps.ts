import { sql } from "kysely";
import { jsonText } from "#kernel";
import type { MapFeature } from "../api/map-layers.ts";
import type { Coordinates } from "../plan/promises.ts";
import type { DeliveryTx } from "./tx.ts";

/** The owner's map of a city, as the pages draw it. */

export interface CityMap {
  readonly features: readonly MapFeature[];
  readonly attribution: string;
}

interface OfCity {
  readonly tenantId: number;
  readonly cityId: number;
}

export const NO_MAP: CityMap = { features: [], attribution: "" };

export async function readCityMap(tx: DeliveryTx, { tenantId, cityId }: OfCity): Promise<CityMap> {
  const { rows } = await sql<CityMap>`select features, attribution from delivery.city_map
    where tenant_id = ${tenantId} and city_id = ${cityId}`.execute(tx);
  return rows[0] ?? NO_MAP;
}

export async function writeCityMap(
  tx: DeliveryTx,
  { tenantId, cityId }: OfCity,
  { features, attribution }: CityMap,
  now: number,
): Promise<void> {
  await sql`insert into delivery.city_map (tenant_id, city_id, features, attribution, changed_at)
    values (${tenantId}, ${cityId}, ${jsonText(features)}::jsonb, ${attribution}, ${new Date(now)})
    on conflict (tenant_id, city_id) do update set features = excluded.features, attribution = excluded.attribution,
      changed_at = excluded.changed_at`.execute(tx);
}

const METRES_PER_DEGREE = 111_195;

/** Those that reach into a square round a place, each whole. */
export function featuresAround(
  features: readonly MapFeature[],
  { lat, lon }: Coordinates,
  metres: number,
): MapFeature[] {
  const high = metres / METRES_PER_DEGREE;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  return features.filter(({ lines }) => {
    let [west, east, south, north] = [180, -180, 90, -90];
    for (const line of lines)
      for (const [x, y] of line) {
        [west, east] = [Math.min(west, x), Math.max(east, x)];
        [south, north] = [Math.min(south, y), Math.max(north, y)];
      }
    return west <= lon + wide && east >= lon - wide && south <= lat + high && north >= lat - high;
  });
}
