import { sql } from "kysely";
import { AppError, type House } from "#kernel";
import type { LayerKind, MapFeature } from "../api/map-layers.ts";
import { type CityMap, featuresAround, NO_MAP, readCityMap } from "./city-maps.ts";
import type { KeyCourier } from "./courier-key.ts";
import { inTenant } from "./tx.ts";

/** The owner's map as a phone carries it through a dead zone: round the stops of one round, and not too much of it. */

const MARGIN_M = 800;
const MOST_M = 15_000;
const METRES_PER_DEGREE = 111_195;
/** Some 400 kB of text. */
const POINTS_MOST = 30_000;
/** What gives the way its look first. */
const ORDER: readonly LayerKind[] = ["water", "park", "district", "street"];

interface Row {
  city_id: number;
  lat: number;
  lon: number;
}

/** @throws AppError not_found: no round of this courier */
export async function readCourierMap(
  house: House,
  { tenantId, courierId }: KeyCourier,
  shiftId: number,
): Promise<CityMap> {
  return inTenant(house, tenantId, async (tx) => {
    const { rows } = await sql<Row>`
      select e.city_id, p.latitude as lat, p.longitude as lon from delivery.shift s
      join delivery.evening e on e.tenant_id = s.tenant_id and e.id = s.evening_id
      cross join lateral (
        select latitude, longitude from delivery.depot d where d.tenant_id = s.tenant_id and d.id in (s.start_depot_id, s.end_depot_id)
        union all
        select latitude, longitude from delivery.delivery d where d.tenant_id = s.tenant_id and d.shift_id = s.id) p
      where s.tenant_id = ${tenantId} and s.id = ${shiftId} and s.courier_id = ${courierId}`.execute(tx);
    const [first] = rows;
    if (!first) throw new AppError("not_found", "There is no such round of yours.");
    const map = await readCityMap(tx, { tenantId, cityId: first.city_id });
    if (map.features.length === 0) return NO_MAP;
    const { middle, metres } = aroundOf(rows);
    return {
      features: lightened(featuresAround(map.features, middle, metres)),
      attribution: map.attribution,
    };
  });
}

function aroundOf(rows: readonly Row[]): { middle: { lat: number; lon: number }; metres: number } {
  const [lats, lons] = [rows.map(({ lat }) => lat), rows.map(({ lon }) => lon)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const middle = { lat: (south + north) / 2, lon: (west + east) / 2 };
  const wide = (east - west) * Math.cos((middle.lat * Math.PI) / 180);
  const metres = (Math.max(north - south, wide) / 2) * METRES_PER_DEGREE + MARGIN_M;
  return { middle, metres: Math.min(MOST_M, metres) };
}

function lightened(features: readonly MapFeature[]): MapFeature[] {
  const kept: MapFeature[] = [];
  let points = 0;
  for (const feature of ORDER.flatMap((kind) => features.filter((one) => one.kind === kind))) {
    points += feature.lines.reduce((sum, line) => sum + line.length, 0);
    if (points > POINTS_MOST) break;
    kept.push(feature);
  }
  return kept;
}
