import type { MapDrawing } from "../../../../skills/delivery/api/map.ts";

export type DrawnStop = MapDrawing["stops"][number];

/** Done is filled, open hollow, at risk a triangle; `--tone` is the round's colour. */
export function StopSign({
  stop: { x, y, state, label },
  isSelected,
}: {
  stop: Pick<DrawnStop, "x" | "y" | "state" | "label">;
  isSelected: boolean;
}) {
  return (
    <g transform={`translate(${x} ${y})`}>
      {label !== "" && <title>{label}</title>}
      {/* A finger is wider than a sign. */}
      <circle r="12" className="fill-transparent" />
      {isSelected && <circle r="11" strokeWidth="2" className="fill-sheet stroke-ink" />}
      {state === "risk" ? (
        <>
          <path
            d="M0-8 8.5 7h-17z"
            strokeWidth="1.75"
            strokeLinejoin="round"
            className="fill-warn stroke-(--ah-map-land)"
          />
          <path d="M0-3v4M0 4v.5" strokeWidth="1.75" strokeLinecap="round" className="stroke-sheet" />
        </>
      ) : (
        <circle
          r="5"
          strokeWidth="2"
          className={`stroke-(--tone) ${state === "done" ? "fill-(--tone)" : "fill-sheet"}`}
        />
      )}
    </g>
  );
}

/** Where a courier was heard of last, with the round's number. */
export function CourierSign({ stop: { x, y, sign, label } }: { stop: DrawnStop }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{label}</title>
      <circle r="11" strokeWidth="2" className="fill-beacon stroke-ink" />
      <text y="4" textAnchor="middle" className="fill-on-beacon text-[12px] font-bold">
        {sign}
      </text>
    </g>
  );
}

export function DepotSign({ stop: { x, y, label } }: { stop: DrawnStop }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{label}</title>
      <rect x="-9" y="-9" width="18" height="18" rx="2" className="fill-ink" />
      <path d="m-5 0 5-4.5L5 0v5H-5z" className="fill-sheet" />
    </g>
  );
}
