import { sql } from "kysely";
import { AppError, jsonText } from "#kernel";
import type { ChangedRound } from "../plan/live-plan.ts";
import type { StoredDelivery, StoredEvening, StoredShift } from "../plan/stored-evening.ts";
import { travelTableOf } from "./evening-travel.ts";
import type { DeliveryTx } from "./tx.ts";

/** Plans as rows. Who changes one holds the evening's lock; who reads one holds it shared, so that all rows are of one version. */

export interface EveningRow {
  readonly id: number;
  readonly cityId: number;
  readonly serviceDate: string;
  readonly version: number;
  readonly state: StoredEvening["state"];
}

const EVENING = sql`id, city_id as "cityId", service_date::text as "serviceDate", version, state`;

/** Evenings from a day on, by date. */
export async function listEvenings(
  tx: DeliveryTx,
  tenantId: number,
  fromDate: string,
): Promise<EveningRow[]> {
  const { rows } = await sql<EveningRow>`select ${EVENING} from delivery.evening
    where tenant_id = ${tenantId} and service_date >= ${fromDate}::date order by service_date, id`.execute(
    tx,
  );
  return rows;
}

/** Waits for whoever changes this evening. @throws AppError not_found */
export async function lockEvening(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly id: number },
  how: "update" | "share" = "update",
): Promise<EveningRow> {
  const { rows } = await sql<EveningRow>`select ${EVENING} from delivery.evening
    where tenant_id = ${place.tenantId} and id = ${place.id} ${how === "update" ? sql`for update` : sql`for share`}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such evening.");
  return row;
}

/** Everything of an evening that a plan is built from. @param tx holds its lock */
export async function readStoredEvening(
  tx: DeliveryTx,
  tenantId: number,
  id: number,
): Promise<StoredEvening> {
  const head = await sql<Head>`
    select ${sql.raw(`e.id, e.city_id as "cityId", e.service_date::text as "serviceDate", e.version, e.state`)},
      e.circuity_percent, e.speed_kmh, e.leg_s, e.travel_version, c.latitude, c.longitude
    from delivery.evening e join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    where e.tenant_id = ${tenantId} and e.id = ${id}`.execute(tx);
  const shifts = await sql<ShiftRow>`
    select s.id, a.latitude as a_lat, a.longitude as a_lon, b.latitude as b_lat, b.longitude as b_lon,
      s.earliest_at, s.latest_at, s.capacity, s.skills, to_jsonb(s.route) as route, s.frozen
    from delivery.shift s
    join delivery.depot a on a.tenant_id = s.tenant_id and a.id = s.start_depot_id
    join delivery.depot b on b.tenant_id = s.tenant_id and b.id = s.end_depot_id
    where s.tenant_id = ${tenantId} and s.evening_id = ${id} and s.state <> 'dropped' order by s.id`.execute(
    tx,
  );
  // As one JSON value: a thousand rows by the driver take several times as long, and offers wait meanwhile.
  const stops = await sql<{ list: StopColumns[] }>`
    select coalesce(json_agg(json_build_array(id, latitude, longitude, (extract(epoch from earliest_at) * 1000)::bigint,
      (extract(epoch from due_at) * 1000)::bigint, service_s, demand, skills, state in ('cancelled', 'expired'))), '[]') as list
    from delivery.delivery where tenant_id = ${tenantId} and evening_id = ${id} and shift_id is not null`.execute(
    tx,
  );
  const [row] = head.rows;
  if (!row) throw new AppError("not_found", "There is no such evening.");
  const { circuity_percent, speed_kmh, leg_s, travel_version, latitude, longitude, ...evening } = row;
  const { cityId } = evening;
  const table = await travelTableOf(tx, { tenantId, cityId, travelVersion: travel_version });
  return {
    ...evening,
    middle: { lat: latitude, lon: longitude },
    travel: { circuityPercent: circuity_percent, speedKmh: speed_kmh, leg_s, table },
    shifts: shifts.rows.map(toShift),
    deliveries: (stops.rows[0]?.list ?? []).map(toStop),
  };
}

interface Head extends EveningRow {
  readonly circuity_percent: number;
  readonly speed_kmh: number;
  readonly leg_s: number;
  readonly travel_version: number | null;
  readonly latitude: number;
  readonly longitude: number;
}

interface ShiftRow {
  readonly id: number;
  readonly a_lat: number;
  readonly a_lon: number;
  readonly b_lat: number;
  readonly b_lon: number;
  readonly earliest_at: Date;
  readonly latest_at: Date;
  readonly capacity: number;
  readonly skills: number;
  readonly route: number[];
  readonly frozen: number;
}

type StopColumns = [
  id: number,
  lat: number,
  lon: number,
  earliestAt: number,
  dueAt: number,
  service_s: number,
  demand: number,
  skills: number,
  isOver: boolean,
];

const toShift = (row: ShiftRow): StoredShift => ({
  id: row.id,
  start: { lat: row.a_lat, lon: row.a_lon },
  end: { lat: row.b_lat, lon: row.b_lon },
  earliestAt: row.earliest_at.getTime(),
  latestAt: row.latest_at.getTime(),
  capacity: row.capacity,
  skills: row.skills,
  route: row.route,
  frozen: row.frozen,
});

const toStop = ([
  id,
  lat,
  lon,
  earliestAt,
  dueAt,
  service_s,
  demand,
  skills,
  isOver,
]: StopColumns): StoredDelivery => ({
  id,
  place: { lat, lon },
  earliestAt,
  dueAt,
  service_s,
  demand,
  skills,
  isOver,
});

/**
 * Writes changed rounds and counts the version on: the compare-and-set that every change of a plan ends with.
 * @param tx holds the evening's lock
 * @param hasMoved stops may have gone from one round to another
 * @throws AppError conflict when the plan is not of this version any more
 */
export async function writeRounds(
  tx: DeliveryTx,
  evening: { readonly tenantId: number; readonly id: number; readonly version: number },
  rounds: readonly ChangedRound[],
  { hasMoved = false }: { readonly hasMoved?: boolean } = {},
): Promise<void> {
  const { tenantId, id, version } = evening;
  const { rows } = await sql`update delivery.evening set version = version + 1
    where tenant_id = ${tenantId} and id = ${id} and version = ${version} returning id`.execute(tx);
  if (rows.length === 0) throw new AppError("conflict");
  const given = jsonText(rounds);
  await sql`update delivery.shift s set route = r.route
    from (select (e ->> 'shiftId')::int as shift_id,
        array(select x::bigint from jsonb_array_elements_text(e -> 'route') with ordinality t(x, n) order by n) as route
      from jsonb_array_elements(${given}::jsonb) e) r
    where s.tenant_id = ${tenantId} and s.evening_id = ${id} and s.id = r.shift_id and s.route <> r.route`.execute(
    tx,
  );
  if (!hasMoved) return;
  await sql`update delivery.delivery d set shift_id = r.shift_id
    from (select (e ->> 'shiftId')::int as shift_id, x::bigint as id
      from jsonb_array_elements(${given}::jsonb) e, jsonb_array_elements_text(e -> 'route') x) r
    where d.tenant_id = ${tenantId} and d.evening_id = ${id} and d.id = r.id and d.shift_id <> r.shift_id`.execute(
    tx,
  );
}

/** The optimiser has looked at this version. */
export async function noteImproved(
  tx: DeliveryTx,
  { tenantId, id, version }: { readonly tenantId: number; readonly id: number; readonly version: number },
): Promise<void> {
  await sql`update delivery.evening set improved_version = ${version} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}
