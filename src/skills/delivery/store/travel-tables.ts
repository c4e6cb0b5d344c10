import { sql } from "kysely";
import { jsonText } from "#kernel";
import type { Place } from "../engine/index.ts";
import { Cells, type Extent } from "../travel/cells.ts";
import type { PairTable } from "../travel/city-travel.ts";
import { packTable, unpackTable } from "../travel/pack-table.ts";
import type { Matrix } from "../travel/travel-times.ts";
import type { DeliveryTx } from "./tx.ts";

/** Tables of travel times, by city and version; none is ever changed. */

interface CityKey {
  readonly tenantId: number;
  readonly cityId: number;
}

export interface NewTravelTable {
  readonly extent: Extent;
  readonly lines: readonly (readonly Place[])[];
  readonly table: PairTable;
  readonly leg_s: number;
  readonly maker: Matrix["from"];
  readonly now: number;
  /** What it counts with of zones, hundredths. */
  readonly zoneFactors?: Readonly<Record<string, number>>;
  /** Of one that was made because zones were learned. */
  readonly basis?: string | null;
  /** The version of the table that somebody had made and that this one was scaled from. */
  readonly root?: number;
}

/** Stores a table as the city's newest, and drops old ones that no evening counts with. @returns its version */
export async function storeTravelTable(
  tx: DeliveryTx,
  { tenantId, cityId }: CityKey,
  { extent, lines, table, leg_s, maker, now, zoneFactors, basis = null, root = 0 }: NewTravelTable,
): Promise<number> {
  // The city's row is the lock: two that are made at once get two numbers.
  await sql`select 1 from delivery.city where tenant_id = ${tenantId} and id = ${cityId} for update`.execute(
    tx,
  );
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) + 1 as version from delivery.travel_table
    where tenant_id = ${tenantId} and city_id = ${cityId}`.execute(tx);
  const version = rows[0]?.version ?? 1;
  await tx
    .insertInto("delivery.travel_table")
    .values({
      tenant_id: tenantId,
      city_id: cityId,
      version,
      extent: jsonText(extent),
      lines: jsonText(lines),
      leg_s,
      maker,
      pairs: packTable(table, new Cells(extent, lines)),
      made_at: new Date(now),
      zone_factors: jsonText(zoneFactors ?? {}),
      basis,
      root: zoneFactors ? root : version,
    })
    .execute();
  // What zones taught was beside other ways: with it the new ones would count the same slowness twice.
  if (!zoneFactors)
    await sql`delete from delivery.zone_pace where tenant_id = ${tenantId} and city_id = ${cityId}`.execute(
      tx,
    );
  await sql`delete from delivery.travel_table t where tenant_id = ${tenantId} and city_id = ${cityId} and version < ${version}
    and not exists (select from delivery.evening e
      where e.tenant_id = t.tenant_id and e.city_id = t.city_id and e.travel_version = t.version)`.execute(
    tx,
  );
  return version;
}

export interface StoredTravelTable {
  readonly version: number;
  readonly extent: Extent;
  readonly lines: readonly (readonly Place[])[];
  readonly cells: Cells;
  /** Each pair as it is counted with. */
  readonly steps: Uint32Array;
  readonly leg_s: number;
  readonly maker: Matrix["from"];
  readonly zoneFactors: Readonly<Record<string, number>>;
  readonly basis: string | null;
  readonly root: number;
}

/** @param version null for the newest @returns null where there is none */
export async function readTravelTable(
  tx: DeliveryTx,
  { tenantId, cityId }: CityKey,
  version: number | null = null,
): Promise<StoredTravelTable | null> {
  const newest = tx
    .selectFrom("delivery.travel_table")
    .select(["version", "extent", "lines", "leg_s", "maker", "pairs", "zone_factors", "basis", "root"])
    .where("tenant_id", "=", tenantId)
    .where("city_id", "=", cityId)
    .orderBy("version", "desc")
    .limit(1);
  const row = await (version === null ? newest : newest.where("version", "=", version)).executeTakeFirst();
  if (!row) return null;
  const cells = new Cells(row.extent, row.lines);
  const { version: number, extent, lines, leg_s, maker, zone_factors: zoneFactors, basis, root } = row;
  const steps = unpackTable(row.pairs, cells);
  return { version: number, extent, lines, cells, steps, leg_s, maker, zoneFactors, basis, root };
}
