import { useMemo } from "react";
import type { MapInput } from "../../../../skills/delivery/api/map.ts";
import type { CityDocument } from "../../../../skills/delivery/api.ts";

/** What the company's own geometry says of the city: its zones, as districts with names. */
export function useEveningMap({ zones }: Pick<CityDocument, "zones">): MapInput["features"] {
  return useMemo(
    () =>
      zones.map(({ name, polygon }) => ({
        kind: "district" as const,
        name,
        isArea: true,
        lines: polygon.coordinates,
      })),
    [zones],
  );
}
