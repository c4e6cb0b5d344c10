import type { Place } from "../engine/index.ts";
import type { Coordinates } from "./promises.ts";

/** Mean radius of the earth (IUGG), metres. */
const EARTH_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/**
 * Metres east and north of the city's middle (equirectangular): within 30 km of it distances are right to a few parts in a
 * thousand, far less than what a circuity factor leaves open.
 */
export function toGrid(city: Coordinates, { lat, lon }: Coordinates): Place {
  return {
    x: EARTH_M * RADIANS * (lon - city.lon) * Math.cos(RADIANS * city.lat),
    y: EARTH_M * RADIANS * (lat - city.lat),
  };
}

/** The way back, degrees. */
export function fromGrid(city: Coordinates, { x, y }: Place): Coordinates {
  return {
    lat: city.lat + y / (EARTH_M * RADIANS),
    lon: city.lon + x / (EARTH_M * RADIANS * Math.cos(RADIANS * city.lat)),
  };
}
