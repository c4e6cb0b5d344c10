import type { Outside } from "../adapters/asking.ts";
import { Circuit } from "../adapters/circuit.ts";
import type { MatrixService } from "../adapters/matrix-service.ts";
import { ExpiringCache } from "../places/expiring-cache.ts";
import type { LatLon } from "../places/geocoder.ts";
import type { Matrix, MatrixQuestion, TravelTimes } from "./travel-times.ts";

const CACHE = { most: 200_000, keep_ms: 6 * 3_600_000 };
/** Places within a metre are one in the cache. */
const CACHE_DECIMALS = 5;
/** A whole question is given up after so long; what has come by then stays in the cache. */
const LONGEST_MS = 120_000;

export interface OutsideTimesParts {
  readonly service: MatrixService;
  readonly outside: Outside;
  /** Answers when the service does not. */
  readonly fallback: TravelTimes;
  /** ms */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Times of a service outside, asked in the pieces that it takes and in its pace. Answers are kept for six hours, in memory.
 * When it is down, slow or out of its mind, the whole answer is the fallback's: times of two makers in one matrix would
 * send couriers where one of them is the more hopeful.
 */
export function openOutsideTimes(parts: OutsideTimesParts): TravelTimes {
  const { service, outside, fallback, now, wait } = parts;
  const cache = new ExpiringCache<number>(CACHE);
  const circuit = new Circuit();
  let freeAt = 0;

  /** @returns whether the piece came */
  async function askPiece(piece: MatrixQuestion, until: number): Promise<boolean> {
    const turn = Math.max(now(), freeAt);
    if (circuit.isOpen(now()) || turn > until) return false;
    freeAt = turn + service.pace_ms;
    if (turn > now()) await wait(turn - now());
    const answer = await service.ask(outside, piece);
    if ("failed" in answer) {
      circuit.failed(now(), answer.retryAfterMs);
      return false;
    }
    circuit.worked();
    for (const [n, seconds] of answer.got.entries()) {
      const source = piece.sources[Math.floor(n / piece.targets.length)] as LatLon;
      const target = piece.targets[n % piece.targets.length] as LatLon;
      cache.set(keyOf(source, target, piece.departLocal), seconds, now());
    }
    return true;
  }

  return {
    async matrix(question) {
      const until = now() + LONGEST_MS;
      for (const piece of pieces(question, service.most)) {
        const isKnown = piece.sources.every((source) =>
          piece.targets.every(
            (target) => cache.get(keyOf(source, target, piece.departLocal), now()) !== undefined,
          ),
        );
        if (!isKnown && !(await askPiece(piece, until))) return fallback.matrix(question);
      }
      const seconds = fromCache(question, (key) => cache.get(key, now()));
      // More pairs than the cache keeps: the first ones have gone.
      return seconds ? { seconds, from: service.name } : fallback.matrix(question);
    },
  };
}

function fromCache(
  { sources, targets, departLocal }: MatrixQuestion,
  get: (key: string) => number | undefined,
): Matrix["seconds"] | null {
  const seconds = new Float32Array(sources.length * targets.length);
  for (const [s, source] of sources.entries())
    for (const [t, target] of targets.entries()) {
      const known = get(keyOf(source, target, departLocal));
      if (known === undefined) return null;
      seconds[s * targets.length + t] = known;
    }
  return seconds;
}

function keyOf(from: LatLon, to: LatLon, departLocal: string | null): string {
  const of = ({ lat, lon }: LatLon) => `${lat.toFixed(CACHE_DECIMALS)},${lon.toFixed(CACHE_DECIMALS)}`;
  // The hour: minutes do not change what a service knows of traffic.
  return `${of(from)}>${of(to)}@${departLocal?.slice(0, 13) ?? ""}`;
}

function* pieces(
  { sources, targets, departLocal }: MatrixQuestion,
  most: { readonly sources: number; readonly targets: number },
): Generator<MatrixQuestion> {
  for (let s = 0; s < sources.length; s += most.sources)
    for (let t = 0; t < targets.length; t += most.targets)
      yield {
        sources: sources.slice(s, s + most.sources),
        targets: targets.slice(t, t + most.targets),
        departLocal,
      };
}
