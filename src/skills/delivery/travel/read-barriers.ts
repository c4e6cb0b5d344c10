import type { Place } from "../engine/index.ts";
import type { LatLon } from "../places/geocoder.ts";
import { type Barrier, BarrierFault } from "./barriers.ts";

/**
 * Barriers out of GeoJSON as a drawing tool writes it: a LineString is what cannot be crossed, a Point or MultiPoint is a
 * crossing of the line that is nearest to it.
 * @param toGrid metres of the city's grid
 * @throws BarrierFault
 */
export function readBarriers(geojson: unknown, toGrid: (place: LatLon) => Place): Barrier[] {
  const lines: Place[][] = [];
  const points: Place[] = [];
  for (const { type, coordinates } of geometries(geojson)) {
    const place = (position: unknown): Place => {
      const [lon, lat]: unknown[] = Array.isArray(position) ? position : [];
      if (typeof lon !== "number" || typeof lat !== "number" || Math.abs(lon) > 180 || Math.abs(lat) > 85)
        throw new BarrierFault(
          `${JSON.stringify(position)?.slice(0, 40)} is no place: write [longitude, latitude].`,
        );
      return toGrid({ lat, lon });
    };
    const list = Array.isArray(coordinates) ? coordinates : [];
    if (type === "LineString") lines.push(list.map(place));
    else if (type === "MultiLineString") for (const one of list) lines.push((one as unknown[]).map(place));
    else if (type === "Point") points.push(place(coordinates));
    else if (type === "MultiPoint") points.push(...list.map(place));
    else throw new BarrierFault(`${String(type)} is neither a line nor a point.`);
  }
  const crossings: Place[][] = lines.map(() => []);
  for (const point of points) {
    const gaps = lines.map((line) =>
      Math.min(...line.slice(1).map((b, n) => gapOf(point, line[n] as Place, b))),
    );
    const nearest = gaps.indexOf(Math.min(...gaps));
    if (nearest < 0) throw new BarrierFault("There are crossings, but no line.");
    crossings[nearest]?.push(point);
  }
  return lines.map((line, n) => ({ line, crossings: crossings[n] as Place[] }));
}

function geometries(value: unknown): { type: unknown; coordinates: unknown }[] {
  const { type, features, geometry } = (value ?? {}) as Record<string, unknown>;
  if (type === "FeatureCollection" && Array.isArray(features)) return features.flatMap(geometries);
  if (type === "Feature") return geometries(geometry);
  if (typeof type !== "string") throw new BarrierFault("This is no GeoJSON with lines and points.");
  return [value as { type: unknown; coordinates: unknown }];
}

function gapOf(p: Place, a: Place, b: Place): number {
  const square = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const along = square === 0 ? 0 : ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / square;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - a.x - at * (b.x - a.x), p.y - a.y - at * (b.y - a.y));
}
