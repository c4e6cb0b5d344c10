import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

/** How a city's tiles are drawn: in the page's own colours, quiet, so that stops and rounds stand out. */

export interface MapColours {
  readonly land: string;
  readonly water: string;
  readonly park: string;
  readonly road: string;
  readonly edge: string;
  readonly ink: string;
}

const SOURCE = "city";

/**
 * Layers by their names in the three schemas that are in use: Protomaps basemap, OpenMapTiles and Shortbread. A file of
 * another schema shows what it names alike, on plain land.
 */
const LAYERS = {
  water: ["water", "ocean", "water_polygons"],
  stream: ["waterway", "water_lines"],
  park: ["park"],
  land: ["landuse", "landcover", "land"],
  building: ["buildings", "building"],
  street: ["roads", "transportation", "streets"],
  streetName: ["roads", "transportation_name", "street_labels"],
  place: ["places", "place", "place_labels"],
} as const;

const GREEN = [
  "park",
  "forest",
  "wood",
  "grass",
  "grassland",
  "meadow",
  "nature_reserve",
  "cemetery",
  "garden",
];
const WIDE = ["highway", "major_road", "motorway", "trunk", "primary", "secondary"];
/** What no courier drives on. */
const NO_STREET = ["rail", "ferry", "aeroway", "transit"];

const KIND: ExpressionSpecification = ["coalesce", ["get", "kind"], ["get", "class"], ""];
const isOneOf = (kinds: readonly string[]): ExpressionSpecification => ["in", KIND, ["literal", [...kinds]]];
const isOf = (type: "Polygon" | "LineString"): ExpressionSpecification => ["==", ["geometry-type"], type];

interface Tiles {
  /** Where the file is read, pmtiles://… */
  readonly url: string;
  /** Names of the file's layers; null = pictures. */
  readonly layers: readonly string[] | null;
}

/** A style of its own sort for pictures, and for vectors one that draws only layers that the file has. */
export function tileStyle({ url, layers }: Tiles, colours: MapColours): StyleSpecification {
  const land: LayerSpecification = {
    id: "land",
    type: "background",
    paint: { "background-color": colours.land },
  };
  if (layers === null)
    return {
      version: 8,
      sources: { [SOURCE]: { type: "raster", url, tileSize: 256 } },
      layers: [land, { id: "pictures", type: "raster", source: SOURCE }],
    };
  const having = (names: readonly string[]) => names.filter((name) => layers.includes(name));
  return {
    version: 8,
    sources: { [SOURCE]: { type: "vector", url } },
    layers: [land, ...ground(having, colours), ...streets(having, colours), ...names(having, colours)],
  };
}

type Having = (names: readonly string[]) => readonly string[];

function ground(having: Having, { water, park, edge }: MapColours): LayerSpecification[] {
  const fill = (layer: string, kind: string, colour: string, filter: ExpressionSpecification) => ({
    id: `${kind} ${layer}`,
    type: "fill" as const,
    source: SOURCE,
    "source-layer": layer,
    filter,
    paint: { "fill-color": colour },
  });
  return [
    ...having(LAYERS.land).map((layer) =>
      fill(layer, "green", park, ["all", isOf("Polygon"), isOneOf(GREEN)]),
    ),
    ...having(LAYERS.park).map((layer) => fill(layer, "park", park, isOf("Polygon"))),
    ...having(LAYERS.water).map((layer) => fill(layer, "water", water, isOf("Polygon"))),
    ...having(LAYERS.stream).map((layer) => line(layer, "stream", { colour: water, thin: 0.5, wide: 2 })),
    ...having(LAYERS.building).map((layer) => ({
      ...fill(layer, "building", edge, isOf("Polygon")),
      minzoom: 14,
      paint: { "fill-color": edge, "fill-opacity": 0.25 },
    })),
  ];
}

interface Pen {
  readonly colour: string;
  /** Pixels at zoom 11 and at zoom 16. */
  readonly thin: number;
  readonly wide: number;
  readonly filter?: ExpressionSpecification;
}

function line(layer: string, kind: string, { colour, thin, wide, filter }: Pen): LayerSpecification {
  const lines = isOf("LineString");
  return {
    id: `${kind} ${layer}`,
    type: "line",
    source: SOURCE,
    "source-layer": layer,
    filter: filter ? ["all", lines, filter] : lines,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour,
      "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, thin, 16, wide],
    },
  };
}

function streets(having: Having, { road }: MapColours): LayerSpecification[] {
  const small: ExpressionSpecification = ["!", isOneOf([...WIDE, ...NO_STREET])];
  return having(LAYERS.street).flatMap((layer) => [
    line(layer, "street", { colour: road, thin: 0.5, wide: 7, filter: small }),
    line(layer, "wide street", { colour: road, thin: 1.5, wide: 12, filter: isOneOf(WIDE) }),
  ]);
}

function names(having: Having, { ink, land }: MapColours): LayerSpecification[] {
  // Without an address of glyphs letters are drawn by the browser, in the page's font: nothing is fetched.
  const written = (layer: string, isStreet: boolean): LayerSpecification => ({
    id: `${isStreet ? "street" : "place"} names ${layer}`,
    type: "symbol",
    source: SOURCE,
    "source-layer": layer,
    ...(isStreet ? { minzoom: 14 } : {}),
    layout: {
      "text-field": ["coalesce", ["get", "name:de"], ["get", "name"], ""],
      "text-font": ["Red Hat Text Variable", "sans-serif"],
      "text-size": isStreet ? 11 : 13,
      "symbol-placement": isStreet ? "line" : "point",
    },
    paint: { "text-color": ink, "text-opacity": 0.8, "text-halo-color": land, "text-halo-width": 1.5 },
  });
  return [
    ...having(LAYERS.streetName).map((layer) => written(layer, true)),
    ...having(LAYERS.place).map((layer) => written(layer, false)),
  ];
}
