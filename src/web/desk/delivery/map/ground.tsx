import { memo } from "react";
import type { MapDrawing } from "../../../../skills/delivery/api/map.ts";

/** Land and water of the owner's own geometry; `kind` says what a shape is. */
export const Ground = memo(function Ground({ drawing }: { drawing: MapDrawing }) {
  return (
    <>
      {drawing.shapes.map(({ kind, d, isArea }, n) => {
        const look = {
          street: "stroke-(--ah-map-road) fill-none",
          district: "stroke-(--ah-map-edge) fill-none",
          water: isArea ? "fill-(--ah-map-water)" : "stroke-(--ah-map-water) fill-none",
          park: isArea ? "fill-(--ah-map-park)" : "stroke-(--ah-map-park) fill-none",
        }[kind];
        return (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no names and never move
            key={n}
            d={d}
            fillRule="evenodd"
            strokeWidth={kind === "district" ? 1 : 2}
            strokeDasharray={kind === "district" ? "4 3" : undefined}
            className={look}
          />
        );
      })}
      {drawing.names.map(({ text, x, y }) => (
        <text
          key={`${text} ${x}`}
          x={x}
          y={y}
          textAnchor="middle"
          paintOrder="stroke"
          strokeWidth="3"
          className="fill-ink-2 stroke-(--ah-map-land) text-[11px]"
        >
          {text}
        </text>
      ))}
    </>
  );
});
