import { sql } from "kysely";
import { AppError, jsonText } from "#kernel";
import type { EveningHead, ShiftReply } from "../api/evenings.ts";
import { servicePercentOf } from "../rules/service-pace.ts";
import { namesOf } from "../rules/skill-bits.ts";
import type { ShiftState } from "../tables.ts";
import type { HourlyStep } from "../travel/hourly-clock.ts";
import { readCityTally } from "./learned.ts";
import { travelVersionFor } from "./learned-travel.ts";
import type { DeliveryTx } from "./tx.ts";

/** Evenings and shifts as their owner plans them. */

interface NewEveningRow {
  readonly cityId: number;
  readonly date: string;
  /** How ways stretch through this day. */
  readonly hours: readonly HourlyStep[];
  readonly now: number;
}

/** @returns its id. @throws AppError conflict (23505) when this day is planned already */
export async function insertEvening(
  tx: DeliveryTx,
  tenantId: number,
  { cityId, date, hours, now }: NewEveningRow,
): Promise<number> {
  const travelVersion = await travelVersionFor(tx, { tenantId, cityId, now });
  const servicePercent = servicePercentOf(await readCityTally(tx, tenantId, cityId));
  const { rows } = await sql<{ id: number }>`
    insert into delivery.evening (tenant_id, city_id, service_date, circuity_percent, speed_kmh, leg_s, hours, travel_version, service_percent, created_at)
    select tenant_id, id, ${date}::date, circuity_percent, speed_kmh, leg_s, ${jsonText(hours)}::jsonb, ${travelVersion}::int, ${servicePercent}, ${new Date(now)}
    from delivery.city where tenant_id = ${tenantId} and id = ${cityId} and active
    on conflict (tenant_id, city_id, service_date) do nothing returning id`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("conflict", `${date} is planned already; change its rounds.`);
  return row.id;
}

export interface NewShift {
  readonly courierId: number | null;
  readonly startDepotId: number;
  readonly endDepotId: number;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly capacity: number;
  /** Bits. */
  readonly skills: number;
}

const columnsOf = (shift: NewShift) => ({
  courier_id: shift.courierId,
  start_depot_id: shift.startDepotId,
  end_depot_id: shift.endDepotId,
  earliest_at: new Date(shift.earliestAt),
  latest_at: new Date(shift.latestAt),
  capacity: shift.capacity,
  skills: shift.skills,
});

export async function insertShift(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly eveningId: number },
  shift: NewShift,
): Promise<void> {
  await tx
    .insertInto("delivery.shift")
    .values({ tenant_id: place.tenantId, evening_id: place.eveningId, ...columnsOf(shift) })
    .execute();
}

/** @throws AppError not_found */
export async function updateShift(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly eveningId: number; readonly id: number },
  shift: NewShift,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("delivery.shift")
    .set(columnsOf(shift))
    .where("tenant_id", "=", place.tenantId)
    .where("evening_id", "=", place.eveningId)
    .where("id", "=", place.id)
    .where("state", "in", ["planned", "accepted"])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError("not_found", "There is no such round that has not begun.");
}

interface RoundPlace {
  readonly tenantId: number;
  readonly id: number;
}

/** Was it another courier's up to now? */
export async function isOthers(
  tx: DeliveryTx,
  { tenantId, id }: RoundPlace,
  courierId: number | null,
): Promise<boolean> {
  const { rows } = await sql`select 1 from delivery.shift where tenant_id = ${tenantId} and id = ${id}
    and courier_id is not null and courier_id is distinct from ${courierId}::int`.execute(tx);
  return rows.length > 0;
}

/** Nobody has accepted it yet. */
export async function acceptAnew(tx: DeliveryTx, { tenantId, id }: RoundPlace): Promise<void> {
  await sql`update delivery.shift set state = 'planned', accepted_at = null
    where tenant_id = ${tenantId} and id = ${id} and state = 'accepted'`.execute(tx);
}

