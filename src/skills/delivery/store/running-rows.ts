import { sql } from "kysely";
import { AppError } from "#kernel";
import type { PaceTally } from "../engine/index.ts";
import type { RunningDelivery, RunningEvening, RunningShift } from "../evening/stored.ts";
import type { Fetch, ShiftState, Vehicle } from "../tables.ts";
import type { HourlyStep } from "../travel/hourly-clock.ts";
import { travelTableOf } from "./evening-travel.ts";
import type { DeliveryTx } from "./tx.ts";

/** An evening as it runs, as rows. */

interface Head {
  readonly id: number;
  readonly city_id: number;
  readonly city_name: string;
  readonly time_zone: string;
  readonly service_date: string;
  readonly version: number;
  readonly state: RunningEvening["state"];
  readonly begun_at: Date | null;
  readonly over_at: Date | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly circuity_percent: number;
  readonly speed_kmh: number;
  readonly leg_s: number;
  readonly hours: readonly HourlyStep[];
  readonly travel_version: number | null;
  readonly compensation_minor: number;
  readonly currency: string;
  readonly others_begin_at: Date | null;
  readonly tallies: readonly { courier: number; tally: PaceTally }[];
  readonly owed: readonly { sender: number; minor: number }[];
}

/**
 * Everything of an evening that its running is counted from.
 * @param tx holds its lock
 * @param shiftIds these rounds only, with the pace of the last minute's look
 * @throws AppError not_found
 */
export async function readRunningEvening(
  tx: DeliveryTx,
  tenantId: number,
  id: number,
  shiftIds?: readonly number[],
): Promise<RunningEvening> {
  const only = shiftIds && [...shiftIds];
  const { rows } = await sql<Head>`
    select e.id, e.city_id, c.name as city_name, c.time_zone, e.service_date::text as service_date, e.version, e.state, e.begun_at, e.over_at,
      c.latitude, c.longitude, e.circuity_percent, e.speed_kmh, e.leg_s, e.hours, e.travel_version, c.compensation_minor, c.currency,
      ${only ? othersBegin(only) : sql`null`} as others_begin_at, ${only ? tonight(only) : EARLIER} as tallies,
      coalesce((select json_agg(json_build_object('sender', r.sender_tenant_id, 'minor', r.compensation_minor))
        from delivery.sender_rule r where r.tenant_id = c.tenant_id), '[]') as owed
    from delivery.evening e join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    where e.tenant_id = ${tenantId} and e.id = ${id}`.execute(tx);
  const [head] = rows;
  if (!head) throw new AppError("not_found", "There is no such evening.");
  const table = await travelTableOf(tx, {
    tenantId,
    cityId: head.city_id,
    travelVersion: head.travel_version,
  });
  return {
    id,
    tenantId,
    cityId: head.city_id,
    cityName: head.city_name,
    timeZone: head.time_zone,
    serviceDate: head.service_date,
    version: head.version,
    state: head.state,
    begunAt: msOf(head.begun_at),
    overAt: msOf(head.over_at),
    middle: { lat: head.latitude, lon: head.longitude },
    travel: {
      circuityPercent: head.circuity_percent,
      speedKmh: head.speed_kmh,
      leg_s: head.leg_s,
      table,
      hours: head.hours,
    },
    compensationMinor: head.compensation_minor,
    currency: head.currency,
    isPart: only !== undefined,
    othersBeginAt: msOf(head.others_begin_at),
    shifts: await readShifts(tx, { tenantId, eveningId: id }, only),
    deliveries: await readDeliveries(tx, { tenantId, eveningId: id }, only),
    tallies: new Map(head.tallies.map(({ courier, tally }) => [courier, tally])),
    senderCompensations: new Map(head.owed.map(({ sender, minor }) => [sender, minor])),
  };
}

/** What earlier evenings taught. */
const EARLIER = sql`coalesce((select json_agg(json_build_object('courier', p.courier_id, 'tally', p.tally)) from delivery.pace p
  where p.tenant_id = c.tenant_id and p.city_id = c.id), '[]')`;

