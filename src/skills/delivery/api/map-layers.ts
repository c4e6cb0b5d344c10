/** An owner's GeoJSON as the few kinds of things that a city map shows. */

/** [longitude, latitude] */
export type Position = readonly [number, number];
export type LayerKind = "district" | "park" | "water" | "street";

export interface MapFeature {
  readonly kind: LayerKind;
  readonly name: string;
  readonly isArea: boolean;
  /** Rings of areas, or lines. */
  readonly lines: readonly (readonly Position[])[];
}

export interface ReadLayers {
  readonly features: readonly MapFeature[];
  /** Features that were left out: no kind that is drawn, or a broken geometry. */
  readonly skipped: number;
}

/** The file is none, or too large; the code is for the product's sentence. */
export class MapFault extends Error {
  readonly code: "notGeoJson" | "tooManyFeatures" | "tooManyPoints" | "nothingToDraw";
  constructor(code: MapFault["code"]) {
    super(code);
    this.code = code;
  }
}

const MOST_FEATURES = 50_000;
const MOST_POINTS = 400_000;
const MOST_NAME = 80;

/** What a feature is, by its own "kind" or by the tags of OpenStreetMap. */
function kindOf(properties: Readonly<Record<string, unknown>>): LayerKind | null {
  const said = String(properties.kind ?? properties.layer ?? properties.art ?? "").toLowerCase();
  const words: Readonly<Record<string, LayerKind>> = {
    district: "district",
    stadtteil: "district",
    zone: "district",
    park: "park",
    water: "water",
    wasser: "water",
    street: "street",
    road: "street",
    strasse: "street",
    straße: "street",
  };
  if (Object.hasOwn(words, said)) return words[said] ?? null;
  if (properties.natural === "water" || properties.waterway !== undefined) return "water";
  if (properties.highway !== undefined) return "street";
  if (properties.leisure === "park" || properties.landuse === "forest" || properties.natural === "wood")
    return "park";
  if (properties.boundary === "administrative" || properties.place !== undefined) return "district";
  return null;
}

/**
 * @param geojson as parsed from an owner's file: a FeatureCollection in WGS84
 * @throws MapFault
 */
export function readMapLayers(geojson: unknown): ReadLayers {
  const collection = asRecord(geojson);
  if (collection?.type !== "FeatureCollection" || !Array.isArray(collection.features))
    throw new MapFault("notGeoJson");
  if (collection.features.length > MOST_FEATURES) throw new MapFault("tooManyFeatures");
  const features: MapFeature[] = [];
  let points = 0;
  for (const one of collection.features) {
    const feature = readFeature(one);
    if (!feature) continue;
    points += feature.lines.reduce((sum, line) => sum + line.length, 0);
    if (points > MOST_POINTS) throw new MapFault("tooManyPoints");
    features.push(feature);
  }
  if (features.length === 0) throw new MapFault("nothingToDraw");
  return { features, skipped: collection.features.length - features.length };
}

function readFeature(value: unknown): MapFeature | null {
  const feature = asRecord(value);
  const geometry = asRecord(feature?.geometry);
  const properties = asRecord(feature?.properties) ?? {};
  const kind = kindOf(properties);
  if (!geometry || !kind) return null;
  const isArea = geometry.type === "Polygon" || geometry.type === "MultiPolygon";
  const lines = linesOf(geometry);
  if (!lines || lines.length === 0) return null;
  return { kind, name: String(properties.name ?? "").slice(0, MOST_NAME), isArea, lines };
}

function linesOf({ type, coordinates }: Readonly<Record<string, unknown>>): Position[][] | null {
  if (type === "LineString") return readLines([coordinates]);
  if (type === "MultiLineString" || type === "Polygon") return readLines(coordinates);
  if (type !== "MultiPolygon" || !Array.isArray(coordinates)) return null;
  const all = coordinates.map(readLines);
  return all.includes(null) ? null : (all as Position[][][]).flat();
}

/** @returns null when anything of it is no place: half an outline would be a wrong one */
function readLines(value: unknown): Position[][] | null {
  if (!Array.isArray(value)) return null;
  const lines: Position[][] = [];
  for (const line of value) {
    if (!Array.isArray(line) || line.length < 2) return null;
    const positions: Position[] = [];
    for (const point of line) {
      const [lon, lat]: unknown[] = Array.isArray(point) ? point : [];
      if (!isDegrees(lon, 180) || !isDegrees(lat, 85)) return null;
      positions.push([lon, lat]);
    }
    lines.push(positions);
  }
  return lines;
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= most;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
