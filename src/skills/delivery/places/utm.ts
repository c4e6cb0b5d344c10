import type { LatLon } from "./geocoder.ts";

/**
 * Coordinates of official lists: ETRS89 in universal transverse Mercator (EPSG 25831 to 25833), ellipsoid GRS80. The
 * difference between ETRS89 and WGS84 is below a metre, so one is taken for the other.
 * Series of Krüger to the fourth order (Karney 2011, "Transverse Mercator with an accuracy of a few nanometers").
 */

const SEMI_MAJOR_M = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const SCALE = 0.9996;
const FALSE_EAST_M = 500_000;
const N = FLATTENING / (2 - FLATTENING);
const RECTIFYING_M = (SEMI_MAJOR_M / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
/** Karney's beta: from the plane back. */
const BETA = [
  N / 2 - (2 / 3) * N ** 2 + (37 / 96) * N ** 3 - N ** 4 / 360,
  N ** 2 / 48 + N ** 3 / 15 - (437 / 1440) * N ** 4,
  (17 / 480) * N ** 3 - (37 / 840) * N ** 4,
  (4397 / 161280) * N ** 4,
];
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));
const DEGREES = 180 / Math.PI;

/**
 * @param zone 28 to 38; Germany lies in 32 and 33
 * @param east metres, without the zone's number before it
 * @param north metres, northern hemisphere
 */
export function fromUtm(zone: number, east: number, north: number): LatLon {
  const xi = north / (SCALE * RECTIFYING_M);
  const eta = (east - FALSE_EAST_M) / (SCALE * RECTIFYING_M);
  let [xiOut, etaOut] = [xi, eta];
  for (const [at, beta] of BETA.entries()) {
    const twice = 2 * (at + 1);
    xiOut -= beta * Math.sin(twice * xi) * Math.cosh(twice * eta);
    etaOut -= beta * Math.cos(twice * xi) * Math.sinh(twice * eta);
  }
  // From the conformal latitude to the geographic one by Newton's method on its tangent.
  const conformal = Math.sin(xiOut) / Math.hypot(Math.sinh(etaOut), Math.cos(xiOut));
  let tangent = conformal;
  for (let step = 0; step < 6; step++) tangent += newtonStep(tangent, conformal);
  const meridian = zone * 6 - 183;
  return {
    lat: Math.atan(tangent) * DEGREES,
    lon: meridian + Math.atan2(Math.sinh(etaOut), Math.cos(xiOut)) * DEGREES,
  };
}

function newtonStep(tangent: number, conformal: number): number {
  const secant = Math.hypot(1, tangent);
  const sigma = Math.sinh(ECCENTRICITY * Math.atanh((ECCENTRICITY * tangent) / secant));
  const reached = tangent * Math.hypot(1, sigma) - sigma * secant;
  const square = ECCENTRICITY ** 2;
  const slope = (1 + (1 - square) * tangent ** 2) / (Math.hypot(1, reached) * (1 - square) * secant);
  return (conformal - reached) * slope;
}
