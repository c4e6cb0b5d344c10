import type { LatLon } from "../places/geocoder.ts";
import type { Cells } from "./cells.ts";
import type { PairTable } from "./city-travel.ts";
import type { Matrix, TravelTimes } from "./travel-times.ts";

/** What a service said about a city, in the form that plans count with. */

export interface ServiceTableOptions {
  readonly cells: Cells;
  readonly embedded: PairTable;
  /** Degrees of a cell's middle. */
  readonly fromGrid: (cell: { readonly x: number; readonly y: number }) => LatLon;
  readonly departLocal: string | null;
  /** Of the evening: services drive without looking for a door. */
  readonly slower: number;
}

/** A way between neighbouring cells says more about where their middles are than about the cells. */
const NEAR_SQUARES = 1;
/** Slower than this a metre is a fault of the service, such as a middle in the water. */
const MOST_PACE = 3;
const LEAST_PACE = 0.02;

/**
 * Asks a service for the times between all cells, once, and makes a table of it. Times come into a plan only so: a table is
 * stored with its number, and a plan that is built again from the database counts as it did before, whatever the service
 * says by then. Both directions count as the slower one; between near cells, and where the service knows no way, the
 * embedded table stays.
 * @returns null when the service did not answer
 */
export async function tableOfService(
  times: TravelTimes,
  { cells, embedded, fromGrid, departLocal, slower }: ServiceTableOptions,
): Promise<{ table: PairTable; maker: Matrix["from"] } | null> {
  const middles = cells.list.map(fromGrid);
  const { seconds, from } = await times.matrix({ sources: middles, targets: middles, departLocal });
  if (from === "embedded") return null;
  const count = cells.count;
  const secondsPerMetre = embedded.secondsPerMetre.slice();
  const extra_s = embedded.extra_s.slice();
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      if (cells.apart(a, b) <= NEAR_SQUARES) continue;
      const both = Math.max(seconds[a * count + b] as number, seconds[b * count + a] as number);
      const [one, other] = [
        cells.list[a] as { x: number; y: number },
        cells.list[b] as { x: number; y: number },
      ];
      const pace = (both * slower) / Math.hypot(one.x - other.x, one.y - other.y);
      if (!(pace >= LEAST_PACE && pace <= MOST_PACE)) continue;
      for (const at of [a * count + b, b * count + a]) {
        secondsPerMetre[at] = pace;
        extra_s[at] = 0;
      }
    }
  return { table: { secondsPerMetre, extra_s }, maker: from };
}
