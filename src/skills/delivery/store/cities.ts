import { sql } from "kysely";
import { AppError, jsonText } from "#kernel";
import type { CityDocument, CityInput, ShownCity } from "../api/cities.ts";
import type { ZoneBuffer } from "../rules/buffers.ts";
import { CITIES_MOST } from "../rules/limits.ts";
import { sinceDate } from "../rules/windows.ts";
import type { DeliveryTx } from "./tx.ts";
import { needVersion, versionOf } from "./versions.ts";

/** Cities with their depots, zones and windows. */

const DOCUMENT = sql`
  c.id, c.name, c.time_zone as "timeZone", json_build_object('lat', c.latitude, 'lon', c.longitude) as middle,
  c.radius_m as "radiusMetres", c.circuity_percent as "circuityPercent", c.speed_kmh as "speedKmh", c.hourly_speeds as "hourlySpeeds", c.leg_s as "legSeconds",
  c.buffer_s as "bufferSeconds", c.hold_s as "holdSeconds", c.service_s as "serviceSeconds", c.currency, c.active,
  c.dispatcher_phone as "dispatcherPhone",
  c.hour_minor as "hourMinor", c.kilometre_minor as "kilometreMinor", c.compensation_minor as "compensationMinor", c.proof, c.tries,
  c.after_failure as "afterFailure", c.collect_days as "collectDays",
  c.bicycle_grams_km as "bicycleGramsPerKm", c.cargo_bike_grams_km as "cargoBikeGramsPerKm", c.car_grams_km as "carGramsPerKm",
  c.van_grams_km as "vanGramsPerKm", c.takes_back as "takesBack", c.takes_back_words as "takesBackWords",
  coalesce((select json_agg(json_build_object('id', d.id, 'name', d.name, 'place', json_build_object('lat', d.latitude, 'lon', d.longitude))
    order by d.id) from delivery.depot d where d.tenant_id = c.tenant_id and d.city_id = c.id), '[]') as depots,
  coalesce((select json_agg(json_build_object('id', z.id, 'name', z.name, 'polygon', z.polygon, 'bufferSeconds', z.buffer_s,
    'priceMinor', z.price_minor) order by z.id) from delivery.zone z where z.tenant_id = c.tenant_id and z.city_id = c.id), '[]') as zones,
  coalesce((select json_agg(json_build_object('id', w.id, 'weekdays', w.weekdays, 'fromMinute', w.from_minute, 'toMinute', w.to_minute,
    'cutoffMinutes', w.cutoff_minutes, 'priceMinor', w.price_minor) order by w.id)
    from delivery.window_rule w where w.tenant_id = c.tenant_id and w.city_id = c.id), '[]') as windows`;

export async function listCities(tx: DeliveryTx, tenantId: number): Promise<CityDocument[]> {
  const { rows } =
    await sql<CityDocument>`select ${DOCUMENT} from delivery.city c where c.tenant_id = ${tenantId} order by c.id`.execute(
      tx,
    );
  return rows;
}

/** With the version of what a PUT writes. */
export function shownCity(city: CityDocument): ShownCity {
  return { ...city, version: versionOf(city) };
}

/** A city, and how often it was written. */
export interface VersionedCity {
  readonly city: CityDocument;
  readonly version: number;
  /** What finished evenings taught; none where the owner's buffer counts as it is. */
  readonly buffers: readonly ZoneBuffer[];
}

/** Those with these ids; null = all of them. */
export async function listVersionedCities(
  tx: DeliveryTx,
  tenantId: number,
  ids: readonly number[] | null = null,
): Promise<VersionedCity[]> {
  const { rows } = await sql<CityDocument & Omit<VersionedCity, "city">>`
    select ${DOCUMENT}, c.version,
      coalesce((select json_agg(json_build_object('zoneId', b.zone_id, 'hour', b.hour, 'buffer_s', b.buffer_s)) from delivery.buffer b
        where b.tenant_id = c.tenant_id and b.city_id = c.id and not c.is_buffer_fixed), '[]') as buffers
    from delivery.city c where c.tenant_id = ${tenantId}
      ${ids === null ? sql`` : sql`and c.id = any(${[...ids]}::int[])`} order by c.id`.execute(tx);
  return rows.map(({ version, buffers, ...city }) => ({ city, version, buffers }));
}

export async function listCityVersions(
  tx: DeliveryTx,
  tenantId: number,
): Promise<{ id: number; version: number }[]> {
  return tx
    .selectFrom("delivery.city")
    .select(["id", "version"])
    .where("tenant_id", "=", tenantId)
    .orderBy("id")
    .execute();
}

