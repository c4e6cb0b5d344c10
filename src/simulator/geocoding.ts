import { type Ask, json, type Reply, type SimulatorServer, serve } from "./http.ts";

/**
 * Geocoding services over a handful of addresses: Photon's `GET /api` (GeoJSON) and Nominatim's `GET /search` (jsonv2), with
 * their documented parameters and answers. They find by words that occur in an address, as services do: nearly always something.
 */

export interface KnownAddress {
  street: string;
  houseNumber: string;
  postcode: string;
  city: string;
  district: string;
  lat: number;
  lon: number;
}

/** hang: never answers; reset: cuts the connection; busy: 429 with Retry-After; words: a page in place of data. */
export type GeocodingMood = "well" | "hang" | "reset" | "busy" | "refuse" | "words";

export interface GeocodingSimulator extends SimulatorServer {
  mood: GeocodingMood;
  /** What was asked for, in order, and when (ms of this process). */
  readonly asked: { text: string; at: number; agent: string }[];
}

export async function startGeocoding(known: readonly KnownAddress[]): Promise<GeocodingSimulator> {
  const simulator = {
    mood: "well" as GeocodingMood,
    asked: [] as { text: string; at: number; agent: string }[],
  };
  const handle = (ask: Ask): Reply => {
    const text = ask.query.get("q") ?? "";
    simulator.asked.push({ text, at: performance.now(), agent: String(ask.headers["user-agent"] ?? "") });
    const { mood } = simulator;
    if (mood === "hang" || mood === "reset") return { status: 0, body: "", silent: mood };
    if (mood === "busy") return { status: 429, headers: { "retry-after": "60" }, body: "Too Many Requests" };
    if (mood === "refuse") return { status: 503, body: "Service Unavailable" };
    if (mood === "words") return { status: 200, type: "text/html", body: "<h1>It works!</h1>" };
    if (text === "") return json({ message: "missing search term 'q'" }, 400);
    const found = find(known, ask, text);
    if (ask.path === "/api") return json({ type: "FeatureCollection", features: found.map(photonFeature) });
    if (ask.path === "/search" && ask.query.get("format") === "jsonv2")
      return json(found.map(nominatimPlace));
    return json({ message: "not found" }, 404);
  };
  const server = await serve(handle, { port: 0 });
  return Object.assign(simulator, server);
}

function find(known: readonly KnownAddress[], { query }: Ask, text: string): KnownAddress[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const [west = -180, y1 = -90, east = 180, y2 = 90] = (query.get("bbox") ?? query.get("viewbox") ?? "")
    .split(",")
    .filter((one) => one !== "")
    .map(Number);
  const [south, north] = [Math.min(y1, y2), Math.max(y1, y2)];
  const score = ({ street, houseNumber, postcode }: KnownAddress) =>
    words.filter((word) => `${street} ${houseNumber} ${postcode}`.toLowerCase().split(" ").includes(word))
      .length;
  return known
    .filter(({ lat, lon }) => lat >= south && lat <= north && lon >= west && lon <= east)
    .filter((one) => score(one) > 0)
    .sort((a, b) => score(b) - score(a))
    .slice(0, Number(query.get("limit") ?? 10));
}

function photonFeature(one: KnownAddress, at: number) {
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [one.lon, one.lat] },
    properties: {
      osm_id: 1_000 + at,
      osm_type: "N",
      osm_key: "place",
      osm_value: "house",
      type: "house",
      countrycode: "DE",
      country: "Deutschland",
      street: one.street,
      housenumber: one.houseNumber,
      postcode: one.postcode,
      city: one.city,
      district: one.district,
    },
  };
}

function nominatimPlace(one: KnownAddress, at: number) {
  return {
    place_id: 1_000 + at,
    licence: "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
    osm_type: "node",
    osm_id: 1_000 + at,
    // As text, as Nominatim writes them.
    lat: one.lat.toFixed(7),
    lon: one.lon.toFixed(7),
    category: "place",
    type: "house",
    place_rank: 30,
    importance: 0.00006,
    addresstype: "place",
    name: "",
    display_name: `${one.houseNumber}, ${one.street}, ${one.district}, ${one.city}, ${one.postcode}, Deutschland`,
    address: {
      house_number: one.houseNumber,
      road: one.street,
      suburb: one.district,
      city: one.city,
      postcode: one.postcode,
      country: "Deutschland",
      country_code: "de",
    },
    boundingbox: [one.lat, one.lat, one.lon, one.lon].map((value) => value.toFixed(7)),
  };
}
