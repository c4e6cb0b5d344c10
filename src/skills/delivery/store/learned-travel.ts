import type { Place } from "../engine/index.ts";
import { zoneFinder } from "../evening/zone-legs.ts";
import { fromGrid } from "../plan/grid.ts";
import type { PairTable } from "../travel/city-travel.ts";
import { makeTable } from "../travel/make-table.ts";
import { STEP } from "../travel/pack-table.ts";
import { countedFactors } from "../travel/zone-pace.ts";
import { readCity } from "./cities.ts";
import { newestTravelVersion } from "./evening-travel.ts";
import { readTravelTable, storeTravelTable } from "./travel-tables.ts";
import type { DeliveryTx } from "./tx.ts";
import { readZonePaces } from "./zone-paces.ts";

/** The table that evenings made from now on count with, with what is learned of zones in it. */

interface CityNow {
  readonly tenantId: number;
  readonly cityId: number;
  readonly now: number;
}

/**
 * The city's newest table, made anew where more is known of its zones or, of one that was made for that alone, where the city's numbers
 * changed. Tables that somebody had made (barriers, a service) are kept and only scaled.
 * @returns its version; null where ways count by distance
 */
export async function travelVersionFor(
  tx: DeliveryTx,
  { tenantId, cityId, now }: CityNow,
): Promise<number | null> {
  const key = { tenantId, cityId };
  const wanted = countedFactors(await readZonePaces(tx, key));
  const version = await newestTravelVersion(tx, key);
  const isKnown = Object.keys(wanted).length > 0;
  if (version === null && !isKnown) return null;
  const city = await readCity(tx, tenantId, cityId);
  const { middle, radiusMetres, circuityPercent, speedKmh, legSeconds } = city;
  const basis = `${middle.lat} ${middle.lon} ${radiusMetres} ${circuityPercent} ${speedKmh} ${legSeconds}`;
  const newest = version === null ? null : await readTravelTable(tx, key, version);
  const isOwn = newest === null || newest.basis !== null;
  const isSame = newest !== null && same(newest.zoneFactors, wanted) && (!isOwn || newest.basis === basis);
  if (isSame) return version;
  const zoneOf = zoneFinder(city.zones, middle);
  const factorAt = (factors: Readonly<Record<string, number>>) => (place: Place) =>
    (factors[String(zoneOf(fromGrid(middle, place)))] ?? 100) / 100;
  if (isOwn) {
    const ways = {
      middle,
      radius_m: radiusMetres,
      circuity: circuityPercent / 100,
      metresPerSecond: speedKmh / 3.6,
      leg_s: legSeconds,
      barriers: [],
    };
    const made = await makeTable(ways, null, factorAt(wanted));
    return storeTravelTable(tx, key, { ...made, now, zoneFactors: wanted, basis });
  }
  const [is, was] = [factorAt(wanted), factorAt(newest.zoneFactors)];
  const change = newest.cells.list.map((cell) => is(cell) / was(cell));
  const table = scaled(newest.steps, change);
  return storeTravelTable(tx, key, { ...newest, table, now, zoneFactors: wanted, basis: null });
}

const same = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([zone, percent]) => b[zone] === percent);

/** Each pair by the mean of its two ends, as `embeddedTable` has it. */
function scaled(steps: Uint32Array, change: readonly number[]): PairTable {
  const count = change.length;
  const secondsPerMetre = new Float32Array(steps.length);
  const extra_s = new Float32Array(steps.length);
  for (let at = 0; at < steps.length; at++) {
    const pair = steps[at] as number;
    const factor = Math.sqrt((change[Math.floor(at / count)] as number) * (change[at % count] as number));
    secondsPerMetre[at] = (pair & 0xffff) * STEP * factor;
    extra_s[at] = (pair >>> 16) * factor;
  }
  return { secondsPerMetre, extra_s };
}
