import { fold, streetKey } from "./fold.ts";
import { type Bounds, isWithin, type LatLon } from "./geocoder.ts";
import { type HouseNumber, readHouseNumber } from "./house-number.ts";
import { type House, packHouses } from "./houses.ts";
import { metresBetween } from "./metres.ts";

/** An address as a file has it. */
export interface RawAddress extends LatLon {
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly locality: string;
  readonly district: string;
}

/** A street as it is stored. */
export interface StreetRow extends LatLon {
  readonly name: string;
  readonly postcode: string;
  readonly locality: string;
  readonly district: string;
  readonly radius_m: number;
  readonly houses: Buffer;
  readonly houseCount: number;
}

/** Why an address of a file was left out. */
export type Skipped = "noStreet" | "noNumber" | "noPlace" | "outside" | "badRow";

export interface ImportReport {
  readonly addresses: number;
  readonly streets: number;
  /** Said twice at one place. */
  readonly duplicates: number;
  readonly skipped: Readonly<Record<Skipped, number>>;
  /** The first of them: where in the file, and why. */
  readonly examples: readonly { readonly line: number; readonly why: Skipped }[];
  /** Ids of what was not read at all, such as outlines of several parts in OpenStreetMap. */
  readonly unread: number;
}

const MOST_EXAMPLES = 20;
export const MOST_ADDRESSES = 2_000_000;
const MOST_NAME = 120;
const SAME_PLACE_M = 60;

/** The file holds more than a city. */
export class TooManyAddresses extends Error {}

interface Group {
  readonly name: string;
  readonly postcode: string;
  readonly locality: string;
  readonly district: string;
  readonly houses: House[];
}

/** Sorts addresses of a file into streets. Memory: some 100 bytes an address. */
export class AddressGatherer {
  readonly #bounds: Bounds;
  readonly #groups = new Map<string, Group>();
  readonly #skipped: Record<Skipped, number> = {
    noStreet: 0,
    noNumber: 0,
    noPlace: 0,
    outside: 0,
    badRow: 0,
  };
  readonly #examples: { line: number; why: Skipped }[] = [];
  #addresses = 0;
  #unread = 0;

  /** @param bounds of the city: what lies outside is left out and counted */
  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /**
   * @param line where it stands in the file, counted from 1
   * @throws TooManyAddresses
   */
  add(raw: RawAddress, line: number): void {
    const street = raw.street.trim().replace(/\s+/g, " ");
    const numbers = houseNumbers(raw.houseNumber);
    const why = this.#faultOf({ ...raw, street }, numbers.length);
    if (why) {
      this.skip(why, line);
      return;
    }
    const group = this.#groupOf({ ...raw, street });
    for (const number of numbers) {
      if (++this.#addresses > MOST_ADDRESSES) throw new TooManyAddresses();
      group.houses.push({ ...number, lat: raw.lat, lon: raw.lon });
    }
  }

  #faultOf({ street, lat, lon }: RawAddress, numbers: number): Skipped | null {
    if (street === "" || street.length > MOST_NAME || streetKey(street) === "") return "noStreet";
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) return "noPlace";
    if (!isWithin({ lat, lon }, this.#bounds)) return "outside";
    return numbers === 0 ? "noNumber" : null;
  }

  /** Counts something that was left out. */
  skip(why: Skipped, line: number): void {
    this.#skipped[why]++;
    if (this.#examples.length < MOST_EXAMPLES) this.#examples.push({ line, why });
  }

  unread(): void {
    this.#unread++;
  }

  finish(): { rows: StreetRow[]; report: ImportReport } {
    let duplicates = 0;
    const rows = [...this.#groups.values()].map((group) => {
      const houses = withoutDoubles(group.houses);
      duplicates += group.houses.length - houses.length;
      return toRow(group, houses);
    });
    const report = {
      addresses: this.#addresses - duplicates,
      streets: rows.length,
      duplicates,
      skipped: this.#skipped,
      examples: this.#examples,
      unread: this.#unread,
    };
    return { rows, report };
  }

  #groupOf({ street, postcode, locality, district }: RawAddress): Group {
    const key = `${streetKey(street)}\n${postcode.trim()}\n${fold(locality)}\n${fold(district)}`;
    const known = this.#groups.get(key);
    if (known) return known;
    const made = {
      name: street,
      postcode: /^\d{4,5}$/.test(postcode.trim()) ? postcode.trim() : "",
      locality: locality.trim().slice(0, MOST_NAME),
      district: district.trim().slice(0, MOST_NAME),
      houses: [],
    };
    this.#groups.set(key, made);
    return made;
  }
}

/** OpenStreetMap writes several numbers of a house as "12;14" or "12,14". */
function houseNumbers(text: string): HouseNumber[] {
  return text
    .split(/[;,]/)
    .slice(0, 20)
    .map(readHouseNumber)
    .filter((number): number is HouseNumber => number !== null);
}

const order = (a: House, b: House): number =>
  a.n - b.n || a.to - b.to || (a.suffix < b.suffix ? -1 : Number(a.suffix > b.suffix));

function withoutDoubles(houses: readonly House[]): House[] {
  const kept: House[] = [];
  for (const house of [...houses].sort(order)) {
    let isDouble = false;
    for (let at = kept.length - 1; at >= 0 && order(kept[at] as House, house) === 0; at--)
      isDouble ||= metresBetween(kept[at] as House, house) <= SAME_PLACE_M;
    if (!isDouble) kept.push(house);
  }
  return kept;
}

function toRow(group: Group, houses: readonly House[]): StreetRow {
  const mean = {
    lat: houses.reduce((sum, { lat }) => sum + lat, 0) / houses.length,
    lon: houses.reduce((sum, { lon }) => sum + lon, 0) / houses.length,
  };
  const middle = houses.reduce((best, one) =>
    metresBetween(one, mean) < metresBetween(best, mean) ? one : best,
  );
  return {
    name: group.name,
    postcode: group.postcode,
    locality: group.locality,
    district: group.district,
    lat: middle.lat,
    lon: middle.lon,
    radius_m: Math.ceil(houses.reduce((most, one) => Math.max(most, metresBetween(one, middle)), 0)),
    houses: packHouses(houses),
    houseCount: houses.length,
  };
}