/** The same of these rounds' couriers and of all together; where the evening that runs has added to it, with that. */
const tonight = (
  shiftIds: number[],
) => sql`coalesce((select json_agg(json_build_object('courier', k.id, 'tally', coalesce(
    (select r.tally from delivery.running_pace r where r.tenant_id = e.tenant_id and r.evening_id = e.id and r.courier_id = k.id),
    (select p.tally from delivery.pace p where p.tenant_id = e.tenant_id and p.city_id = e.city_id and p.courier_id = k.id))))
  from (select 0 as id union select coalesce(s.courier_id, -s.id) from delivery.shift s
    where s.tenant_id = e.tenant_id and s.id = any(${shiftIds}::int[])) k
  where exists (select from delivery.running_pace r where r.tenant_id = e.tenant_id and r.evening_id = e.id and r.courier_id = k.id)
    or exists (select from delivery.pace p where p.tenant_id = e.tenant_id and p.city_id = e.city_id and p.courier_id = k.id)), '[]')`;

/** Later nobody asks. */
const othersBegin = (
  shiftIds: number[],
) => sql`case when e.state = 'planned' then (select min(s.earliest_at) from delivery.shift s
  where s.tenant_id = e.tenant_id and s.evening_id = e.id and s.state <> 'dropped' and s.id <> all(${shiftIds}::int[])) end`;

const msOf = (at: Date | null): number | null => at?.getTime() ?? null;

interface ShiftRow {
  readonly id: number;
  readonly courier_id: number | null;
  readonly courier_name: string | null;
  readonly contact_id: number | null;
  readonly vehicle: Vehicle | null;
  readonly state: ShiftState;
  readonly start_depot_id: number;
  readonly end_depot_id: number;
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
  readonly held_stops: number;
  readonly fetches: readonly Fetch[];
  readonly accepted_at: Date | null;
  readonly left_at: Date | null;
  readonly back_at: Date | null;
  readonly heard_at: Date | null;
  readonly at_delivery_id: number | null;
  readonly is_serving: boolean;
  readonly since: Date | null;
  readonly replanned_at: Date | null;
}

interface EveningPlace {
  readonly tenantId: number;
  readonly eveningId: number;
}

