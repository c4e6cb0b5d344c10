import type { Place } from "../engine/index.ts";

/** A river, a lake, a railway: what cannot be crossed but where there is a bridge. Metres on the city's grid. */
export interface Barrier {
  readonly line: readonly Place[];
  readonly crossings: readonly Place[];
}

const MOST_LINES = 20;
const MOST_CORNERS = 60;
const MOST_WAYPOINTS = 250;
/** A way along the bank runs this far beside the line. */
const BESIDE_M = 15;
/** So far a crossing may be drawn from its line. */
const CROSSING_NEAR_M = 150;
const FAR = 1e9;

/** A barrier cannot be used; the sentence says which and why. */
export class BarrierFault extends Error {}

interface Waypoint extends Place {
  /** Stands on a line: the way to it ends shortly before. */
  readonly isCrossing: boolean;
}

const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

/**
 * Shortest ways round barriers, over crossings, ends and corners (a visibility graph; Lozano-Pérez and Wesley 1979). Ways
 * between the waypoints are found once; a question then looks at the waypoints that are in sight.
 */
export class Barriers {
  readonly #lines: readonly (readonly Place[])[];
  readonly #points: readonly Waypoint[];
  /** Metres between waypoints; FAR without a way. */
  readonly #ways: Float64Array;

  /** @throws BarrierFault */
  constructor(barriers: readonly Barrier[]) {
    if (barriers.length > MOST_LINES) throw new BarrierFault(`A city has ${MOST_LINES} barriers at most.`);
    for (const [n, barrier] of barriers.entries()) checkBarrier(barrier, n);
    this.#lines = barriers.map(({ line }) => line);
    this.#points = barriers.flatMap(({ line, crossings }) => [
      ...crossings.map((one) => ({ ...one, isCrossing: true })),
      ...banks(line).map((one) => ({ ...one, isCrossing: false })),
    ]);
    if (this.#points.length > MOST_WAYPOINTS)
      throw new BarrierFault(
        `Barriers have ${MOST_WAYPOINTS} corners and crossings together at most, these have ${this.#points.length}: draw them with fewer corners.`,
      );
    this.#ways = this.#allWays();
  }

  get lines(): readonly (readonly Place[])[] {
    return this.#lines;
  }

  /** Can one go straight? */
  isClear(a: Place, b: Place): boolean {
    return !this.#lines.some((line) => crosses(line, a, b));
  }

  /** Metres from a place to each waypoint by the shortest way. */
  reach(from: Place): Float64Array {
    const count = this.#points.length;
    const reached = new Float64Array(count).fill(FAR);
    for (let near = 0; near < count; near++) {
      const first = this.#inSight(from, near);
      if (first >= FAR) continue;
      for (let far = 0; far < count; far++) {
        const way = first + (this.#ways[near * count + far] as number);
        if (way < (reached[far] as number)) reached[far] = way;
      }
    }
    return reached;
  }

  /** Metres to each waypoint that is in sight, FAR to the others. */
  sight(from: Place): Float64Array {
    return Float64Array.from(this.#points, (_, n) => this.#inSight(from, n));
  }

  /**
   * Metres of the shortest way between two places.
   * @param reached of `a`, `seen` of `b`: for those who ask for many
   */
  metres(a: Place, b: Place, reached = this.reach(a), seen = this.sight(b)): number {
    if (this.isClear(a, b)) return distance(a, b);
    let shortest = FAR;
    for (let n = 0; n < reached.length; n++)
      shortest = Math.min(shortest, (reached[n] as number) + (seen[n] as number));
    // No way was drawn: the straight one is the best that is known.
    return shortest >= FAR ? distance(a, b) : shortest;
  }

  #inSight(from: Place, n: number): number {
    const to = this.#points[n] as Waypoint;
    return this.isClear(from, to.isCrossing ? shortOf(from, to) : to) ? distance(from, to) : FAR;
  }

  /** Floyd and Warshall over what sees each other. */
  #allWays(): Float64Array {
    const count = this.#points.length;
    const ways = new Float64Array(count * count).fill(FAR);
    for (let a = 0; a < count; a++) {
      const from = this.#points[a] as Waypoint;
      ways[a * count + a] = 0;
      for (let b = 0; b < count; b++) {
        const to = this.#points[b] as Waypoint;
        const begin = from.isCrossing ? shortOf(to, from) : from;
        const end = to.isCrossing ? shortOf(from, to) : to;
        if (a !== b && this.isClear(begin, end)) ways[a * count + b] = distance(from, to);
      }
    }
    for (let over = 0; over < count; over++)
      for (let a = 0; a < count; a++) {
        const first = ways[a * count + over] as number;
        if (first >= FAR) continue;
        for (let b = 0; b < count; b++) {
          const way = first + (ways[over * count + b] as number);
          if (way < (ways[a * count + b] as number)) ways[a * count + b] = way;
        }
      }
    return ways;
  }
}

