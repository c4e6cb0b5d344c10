import { sql } from "kysely";
import { jsonText } from "#kernel";
import type { ZonePace } from "../travel/zone-pace.ts";
import type { CityPlace } from "./learned.ts";
import type { DeliveryTx } from "./tx.ts";

/** How fast zones are, as finished evenings taught it. */

/** Of zones that are still there. */
export async function readZonePaces(
  tx: DeliveryTx,
  { tenantId, cityId }: Omit<CityPlace, "now">,
): Promise<ZonePace[]> {
  const { rows } = await sql<ZonePace>`
    select p.zone_id as "zoneId", p.factor_percent / 100.0::float8 as factor, p.legs from delivery.zone_pace p
    where p.tenant_id = ${tenantId} and p.city_id = ${cityId} and (p.zone_id = 0 or exists (select from delivery.zone z
      where z.tenant_id = p.tenant_id and z.city_id = p.city_id and z.id = p.zone_id))
    order by p.zone_id`.execute(tx);
  return rows;
}

/** How fast a zone is, as people read it. */
export interface ShownZonePace {
  /** "" = outside of every zone */
  readonly zone: string;
  /** Hundredths of what ways there take beside the city's mean. */
  readonly percent: number;
  readonly legs: number;
}

export async function shownZonePaces(
  tx: DeliveryTx,
  { tenantId, cityId }: Omit<CityPlace, "now">,
): Promise<ShownZonePace[]> {
  const { rows } = await sql<ShownZonePace>`
    select coalesce(z.name, '') as zone, p.factor_percent as percent, p.legs from delivery.zone_pace p
    left join delivery.zone z on z.tenant_id = p.tenant_id and z.city_id = p.city_id and z.id = p.zone_id
    where p.tenant_id = ${tenantId} and p.city_id = ${cityId} and (p.zone_id = 0 or z.id is not null) order by p.zone_id`.execute(
    tx,
  );
  return rows;
}

export async function keepZonePaces(
  tx: DeliveryTx,
  { tenantId, cityId, now }: CityPlace,
  paces: readonly ZonePace[],
): Promise<void> {
  if (paces.length === 0) return;
  const given = paces.map(({ zoneId, factor, legs }) => ({
    zone: zoneId,
    percent: Math.min(250, Math.max(60, Math.round(factor * 100))),
    legs,
  }));
  await sql`insert into delivery.zone_pace (tenant_id, city_id, zone_id, factor_percent, legs, changed_at)
    select ${tenantId}, ${cityId}, r.zone, r.percent, r.legs, ${new Date(now)}
    from jsonb_to_recordset(${jsonText(given)}::jsonb) r(zone int, percent int, legs int)
    on conflict (tenant_id, city_id, zone_id) do update set factor_percent = excluded.factor_percent, legs = excluded.legs,
      changed_at = excluded.changed_at`.execute(tx);
}

/**
 * What the table of an evening counts with, hundredths by zone; null where its ways are not those that the city counts with by now:
 * somebody had others made since it was planned, and what it teaches of zones would be beside the old ones.
 */
export async function factorsOfEvening(
  tx: DeliveryTx,
  tenantId: number,
  eveningId: number,
): Promise<Record<string, number> | null> {
  const { rows } = await sql<{ factors: Record<string, number> | null; root: number; newest: number }>`
    select t.zone_factors as factors, coalesce(t.root, 0) as root, coalesce((select n.root from delivery.travel_table n
      where n.tenant_id = e.tenant_id and n.city_id = e.city_id order by n.version desc limit 1), 0) as newest
    from delivery.evening e
    left join delivery.travel_table t on t.tenant_id = e.tenant_id and t.city_id = e.city_id and t.version = e.travel_version
    where e.tenant_id = ${tenantId} and e.id = ${eveningId}`.execute(tx);
  const [row] = rows;
  return row && row.root !== row.newest ? null : (row?.factors ?? {});
}
