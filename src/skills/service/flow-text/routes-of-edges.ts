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

interface Course {
  readonly top: Point;
  /** A place in every layer between, from the top to the bottom. */
  readonly between: readonly Point[];
  readonly bottom: Point;
}

/**
 * From one step to another, straight through a place in every layer between.
 * @param how.row place in the row of lines below the upper step: neighbours' words stand at different heights
 * @param how.height px of a step
 */
export function routeOf(
  { top, between, bottom }: Course,
  how: { isUp: boolean; row: number; height: number },
): Route {
  const { isUp, row, height } = how;
  const stops = between.flatMap(({ x, y }) => [
    { x, y },
    { x, y: y + height },
  ]);
  const points = [top, ...stops, bottom];
  const ordered = isUp ? points.toReversed() : points;
  const [first, ...rest] = ordered as [Point, ...Point[]];
  let from = first;
  let path = `M${first.x} ${first.y}`;
  for (const to of rest) {
    const middle = Math.round((from.y + to.y) / 2);
    path += from.x === to.x ? `L${to.x} ${to.y}` : `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
    from = to;
  }
  const next = stops[0] ?? bottom;
  const share = row % 2 === 0 ? 0.3 : 0.62;
  const eased = share * share * (3 - 2 * share);
  return {
    path,
    labelX: Math.round(top.x + (next.x - top.x) * eased),
    labelY: Math.round(top.y + (next.y - top.y) * share),
  };
}

const OUT = 14;

/** A step that leads to itself: a small loop at its right. */
export function loopRoute({ x, y }: Point, { width, height }: { width: number; height: number }): Route {
  const right = x + width;
  const [from, to] = [y + height - 14, y + 14];
  return {
    path: `M${right} ${from}C${right + OUT} ${from} ${right + OUT} ${to} ${right} ${to}`,
    labelX: right + OUT,
    labelY: y + height / 2,
  };
}
