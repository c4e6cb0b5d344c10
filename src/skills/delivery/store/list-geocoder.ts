import type { House } from "#kernel";
import type { GeocodeQuestion, Geocoder } from "../places/geocoder.ts";
import { searchList } from "../places/search.ts";
import { StreetIndex } from "../places/street-index.ts";
import { readHouses, readListHead, readStreets } from "./addresses.ts";
import { inTenant } from "./tx.ts";

/** Announced after an import: processes drop what they hold of the company. */
export const ADDRESSES = "delivery.addresses";

/** Cities held in memory, some 5 MB each of two million people; the longest unused goes first. */
const MOST_CITIES = 12;
/** A missed announcement is found by looking this often. */
const CHECK_EVERY_MS = 60_000;

interface Held {
  readonly revision: number;
  readonly attribution: string;
  readonly streets: StreetIndex;
  checkedAt: number;
}

type Place = Pick<GeocodeQuestion, "tenantId" | "cityId">;

/** The company's own address lists. Nothing leaves the house; a city without a list finds nothing. */
export function openListGeocoder(house: House): Geocoder {
  const held = new Map<string, Promise<Held | null>>();
  house.onAnnounce(ADDRESSES, (tenantId) => {
    for (const key of held.keys()) if (key.startsWith(`${tenantId}:`)) held.delete(key);
  });

  function load(place: Place): Promise<Held | null> {
    return inTenant(house, place.tenantId, async (tx) => {
      const head = await readListHead(tx, place);
      if (!head) return null;
      const streets = new StreetIndex(await readStreets(tx, place));
      const { revision, attribution } = head;
      return { revision, attribution, streets, checkedAt: house.clock.now() };
    });
  }

  async function isFresh(city: Held, place: Place): Promise<boolean> {
    if (house.clock.now() - city.checkedAt < CHECK_EVERY_MS) return true;
    const head = await inTenant(house, place.tenantId, (tx) => readListHead(tx, place));
    city.checkedAt = house.clock.now();
    return head?.revision === city.revision;
  }

  async function listOf(place: Place): Promise<Held | null> {
    const key = `${place.tenantId}:${place.cityId}`;
    const known = await held.get(key);
    if (known && (await isFresh(known, place))) {
      // Used last, dropped last.
      const same = held.get(key);
      if (same && held.delete(key)) held.set(key, same);
      return known;
    }
    const loading = load(place);
    held.set(key, loading);
    for (const old of held.keys()) {
      if (held.size <= MOST_CITIES) break;
      held.delete(old);
    }
    try {
      const loaded = await loading;
      // A city without a list is asked about anew each time: the first import must be seen at once.
      if (!loaded) held.delete(key);
      return loaded;
    } catch (error) {
      held.delete(key);
      throw error;
    }
  }

  return {
    attribution: async (place) => (await listOf(place))?.attribution ?? "",
    async search(question) {
      const list = await listOf(question);
      if (!list) return { result: "nothing", because: "unavailable" };
      const houses = (rows: readonly number[]) =>
        inTenant(house, question.tenantId, (tx) => readHouses(tx, question, rows));
      return searchList({ streets: list.streets, houses }, question);
    },
  };
}
