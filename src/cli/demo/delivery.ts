import { instantOf, type Kernel, localDate, randomToken } from "#kernel";
import { type CityDocument, createDeliveryCity } from "../../skills/delivery/api/cities.ts";
import { createCourier } from "../../skills/delivery/api/couriers.ts";
import { readMapLayers } from "../../skills/delivery/api/map-layers.ts";
import { takeList } from "../../skills/delivery/places/take-list.ts";
import { planAhead } from "../../skills/delivery/plan/plan-ahead.ts";
import { roomOf } from "../../skills/delivery/plan/room.ts";
import { replaceAddresses } from "../../skills/delivery/store/addresses.ts";
import { insertCity } from "../../skills/delivery/store/cities.ts";
import { writeCityMap } from "../../skills/delivery/store/city-maps.ts";
import { setCourierKey } from "../../skills/delivery/store/courier-links.ts";
import { insertCourier } from "../../skills/delivery/store/couriers.ts";
import { ADDRESSES } from "../../skills/delivery/store/list-geocoder.ts";
import { writeOtherWork } from "../../skills/delivery/store/other-work.ts";
import { writePattern } from "../../skills/delivery/store/patterns.ts";
import { inTenant } from "../../skills/delivery/store/tx.ts";
import { bookParcels, type DemoParcel, driveEvening } from "./delivery-evening.ts";
import { at } from "./moments.ts";
import type { SeededPerson } from "./persons.ts";

/** The shop's own evening delivery: a city, its streets, four couriers, two weeks of evenings, and one that lies behind. */

interface Street {
  name: string;
  postcode: string;
  district: string;
  /** [latitude, longitude] of its first and last house, by hand. */
  from: [number, number];
  to: [number, number];
  last: number;
}

export interface DeliveryFile {
  city: unknown;
  couriers: {
    name: string;
    phone: string;
    vehicle: string;
    capacity: number;
    skills: string[];
    depot: number;
    weekdays: number[];
    otherWork?: { weekdays: number[]; fromMinute: number; toMinute: number };
  }[];
  shift: { fromMinute: number; toMinute: number };
  attribution: string;
  /** GeoJSON, drawn by hand like the streets. */
  map: unknown;
  streets: Street[];
  past: DemoParcel[];
  today: DemoParcel[];
  tomorrow: DemoParcel[];
}

const DAY_MS = 86_400_000;
const DAYS = 14;
const SUNDAY = 0;
/** Before the first cut-off, so that the windows of the same day can be booked. */
const MORNING_MINUTE = 6 * 60;
const NOON_MINUTE = 12 * 60;
const KEY_BYTES = 16;

/** @returns path and fragment of a courier's page */
export async function seedDelivery(
  kernel: Kernel,
  tenantId: number,
  { file, persons }: { file: DeliveryFile; persons: readonly SeededPerson[] },
): Promise<string> {
  const city = await makeCity(kernel, tenantId, file);
  const courierIds = await makeCouriers(kernel, tenantId, { file, city });
  const { timeZone } = city;
  const today = localDate(kernel.clock.now(), timeZone);
  const parts = { cityId: city.id, timeZone, persons };
  const gone = dayBefore(today);
  const planned = instantOf(timeZone, dayBefore(gone), NOON_MINUTE);
  await planDays(at(kernel, planned), tenantId, { cityId: city.id, from: gone, days: 1 });
  await bookParcels(at(kernel, instantOf(timeZone, gone, MORNING_MINUTE)), tenantId, {
    ...parts,
    date: gone,
    parcels: file.past,
  });
  await driveEvening(kernel, tenantId, { ...parts, date: gone, parcels: file.past });
  // Also late in the evening the day's own rounds are there, booked this morning.
  const morning = at(kernel, Math.min(kernel.clock.now(), instantOf(timeZone, today, MORNING_MINUTE)));
  const days = await planDays(morning, tenantId, { cityId: city.id, from: today, days: DAYS });
  const [first, second] = days;
  if (first) await bookParcels(morning, tenantId, { ...parts, date: first, parcels: file.today });
  if (second) await bookParcels(morning, tenantId, { ...parts, date: second, parcels: file.tomorrow });
  await roomOf(kernel).book.changed(tenantId);
  const key = Buffer.from(randomToken(KEY_BYTES), "base64url").toString("hex");
  await inTenant(kernel, tenantId, (tx) => setCourierKey(tx, { tenantId, id: courierIds[0] ?? 0 }, key));
  return `/courier#${tenantId}.${key}`;
}

