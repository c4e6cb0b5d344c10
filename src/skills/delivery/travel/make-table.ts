import type { Place } from "../engine/index.ts";
import type { LatLon } from "../places/geocoder.ts";
import { fromGrid, toGrid } from "../plan/grid.ts";
import { type Barrier, Barriers } from "./barriers.ts";
import { Cells, type Extent } from "./cells.ts";
import { embeddedTable, type PairTable } from "./city-travel.ts";
import { embeddedTimes } from "./embedded-times.ts";
import { tableOfService } from "./service-table.ts";
import type { Matrix, TravelTimes } from "./travel-times.ts";

export interface CityWays {
  /** The city's middle, degrees, and how far it reaches. */
  readonly middle: LatLon;
  readonly radius_m: number;
  readonly circuity: number;
  /** In the fastest hour, where hours differ. */
  readonly metresPerSecond: number;
  readonly leg_s: number;
  /** Metres on the city's grid. */
  readonly barriers: readonly Barrier[];
}

export interface MadeTable {
  readonly extent: Extent;
  readonly lines: readonly (readonly Place[])[];
  readonly table: PairTable;
  readonly leg_s: number;
  readonly maker: Matrix["from"];
  readonly cells: number;
}

/** How much longer a courier takes than a service says: looking for the door's side of the road, turning, parking. */
const SLOWER = 1.15;

/**
 * A city's table of ways: embedded, or of a service where one is given and answers.
 * @param factorAt how much longer a metre takes there, of the embedded one
 * @param open makes the service's times, with the embedded ones to fall back on
 * @throws BarrierFault
 */
export async function makeTable(
  ways: CityWays,
  open: ((fallback: TravelTimes) => TravelTimes) | null = null,
  factorAt: (place: Place) => number = () => 1,
): Promise<MadeTable> {
  const { middle, radius_m, circuity, metresPerSecond, leg_s } = ways;
  const extent = { west: -radius_m, south: -radius_m, east: radius_m, north: radius_m };
  const barriers = ways.barriers.length > 0 ? new Barriers(ways.barriers) : null;
  const lines = barriers?.lines ?? [];
  const cells = new Cells(extent, lines);
  const factorOf = (cell: number): number => factorAt(cells.list[cell] as Place);
  const embedded = embeddedTable(cells, { circuity, metresPerSecond, barriers, factorOf });
  const made = { extent, lines, leg_s, cells: cells.count };
  if (!open) return { ...made, table: embedded, maker: "embedded" };
  const fallback = embeddedTimes({ cells, table: embedded, leg_s, toGrid: (place) => toGrid(middle, place) });
  const said = await tableOfService(open(fallback), {
    cells,
    embedded,
    fromGrid: (place) => fromGrid(middle, place),
    departLocal: null,
    slower: SLOWER,
  });
  return said ? { ...made, ...said } : { ...made, table: embedded, maker: "embedded" };
}
