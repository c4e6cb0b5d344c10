import type { Polygon } from "../tables.ts";

/** Where a place lies: zones as rings of corners on the plane, distances in its unit. */

interface Point {
  readonly x: number;
  readonly y: number;
}
type Ring = readonly Point[];

/** A zone ready for questions; `rings` on the city's grid, the border first. */
export interface ZoneShape {
  readonly rings: readonly Ring[];
}

/** @param project degrees to the grid */
export function shapeOf(
  { coordinates }: Polygon,
  project: (at: { lat: number; lon: number }) => Point,
): ZoneShape {
  return { rings: coordinates.map((ring) => ring.map(([lon, lat]) => project({ lat, lon }))) };
}

/** Inside the border and in no hole (even-odd rule); the border itself may count either way. */
export function isInside({ rings }: ZoneShape, at: Point): boolean {
  let inside = false;
  for (const ring of rings) if (crosses(ring, at)) inside = !inside;
  return inside;
}

function crosses(ring: Ring, { x, y }: Point): boolean {
  let odd = false;
  for (const [a, b] of sides(ring))
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
  return odd;
}

/** The nearest point of a zone's border, and how far it is. */
export function nearestOn({ rings: [border = []] }: ZoneShape, at: Point): Point & { distance: number } {
  let best = { x: at.x, y: at.y, distance: Number.POSITIVE_INFINITY };
  for (const [a, b] of sides(border)) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : ((at.x - a.x) * dx + (at.y - a.y) * dy) / length;
    const along = Math.min(1, Math.max(0, share));
    const [x, y] = [a.x + along * dx, a.y + along * dy];
    const distance = Math.hypot(at.x - x, at.y - y);
    if (distance < best.distance) best = { x, y, distance };
  }
  return best;
}

function sides(ring: Ring): [Point, Point][] {
  return ring.map((corner, n) => [corner, ring[(n + 1) % ring.length] as Point]);
}

/** What is wrong with a zone's border, in words; null when nothing is. */
export function polygonFault({ coordinates }: Polygon): string | null {
  for (const [n, ring] of coordinates.entries()) {
    const name = n === 0 ? "border" : `hole ${n}`;
    if (ring.length < 4)
      return `The ${name} has ${ring.length} points; it needs three corners and the first again.`;
    const [first, last] = [ring[0], ring.at(-1)];
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
      return `The ${name} does not end where it begins.`;
  }
  return null;
}
