/** Lines of a drawing as SVG paths. */

export interface Point {
  /** px */
  readonly x: number;
  readonly y: number;
}

interface Route {
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

/** As layout.ts draws a step. */
const WIDTH = 168;
const HEIGHT = 52;
const ROUND = 8;

/** From one step down to another, through a place in every layer between; straight beside what stands there. */
export function downRoute(start: Point, between: readonly Point[], end: Point, row: number): Route {
  let path = `M${start.x} ${start.y}`;
  let from = start;
  const bend = (to: Point) => {
    const middle = Math.round((from.y + to.y) / 2);
    path += `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
    from = to;
  };
  for (const point of between) {
    bend(point);
    from = { x: point.x, y: point.y + HEIGHT };
    path += `L${from.x} ${from.y}`;
  }
  bend(end);
  const first = between[0] ?? end;
  // Neighbours stand at different heights, so that their words do not meet.
  const share = row % 2 === 0 ? 0.3 : 0.62;
  const eased = share * share * (3 - 2 * share);
  return {
    path,
    labelX: Math.round(start.x + (first.x - start.x) * eased),
    labelY: Math.round(start.y + (first.y - start.y) * share),
  };
}

/** Back up, or sideways: out at the right edge, along a lane, and in again. */
export function backRoute(from: Point, to: Point, lane: number): Route {
  const out = { x: from.x + WIDTH, y: from.y + HEIGHT / 2 + 6 };
  const back = { x: to.x + WIDTH, y: to.y + HEIGHT / 2 - 6 };
  const isUp = back.y < out.y;
  const turn = isUp ? -ROUND : ROUND;
  const path = [
    `M${out.x} ${out.y}`,
    `L${lane - ROUND} ${out.y}`,
    `Q${lane} ${out.y} ${lane} ${out.y + turn}`,
    `L${lane} ${back.y - turn}`,
    `Q${lane} ${back.y} ${lane - ROUND} ${back.y}`,
    `L${back.x} ${back.y}`,
  ].join("");
  return { path, labelX: lane - 12, labelY: Math.round((out.y + back.y) / 2) };
}
