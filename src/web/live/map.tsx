/** @jsxImportSource preact */
import truck from "lucide-react/icons/truck";
import { useMemo } from "preact/hooks";
import { drawMap } from "../../skills/delivery/api/map.ts";
import { Lines } from "../customer-page/icon.tsx";
import type { Live, LiveMap } from "./contract.ts";

/** The courier's way on the owner's map: the dots are blocks, not doors, and only the last one is exact. */

const WIDTH = 480;
const HEIGHT = 264;
const COURIER = 19;

interface MapProps {
  map: LiveMap;
  way: Live["way"];
  place: Live["place"];
  /** What it shows, for those who do not see it. */
  label: string;
}

export function WayMap({ map, way, place, label }: MapProps) {
  const drawing = useMemo(() => {
    const at = (one: Live["place"]): [number, number] => [one.lon, one.lat];
    const stops = [...way, place].map((one, n) => ({
      id: String(n),
      at: at(one),
      sign: "",
      label: "",
      state: "open" as const,
    }));
    const places = stops.map((stop) => stop.at);
    const routes = way.length > 0 ? [{ id: "way", places, colour: 0, isDimmed: false }] : [];
    return drawMap({ features: map.features, stops, routes, width: WIDTH, height: HEIGHT });
  }, [map, way, place]);
  const door = drawing.stops.at(-1);
  const [courier, ...stops] = drawing.stops.slice(0, -1);
  return (
    <div class="map">
      <svg viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={label}>
        <rect class="land" width={drawing.width} height={drawing.height} />
        {drawing.shapes.map(({ kind, d, isArea }) => (
          <path key={d} class={`${kind} ${isArea ? "area" : "line"}`} d={d} />
        ))}
        {drawing.names.map(({ text, x, y }) => (
          <text key={`${text} ${x}`} x={x} y={y} text-anchor="middle">
            {text}
          </text>
        ))}
        {drawing.routes.map(({ id, d }) => (
          <g key={id}>
            <path class="way under" d={d} />
            <path class="way" d={d} />
          </g>
        ))}
        {stops.map(({ id, x, y }) => (
          <circle key={id} class="stop" cx={x} cy={y} r={8} />
        ))}
        {courier && (
          <g class="courier" transform={`translate(${courier.x} ${courier.y})`}>
            <circle r={COURIER} />
            <g class="sign" transform="translate(-10.8 -10.8) scale(0.9)">
              <Lines of={truck} />
            </g>
          </g>
        )}
        {door && (
          <g class="door" transform={`translate(${door.x} ${door.y})`}>
            <path d="M0 0C-7-10-19-20-19-32a19 19 0 0 1 38 0C19-20 7-10 0 0z" />
            <circle cy={-31} r={6.5} />
          </g>
        )}
      </svg>
      {map.attribution !== "" && <p class="attribution">{map.attribution}</p>}
    </div>
  );
}