/** @throws AppError not_found */
export async function readCity(tx: DeliveryTx, tenantId: number, id: number): Promise<CityDocument> {
  const { rows } = await sql<CityDocument>`
    select ${DOCUMENT} from delivery.city c where c.tenant_id = ${tenantId} and c.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such city.");
  return row;
}

const columnsOf = (city: CityInput) => ({
  name: city.name,
  time_zone: city.timeZone,
  latitude: city.middle.lat,
  longitude: city.middle.lon,
  radius_m: city.radiusMetres,
  circuity_percent: city.circuityPercent,
  speed_kmh: city.speedKmh,
  // Who writes a city without them leaves them as they are.
  ...(city.hourlySpeeds && { hourly_speeds: jsonText(city.hourlySpeeds) }),
  leg_s: city.legSeconds,
  buffer_s: city.bufferSeconds,
  hold_s: city.holdSeconds,
  service_s: city.serviceSeconds,
  currency: city.currency,
  dispatcher_phone: city.dispatcherPhone ?? "",
  active: city.active,
  hour_minor: city.hourMinor,
  kilometre_minor: city.kilometreMinor,
  compensation_minor: city.compensationMinor,
  proof: city.proof,
  tries: city.tries,
  after_failure: city.afterFailure,
  collect_days: city.collectDays,
  bicycle_grams_km: city.bicycleGramsPerKm,
  cargo_bike_grams_km: city.cargoBikeGramsPerKm,
  car_grams_km: city.carGramsPerKm,
  van_grams_km: city.vanGramsPerKm,
  takes_back: city.takesBack,
  takes_back_words: city.takesBackWords,
});

/** @throws AppError rule_broken beyond the most */
export async function insertCity(
  tx: DeliveryTx,
  tenantId: number,
  city: CityInput,
  now: number,
): Promise<CityDocument> {
  if ((await listCities(tx, tenantId)).length >= CITIES_MOST)
    throw new AppError("rule_broken", `At most ${CITIES_MOST} cities.`);
  const { id } = await tx
    .insertInto("delivery.city")
    .values({ tenant_id: tenantId, ...columnsOf(city), created_at: new Date(now) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await writeParts(tx, { tenantId, cityId: id }, city);
  return readCity(tx, tenantId, id);
}

/** @throws AppError not_found, conflict, rule_broken when a depot is taken away that rounds begin or end at */
export async function updateCity(
  tx: DeliveryTx,
  {
    tenantId,
    id,
    version,
  }: { readonly tenantId: number; readonly id: number; readonly version?: string | undefined },
  city: CityInput,
  now: number,
): Promise<CityDocument> {
  await sql`select from delivery.city where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  const before = await readCity(tx, tenantId, id);
  needVersion(before, version);
  const place = { tenantId, cityId: id };
  if (before.middle.lat !== city.middle.lat || before.middle.lon !== city.middle.lon)
    await refuseWhilePlanned(tx, place, now);
  await refuseMovedDepots(tx, place, { depots: city.depots, now });
  await tx
    .updateTable("delivery.city")
    .set((one) => ({ ...columnsOf(city), version: one("version", "+", 1) }))
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .execute();
  await writeParts(tx, place, city);
  return readCity(tx, tenantId, id);
}

interface Place {
  readonly tenantId: number;
  readonly cityId: number;
}

/** Evenings whose rounds are still to be driven: neither closed nor of a day that lies behind, whose rounds may be out in its night. */
const isToCome = (now: number) => sql`e.state <> 'over' and e.service_date >= ${sinceDate(now)}::date`;

/** Distances of rounds that stand would be counted anew. */
async function refuseWhilePlanned(tx: DeliveryTx, { tenantId, cityId }: Place, now: number): Promise<void> {
  const { rows } = await sql`select 1 from delivery.evening e
    where e.tenant_id = ${tenantId} and e.city_id = ${cityId} and ${isToCome(now)} limit 1`.execute(tx);
  if (rows.length > 0)
    throw new AppError(
      "rule_broken",
      "The middle of its grid cannot move while evenings are planned; make a new city beside it.",
    );
}

async function writeParts(tx: DeliveryTx, place: Place, city: CityInput): Promise<void> {
  await writeDepots(tx, place, city.depots);
  await writeZones(tx, place, city.zones);
  await writeRules(tx, place, city.windows);
}

async function writeDepots(tx: DeliveryTx, place: Place, depots: CityInput["depots"]): Promise<void> {
  await writeList(tx, place, {
    table: "delivery.depot",
    items: depots,
    columnsOf: ({ name, place: { lat, lon } }) => ({ name, latitude: lat, longitude: lon }),
  });
}

