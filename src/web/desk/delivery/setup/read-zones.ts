import type { CityInput } from "../../../../skills/delivery/api.ts";

/** Zones out of an owner's GeoJSON file: a polygon, a feature or a collection; a multi-polygon becomes several zones. */

type Polygon = CityInput["zones"][number]["polygon"];
export interface ReadZone {
  name: string;
  polygon: Polygon;
}

const zonesMost = 200;

/** @returns null for what is no GeoJSON with areas in it */
export function readZones(text: string): ReadZone[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const zones = zonesOf(json, "").slice(0, zonesMost);
  return zones.length > 0 ? zones : null;
}

function zonesOf(given: unknown, name: string): ReadZone[] {
  if (typeof given !== "object" || given === null || !("type" in given)) return [];
  const one = given as Record<string, unknown>;
  switch (one.type) {
    case "FeatureCollection":
      return Array.isArray(one.features) ? one.features.flatMap((feature) => zonesOf(feature, name)) : [];
    case "Feature":
      return zonesOf(one.geometry, nameOf(one.properties));
    case "GeometryCollection":
      return Array.isArray(one.geometries) ? one.geometries.flatMap((part) => zonesOf(part, name)) : [];
    case "Polygon":
      return polygonOf(one.coordinates, name);
    case "MultiPolygon": {
      const parts = Array.isArray(one.coordinates) ? one.coordinates : [];
      return parts.flatMap((part, n) => polygonOf(part, parts.length > 1 ? `${name} ${n + 1}`.trim() : name));
    }
    default:
      return [];
  }
}

function nameOf(properties: unknown): string {
  if (typeof properties !== "object" || properties === null) return "";
  const own = properties as Record<string, unknown>;
  const found = [own.name, own.Name, own.title, own.stadtteil, own.id].find(
    (value) => typeof value === "string" || typeof value === "number",
  );
  return String(found ?? "").slice(0, 80);
}

function polygonOf(coordinates: unknown, name: string): ReadZone[] {
  if (!Array.isArray(coordinates)) return [];
  const rings = coordinates.map(ringOf);
  if (rings.length === 0 || rings.some((ring) => ring === null)) return [];
  return [{ name, polygon: { type: "Polygon", coordinates: rings as [number, number][][] } }];
}

/** Heights are dropped, and a ring that was left open is closed. */
function ringOf(ring: unknown): [number, number][] | null {
  if (!Array.isArray(ring)) return null;
  const points = ring.map((point): [number, number] | null => {
    if (!Array.isArray(point)) return null;
    const [lon, lat] = point as unknown[];
    return typeof lon === "number" && typeof lat === "number" ? [lon, lat] : null;
  });
  if (points.some((point) => point === null)) return null;
  const all = points as [number, number][];
  const [first] = all;
  const last = all.at(-1);
  if (!first || !last) return null;
  const closed = first[0] === last[0] && first[1] === last[1] ? all : [...all, first];
  return closed.length >= 4 ? closed : null;
}