/** The last day with rounds: they rest on Sundays. */
function dayBefore(day: string): string {
  const before = Date.parse(day) - DAY_MS;
  const isSunday = new Date(before).getUTCDay() === SUNDAY;
  return new Date(isSunday ? before - DAY_MS : before).toISOString().slice(0, 10);
}

/** @returns the dates that are planned */
async function planDays(
  then: Kernel,
  tenantId: number,
  span: { cityId: number; from: string; days: number },
): Promise<string[]> {
  const days = await planAhead({ house: then, book: roomOf(then).book }, tenantId, span);
  return days.filter(({ eveningId }) => eveningId !== null).map(({ date }) => date);
}

async function makeCity(kernel: Kernel, tenantId: number, file: DeliveryFile): Promise<CityDocument> {
  const now = kernel.clock.now();
  const input = createDeliveryCity.body?.parse(file.city);
  if (!input) throw new Error("The demo's city is missing.");
  const { name, middle, radiusMetres } = input;
  const list = await takeList(addressesOf(file.streets), { name, middle, radius_m: radiusMetres });
  const city = await inTenant(kernel, tenantId, async (tx) => {
    const made = await insertCity(tx, tenantId, input, now);
    const { attribution } = file;
    await replaceAddresses(
      tx,
      { tenantId, cityId: made.id },
      { ...list, source: "demo/hansekontor/delivery.json", attribution, now },
    );
    const { features } = readMapLayers(file.map);
    await writeCityMap(tx, { tenantId, cityId: made.id }, { features, attribution }, now);
    return made;
  });
  await kernel.announce(ADDRESSES, tenantId);
  return city;
}

/** Every house of a street, evenly between its ends: a list as a city would give it, with nobody's data in it. */
function addressesOf(streets: readonly Street[]): string {
  const lines = streets.flatMap(({ name, postcode, district, from, to, last }) =>
    Array.from({ length: last }, (_, n) => {
      const share = n / Math.max(1, last - 1);
      const [lat, lon] = [0, 1].map((axis) =>
        ((from[axis] ?? 0) + share * ((to[axis] ?? 0) - (from[axis] ?? 0))).toFixed(6),
      );
      return [name, n + 1, postcode, "Hamburg", district, lat, lon].join(";");
    }),
  );
  return `street;number;postcode;city;district;lat;lon\n${lines.join("\n")}\n`;
}

async function makeCouriers(
  kernel: Kernel,
  tenantId: number,
  { file, city }: { file: DeliveryFile; city: CityDocument },
): Promise<number[]> {
  const now = kernel.clock.now();
  const since = new Date(now - 90 * DAY_MS).toISOString().slice(0, 10);
  return inTenant(kernel, tenantId, async (tx) => {
    const ids: number[] = [];
    const shifts = [];
    for (const { depot, weekdays, otherWork, ...one } of file.couriers) {
      const input = createCourier.body?.parse(one);
      if (!input) throw new Error("A courier of the demo is missing.");
      const { id } = await insertCourier(tx, tenantId, input, now);
      ids.push(id);
      if (otherWork)
        await writeOtherWork(tx, { tenantId, courierId: id }, [{ ...otherWork, from: since, until: null }]);
      const startDepotId = city.depots[depot]?.id ?? 0;
      shifts.push(...weekdays.map((weekday) => ({ weekday, courierId: id, startDepotId, ...file.shift })));
    }
    await writePattern(tx, { tenantId, cityId: city.id }, shifts);
    return ids;
  });
}
