import { sql } from "kysely";
import type { House } from "#kernel";
import type { Happened } from "../api/running.ts";
import type { Coordinates } from "../plan/promises.ts";
import { DAY_MS } from "../rules/limits.ts";
import type { HappenedBy, HappenedKind } from "../tables.ts";
import { readBuffers } from "./learned.ts";
import type { DeliveryTx } from "./tx.ts";
import { type ShownZonePace, shownZonePaces } from "./zone-paces.ts";

/** What the dispatcher's screen shows beside rounds: names, the log, places, buffers. */

export interface Surroundings {
  /** By delivery: the customer's name. */
  readonly names: ReadonlyMap<number, string>;
  /** By company. */
  readonly senders: ReadonlyMap<number, string>;
  readonly depots: readonly { id: number; name: string; place: Coordinates }[];
  /** By shift: where the courier was last. */
  readonly places: ReadonlyMap<number, Coordinates>;
  /** Newest first. */
  readonly happened: readonly Happened[];
  readonly buffers: readonly { zone: string; hour: number; seconds: number }[];
  readonly zonePaces: readonly ShownZonePace[];
}

const LOG_SHOWN = 100;

export async function readSurroundings(
  house: House,
  tx: DeliveryTx,
  {
    tenantId,
    eveningId,
    cityId,
    now,
  }: { readonly tenantId: number; readonly eveningId: number; readonly cityId: number; readonly now: number },
): Promise<Surroundings> {
  const { names, senders } = await namesIn(house, tx, tenantId, eveningId);
  const depots = await sql<{ id: number; name: string; place: Coordinates }>`
    select id, name, json_build_object('lat', latitude, 'lon', longitude) as place from delivery.depot
    where tenant_id = ${tenantId} and city_id = ${cityId} order by id`.execute(tx);
  const places = await sql<{ shift_id: number; lat: number; lon: number }>`
    select distinct on (p.shift_id) p.shift_id, p.latitude as lat, p.longitude as lon from delivery.courier_place p
    join delivery.shift s on s.tenant_id = p.tenant_id and s.id = p.shift_id
    where p.tenant_id = ${tenantId} and s.evening_id = ${eveningId} and p.at > ${new Date(now - DAY_MS)} order by p.shift_id, p.at desc`.execute(
    tx,
  );
  const zones = await sql<{ id: number; name: string }>`select id, name from delivery.zone
    where tenant_id = ${tenantId} and city_id = ${cityId}`.execute(tx);
  const zoneNames = new Map(zones.rows.map(({ id, name }) => [id, name]));
  const buffers = await readBuffers(tx, tenantId, cityId);
  return {
    names,
    senders,
    depots: depots.rows,
    places: new Map(places.rows.map(({ shift_id, lat, lon }) => [shift_id, { lat, lon }])),
    happened: await readHappened(tx, { tenantId, eveningId, limit: LOG_SHOWN }),
    buffers: buffers.flatMap(({ zoneId, hour, buffer_s }) => {
      const zone = zoneId === 0 ? "" : zoneNames.get(zoneId);
      return zone === undefined ? [] : [{ zone, hour, seconds: buffer_s }];
    }),
    zonePaces: await shownZonePaces(tx, { tenantId, cityId }),
  };
}

/** Names of an evening's customers and senders. */
export async function namesIn(
  house: House,
  tx: DeliveryTx,
  tenantId: number,
  eveningId: number,
): Promise<Pick<Surroundings, "names" | "senders">> {
  const { rows } = await sql<{ id: number; sender_tenant_id: number | null; name: string | null }>`
    select d.id, d.sender_tenant_id, c.name from delivery.delivery d
    left join kernel.contact c on c.tenant_id = d.tenant_id and c.id = d.contact_id
    where d.tenant_id = ${tenantId} and d.evening_id = ${eveningId} and d.shift_id is not null`.execute(tx);
  const senders = new Map<number, string>();
  for (const id of new Set(rows.flatMap((row) => row.sender_tenant_id ?? [])))
    senders.set(id, (await house.profile(id)).name);
  return { names: new Map(rows.map(({ id, name }) => [id, name ?? ""])), senders };
}

interface Row {
  readonly id: number;
  readonly at: Date;
  readonly kind: HappenedKind;
  readonly by: HappenedBy;
  readonly shift_id: number | null;
  readonly delivery_id: number | null;
  readonly words: string;
  readonly said_by: string;
}

/** The log of an evening, newest first. */
export async function readHappened(
  tx: DeliveryTx,
  {
    tenantId,
    eveningId,
    limit,
  }: { readonly tenantId: number; readonly eveningId: number; readonly limit: number },
): Promise<Happened[]> {
  const { rows } =
    await sql<Row>`select id, at, kind, by, shift_id, delivery_id, words, said_by from delivery.happened
    where tenant_id = ${tenantId} and evening_id = ${eveningId} and not (kind = 'begun' and shift_id is not null)
    order by id desc limit ${limit}`.execute(tx);
  return rows.map(({ shift_id, delivery_id, said_by, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    shiftId: shift_id,
    deliveryId: delivery_id,
    saidBy: said_by,
  }));
}

/** How the rounds of an evening were ordered, from when on. */
export async function readOrders(
  tx: DeliveryTx,
  tenantId: number,
  eveningId: number,
): Promise<{ at: string; shiftId: number; route: number[] }[]> {
  const { rows } = await sql<{ at: Date; shift_id: number; route: number[] }>`
    select at, shift_id, to_jsonb(route) as route from delivery.happened
    where tenant_id = ${tenantId} and evening_id = ${eveningId} and route is not null and shift_id is not null order by id`.execute(
    tx,
  );
  return rows.map(({ at, shift_id, route }) => ({
    at: at.toISOString(),
    shiftId: shift_id,
    route: route.filter((id) => id > 0),
  }));
}
