import { sql } from "kysely";
import { jsonText } from "#kernel";
import type { ImportReport, StreetRow } from "../places/gather.ts";
import type { House } from "../places/houses.ts";
import { unpackHouses } from "../places/houses.ts";
import type { StreetEntry } from "../places/street-index.ts";
import type { CityWays } from "../travel/make-table.ts";
import type { DeliveryTx } from "./tx.ts";

/** Address lists in the database: names go into memory, houses are read by the street. */

interface CityKey {
  readonly tenantId: number;
  readonly cityId: number;
}

export interface NewList {
  readonly rows: readonly StreetRow[];
  readonly report: ImportReport;
  /** The file's name. */
  readonly source: string;
  readonly attribution: string;
  readonly now: number;
}

const ROWS_AT_ONCE = 1_000;

/** The new list takes the place of the city's old one, whole or not at all. */
export async function replaceAddresses(
  tx: DeliveryTx,
  { tenantId, cityId }: CityKey,
  { rows, report, source, attribution, now }: NewList,
): Promise<void> {
  const list = jsonText(report);
  // First the head: two imports at once wait for each other here.
  await sql`insert into delivery.address_list (tenant_id, city_id, source, attribution, streets, houses, report, imported_at)
    values (${tenantId}, ${cityId}, ${source.slice(0, 200)}, ${attribution.slice(0, 200)}, ${report.streets}, ${report.addresses}, ${list}::jsonb, ${new Date(now)})
    on conflict (tenant_id, city_id) do update set revision = delivery.address_list.revision + 1, source = excluded.source,
      attribution = excluded.attribution, streets = excluded.streets, houses = excluded.houses, report = excluded.report,
      imported_at = excluded.imported_at`.execute(tx);
  await sql`delete from delivery.street where tenant_id = ${tenantId} and city_id = ${cityId}`.execute(tx);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await insertStreets(tx, { tenantId, cityId, from }, rows.slice(from, from + ROWS_AT_ONCE));
}

async function insertStreets(
  tx: DeliveryTx,
  { tenantId, cityId, from }: CityKey & { from: number },
  rows: readonly StreetRow[],
): Promise<void> {
  const column = <T>(of: (row: StreetRow) => T): T[] => rows.map(of);
  await sql`insert into delivery.street
      (tenant_id, city_id, n, name, postcode, locality, district, latitude, longitude, radius_m, house_count, houses)
    select ${tenantId}, ${cityId}, s.* from unnest(
      ${rows.map((_, n) => from + n)}::int[], ${column((row) => row.name)}::text[], ${column((row) => row.postcode)}::text[],
      ${column((row) => row.locality)}::text[], ${column((row) => row.district)}::text[],
      ${column((row) => row.lat)}::float8[], ${column((row) => row.lon)}::float8[], ${column((row) => row.radius_m)}::int[],
      ${column((row) => row.houseCount)}::int[], ${column((row) => row.houses)}::bytea[]) s`.execute(tx);
}

export interface ListHead {
  readonly revision: number;
  readonly source: string;
  readonly attribution: string;
  readonly streets: number;
  readonly houses: number;
  readonly report: ImportReport;
  readonly importedAt: number;
}

/** @returns null where a city has no list */
export async function readListHead(tx: DeliveryTx, { tenantId, cityId }: CityKey): Promise<ListHead | null> {
  const row = await tx
    .selectFrom("delivery.address_list")
    .select(["revision", "source", "attribution", "streets", "houses", "report", "imported_at"])
    .where("tenant_id", "=", tenantId)
    .where("city_id", "=", cityId)
    .executeTakeFirst();
  if (!row) return null;
  const { imported_at, ...head } = row;
  return { ...head, importedAt: imported_at.getTime() };
}

/** All names of a city, without houses: some 100 bytes each. */
export async function readStreets(tx: DeliveryTx, { tenantId, cityId }: CityKey): Promise<StreetEntry[]> {
  const rows = await tx
    .selectFrom("delivery.street")
    .select([
      "n",
      "name",
      "postcode",
      "locality",
      "district",
      "latitude",
      "longitude",
      "radius_m",
      "house_count",
    ])
    .where("tenant_id", "=", tenantId)
    .where("city_id", "=", cityId)
    .orderBy("n")
    .execute();
  return rows.map(({ latitude, longitude, house_count, ...row }) => ({
    ...row,
    lat: latitude,
    lon: longitude,
    houseCount: house_count,
  }));
}

export async function readHouses(
  tx: DeliveryTx,
  { tenantId, cityId }: CityKey,
  streets: readonly number[],
): Promise<Map<number, House[]>> {
  const rows = await tx
    .selectFrom("delivery.street")
    .select(["n", "houses"])
    .where("tenant_id", "=", tenantId)
    .where("city_id", "=", cityId)
    .where("n", "in", streets.length > 0 ? [...streets] : [-1])
    .execute();
  return new Map(rows.map(({ n, houses }) => [n, unpackHouses(houses)]));
}

export interface CityPlace {
  readonly id: number;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly radius_m: number;
}

/** @returns null when there is no such city */
export async function readCityPlace(
  tx: DeliveryTx,
  { tenantId, city }: { tenantId: number; city: number | string },
): Promise<CityPlace | null> {
  const row = await tx
    .selectFrom("delivery.city")
    .select(["id", "name", "latitude as lat", "longitude as lon", "radius_m"])
    .where("tenant_id", "=", tenantId)
    .where(typeof city === "number" ? "id" : "name", "=", city)
    .executeTakeFirst();
  return row ?? null;
}

/** What a table of ways is made from. @returns null when there is no such city */
export async function readCityWays(
  tx: DeliveryTx,
  { tenantId, city }: { tenantId: number; city: string },
): Promise<(Omit<CityWays, "barriers"> & { readonly id: number }) | null> {
  const row = await tx
    .selectFrom("delivery.city")
    .select(["id", "latitude", "longitude", "radius_m", "circuity_percent", "speed_kmh", "leg_s"])
    .where("tenant_id", "=", tenantId)
    .where("name", "=", city)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    middle: { lat: row.latitude, lon: row.longitude },
    radius_m: row.radius_m,
    circuity: row.circuity_percent / 100,
    metresPerSecond: row.speed_kmh / 3.6,
    leg_s: row.leg_s,
  };
}
