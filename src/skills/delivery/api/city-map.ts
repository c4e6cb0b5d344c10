import { z } from "zod";
import { contract, idParam } from "#kernel/api";
import { base, tag } from "./shared.ts";

/** The owner's own map of a city. */

const position = z.tuple([z.number(), z.number()]).describe("longitude, latitude");
export const features = z.array(
  z.object({
    kind: z.enum(["district", "park", "water", "street"]),
    name: z.string(),
    isArea: z.boolean(),
    lines: z.array(z.array(position)).describe("rings of areas, or lines"),
  }),
);

const attribution = z.string().trim().max(200).describe('must stand on the map; "" = nothing');
/** A file of this size draws a large city; finer ones are simplified before. */
const MAP_BYTES = 12 * 2 ** 20;

const tiles = z
  .object({
    fileId: z.string().describe("GET /api/v1/files/:id, by ranges"),
    name: z.string(),
    bytes: z.number().int(),
    attribution,
  })
  .describe("a map in one file, PMTiles version 3");

export const getCityMap = contract({
  method: "GET",
  path: `${base}/cities/:id/map`,
  tag,
  access: "staff",
  summary: "Districts, parks, waters and streets of the owner's map; empty without one; and its tiles",
  params: idParam,
  reply: z.object({ features, attribution, tiles: tiles.nullable() }),
});
export const putCityMap = contract({
  method: "PUT",
  path: `${base}/cities/:id/map`,
  tag,
  access: "owner",
  summary: "The city's map, from a GeoJSON FeatureCollection in WGS 84; takes the place of the old one",
  params: idParam,
  bodyBytes: MAP_BYTES,
  body: z.strictObject({
    geojson: z.looseObject({ type: z.literal("FeatureCollection") }),
    attribution: attribution.default(""),
  }),
  reply: z.object({
    features: z.number().int(),
    skipped: z.number().int().describe("no kind that is drawn, or a broken geometry"),
  }),
});
export const putCityTiles = contract({
  method: "PUT",
  path: `${base}/cities/:id/map/tiles`,
  tag,
  access: "owner",
  summary: "The city's tiles, a file uploaded by POST /api/v1/files?as=map; the file of before is removed",
  params: idParam,
  body: z.strictObject({ fileId: z.string().min(1).max(64), attribution: attribution.default("") }),
  reply: z.object({ tiles }),
});
export const deleteCityTiles = contract({
  method: "DELETE",
  path: `${base}/cities/:id/map/tiles`,
  tag,
  access: "owner",
  summary: "Removes the city's tiles; the owner's own geometry is drawn again",
  params: idParam,
  reply: z.object({ tiles: z.null() }),
});