async function writeZones(tx: DeliveryTx, place: Place, zones: CityInput["zones"]): Promise<void> {
  await writeList(tx, place, {
    table: "delivery.zone",
    items: zones,
    columnsOf: ({ name, polygon, bufferSeconds, priceMinor }) => ({
      name,
      polygon: jsonText(polygon),
      buffer_s: bufferSeconds,
      price_minor: priceMinor,
    }),
  });
}

async function writeRules(tx: DeliveryTx, place: Place, rules: CityInput["windows"]): Promise<void> {
  await writeList(tx, place, {
    table: "delivery.window_rule",
    items: rules,
    columnsOf: ({ weekdays, fromMinute, toMinute, cutoffMinutes, priceMinor }) => ({
      weekdays: `{${[...new Set(weekdays)].sort().join(",")}}`,
      from_minute: fromMinute,
      to_minute: toMinute,
      cutoff_minutes: cutoffMinutes,
      price_minor: priceMinor,
    }),
  });
}

interface List<Item> {
  readonly table: "delivery.depot" | "delivery.zone" | "delivery.window_rule";
  readonly items: readonly Item[];
  columnsOf(item: Item): Readonly<Record<string, string | number>>;
}

/** What has an id is changed, what has none is new, what is missing goes. @throws AppError not_found: an id of elsewhere */
async function writeList<Item extends { id?: number | undefined }>(
  tx: DeliveryTx,
  { tenantId, cityId }: Place,
  { table, items, columnsOf }: List<Item>,
): Promise<void> {
  const name = sql.table(table);
  const own = sql`tenant_id = ${tenantId} and city_id = ${cityId}`;
  const kept = items.flatMap(({ id }) => (id === undefined ? [] : [id]));
  await sql`delete from ${name} where ${own} and id <> all(${kept}::int[])`.execute(tx);
  for (const item of items) {
    const columns = Object.entries(columnsOf(item));
    const names = sql.join(columns.map(([column]) => sql.ref(column)));
    const values = sql.join(columns.map(([, value]) => sql`${value}`));
    const sets = sql.join(columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
    const statement =
      item.id === undefined
        ? sql`insert into ${name} (tenant_id, city_id, ${names}) values (${tenantId}, ${cityId}, ${values}) returning id`
        : sql`update ${name} set ${sets} where ${own} and id = ${item.id} returning id`;
    const { rows } = await statement.execute(tx);
    if (rows.length === 0) throw new AppError("not_found", `There is no ${item.id} in this city.`);
  }
}

/** A round that is planned begins where it was planned from. */
async function refuseMovedDepots(
  tx: DeliveryTx,
  { tenantId, cityId }: Place,
  { depots, now }: { readonly depots: CityInput["depots"]; readonly now: number },
): Promise<void> {
  const { rows } = await sql<{
    id: number;
    name: string;
    latitude: number;
    longitude: number;
    isNeeded: boolean;
  }>`
    select d.id, d.name, d.latitude, d.longitude, bool_or(${isToCome(now)}) as "isNeeded"
    from delivery.depot d join delivery.shift s on s.tenant_id = d.tenant_id and d.id in (s.start_depot_id, s.end_depot_id)
    join delivery.evening e on e.tenant_id = s.tenant_id and e.id = s.evening_id
    where d.tenant_id = ${tenantId} and d.city_id = ${cityId} group by d.id, d.name, d.latitude, d.longitude`.execute(
    tx,
  );
  for (const used of rows) {
    const after = depots.find(({ id }) => id === used.id);
    if (!after)
      throw new AppError("rule_broken", `Rounds begin or end at the depot "${used.name}"; keep it.`);
    if (used.isNeeded && (after.place.lat !== used.latitude || after.place.lon !== used.longitude))
      throw new AppError(
        "rule_broken",
        `Planned rounds begin or end at the depot "${used.name}"; add the new place as another depot.`,
      );
  }
}

/** @throws AppError not_found, rule_broken when evenings were planned in it */
export async function deleteCity(tx: DeliveryTx, tenantId: number, id: number): Promise<void> {
  await readCity(tx, tenantId, id);
  const { rows } =
    await sql`select 1 from delivery.evening where tenant_id = ${tenantId} and city_id = ${id} limit 1`.execute(
      tx,
    );
  if (rows.length > 0)
    throw new AppError("rule_broken", "Evenings were planned in this city; make it inactive instead.");
  await tx.deleteFrom("delivery.city").where("tenant_id", "=", tenantId).where("id", "=", id).execute();
}
