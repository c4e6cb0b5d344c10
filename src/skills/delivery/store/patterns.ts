import { sql } from "kysely";
import { AppError } from "#kernel";
import type { WeeklyShift } from "../api/patterns.ts";
import type { DeliveryTx } from "./tx.ts";
import { needVersion } from "./versions.ts";

/** The rounds of a usual week. */

interface OfCity {
  readonly tenantId: number;
  readonly cityId: number;
}

export type PatternShift = Required<WeeklyShift>;

export async function readPattern(tx: DeliveryTx, { tenantId, cityId }: OfCity): Promise<PatternShift[]> {
  const { rows } = await sql<PatternShift>`
    select weekday, courier_id as "courierId", start_depot_id as "startDepotId", end_depot_id as "endDepotId",
      from_minute as "fromMinute", to_minute as "toMinute"
    from delivery.weekly_shift where tenant_id = ${tenantId} and city_id = ${cityId} order by weekday, from_minute, id`.execute(
    tx,
  );
  return rows;
}

/** All at once. @throws AppError not_found: there is no such city; conflict: somebody wrote it meanwhile; bad_request: a depot or courier of elsewhere, or no time at all */
export async function writePattern(
  tx: DeliveryTx,
  { tenantId, cityId, version }: OfCity & { readonly version?: string | undefined },
  shifts: readonly WeeklyShift[],
): Promise<void> {
  const { rows } = await sql<{ depots: number[]; couriers: number[] }>`
    select coalesce((select array_agg(d.id) from delivery.depot d where d.tenant_id = c.tenant_id and d.city_id = c.id), '{}') as depots,
      coalesce((select array_agg(k.id) from delivery.courier k where k.tenant_id = c.tenant_id and k.active), '{}') as couriers
    from delivery.city c where c.tenant_id = ${tenantId} and c.id = ${cityId} for update`.execute(tx);
  const [city] = rows;
  if (!city) throw new AppError("not_found", "There is no such city.");
  needVersion(await readPattern(tx, { tenantId, cityId }), version);
  for (const [n, shift] of shifts.entries()) {
    const fault = faultOf(shift, city);
    if (fault) throw new AppError("bad_request", undefined, [{ path: `items.${n}`, message: fault }]);
  }
  await sql`delete from delivery.weekly_shift where tenant_id = ${tenantId} and city_id = ${cityId}`.execute(
    tx,
  );
  for (const one of shifts)
    await sql`insert into delivery.weekly_shift
        (tenant_id, city_id, weekday, courier_id, start_depot_id, end_depot_id, from_minute, to_minute)
      values (${tenantId}, ${cityId}, ${one.weekday}, ${one.courierId}, ${one.startDepotId},
        ${one.endDepotId ?? one.startDepotId}, ${one.fromMinute}, ${one.toMinute})`.execute(tx);
}

const LONGEST_MINUTES = 960;

function faultOf(
  { startDepotId, endDepotId, courierId, fromMinute, toMinute }: WeeklyShift,
  { depots, couriers }: { readonly depots: readonly number[]; readonly couriers: readonly number[] },
): string | null {
  if (toMinute <= fromMinute) return "It ends before it begins.";
  if (toMinute - fromMinute > LONGEST_MINUTES) return "A round lasts 16 hours at most; divide it.";
  if (!depots.includes(startDepotId) || !depots.includes(endDepotId ?? startDepotId))
    return "It begins or ends at a depot that this city has not.";
  if (courierId !== null && !couriers.includes(courierId)) return `There is no courier ${courierId}.`;
  return null;
}
