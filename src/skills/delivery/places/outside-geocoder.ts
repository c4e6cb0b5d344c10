import type { Outside } from "../adapters/asking.ts";
import { Circuit } from "../adapters/circuit.ts";
import type { GeocodingService } from "../adapters/geocoding-service.ts";
import { agreement } from "./agreement.ts";
import { ExpiringCache } from "./expiring-cache.ts";
import type { Geocoded, GeocodeQuestion, Geocoder } from "./geocoder.ts";

const CACHE = { most: 2_000, keep_ms: 24 * 3_600_000 };
/** Who would wait longer in line is told that the address cannot be looked up now; a pin can be set. */
const LONGEST_LINE_MS = 3_000;
const UNAVAILABLE: Geocoded = { result: "nothing", because: "unavailable" };

export interface OutsideGeocoderParts {
  readonly service: GeocodingService;
  readonly outside: Outside;
  /** ms */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * A geocoder that asks a service outside: one at a time and in the service's pace, equal questions once, answers kept for a
 * day in memory, and a pause when it fails. One a process; the web process is the only one that asks.
 */
export function openOutsideGeocoder({ service, outside, now, wait }: OutsideGeocoderParts): Geocoder {
  const cache = new ExpiringCache<Geocoded>(CACHE);
  const circuit = new Circuit();
  const asking = new Map<string, Promise<Geocoded>>();
  let freeAt = 0;

  async function ask(question: GeocodeQuestion, key: string): Promise<Geocoded> {
    const turn = Math.max(now(), freeAt);
    if (circuit.isOpen(now()) || turn - now() > LONGEST_LINE_MS) return UNAVAILABLE;
    freeAt = turn + service.pace_ms;
    if (turn > now()) await wait(turn - now());
    // It may have failed for those before in the line.
    if (circuit.isOpen(now())) return UNAVAILABLE;
    const { text, language, bounds } = question;
    const answer = await service.find(outside, { text, language, bounds });
    if ("failed" in answer) {
      circuit.failed(now(), answer.retryAfterMs);
      return UNAVAILABLE;
    }
    circuit.worked();
    const result = agreement(answer.got, question);
    cache.set(key, result, now());
    return result;
  }

  return {
    attribution: () => Promise.resolve(service.attribution),
    search(question) {
      const text = question.text.trim().slice(0, 200);
      if (text === "") return Promise.resolve({ result: "nothing", because: "empty" });
      const { south, west, north, east } = question.bounds;
      const key = JSON.stringify([text.toLowerCase(), question.language, south, west, north, east]);
      const known = cache.get(key, now());
      if (known) return Promise.resolve(known);
      const running = asking.get(key) ?? ask({ ...question, text }, key).finally(() => asking.delete(key));
      asking.set(key, running);
      return running;
    },
  };
}
