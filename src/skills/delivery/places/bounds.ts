import type { Bounds, LatLon } from "./geocoder.ts";

const METRES_PER_DEGREE = 111_195;

/** A box round a middle that holds everything within `radius_m`. */
export function boundsAround({ lat, lon }: LatLon, radius_m: number): Bounds {
  const dLat = radius_m / METRES_PER_DEGREE;
  const dLon = dLat / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return { south: lat - dLat, north: lat + dLat, west: lon - dLon, east: lon + dLon };
}
