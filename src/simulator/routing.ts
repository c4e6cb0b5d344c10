import { type Ask, json, objectOf, type Reply, type SimulatorServer, serve } from "./http.ts";

/**
 * Routing services: OSRM's table, Valhalla's sources_to_targets and openrouteservice's matrix, as documented. Their streets
 * are a grid: from place to place along a parallel and a meridian, at one speed.
 */

/** hang: never answers; reset: cuts the connection; refuse: 503; short: a row too few; blind: knows no way. */
export type RoutingMood = "well" | "hang" | "reset" | "refuse" | "short" | "blind";

export interface RoutingSettings {
  kind: "osrm" | "valhalla" | "openrouteservice";
  metresPerSecond: number;
  /** Wanted as `Authorization`; "" wants none. */
  key?: string;
  /** Places of a request at most; more is refused as the service refuses it. */
  mostPlaces?: number;
}

export interface RoutingSimulator extends SimulatorServer {
  mood: RoutingMood;
  /** Path and body of every question. */
  readonly asked: { path: string; body: string }[];
}

type Place = readonly [lon: number, lat: number];
type Rows = (number | null)[][];

const METRES_PER_DEGREE = 111_195;

export async function startRouting(settings: RoutingSettings): Promise<RoutingSimulator> {
  const simulator = { mood: "well" as RoutingMood, asked: [] as { path: string; body: string }[] };
  const handle = (ask: Ask): Reply => {
    simulator.asked.push({ path: ask.path, body: ask.body.toString("utf8") });
    const { mood } = simulator;
    if (mood === "hang" || mood === "reset") return { status: 0, body: "", silent: mood };
    if (mood === "refuse") return { status: 503, body: "Service Unavailable" };
    const spoil = (rows: Rows): Rows => {
      if (mood === "short") return rows.slice(1);
      return mood === "blind" ? rows.map((row) => row.map(() => null)) : rows;
    };
    return SERVICES[settings.kind](ask, settings, spoil);
  };
  const server = await serve(handle, { port: 0 });
  return Object.assign(simulator, server);
}

type Service = (ask: Ask, settings: RoutingSettings, spoil: (rows: Rows) => Rows) => Reply;

const SERVICES: Readonly<Record<RoutingSettings["kind"], Service>> = {
  osrm(ask, settings, spoil) {
    const [, list] = /^\/table\/v1\/[^/]+\/([-\d.,;]+)$/.exec(ask.path) ?? [];
    if (ask.method !== "GET" || list === undefined)
      return json({ code: "InvalidUrl", message: "URL string malformed close to position 1" }, 400);
    const places = list.split(";").map((one) => one.split(",").map(Number) as unknown as Place);
    if (places.length > (settings.mostPlaces ?? 100))
      return json({ code: "TooBig", message: "Too many table coordinates" }, 400);
    const pick = (name: string) => ask.query.get(name)?.split(";").map(Number) ?? places.map((_, n) => n);
    const [sources, targets] = [pick("sources"), pick("destinations")];
    const rows = times(at(places, sources), at(places, targets), settings.metresPerSecond);
    return json({ code: "Ok", durations: spoil(rows), sources: [], destinations: [] });
  },
  valhalla(ask, settings, spoil) {
    const body = objectOf(ask.body);
    if (ask.method !== "POST" || ask.path !== "/sources_to_targets" || !body)
      return json({ error_code: 106, error: "Try any of: '/sources_to_targets'", status_code: 404 }, 404);
    const places = (value: unknown) =>
      (value as { lat: number; lon: number }[]).map(({ lat, lon }): Place => [lon, lat]);
    const [sources, targets] = [places(body.sources), places(body.targets)];
    if (sources.length * targets.length > (settings.mostPlaces ?? 50) ** 2)
      return json({ error_code: 150, error: "Exceeded max locations", status_code: 400 }, 400);
    const rows = spoil(times(sources, targets, settings.metresPerSecond));
    if (body.verbose === false)
      return json({ sources_to_targets: { durations: rows, distances: [] }, units: "kilometers" });
    const pairs = rows.map((row, from_index) =>
      row.map((time, to_index) => ({ from_index, to_index, time, distance: 1 })),
    );
    return json({ sources_to_targets: pairs, units: "kilometers" });
  },
  openrouteservice(ask, settings, spoil) {
    if (settings.key && ask.headers.authorization !== settings.key)
      return json({ error: "Access to this API has been disallowed" }, 403);
    const body = objectOf(ask.body);
    if (ask.method !== "POST" || !/^\/v2\/matrix\/[a-z-]+$/.test(ask.path) || !body)
      return json({ error: { code: 6099, message: "Unknown endpoint" } }, 404);
    const places = body.locations as Place[];
    const pick = (value: unknown) => (value as string[]).map(Number);
    const [sources, targets] = [pick(body.sources), pick(body.destinations)];
    if (sources.length * targets.length > 3_500)
      return json({ error: { code: 6004, message: "Request parameters exceed the server limit" } }, 400);
    const rows = times(at(places, sources), at(places, targets), settings.metresPerSecond);
    return json({ durations: spoil(rows), metadata: { service: "matrix" } });
  },
};

const at = (places: readonly Place[], indices: readonly number[]): Place[] =>
  indices.map((n) => places[n] as Place);

function times(sources: readonly Place[], targets: readonly Place[], metresPerSecond: number): Rows {
  return sources.map(([lon, lat]) =>
    targets.map(([toLon, toLat]) => {
      const east = Math.abs(toLon - lon) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
      const north = Math.abs(toLat - lat) * METRES_PER_DEGREE;
      return Math.round((10 * (east + north)) / metresPerSecond) / 10;
    }),
  );
}
