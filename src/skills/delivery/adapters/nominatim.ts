import { z } from "zod";
import type { Found, Precision } from "../places/geocoder.ts";
import { askJson, baseOf } from "./asking.ts";
import {
  GEOCODE_TIMEOUT_MS,
  type GeocodingService,
  MOST_RESULTS,
  type ServiceAddress,
} from "./geocoding-service.ts";

/** Nominatim's search (nominatim.org, release-docs, "Search queries" and "Place output", format jsonv2). */

const degrees = z
  .string()
  .max(24)
  .transform(Number)
  .refine((one) => Number.isFinite(one));

const answer = z
  .array(
    z.object({
      lat: degrees,
      lon: degrees,
      licence: z.string().max(300).optional(),
      place_rank: z.number().optional(),
      address: z
        .object({
          house_number: z.string(),
          road: z.string(),
          pedestrian: z.string(),
          square: z.string(),
          postcode: z.string(),
          city: z.string(),
          town: z.string(),
          village: z.string(),
          suburb: z.string(),
          city_district: z.string(),
        })
        .partial()
        .default({}),
    }),
  )
  .max(50);
type Place = z.infer<typeof answer>[number];

/** Streets have 26 and 27, houses 30 (nominatim.org, "Ranking"). */
const RANK_OF_STREETS = 26;

export function nominatim({ url, agent }: ServiceAddress): GeocodingService {
  return {
    name: "nominatim",
    attribution: "© OpenStreetMap contributors",
    // The public server's policy: one request a second over all users of an application, and no completion while typing.
    pace_ms: 1_000,
    async find(outside, { text, language, bounds }) {
      const query = new URLSearchParams({
        q: text,
        format: "jsonv2",
        addressdetails: "1",
        limit: String(MOST_RESULTS),
        "accept-language": language,
        viewbox: [bounds.west, bounds.north, bounds.east, bounds.south].join(","),
        bounded: "1",
      });
      const asked = await askJson(
        outside,
        {
          method: "GET",
          url: `${baseOf(url)}/search?${query}`,
          body: null,
          timeoutMs: GEOCODE_TIMEOUT_MS,
          headers: { "user-agent": agent },
        },
        answer,
      );
      return "failed" in asked ? asked : { got: asked.got.slice(0, MOST_RESULTS).map(toFound) };
    },
  };
}

function toFound({ lat, lon, address, place_rank = 0 }: Place): Found {
  const houseNumber = address.house_number ?? "";
  const street = address.road ?? address.pedestrian ?? address.square ?? "";
  const isStreet = street !== "" && place_rank >= RANK_OF_STREETS;
  const precision: Precision = houseNumber !== "" ? "house" : isStreet ? "street" : "area";
  return {
    address: {
      street,
      houseNumber,
      postcode: address.postcode ?? "",
      locality: address.city ?? address.town ?? address.village ?? "",
      district: address.suburb ?? address.city_district ?? "",
    },
    place: { lat, lon },
    precision,
    isAsTyped: false,
    source: "nominatim",
  };
}
