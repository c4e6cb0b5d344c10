import { sql } from "kysely";
import { AppError, deleteFile, findFile, jsonText, MAP_TILES, type Tx } from "#kernel";
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

/** A map in one file, which the pages read by ranges. */
export interface CityTiles {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
  readonly attribution: string;
}

/** @returns null where a city has none */
export async function readCityTiles(tx: DeliveryTx, { tenantId, cityId }: OfCity): Promise<CityTiles | null> {
  const { rows } = await sql<CityTiles>`
    select f.id "fileId", f.name, f.size::int bytes, m.tiles_attribution attribution
    from delivery.city_map m join kernel.file f on f.tenant_id = m.tenant_id and f.id = m.tiles_file_id
    where m.tenant_id = ${tenantId} and m.city_id = ${cityId}`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Takes an uploaded file as a city's tiles, or none; the file of before is removed.
 * @throws AppError bad_request: no map, or a file of something else
 */
export async function writeCityTiles(
  tx: DeliveryTx,
  { tenantId, cityId }: OfCity,
  wanted: { readonly fileId: string; readonly attribution: string } | null,
  now: number,
): Promise<CityTiles | null> {
  const former = await readCityTiles(tx, { tenantId, cityId });
  if (wanted) {
    const file = await findFile(tx as Tx, tenantId, wanted.fileId);
    if (file?.mime !== MAP_TILES)
      throw new AppError("bad_request", undefined, [{ path: "fileId", message: "This is no uploaded map." }]);
  }
  await sql`insert into delivery.city_map (tenant_id, city_id, features, tiles_file_id, tiles_attribution, changed_at)
    values (${tenantId}, ${cityId}, '[]'::jsonb, ${wanted?.fileId ?? null}, ${wanted?.attribution ?? ""}, ${new Date(now)})
    on conflict (tenant_id, city_id) do update set tiles_file_id = excluded.tiles_file_id,
      tiles_attribution = excluded.tiles_attribution, changed_at = excluded.changed_at`.execute(tx);
  if (former && former.fileId !== wanted?.fileId && !(await isInUse(tx, tenantId, former.fileId)))
    await deleteFile(tx as Tx, tenantId, former.fileId);
  return readCityTiles(tx, { tenantId, cityId });
}

/** Maps that nobody set for a city, or whose city is gone; `before` leaves time to set one. */
export async function forgetTiles(tx: DeliveryTx, tenantId: number, before: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`select f.id from kernel.file f
    where f.tenant_id = ${tenantId} and f.mime = ${MAP_TILES} and f.created_at < ${before}
      and f.contact_id is null and f.conversation_id is null
      and not exists (select from delivery.city_map m where m.tenant_id = f.tenant_id and m.tiles_file_id = f.id)`.execute(
    tx,
  );
  for (const { id } of rows) await deleteFile(tx as Tx, tenantId, id);
}

/** Two cities may share one file. */
async function isInUse(tx: DeliveryTx, tenantId: number, fileId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from delivery.city_map
    where tenant_id = ${tenantId} and tiles_file_id = ${fileId} limit 1`.execute(tx);
  return rows.length > 0;
}

const METRES_PER_DEGREE = 111_195;
/** Some 200 kB; a telephone in the street loads it once. */
const MOST_POINTS = 12_000;
/** What is seen first stays first. */
const RANK: Readonly<Record<MapFeature["kind"], number>> = { water: 0, park: 1, street: 2, district: 3 };

interface Placed {
  readonly feature: MapFeature;
  /** Degrees of latitude from the place to the nearest edge of its box. */
  readonly away: number;
  readonly points: number;
}

/** Those that reach into a square round a place, each whole; where they are too many, the farthest are left out. */
export function featuresAround(
  features: readonly MapFeature[],
  { lat, lon }: Coordinates,
  metres: number,
): MapFeature[] {
  const narrow = Math.cos((lat * Math.PI) / 180);
  const near = features
    .map((feature) => placed(feature, { lat, lon, narrow }))
    .filter(({ away }) => away * METRES_PER_DEGREE <= metres)
    .sort((a, b) => a.away - b.away || RANK[a.feature.kind] - RANK[b.feature.kind]);
  let points = 0;
  return near
    .filter((one) => {
      points += one.points;
      return points <= MOST_POINTS;
    })
    .map(({ feature }) => feature);
}

function placed(
  feature: MapFeature,
  { lat, lon, narrow }: { lat: number; lon: number; narrow: number },
): Placed {
  let [west, east, south, north, points] = [180, -180, 90, -90, 0];
  for (const line of feature.lines) {
    points += line.length;
    for (const [x, y] of line) {
      [west, east] = [Math.min(west, x), Math.max(east, x)];
      [south, north] = [Math.min(south, y), Math.max(north, y)];
    }
  }
  const sideways = Math.max(0, west - lon, lon - east) * narrow;
  const along = Math.max(0, south - lat, lat - north);
  return { feature, away: Math.max(sideways, along), points };
}
