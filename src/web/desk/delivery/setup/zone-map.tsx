import { useMemo } from "react";
import { drawMap } from "../../../../skills/delivery/api/map.ts";
import type { MapFeature, Position } from "../../../../skills/delivery/api/map-layers.ts";
import { useText } from "../../text/use-text.ts";
import type { CityDraft } from "./city-draft.ts";

const size = { width: 640, height: 440 };
const corners = 48;
const metresPerDegree = 111_195;

/** What is served, drawn from the owner's own borders; depots are squares. The list beside it says the same. */
export function ZoneMap({ draft }: { draft: CityDraft }) {
  const { t } = useText();
  const drawing = useMemo(() => drawingOf(draft), [draft]);
  if (!drawing) return null;
  return (
    <svg
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      role="img"
      aria-label={t("deliverySetup.map", { zones: draft.zones.length, depots: draft.depots.length })}
      className="w-full rounded-2 border border-line bg-(--ah-map-land)"
    >
      {drawing.shapes.map(({ d }) => (
        <path
          key={d}
          d={d}
          className="fill-accent-soft stroke-accent-text"
          strokeWidth="2"
          fillOpacity="0.7"
        />
      ))}
      {drawing.names.map(({ text, x, y }) => (
        <text key={`${text} ${x} ${y}`} x={x} y={y} textAnchor="middle" fontSize="14" className="fill-ink">
          {text}
        </text>
      ))}
      {drawing.stops.map(({ id, x, y, label }) => (
        <g key={id}>
          <title>{label}</title>
          <rect
            x={x - 8}
            y={y - 8}
            width="16"
            height="16"
            rx="3"
            className="fill-ink stroke-sheet"
            strokeWidth="2"
          />
        </g>
      ))}
    </svg>
  );
}

function drawingOf({ zones, depots, lat, lon, radiusMetres }: CityDraft) {
  const middle: Position = [Number(lon.replace(",", ".")), Number(lat.replace(",", "."))];
  if (lat.trim() === "" || lon.trim() === "" || middle.some(Number.isNaN)) return null;
  const areas: MapFeature[] =
    zones.length > 0
      ? zones.map(({ name, polygon }) => ({
          kind: "district",
          name,
          isArea: true,
          lines: polygon.coordinates as Position[][],
        }))
      : [
          {
            kind: "district",
            name: "",
            isArea: true,
            lines: [circle(middle, Number(radiusMetres.replace(",", ".")) * 1_000)],
          },
        ];
  const stops = depots.flatMap(({ key, name, lat: y, lon: x }) => {
    const at: Position = [Number(x.replace(",", ".")), Number(y.replace(",", "."))];
    return at.some(Number.isNaN)
      ? []
      : [{ id: String(key), at, sign: "", label: name, state: "depot" as const }];
  });
  return drawMap({ features: areas, stops, routes: [edgeOf(areas)], ...size });
}

/** The borders as a way, so that the picture holds all of them. */
const edgeOf = (areas: readonly MapFeature[]) => ({
  id: "edge",
  places: areas.flatMap(({ lines }) => lines.flat()),
  colour: 0,
  isDimmed: true,
});

function circle([lon, lat]: Position, radius: number): Position[] {
  const stretch = Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: corners + 1 }, (_, n) => {
    const angle = (2 * Math.PI * n) / corners;
    const degrees = (Number.isFinite(radius) ? radius : 1_000) / metresPerDegree;
    return [lon + (Math.cos(angle) * degrees) / stretch, lat + Math.sin(angle) * degrees];
  });
}
