import { type Found, type Geocoded, type GeocodeQuestion, isWithin } from "./geocoder.ts";
import type { House } from "./houses.ts";
import { type Guess, judge } from "./judge.ts";
import { metresBetween } from "./metres.ts";
import { type Reading, readAddress } from "./parse-address.ts";
import type { StreetEntry, StreetIndex } from "./street-index.ts";

/** A city's own list: names in memory, houses where they are asked for. */
export interface CityList {
  readonly streets: StreetIndex;
  /** Houses of streets, by their rows. */
  houses(rows: readonly number[]): Promise<ReadonlyMap<number, readonly House[]>>;
}

/** Streets whose houses are read for one search. */
const MOST_STREETS = 24;

/** Searches the city's own list; nothing leaves the house. */
export async function searchList(
  { streets, houses }: CityList,
  { text, bounds }: Pick<GeocodeQuestion, "text" | "bounds">,
): Promise<Geocoded> {
  if (text.trim() === "") return { result: "nothing", because: "empty" };
  const guesses = shortlist(streets, text).filter(({ street }) => isWithin(street, bounds));
  if (guesses.length === 0) return areaOf(streets, text);
  return judge(guesses, await houses([...new Set(guesses.map(({ street }) => street.n))]));
}

/** Readings of a text that are compared letter by letter; the likely ones come first. */
const MOST_NEAR = 8;

/** What the text may mean: right names if there are any, else the nearest ones. */
export function shortlist(streets: StreetIndex, text: string): Guess[] {
  const readings = readAddress(text, streets.localities, streets.postcodeDigits).filter(
    ({ key }) => key !== "",
  );
  const right = readings.flatMap((reading) => {
    const match = streets.named(reading.key);
    return match ? [{ reading, match }] : [];
  });
  // A right name without the number that was typed ("17. Juni") is worth less than one with it.
  const numbered = right.filter(({ reading }) => reading.number !== null);
  const chosen = numbered.length > 0 ? numbered : right.length > 0 ? right : nearTo(streets, readings);
  return chosen
    .flatMap(({ reading, match }) => match.streets.map((street) => ({ reading, match, street })))
    .slice(0, MOST_STREETS);
}

function nearTo(streets: StreetIndex, readings: readonly Reading[]): Omit<Guess, "street">[] {
  const keys = [...new Set(readings.map(({ key }) => key))].slice(0, MOST_NEAR);
  const near = new Map(keys.map((key) => [key, streets.near(key)]));
  return readings
    .flatMap((reading) => (near.get(reading.key) ?? []).map((match) => ({ reading, match })))
    .sort((a, b) => Number(a.match.isPart) - Number(b.match.isPart) || a.match.distance - b.match.distance);
}

/** Only a postcode, or a district: the middle of its streets. */
function areaOf(streets: StreetIndex, text: string): Geocoded {
  const named = readAddress(text, streets.localities, streets.postcodeDigits).find(
    ({ key, localities, postcode }) => key === "" && (localities.length > 0 || postcode !== null),
  );
  const bare = /^\s*(\d{4,5})\s*$/.exec(text)?.[1];
  const postcode = named?.postcode ?? bare ?? null;
  const locality = named?.localities[0] ?? "";
  if (postcode === null && locality === "") return { result: "nothing", because: "unknown" };
  const inside = streets.within(postcode === null ? { locality } : { postcode });
  const middle = middleOf(inside);
  if (!middle) return { result: "nothing", because: "unknown" };
  return { result: "found", found: areaFound(middle, { postcode, locality }) };
}

function middleOf(streets: readonly StreetEntry[]): StreetEntry | null {
  if (streets.length === 0) return null;
  const lat = streets.reduce((sum, one) => sum + one.lat, 0) / streets.length;
  const lon = streets.reduce((sum, one) => sum + one.lon, 0) / streets.length;
  // A real street of the area: the mean of places round a lake lies in the water.
  return streets.reduce((best, one) =>
    metresBetween(one, { lat, lon }) < metresBetween(best, { lat, lon }) ? one : best,
  );
}

function areaFound(
  middle: StreetEntry,
  { postcode, locality }: { postcode: string | null; locality: string },
): Found {
  return {
    address: {
      street: "",
      houseNumber: "",
      postcode: postcode ?? "",
      locality: middle.locality,
      district: locality === "" ? "" : middle.district,
    },
    place: { lat: middle.lat, lon: middle.lon },
    precision: "area",
    isAsTyped: true,
    source: "list",
  };
}
