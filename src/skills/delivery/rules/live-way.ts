/** The courier's way as its customer sees it: no door of others. */

interface Place {
  /** Degrees */
  readonly lat: number;
  readonly lon: number;
}

/** A stop of the round, in its order. */
interface WayStop {
  readonly place: Place;
  readonly isOver: boolean;
}

const METRES_PER_DEGREE = 111_195;
/** Some 150 m: a block, not a house. */
const CELL_METRES = 150;
const LATITUDE_CELL = CELL_METRES / METRES_PER_DEGREE;
/** More are no way, but a scatter. */
const MOST_POINTS = 20;

/** The middle of the cell of some 150 m in which a place lies: the same for everybody in it. */
export function coarse({ lat, lon }: Place): Place {
  const row = Math.floor(lat / LATITUDE_CELL);
  const middle = (row + 0.5) * LATITUDE_CELL;
  const cell = LATITUDE_CELL / Math.cos((middle * Math.PI) / 180);
  return { lat: rounded(middle), lon: rounded((Math.floor(lon / cell) + 0.5) * cell) };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/**
 * From the last stop that is over (without one the depot) by those before this door.
 * @param stops of the round before this door, in its order
 * @param depot where the round begins
 */
export function wayTo(stops: readonly WayStop[], depot: Place | null): Place[] {
  const last = stops.findLastIndex(({ isOver }) => isOver);
  const from = stops[last]?.place ?? depot;
  const toCome = stops.slice(last + 1).map(({ place }) => place);
  const points = [...(from ? [from] : []), ...toCome].map(coarse);
  const distinct = points.filter((point, n) => {
    const before = points[n - 1];
    return !before || before.lat !== point.lat || before.lon !== point.lon;
  });
  return distinct.slice(-MOST_POINTS);
}
