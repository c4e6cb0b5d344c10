import { type Bounds, isWithin, type LatLon } from "./geocoder.ts";
import { fromUtm } from "./utm.ts";

/** A pair of numbers of a list as a place on earth, whatever system it is in. */

export interface CoordinateHints {
  /** UTM zone as the heading or the operator says; null = to be found out. */
  readonly zone: number | null;
  /** Of the city: decides between zones, and which number is which. */
  readonly bounds: Bounds;
}

const NOWHERE: LatLon = { lat: Number.NaN, lon: Number.NaN };
const ZONES = [32, 33, 31] as const;

/** "565.000,12" is not read as thousands: lists do not write them. @returns NaN for what is no number */
export function numberOf(text: string): number {
  const plain = text.trim().replace(",", ".");
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/**
 * Degrees, ETRS89/UTM with the zone before the east value (32565000) or without it. Gauss-Krüger and everything else is
 * outside every city in these systems, and so left out and counted.
 * @param first east or longitude
 * @param second north or latitude
 */
export function placeOf(first: number, second: number, { zone, bounds }: CoordinateHints): LatLon {
  if (Math.abs(first) <= 180 && Math.abs(second) <= 180) {
    const asSaid = { lat: second, lon: first };
    const swapped = { lat: first, lon: second };
    return !isWithin(asSaid, bounds) && isWithin(swapped, bounds) ? swapped : asSaid;
  }
  // Mathematicians and surveyors do not agree on which axis is x.
  const [east, north] = first > second && first < 1e7 ? [second, first] : [first, second];
  if (!(north > 1e6 && north < 9.5e6)) return NOWHERE;
  if (east >= 28e6 && east < 39e6) return fromUtm(Math.floor(east / 1e6), east % 1e6, north);
  if (!(east >= 1e5 && east < 1e6)) return NOWHERE;
  if (zone !== null) return fromUtm(zone, east, north);
  const tried = ZONES.map((one) => fromUtm(one, east, north));
  return tried.find((place) => isWithin(place, bounds)) ?? (tried[0] as LatLon);
}

/** "POINT (565000 5934000)", "53.55, 9.99". */
export function placeOfText(text: string, hints: CoordinateHints): LatLon {
  const point = /^\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(\s*([-\d.]+)\s+([-\d.]+)/i.exec(text);
  if (point) return placeOf(Number(point[1]), Number(point[2]), hints);
  const pair = /^\s*\[?\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*\]?\s*$/.exec(text);
  // A bare pair is written latitude first, and turned round where only that lies in the city.
  return pair ? placeOf(Number(pair[2]), Number(pair[1]), hints) : NOWHERE;
}
