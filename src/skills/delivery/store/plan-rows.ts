import { sql } from "kysely";
import { AppError, jsonText } from "#kernel";
import type { ChangedRound } from "../plan/live-plan.ts";
import type { StoredDelivery, StoredEvening, StoredPickUp, StoredShift } from "../plan/stored-evening.ts";
import type { HourlyStep } from "../travel/hourly-clock.ts";
import { travelTableOf } from "./evening-travel.ts";
import type { DeliveryTx } from "./tx.ts";

/** Plans as rows. Who changes one holds the evening's lock; who reads one does so in one statement, so that all rows are of one version. */

export interface EveningRow {
  readonly id: number;
  readonly cityId: number;
  readonly serviceDate: string;
  readonly version: number;
  readonly state: StoredEvening["state"];
}

const EVENING = sql`e.id, e.city_id as "cityId", e.service_date::text as "serviceDate", e.version, e.state`;

/** Evenings from a day on, city by city and by date. @param cityId only of this one */
export async function listEvenings(
  tx: DeliveryTx,
  tenantId: number,
  { from, cityId }: { readonly from: string; readonly cityId?: number },
): Promise<EveningRow[]> {
  const { rows } = await sql<EveningRow>`select ${EVENING} from delivery.evening e
    where e.tenant_id = ${tenantId} and e.service_date >= ${from}::date
      ${cityId === undefined ? sql`` : sql`and e.city_id = ${cityId}`}
    order by e.city_id, e.service_date`.execute(tx);
  return rows;
}

export interface LockedEvening extends EveningRow {
  /** How often its city was written. */
  readonly cityVersion: number;
}

/** Waits for whoever changes this evening; shared for who reads more of it than one statement gives. @throws AppError not_found */
export async function lockEvening(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly id: number },
  how: "update" | "share" = "update",
): Promise<LockedEvening> {
  const { rows } = await sql<LockedEvening>`select ${EVENING},
      (select c.version from delivery.city c where c.tenant_id = e.tenant_id and c.id = e.city_id) as "cityVersion"
    from delivery.evening e where e.tenant_id = ${place.tenantId} and e.id = ${place.id}
    ${how === "update" ? sql`for update` : sql`for share`}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such evening.");
  return row;
}

/** A moment in ms: in JSON a number, not a text that every stop would have to be read from. */
const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;

/** Rounds and stops as one JSON value each: a thousand rows by the driver take several times as long, and offers wait meanwhile. */
const SHIFTS = sql`select json_agg(json_build_array(s.id, a.latitude, a.longitude, b.latitude, b.longitude,
    ${ms("s.earliest_at")}, ${ms("s.latest_at")}, s.capacity, s.skills, s.route, s.frozen) order by s.id)
  from delivery.shift s
  join delivery.depot a on a.tenant_id = s.tenant_id and a.id = s.start_depot_id
  join delivery.depot b on b.tenant_id = s.tenant_id and b.id = s.end_depot_id
  where s.tenant_id = e.tenant_id and s.evening_id = e.id and s.state <> 'dropped'`;
const STOPS = sql`select json_agg(json_build_array(d.id, d.latitude, d.longitude, ${ms("d.earliest_at")}, ${ms("d.due_at")},
    d.service_s, d.demand, d.skills, d.state in ('cancelled', 'expired'), case when d.pickup_name is null then null else
      json_build_object('place', json_build_object('lat', d.pickup_latitude, 'lon', d.pickup_longitude),
        'earliestAt', ${ms("d.pickup_earliest_at")}, 'dueAt', ${ms("d.pickup_latest_at")}, 'service_s', d.pickup_service_s) end))
  from delivery.delivery d where d.tenant_id = e.tenant_id and d.evening_id = e.id and d.shift_id is not null`;

/**
 * Everything of an evening that a plan is built from, as it was at one moment; nobody is waited for.
 * @throws AppError not_found
 */
export async function readStoredEvening(
  tx: DeliveryTx,
  tenantId: number,
  id: number,
): Promise<StoredEvening> {
  const { rows } = await sql<Row>`
    select ${EVENING}, e.circuity_percent, e.speed_kmh, e.leg_s, e.hours, e.travel_version, e.service_percent as "servicePercent", c.latitude, c.longitude,
      coalesce((${SHIFTS}), '[]') as shifts, coalesce((${STOPS}), '[]') as stops
    from delivery.evening e join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    where e.tenant_id = ${tenantId} and e.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such evening.");
  const { circuity_percent, speed_kmh, leg_s, hours, travel_version, latitude, longitude, ...rest } = row;
  const { shifts, stops, ...evening } = rest;
  const { cityId } = evening;
  const table = await travelTableOf(tx, { tenantId, cityId, travelVersion: travel_version });
  return {
    ...evening,
    middle: { lat: latitude, lon: longitude },
    travel: { circuityPercent: circuity_percent, speedKmh: speed_kmh, leg_s, table, hours },
    shifts: shifts.map(toShift),
    deliveries: stops.map(toStop),
  };
}

