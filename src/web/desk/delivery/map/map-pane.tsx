import { type MouseEvent, memo, useMemo } from "react";
import { drawMap, type MapDrawing, type MapInput } from "../../../../skills/delivery/api/map.ts";
import { useText } from "../../text/use-text.ts";
import { type Evening, hasEnded, stopAt } from "../evening/rounds.ts";
import { dashOf, toneOf } from "../evening/tones.ts";
import type { CityFormat } from "../use-city-format.ts";
import { CourierSign, DepotSign, type DrawnStop, StopSign } from "./signs.tsx";

/** Units of the drawing; the page stretches it. */
const SIZE = { width: 560, height: 436 } as const;

interface MapProps {
  evening: Pick<Evening, "rounds" | "depots" | "atRisk">;
  features: MapInput["features"];
  attribution: string;
  selected: number | null;
  openRound: number | null;
  format: CityFormat;
  onPick(deliveryId: number): void;
}

type Position = MapInput["stops"][number]["at"];
const positionOf = ({ lat, lon }: { lat: number; lon: number }): Position => [lon, lat];

/** Where everything is, drawn from the company's own geometry; the same stops stand in the rounds' lists. */
export const MapPane = memo(function MapPane(props: MapProps) {
  const { evening, features, attribution, selected, openRound, format, onPick } = props;
  const { t } = useText();
  const { rounds, depots, atRisk } = evening;
  const drawing = useMemo(
    () => drawMap(inputOf({ evening: { rounds, depots, atRisk }, features, openRound, format })),
    [rounds, depots, atRisk, features, openRound, format],
  );
  const places = useMemo(
    () =>
      new Map<string, number>(
        rounds.flatMap((round, place) => [
          [`r${round.shiftId}`, place] as const,
          ...round.stops.map(({ deliveryId }) => [`s${deliveryId}`, place] as const),
        ]),
      ),
    [rounds],
  );
  const open = rounds.flatMap(({ stops }) => stops).filter((stop) => !hasEnded(stop)).length;
  // For mice and fingers; by keyboard the same is in the lists.
  const pick = (event: MouseEvent) => {
    const id = event.target instanceof Element ? event.target.closest("[data-stop]") : null;
    if (id) onPick(Number(id.getAttribute("data-stop")));
  };
  return (
    <figure aria-label={t("delivery.map")} className="relative border-b-2 border-ink bg-(--ah-map-land)">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the lists of stops do the same by keyboard */}
      <svg
        role="img"
        aria-label={t("delivery.mapLabel", { rounds: rounds.length, depots: depots.length, open })}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        className="block max-h-[60vh] w-full"
        onClick={pick}
      >
        <Ground drawing={drawing} />
        {drawing.routes.map(({ id, d, isDimmed }) => {
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
        <Signs stops={drawing.stops} places={places} selected={selected} />
      </svg>
      <Legend attribution={attribution} />
    </figure>
  );
});

interface Drawn {
  evening: MapProps["evening"];
  features: MapInput["features"];
  openRound: number | null;
  format: CityFormat;
}

function inputOf({ evening, features, openRound, format }: Drawn): MapInput {
  const { rounds, depots, atRisk } = evening;
  const depot = new Map(depots.map(({ id, place }) => [id, place]));
  const risky = new Set(atRisk.map(({ deliveryId }) => deliveryId));
  const driven = rounds.filter(({ state }) => state !== "dropped");
  return {
    ...SIZE,
    features,
    routes: driven.map((round) => ({
      id: `r${round.shiftId}`,
      colour: 0,
      isDimmed: openRound !== null && round.shiftId !== openRound,
      places: [depot.get(round.startDepotId), ...round.stops.map(({ place }) => place)].flatMap((place) =>
        place ? [positionOf(place)] : [],
      ),
    })),
    stops: [
      ...depots.map(({ id, name, place }) => ({
        id: `d${id}`,
        at: positionOf(place),
        sign: "",
        label: name,
        state: "depot" as const,
      })),
      ...rounds.flatMap(({ stops }) =>
        stops.map((stop) => ({
          id: `s${stop.deliveryId}`,
          at: positionOf(stop.place),
          sign: "",
          label: `${stop.name}, ${format.clock(stopAt(stop))}`,
          state: hasEnded(stop)
            ? ("done" as const)
            : risky.has(stop.deliveryId)
              ? ("risk" as const)
              : ("open" as const),
        })),
      ),
      ...rounds.flatMap(({ shiftId, courierName, place }, n) =>
        place
          ? [
              {
                id: `r${shiftId}`,
                at: positionOf(place),
                sign: String(n + 1),
                label: courierName,
                state: "courier" as const,
              },
            ]
          : [],
      ),
    ],
  };
}

/** Land and water; `kind` says what a shape is. */
const Ground = memo(function Ground({ drawing }: { drawing: MapDrawing }) {
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

interface SignsProps {
  stops: readonly DrawnStop[];
  places: ReadonlyMap<string, number>;
  selected: number | null;
}

function Signs({ stops, places, selected }: SignsProps) {
  return (
    <>
      {stops.map((stop) => {
        if (stop.state === "depot") return <DepotSign key={stop.id} stop={stop} />;
        if (stop.state === "courier") return <CourierSign key={stop.id} stop={stop} />;
        const id = Number(stop.id.slice(1));
        return (
          <g key={stop.id} data-stop={id} className={`cursor-pointer ${toneOf(places.get(stop.id) ?? 0)}`}>
            <StopSign stop={stop} isSelected={id === selected} />
          </g>
        );
      })}
    </>
  );
}

/** What the signs mean; colours alone say nothing. */
function Legend({ attribution }: { attribution: string }) {
  const { t } = useText();
  const rows = [
    { state: "courier", label: t("delivery.sign.courier") },
    { state: "done", label: t("delivery.sign.done") },
    { state: "open", label: t("delivery.sign.open") },
    { state: "risk", label: t("delivery.sign.risk") },
  ] as const;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line bg-sheet px-4 py-1.5 text-tiny lg:px-6">
      {rows.map(({ state, label }) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg
            width="18"
            height="18"
            viewBox="-9 -9 18 18"
            aria-hidden="true"
            className="[--tone:var(--ah-ink)]"
          >
            {state === "courier" ? (
              <circle r="7" strokeWidth="1.5" className="fill-beacon stroke-ink" />
            ) : (
              <StopSign stop={{ x: 0, y: 0, state, label: "" }} isSelected={false} />
            )}
          </svg>
          {label}
        </li>
      ))}
      {attribution !== "" && <li className="ml-auto text-ink-2">{attribution}</li>}
    </ul>
  );
}
