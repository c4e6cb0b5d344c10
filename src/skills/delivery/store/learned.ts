import { sql } from "kysely";
import { jsonText } from "#kernel";
import type { PaceTally } from "../engine/index.ts";
import type { LearnedBuffer, LearnedPace } from "../evening/begin-and-end.ts";
import type { DeliveryTx } from "./tx.ts";

/** What finished evenings taught. */

export interface CityPlace {
  readonly tenantId: number;
  readonly cityId: number;
  /** ms */
  readonly now: number;
}

export async function keepPace(
  tx: DeliveryTx,
  { tenantId, cityId, now }: CityPlace,
  tallies: readonly LearnedPace[],
): Promise<void> {
  await sql`insert into delivery.pace (tenant_id, city_id, courier_id, tally, changed_at)
    select ${tenantId}, ${cityId}, r."courierId", r.tally, ${new Date(now)}
    from jsonb_to_recordset(${jsonText(tallies)}::jsonb) r("courierId" int, tally jsonb)
    on conflict (tenant_id, city_id, courier_id) do update set tally = excluded.tally, changed_at = excluded.changed_at`.execute(
    tx,
  );
}

/** What a running evening has taught by now: whoever looks at some of its rounds only takes it from here. */
export async function keepRunningPace(
  tx: DeliveryTx,
  { tenantId, eveningId }: { readonly tenantId: number; readonly eveningId: number },
  tallies: readonly LearnedPace[],
): Promise<void> {
  const ids = tallies.map(({ courierId }) => courierId);
  // What was learned from a stop that was undone is learned no more.
  await sql`delete from delivery.running_pace where tenant_id = ${tenantId} and evening_id = ${eveningId}
    and courier_id <> all(${ids}::int[])`.execute(tx);
  if (tallies.length === 0) return;
  await sql`insert into delivery.running_pace as p (tenant_id, evening_id, courier_id, tally)
    select ${tenantId}, ${eveningId}, r."courierId", r.tally
    from jsonb_to_recordset(${jsonText(tallies)}::jsonb) r("courierId" int, tally jsonb)
    on conflict (tenant_id, evening_id, courier_id) do update set tally = excluded.tally where p.tally <> excluded.tally`.execute(
    tx,
  );
}

export async function keepBuffers(
  tx: DeliveryTx,
  { tenantId, cityId, now }: CityPlace,
  buffers: readonly LearnedBuffer[],
): Promise<void> {
  if (buffers.length === 0) return;
  await sql`insert into delivery.buffer as b (tenant_id, city_id, zone_id, hour, buffer_s, promises, changed_at)
    select ${tenantId}, ${cityId}, r."zoneId", r.hour, r.buffer_s, r.promises, ${new Date(now)}
    from jsonb_to_recordset(${jsonText(buffers)}::jsonb) r("zoneId" int, hour int, buffer_s int, promises int)
    on conflict (tenant_id, city_id, zone_id, hour) do update set buffer_s = excluded.buffer_s,
      promises = b.promises + excluded.promises, changed_at = excluded.changed_at`.execute(tx);
  // What is offered from now on follows, in every process.
  await sql`update delivery.city set version = version + 1 where tenant_id = ${tenantId} and id = ${cityId}`.execute(
    tx,
  );
}

/** What all couriers of a city taught; null before the first evening. */
export async function readCityTally(
  tx: DeliveryTx,
  tenantId: number,
  cityId: number,
): Promise<PaceTally | null> {
  const { rows } = await sql<{ tally: PaceTally }>`select tally from delivery.pace
    where tenant_id = ${tenantId} and city_id = ${cityId} and courier_id = 0`.execute(tx);
  return rows[0]?.tally ?? null;
}

/** @returns by zone and hour, those of the whole city first */
export async function readBuffers(
  tx: DeliveryTx,
  tenantId: number,
  cityId: number,
): Promise<LearnedBuffer[]> {
  const { rows } =
    await sql<LearnedBuffer>`select zone_id as "zoneId", hour, buffer_s, promises from delivery.buffer
    where tenant_id = ${tenantId} and city_id = ${cityId} order by zone_id, hour`.execute(tx);
  return rows;
}

export async function keepDistances(
  tx: DeliveryTx,
  tenantId: number,
  rounds: readonly { readonly id: number; readonly distance_m: number }[],
): Promise<void> {
  await sql`update delivery.shift s set distance_m = r.distance_m
    from jsonb_to_recordset(${jsonText(rounds)}::jsonb) r(id int, distance_m int)
    where s.tenant_id = ${tenantId} and s.id = r.id`.execute(tx);
}