interface Row extends EveningRow {
  readonly servicePercent: number;
  readonly circuity_percent: number;
  readonly speed_kmh: number;
  readonly leg_s: number;
  readonly hours: readonly HourlyStep[];
  readonly travel_version: number | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly shifts: readonly ShiftColumns[];
  readonly stops: readonly StopColumns[];
}

type ShiftColumns = [
  id: number,
  startLat: number,
  startLon: number,
  endLat: number,
  endLon: number,
  earliestAt: number,
  latestAt: number,
  capacity: number,
  skills: number,
  route: number[],
  frozen: number,
];

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
  pickup: StoredPickUp | null,
];

const toShift = ([id, startLat, startLon, endLat, endLon, ...rest]: ShiftColumns): StoredShift => {
  const [earliestAt, latestAt, capacity, skills, route, frozen] = rest;
  return {
    id,
    start: { lat: startLat, lon: startLon },
    end: { lat: endLat, lon: endLon },
    earliestAt,
    latestAt,
    capacity,
    skills,
    route,
    frozen,
  };
};

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
  pickup,
]: StopColumns): StoredDelivery => ({
  id,
  place: { lat, lon },
  earliestAt,
  dueAt,
  service_s,
  demand,
  skills,
  isOver,
  pickup,
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

/**
 * A place where a delivery stood that goes elsewhere, because the others' way leads by it: a row of nobody, over from the
 * beginning. @returns its id
 */
export async function insertDrivenBy(
  tx: DeliveryTx,
  { tenantId, id, now }: { readonly tenantId: number; readonly id: number; readonly now: number },
): Promise<number> {
  const at = new Date(now);
  const { rows } = await sql<{ id: number }>`
    insert into delivery.delivery (tenant_id, evening_id, earliest_at, latest_at, due_at, latitude, longitude, service_s, demand, skills,
      state, shift_id, price_minor, currency, created_at, changed_at, ended_at, pickup_name, pickup_latitude, pickup_longitude,
      pickup_from_minute, pickup_to_minute, pickup_earliest_at, pickup_latest_at, pickup_service_s)
    select tenant_id, evening_id, earliest_at, latest_at, due_at, latitude, longitude, service_s, demand, skills,
      'cancelled', shift_id, 0, currency, ${at}, ${at}, ${at}, pickup_name, pickup_latitude, pickup_longitude,
      pickup_from_minute, pickup_to_minute, pickup_earliest_at, pickup_latest_at, pickup_service_s
    from delivery.delivery where tenant_id = ${tenantId} and id = ${id} returning id`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such delivery.");
  return row.id;
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

/** Is the stop among those that stay as they are? For evenings that are under way, whose plan is not in memory. */
export async function isFrozenStop(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly id: number },
): Promise<boolean> {
  const { rows } = await sql`select 1 from delivery.delivery d
    join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
    where d.tenant_id = ${place.tenantId} and d.id = ${place.id} and array_position(s.route, d.id) <= s.frozen`.execute(
    tx,
  );
  return rows.length > 0;
}
