import type { Position } from "./map-layers.ts";

/** From degrees to the picture: projection, cutting, and leaving out what nobody sees. */

/** In units of the picture, from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface View {
  readonly width: number;
  readonly height: number;
  project(position: Position): Point;
}

const RADIANS = Math.PI / 180;
/** A single stop is shown with so much of the city round it, in degrees of latitude (some 1,100 m). */
const LEAST_DEGREES = 0.01;

/**
 * A view that shows all of these places with room round them (equirectangular about their middle: within a city it differs
 * from Mercator by less than a line's width).
 * @param padding units of the picture
 */
export function viewOf(
  places: readonly Position[],
  { width, height, padding }: { width: number; height: number; padding: number },
): View {
  let [west, east, south, north] = [180, -180, 90, -90];
  for (const [lon, lat] of places) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
  const narrow = Math.cos(middle.lat * RADIANS);
  const room = { width: Math.max(1, width - 2 * padding), height: Math.max(1, height - 2 * padding) };
  const scale = Math.min(
    room.width / Math.max((east - west) * narrow, LEAST_DEGREES),
    room.height / Math.max(north - south, LEAST_DEGREES),
  );
  return {
    width,
    height,
    project: ([lon, lat]) => ({
      x: width / 2 + (lon - middle.lon) * narrow * scale,
      y: height / 2 - (lat - middle.lat) * scale,
    }),
  };
}

/** Leaves out points that a line of `tolerance` units does not show (Douglas and Peucker), without recursion. */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
  if (points.length <= 2) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [first, last] = part;
    let [farthest, away] = [-1, tolerance];
    for (let n = first + 1; n < last; n++) {
      const gap = gapOf(points[n] as Point, points[first] as Point, points[last] as Point);
      if (gap > away) [farthest, away] = [n, gap];
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, n) => keep[n] === 1);
}

function gapOf(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / square;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - at * dx, point.y - a.y - at * dy);
}

/** Is any of it in the picture, or round it? */
export function touches(points: readonly Point[], { width, height }: View): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right >= 0 && left <= width && bottom >= 0 && top <= height;
}

/** Cuts an area at the picture's edges, with a margin for its line (Sutherland and Hodgman). */
export function clipArea(points: readonly Point[], { width, height }: View): Point[] {
  const margin = 8;
  const edges: readonly { inside(p: Point): number }[] = [
    { inside: ({ x }) => x + margin },
    { inside: ({ x }) => width + margin - x },
    { inside: ({ y }) => y + margin },
    { inside: ({ y }) => height + margin - y },
  ];
  let kept = [...points];
  for (const { inside } of edges) {
    const from = kept;
    kept = [];
    for (const [n, point] of from.entries()) {
      const before = from[(n + from.length - 1) % from.length] as Point;
      const [a, b] = [inside(before), inside(point)];
      if (a >= 0 !== b >= 0) {
        const share = a / (a - b);
        kept.push({ x: before.x + share * (point.x - before.x), y: before.y + share * (point.y - before.y) });
      }
      if (b >= 0) kept.push(point);
    }
  }
  return kept;
}

/** "M1.5 2L3 4": one decimal is finer than a screen shows. */
export function pathOf(points: readonly Point[], isClosed: boolean): string {
  const one = (value: number) => String(Math.round(value * 10) / 10);
  const steps = points.map(({ x, y }, n) => `${n === 0 ? "M" : "L"}${one(x)} ${one(y)}`).join("");
  return isClosed ? `${steps}Z` : steps;
}
