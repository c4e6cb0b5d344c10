import { z } from "zod";
import { contract } from "#kernel/api";
import { base, coordinates, id, tag } from "./shared.ts";

/** Addresses as people type them. */

const foundPlace = z.object({
  cityId: id,
  cityName: z.string(),
  address: z.string().describe('as it is written properly: "Eppendorfer Weg 87, 20259 Hamburg"'),
  place: coordinates,
});
export type FoundPlaceReply = z.input<typeof foundPlace>;

const places = z.object({
  result: z
    .enum(["sure", "choose", "nothing", "unavailable"])
    .describe("unavailable: no city has an address list, and no service answered"),
  items: z.array(foundPlace).describe("one that is sure, or up to six to choose from"),
  attribution: z.string().describe('must stand beside them; "" = nothing'),
});
export type PlacesReply = z.input<typeof places>;

export const findPlaces = contract({
  method: "GET",
  path: `${base}/places`,
  tag,
  access: "staff",
  summary: "Where an address is, typed with mistakes",
  query: z.strictObject({
    text: z.string().trim().min(1).max(200),
    cityId: z.coerce.number().int().positive().optional(),
    carrierId: z.coerce.number().int().positive().optional(),
  }),
  reply: places,
});
