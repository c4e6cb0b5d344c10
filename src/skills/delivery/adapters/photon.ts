import { z } from "zod";
import type { Found, Precision } from "../places/geocoder.ts";
import { askJson, baseOf } from "./asking.ts";
import {
  GEOCODE_TIMEOUT_MS,
  type GeocodingService,
  MOST_RESULTS,
  type ServiceAddress,
} from "./geocoding-service.ts";

/** Photon's search (github.com/komoot/photon, "Search": GET /api?q=…, answers GeoJSON). */

const answer = z.object({
  features: z
    .array(
      z.object({
        geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]).rest(z.number()) }),
        properties: z.object({
          type: z.string().optional(),
          name: z.string().optional(),
          street: z.string().optional(),
          housenumber: z.string().optional(),
          postcode: z.string().optional(),
          city: z.string().optional(),
          district: z.string().optional(),
          locality: z.string().optional(),
        }),
      }),
    )
    .max(50),
});
type Feature = z.infer<typeof answer>["features"][number];

export function photon({ url, agent }: ServiceAddress): GeocodingService {
  return {
    name: "photon",
    attribution: "© OpenStreetMap contributors",
    pace_ms: 200,
    async find(outside, { text, language, bounds }) {
      const middle = { lat: (bounds.south + bounds.north) / 2, lon: (bounds.west + bounds.east) / 2 };
      const query = new URLSearchParams({
        q: text,
        lang: language,
        limit: String(MOST_RESULTS),
        lat: middle.lat.toFixed(4),
        lon: middle.lon.toFixed(4),
        bbox: [bounds.west, bounds.south, bounds.east, bounds.north].join(","),
      });
      const asked = await askJson(
        outside,
        {
          method: "GET",
          url: `${baseOf(url)}/api?${query}`,
          body: null,
          timeoutMs: GEOCODE_TIMEOUT_MS,
          headers: { "user-agent": agent },
        },
        answer,
      );
      return "failed" in asked ? asked : { got: asked.got.features.slice(0, MOST_RESULTS).map(toFound) };
    },
  };
}

function toFound({ geometry, properties }: Feature): Found {
  const [lon, lat] = geometry.coordinates;
  const { type = "", name = "", street, housenumber = "", postcode = "", city = "" } = properties;
  const precision: Precision = housenumber !== "" ? "house" : type === "street" ? "street" : "area";
  return {
    address: {
      street: street ?? (precision === "street" ? name : ""),
      houseNumber: housenumber,
      postcode,
      locality: city,
      district: properties.district ?? properties.locality ?? "",
    },
    place: { lat, lon },
    precision,
    isAsTyped: false,
    source: "photon",
  };
}
