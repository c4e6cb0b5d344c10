import type { LiveMapReply } from "../api/live.ts";
import type { MapFeature } from "../api/map-layers.ts";

/** Some 1 m; finer figures only make the page slow. */
const FACTOR = 1e5;
const short = (degrees: number): number => Math.round(degrees * FACTOR) / FACTOR;

export function shownFeatures(features: readonly MapFeature[]): LiveMapReply["features"] {
  return features.map(({ kind, name, isArea, lines }) => ({
    kind,
    name,
    isArea,
    lines: lines.map((line) => line.map(([lon, lat]): [number, number] => [short(lon), short(lat)])),
  }));
}