/** Takes a round away whose stops others have taken over. */
export async function markDropped(
  tx: DeliveryTx,
  place: { readonly tenantId: number; readonly id: number },
): Promise<void> {
  await sql`update delivery.shift set state = 'dropped', route = '{}', frozen = 0
    where tenant_id = ${place.tenantId} and id = ${place.id}`.execute(tx);
}

/** A round that a courier drives. */
export interface CourierRound {
  readonly id: number;
  readonly eveningId: number;
  readonly date: string;
  /** The city's. */
  readonly timeZone: string;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
}

/** The latest first. @param tx holds the courier's row where it depends on them what is planned */
export async function listCourierRounds(
  tx: DeliveryTx,
  tenantId: number,
  courierId: number,
): Promise<CourierRound[]> {
  const { rows } = await sql<Omit<CourierRound, "earliestAt" | "latestAt"> & { from: Date; until: Date }>`
    select s.id, s.evening_id as "eveningId", e.service_date::text as date, c.time_zone as "timeZone",
      s.earliest_at as "from", s.latest_at as "until"
    from delivery.shift s
    join delivery.evening e on e.tenant_id = s.tenant_id and e.id = s.evening_id
    join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    where s.tenant_id = ${tenantId} and s.courier_id = ${courierId} and s.state <> 'dropped'
    order by s.earliest_at desc limit 500`.execute(tx);
  return rows.map(({ from, until, ...round }) => ({
    ...round,
    earliestAt: from.getTime(),
    latestAt: until.getTime(),
  }));
}

interface ShiftRow {
  id: number;
  courier_id: number | null;
  start_depot_id: number;
  end_depot_id: number;
  earliest_at: Date;
  latest_at: Date;
  capacity: number;
  skills: number;
  state: ShiftState;
  frozen: number;
  route: number[];
}

export async function listShifts(tx: DeliveryTx, tenantId: number, eveningId: number): Promise<ShiftReply[]> {
  const { rows } = await sql<ShiftRow>`
    select id, courier_id, start_depot_id, end_depot_id, earliest_at, latest_at, capacity, skills, state, frozen, to_jsonb(route) as route
    from delivery.shift where tenant_id = ${tenantId} and evening_id = ${eveningId} order by id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    courierId: row.courier_id,
    startDepotId: row.start_depot_id,
    endDepotId: row.end_depot_id,
    earliestAt: row.earliest_at.toISOString(),
    latestAt: row.latest_at.toISOString(),
    capacity: row.capacity,
    skills: namesOf(row.skills),
    state: row.state,
    frozen: row.frozen,
    // Where something is picked up is no delivery of its own.
    route: row.route.filter((id) => id > 0),
  }));
}

const HEAD = sql`e.id, e.city_id as "cityId", e.service_date::text as date, e.state, e.version,
  (select count(*)::int from delivery.shift s where s.tenant_id = e.tenant_id and s.evening_id = e.id and s.state <> 'dropped') as shifts,
  (select count(*)::int from delivery.delivery d where d.tenant_id = e.tenant_id and d.evening_id = e.id and d.state = 'held') as held,
  (select count(*)::int from delivery.delivery d where d.tenant_id = e.tenant_id and d.evening_id = e.id
    and d.state in ('booked', 'loaded', 'under_way', 'done')) as booked`;

/** @param days from `from` on */
export async function listEveningHeads(
  tx: DeliveryTx,
  tenantId: number,
  { cityId, from, days }: { readonly cityId: number; readonly from: string; readonly days: number },
): Promise<EveningHead[]> {
  const { rows } = await sql<EveningHead>`select ${HEAD} from delivery.evening e
    where e.tenant_id = ${tenantId} and e.city_id = ${cityId} and e.service_date >= ${from}::date
      and e.service_date < ${from}::date + ${days}::int order by e.service_date`.execute(tx);
  return rows;
}

/** @throws AppError not_found */
export async function readEveningHead(tx: DeliveryTx, tenantId: number, id: number): Promise<EveningHead> {
  const { rows } = await sql<EveningHead>`select ${HEAD} from delivery.evening e
    where e.tenant_id = ${tenantId} and e.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such evening.");
  return row;
}