async function readShifts(
  tx: DeliveryTx,
  { tenantId, eveningId }: EveningPlace,
  only: number[] | undefined,
): Promise<RunningShift[]> {
  const { rows } = await sql<ShiftRow>`
    select s.id, s.courier_id, k.name as courier_name, k.contact_id, k.vehicle, s.state, s.start_depot_id, s.end_depot_id,
      a.latitude as a_lat, a.longitude as a_lon, b.latitude as b_lat, b.longitude as b_lon, s.earliest_at, s.latest_at, s.capacity, s.skills,
      to_jsonb(s.route) as route, s.frozen, s.held_stops, s.fetches, s.accepted_at, s.left_at, s.back_at, s.heard_at, s.at_delivery_id,
      s.is_serving, s.since, s.replanned_at
    from delivery.shift s
    join delivery.depot a on a.tenant_id = s.tenant_id and a.id = s.start_depot_id
    join delivery.depot b on b.tenant_id = s.tenant_id and b.id = s.end_depot_id
    left join delivery.courier k on k.tenant_id = s.tenant_id and k.id = s.courier_id
    where s.tenant_id = ${tenantId} and s.evening_id = ${eveningId} ${only ? sql`and s.id = any(${only}::int[])` : sql``}
    order by s.id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    courierId: row.courier_id,
    courierName: row.courier_name ?? "",
    courierContactId: row.contact_id,
    vehicle: row.vehicle,
    state: row.state,
    startDepotId: row.start_depot_id,
    endDepotId: row.end_depot_id,
    start: { lat: row.a_lat, lon: row.a_lon },
    end: { lat: row.b_lat, lon: row.b_lon },
    earliestAt: row.earliest_at.getTime(),
    latestAt: row.latest_at.getTime(),
    capacity: row.capacity,
    skills: row.skills,
    route: row.route,
    frozen: row.frozen,
    heldStops: row.held_stops,
    fetches: row.fetches,
    acceptedAt: msOf(row.accepted_at),
    leftAt: msOf(row.left_at),
    backAt: msOf(row.back_at),
    heardAt: msOf(row.heard_at),
    atDeliveryId: row.at_delivery_id,
    isServing: row.is_serving,
    since: msOf(row.since),
    replannedAt: msOf(row.replanned_at),
  }));
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** As one JSON value, as plans are read: a thousand rows by the driver take several times as long. */
const DELIVERY =
  sql.raw(`json_build_object('id', id, 'senderTenantId', sender_tenant_id, 'senderRef', sender_ref, 'contactId', contact_id,
  'conversationId', conversation_id, 'shiftId', shift_id, 'earliestAt', ${ms("earliest_at")}, 'latestAt', ${ms("latest_at")},
  'dueAt', ${ms("due_at")}, 'place', json_build_object('lat', latitude, 'lon', longitude), 'address', address, 'doorNote', door_note,
  'service_s', service_s, 'demand', demand, 'skills', skills, 'parcels', parcels, 'state', state, 'outcome', outcome, 'outcomeWords', outcome_words,
  'arrivedAt', ${ms("arrived_at")}, 'endedAt', ${ms("ended_at")}, 'told', case when told_from is null then null else json_build_object(
    'from', ${ms("told_from")}, 'until', ${ms("told_until")}, 'expectedAt', ${ms("told_expected_at")}) end,
  'lateSaidAt', ${ms("late_said_at")}, 'brokenAt', ${ms("broken_at")}, 'compensationMinor', compensation_minor, 'choice', choice,
  'proof', proof, 'code', code, 'wrongCodes', to_jsonb(wrong_codes), 'liveKey', live_key, 'currency', currency,
  'takeBack', json_build_object('what', take_back, 'state', take_back_state, 'why', take_back_why), 'untoldReason', untold_reason,
  'pickedUpAt', ${ms("picked_up_at")},
  'pickup', case when pickup_name is null then null else json_build_object('name', pickup_name,
    'place', json_build_object('lat', pickup_latitude, 'lon', pickup_longitude), 'earliestAt', ${ms("pickup_earliest_at")},
    'latestAt', ${ms("pickup_latest_at")}, 'service_s', pickup_service_s) end)`);

/** Of some rounds also the doors where their couriers stand: another may bring that parcel by now. */
async function readDeliveries(
  tx: DeliveryTx,
  { tenantId, eveningId }: EveningPlace,
  only: number[] | undefined,
): Promise<RunningDelivery[]> {
  const theirs =
    only &&
    sql`and (shift_id = any(${only}::int[]) or id = any(array(select at_delivery_id from delivery.shift
      where tenant_id = ${tenantId} and id = any(${only}::int[]))))`;
  const { rows } = await sql<{ list: RunningDelivery[] }>`
    select coalesce(json_agg(${DELIVERY} order by id), '[]') as list from delivery.delivery
    where tenant_id = ${tenantId} and evening_id = ${eveningId} and shift_id is not null ${theirs ?? sql``}`.execute(
    tx,
  );
  return rows[0]?.list ?? [];
}

/**
 * Rounds that may change by what is told of these rounds and deliveries: themselves, and who carries such a delivery now. A colleague who
 * was to fetch it is among those.
 */
export async function touchedRounds(
  tx: DeliveryTx,
  { tenantId, eveningId }: EveningPlace,
  told: { readonly shiftIds: readonly number[]; readonly deliveryIds: readonly number[] },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from delivery.shift
    where tenant_id = ${tenantId} and evening_id = ${eveningId} and id = any(${[...told.shiftIds]}::int[])
    union select shift_id from delivery.delivery where tenant_id = ${tenantId} and evening_id = ${eveningId} and shift_id is not null
      and id = any(${[...told.deliveryIds]}::bigint[]) order by id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** @returns shift -> its evening */
export async function eveningsOfShifts(
  tx: DeliveryTx,
  tenantId: number,
  shiftIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; evening_id: number }>`select id, evening_id from delivery.shift
    where tenant_id = ${tenantId} and id = any(${[...shiftIds]}::int[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.evening_id]));
}

/** One delivery as its evening sees it, whatever has become of it. @returns null where there is none */
export async function readRunningDelivery(
  tx: DeliveryTx,
  tenantId: number,
  id: number,
): Promise<{
  readonly delivery: RunningDelivery;
  readonly eveningId: number;
  readonly timeZone: string;
} | null> {
  const { rows } = await sql<{ delivery: RunningDelivery; evening_id: number; time_zone: string }>`
    select ${DELIVERY} as delivery, evening_id, (select c.time_zone from delivery.evening e
      join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
      where e.tenant_id = d.tenant_id and e.id = d.evening_id) as time_zone
    from delivery.delivery d where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  const [row] = rows;
  return row ? { delivery: row.delivery, eveningId: row.evening_id, timeZone: row.time_zone } : null;
}

/** Why its customer could not be told; the dispatcher sees it. */
export async function noteUntold(
  tx: DeliveryTx,
  { tenantId, deliveryId, why }: { tenantId: number; deliveryId: number; why: string },
): Promise<void> {
  await sql`update delivery.delivery set untold_reason = ${why} where tenant_id = ${tenantId} and id = ${deliveryId}`.execute(
    tx,
  );
}
