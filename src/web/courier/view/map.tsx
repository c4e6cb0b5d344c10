/** @jsxImportSource preact */
import { useMemo } from "preact/hooks";
import { drawMap, type MapStop } from "../../../skills/delivery/api/map.ts";
import type { Position } from "../../../skills/delivery/api/map-layers.ts";
import { hasEnded, type SeenShift, type SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";

const WIDTH = 360;
const HEIGHT = 108;
/** Room above for the pin that stands on its place. */
const ABOVE = 30;
const BELOW = 12;
/** So many stops behind the next one show where it goes on. */
const AHEAD = 2;

const at = ({ lat, lon }: { lat: number; lon: number }): Position => [lon, lat];

/** From where the courier was last to the next stop, and on; the same stands in words below and in the list. */
export function StopMap({ shift, stop }: { shift: SeenShift; stop: SeenStop }) {
  const { words, state } = useCourier();
  const map = state.map?.shiftId === shift.id ? state.map : null;
  const drawing = useMemo(() => {
    const open = shift.stops.filter((one) => !hasEnded(one));
    const here = open.indexOf(stop);
    const before = shift.stops.filter(hasEnded).at(-1)?.place ?? shift.start.place;
    const shown = open.slice(here, here + 1 + AHEAD);
    const stops: MapStop[] = [
      { id: "before", at: at(before), sign: "", label: "", state: "courier" },
      ...shown.map((one, n) => ({
        id: String(one.deliveryId),
        at: at(one.place),
        sign: "",
        label: one.name,
        state: n === 0 ? ("next" as const) : ("open" as const),
      })),
    ];
    const way = [at(before), at(stop.place)];
    const on = shown.map(({ place }) => at(place));
    return drawMap({
      features: map?.features ?? [],
      stops,
      routes: [
        { id: "on", places: on, colour: 0, isDimmed: true },
        { id: "way", places: way, colour: 0, isDimmed: false },
      ],
      width: WIDTH,
      height: HEIGHT,
    });
  }, [shift, stop, map]);
  return (
    <svg
      class="map"
      viewBox={`0 ${-ABOVE} ${WIDTH} ${ABOVE + HEIGHT + BELOW}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={words.stop.map}
    >
      {drawing.shapes.map(({ kind, d, isArea }) => (
        <path key={`${kind} ${d}`} class={`${kind}${isArea ? " area" : ""}`} d={d} />
      ))}
      {drawing.routes.map(({ id, d, isDimmed }) => (
        <g key={id}>
          {!isDimmed && <path class="edge" d={d} />}
          <path class={isDimmed ? "onward" : "way"} d={d} />
        </g>
      ))}
      {[...drawing.stops].reverse().map(({ id, x, y, state }) =>
        state === "courier" ? (
          <circle key={id} class="courier" cx={x} cy={y} r="8" />
        ) : state === "next" ? (
          <g key={id} transform={`translate(${x} ${y})`}>
            <path class="pin" d="M0 0C-4-9-11-12-11-20a11 11 0 0 1 22 0C11-12 4-9 0 0Z" />
            <circle class="eye" cx="0" cy="-20" r="4" />
          </g>
        ) : (
          <circle key={id} class="later" cx={x} cy={y} r="5" />
        ),
      )}
      {map?.attribution && (
        <text class="attribution" x={WIDTH - 6} y={HEIGHT - 6}>
          {map.attribution}
        </text>
      )}
    </svg>
  );
}
