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

export const getCityMap = contract({
  method: "GET",
  path: `${base}/cities/:id/map`,
  tag,
  access: "staff",
  summary: "Districts, parks, waters and streets of the owner's map; empty without one",
  params: idParam,
  reply: z.object({ features, attribution }),
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
