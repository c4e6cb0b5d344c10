import { sql } from "kysely";
import { AppError } from "#kernel";
import type { WeeklyWork } from "../rules/other-work.ts";
import { lockCouriers } from "./couriers.ts";
import type { DeliveryTx } from "./tx.ts";
import { needVersion } from "./versions.ts";

/** What couriers work elsewhere, by weekday. */

interface OfCourier {
  readonly tenantId: number;
  readonly courierId: number;
}

export async function readOtherWork(
  tx: DeliveryTx,
  { tenantId, courierId }: OfCourier,
): Promise<readonly WeeklyWork[]> {
  const { rows } = await sql<WeeklyWork>`
    select weekdays, from_minute as "fromMinute", to_minute as "toMinute", from_day::text as "from", until_day::text as "until"
    from delivery.other_work where tenant_id = ${tenantId} and courier_id = ${courierId} order by id`.execute(
    tx,
  );
  return rows;
}

/** All at once. @throws AppError not_found: there is no such courier; conflict: somebody wrote it meanwhile; bad_request: a work that ends before it begins */
export async function writeOtherWork(
  tx: DeliveryTx,
  { tenantId, courierId, version }: OfCourier & { readonly version?: string | undefined },
  works: readonly WeeklyWork[],
): Promise<void> {
  await lockCouriers(tx, tenantId, [courierId]);
  const { rows } =
    await sql`select from delivery.courier where tenant_id = ${tenantId} and id = ${courierId}`.execute(tx);
  if (rows.length === 0) throw new AppError("not_found", "There is no such courier.");
  needVersion(await readOtherWork(tx, { tenantId, courierId }), version);
  for (const [n, { fromMinute, toMinute, from, until }] of works.entries()) {
    if (toMinute <= fromMinute || (until !== null && until < from))
      throw new AppError("bad_request", undefined, [
        { path: `items.${n}`, message: "It ends before it begins." },
      ]);
  }
  await sql`delete from delivery.other_work where tenant_id = ${tenantId} and courier_id = ${courierId}`.execute(
    tx,
  );
  for (const one of works)
    await sql`insert into delivery.other_work (tenant_id, courier_id, weekdays, from_minute, to_minute, from_day, until_day)
      values (${tenantId}, ${courierId}, ${`{${[...new Set(one.weekdays)].sort().join(",")}}`}::smallint[], ${one.fromMinute}, ${one.toMinute},
        ${one.from}::date, ${one.until}::date)`.execute(tx);
}
