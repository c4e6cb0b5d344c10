import { metresBetween } from "./metres.ts";

/** Where something is on earth: degrees, WGS84. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** South-west and north-east corner. */
export interface Bounds {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** An address as it is written to people; what is not known is "". */
export interface Address {
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly locality: string;
  readonly district: string;
}

/** How exactly the place is known: at the house, somewhere in the street, somewhere in the postcode or district. */
export type Precision = "house" | "street" | "area";

export interface Found {
  readonly address: Address;
  readonly place: LatLon;
  readonly precision: Precision;
  /** Nothing but case, umlauts, abbreviations and order differs from what was typed. */
  readonly isAsTyped: boolean;
  /** The house of the list that is nearest to the number which it has not; the place is that house's. */
  readonly nearest?: string;
  readonly source: "list" | "photon" | "nominatim" | "pin";
}

/** What became of a text. A house is never given for another one: what is not sure is asked back. */
export type Geocoded =
  | { readonly result: "found"; readonly found: Found }
  /** One to three addresses that may have been meant, the likeliest first; somebody has to choose. */
  | { readonly result: "meant"; readonly choices: readonly Found[] }
  | { readonly result: "nothing"; readonly because: "empty" | "unknown" | "unavailable" };

export interface GeocodeQuestion {
  readonly tenantId: number;
  readonly cityId: number;
  /** As somebody typed it; up to 200 characters are read. */
  readonly text: string;
  readonly language: "de" | "en";
  /** The city: results outside are not given. */
  readonly bounds: Bounds;
}

/** Finds the place of an address. Never throws for what a service outside does. */
export interface Geocoder {
  /** Must stand where the result is shown; "" where nothing has to. */
  attribution(question: Pick<GeocodeQuestion, "tenantId" | "cityId">): Promise<string>;
  search(question: GeocodeQuestion): Promise<Geocoded>;
}

export function isWithin({ lat, lon }: LatLon, { south, west, north, east }: Bounds): boolean {
  return lat >= south && lat <= north && lon >= west && lon <= east;
}

/** A pin may stand this far from the address before it is asked whether both are meant. */
const PIN_NEAR_M: Readonly<Record<Precision, number>> = { house: 300, street: 1_500, area: 5_000 };

/** A place that the customer has set, beside the address that stays written on the parcel. */
export interface Pinned {
  readonly found: Found;
  /** Metres from where the address was found; null where it was not found at all. */
  readonly away_m: number | null;
  /** Farther from the address than it should be: whoever drives should know both. */
  readonly isFar: boolean;
}

/**
 * Takes the customer's own pin for the house's place.
 * @param found what the address led to; null when it led nowhere, then `address` is what was typed
 * @returns null for a pin outside the city
 */
export function pinned(
  pin: LatLon,
  { found, address, bounds }: { found: Found | null; address: Address; bounds: Bounds },
): Pinned | null {
  if (!isWithin(pin, bounds)) return null;
  const away_m = found && Math.round(metresBetween(pin, found.place));
  return {
    found: {
      address: found?.address ?? address,
      place: pin,
      precision: "house",
      isAsTyped: true,
      source: "pin",
    },
    away_m,
    isFar: found !== null && (away_m as number) > PIN_NEAR_M[found.precision],
  };
}
