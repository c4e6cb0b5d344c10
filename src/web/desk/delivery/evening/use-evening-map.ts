import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { MapInput } from "../../../../skills/delivery/api/map.ts";
import type { CityDocument } from "../../../../skills/delivery/api.ts";
import { cityMapQuery } from "../queries.ts";

export interface EveningMap {
  readonly features: MapInput["features"];
  /** Whose data is shown; "" = the company's own. */
  readonly attribution: string;
  /** The city's map in one file. */
  readonly tiles: { readonly fileId: string; readonly attribution: string } | null;
}

/** The owner's map of the city; where it has no districts, or there is none, the zones stand for them. */
export function useEveningMap({ id, zones }: Pick<CityDocument, "id" | "zones">): EveningMap {
  const map = useQuery(cityMapQuery(id)).data;
  return useMemo(() => {
    const drawn = map?.features ?? [];
    const hasDistricts = drawn.some(({ kind }) => kind === "district");
    const districts = zones.map(({ name, polygon }) => ({
      kind: "district" as const,
      name,
      isArea: true,
      lines: polygon.coordinates,
    }));
    return {
      features: hasDistricts ? drawn : [...drawn, ...districts],
      attribution: map?.attribution ?? "",
      tiles: map?.tiles ?? null,
    };
  }, [map, zones]);
}
