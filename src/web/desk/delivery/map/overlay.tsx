import type { MapDrawing } from "../../../../skills/delivery/api/map.ts";
import { dashOf, toneOf } from "../evening/tones.ts";
import { CourierSign, DepotSign, StopSign } from "./signs.tsx";

interface OverlayProps {
  routes: MapDrawing["routes"];
  stops: MapDrawing["stops"];
  places: ReadonlyMap<string, number>;
  selected: number | null;
}

/** Rounds and signs, in units of the picture that lies under them. */
export function Overlay({ routes, stops, places, selected }: OverlayProps) {
  return (
    <>
      {routes.map(({ id, d, isDimmed }) => {
        const place = places.get(id) ?? 0;
        return (
          <path
            key={id}
            d={d}
            fill="none"
            strokeWidth={isDimmed ? 2 : 3}
            strokeOpacity={isDimmed ? 0.35 : 1}
            strokeLinejoin="round"
            strokeDasharray={dashOf(place)}
            className={`${toneOf(place)} stroke-(--tone)`}
          />
        );
      })}
      {stops.map((stop) => {
        if (stop.state === "depot") return <DepotSign key={stop.id} stop={stop} />;
        if (stop.state === "courier") return <CourierSign key={stop.id} stop={stop} />;
        const id = Number(stop.id.slice(1));
        return (
          <g
            key={stop.id}
            data-stop={id}
            className={`pointer-events-auto cursor-pointer ${toneOf(places.get(stop.id) ?? 0)}`}
          >
            <StopSign stop={stop} isSelected={id === selected} />
          </g>
        );
      })}
    </>
  );
}