function checkBarrier({ line, crossings }: Barrier, n: number): void {
  const fault = (why: string) => new BarrierFault(`Barrier ${n + 1} ${why}.`);
  if (line.length < 2) throw fault("has fewer than two points");
  if (line.length > MOST_CORNERS)
    throw fault(`has more than ${MOST_CORNERS} points: draw it with fewer corners`);
  if (![...line, ...crossings].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
    throw fault("has a point without a place");
  const away = crossings.findIndex((one) => awayFrom(line, one) > CROSSING_NEAR_M);
  if (away >= 0)
    throw fault(`has a crossing (${away + 1}) that lies more than ${CROSSING_NEAR_M} m away from its line`);
}

/** The point a little before `to`, seen from `from`. */
function shortOf(from: Place, to: Place): Place {
  const length = distance(from, to);
  if (length <= 2 * BESIDE_M) return from;
  const share = (length - BESIDE_M) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Points on both banks at each corner, and beyond both ends: there one can go round. */
function banks(line: readonly Place[]): Place[] {
  return line.flatMap((corner, n) => {
    const before = direction(line[n - 1] ?? corner, corner);
    const behind = direction(corner, line[n + 1] ?? corner);
    const along = unit({ x: before.x + behind.x, y: before.y + behind.y });
    const at = (x: number, y: number) => ({ x: corner.x + BESIDE_M * x, y: corner.y + BESIDE_M * y });
    if (n === 0) return [at(-along.x, -along.y)];
    if (n === line.length - 1) return [at(along.x, along.y)];
    return [at(-along.y, along.x), at(along.y, -along.x)];
  });
}

function unit({ x, y }: Place): Place {
  const length = Math.hypot(x, y);
  return length === 0 ? { x: 0, y: 0 } : { x: x / length, y: y / length };
}

const direction = (from: Place, to: Place): Place => unit({ x: to.x - from.x, y: to.y - from.y });

const side = (a: Place, b: Place, c: Place): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

function crosses(line: readonly Place[], a: Place, b: Place): boolean {
  for (let n = 1; n < line.length; n++) {
    const [c, d] = [line[n - 1] as Place, line[n] as Place];
    const [fromA, fromB] = [side(c, d, a), side(c, d, b)];
    if (fromA > 0 === fromB > 0 || fromA === 0) continue;
    const [fromC, fromD] = [side(a, b, c), side(a, b, d)];
    if (fromC > 0 !== fromD > 0 || fromC === 0) return true;
  }
  return false;
}

/** The nearest point of a line: how far, and on which side of it a place lies (1 left, -1 right). */
export function sideOf(line: readonly Place[], place: Place): { away_m: number; side: 1 | -1 } {
  let away = FAR;
  let found: 1 | -1 = 1;
  for (let n = 1; n < line.length; n++) {
    const [c, d] = [line[n - 1] as Place, line[n] as Place];
    const length = distance(c, d);
    const share =
      length === 0 ? 0 : ((place.x - c.x) * (d.x - c.x) + (place.y - c.y) * (d.y - c.y)) / (length * length);
    const at = Math.min(1, Math.max(0, share));
    const gap = distance(place, { x: c.x + at * (d.x - c.x), y: c.y + at * (d.y - c.y) });
    if (gap >= away) continue;
    away = gap;
    found = side(c, d, place) >= 0 ? 1 : -1;
  }
  return { away_m: away, side: found };
}

const awayFrom = (line: readonly Place[], place: Place): number => sideOf(line, place).away_m;
