import type { Place } from "../engine/index.ts";
import type { LatLon } from "../places/geocoder.ts";
import type { Cells } from "./cells.ts";
import type { PairTable } from "./city-travel.ts";
import type { TravelTimes } from "./travel-times.ts";

export interface EmbeddedTimesOptions {
  readonly cells: Cells;
  readonly table: PairTable;
  readonly leg_s: number;
  /** Metres on the city's grid. */
  readonly toGrid: (place: LatLon) => Place;
}

/** The same times that the embedded plan counts with, as a matrix: what stands in for a service that is down. */
export function embeddedTimes({ cells, table, leg_s, toGrid }: EmbeddedTimesOptions): TravelTimes {
  return {
    matrix({ sources, targets }) {
      const ends = targets.map(toGrid).map((place) => ({ place, cell: cells.at(place) }));
      const seconds = new Float32Array(sources.length * targets.length);
      for (const [s, source] of sources.map(toGrid).entries()) {
        const row = cells.at(source) * cells.count;
        for (const [t, { place, cell }] of ends.entries()) {
          const straight = Math.hypot(place.x - source.x, place.y - source.y);
          const pace = table.secondsPerMetre[row + cell] as number;
          seconds[s * ends.length + t] = leg_s + (table.extra_s[row + cell] as number) + straight * pace;
        }
      }
      return Promise.resolve({ seconds, from: "embedded" });
    },
  };
}
