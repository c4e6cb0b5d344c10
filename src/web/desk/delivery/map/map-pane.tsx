import { lazy, type MouseEvent, memo, type ReactNode, Suspense, useMemo, useState } from "react";
import { drawMap, type MapInput } from "../../../../skills/delivery/api/map.ts";
import { fileUrl } from "../../../client/files.ts";
import { useText } from "../../text/use-text.ts";
import { hasEnded } from "../evening/rounds.ts";
import type { CityFormat } from "../use-city-format.ts";
import { Ground } from "./ground.tsx";
import { mapInput, placesOf, type Shown } from "./map-input.ts";
import { Overlay } from "./overlay.tsx";
import { StopSign } from "./signs.tsx";

/** A quarter of a megabyte: only where a city has tiles. */
const TileMap = lazy(async () => ({ default: (await import("./tile-map.tsx")).TileMap }));

/** Units of the drawing; the page stretches it. */
const SIZE = { width: 560, height: 436 } as const;

interface MapProps {
  evening: Shown;
  features: MapInput["features"];
  attribution: string;
  /** The city's map in one file; null where it has none. */
  tiles: { fileId: string; attribution: string } | null;
  selected: number | null;
  openRound: number | null;
  format: CityFormat;
  onPick(deliveryId: number): void;
}

/** Where everything is, on the company's tiles or its own geometry; the same stops stand in the rounds' lists. */
export const MapPane = memo(function MapPane(props: MapProps) {
  const { evening, features, attribution, tiles, selected, openRound, format, onPick } = props;
  const { t } = useText();
  const [failed, setFailed] = useState<string | null>(null);
  const { rounds, depots, atRisk } = evening;
  const input = useMemo(
    () => mapInput({ evening: { rounds, depots, atRisk }, openRound, format }),
    [rounds, depots, atRisk, openRound, format],
  );
  const places = useMemo(() => placesOf(rounds), [rounds]);
  const open = rounds.flatMap(({ stops }) => stops).filter((stop) => !hasEnded(stop)).length;
  const label = t("delivery.mapLabel", { rounds: rounds.length, depots: depots.length, open });
  // For mice and fingers; by keyboard the same is in the lists.
  const pick = (event: MouseEvent) => {
    const id = event.target instanceof Element ? event.target.closest("[data-stop]") : null;
    if (id) onPick(Number(id.getAttribute("data-stop")));
  };
  const signs = { places, selected };
  const drawn = <DrawnMap input={input} features={features} label={label} pick={pick} {...signs} />;
  const shownTiles = tiles?.fileId === failed ? null : tiles;
  return (
    <figure aria-label={t("delivery.map")} className="relative border-b-2 border-ink bg-(--ah-map-land)">
      {shownTiles ? (
        <Suspense fallback={drawn}>
          <TileMap
            key={shownTiles.fileId}
            url={fileUrl(shownTiles.fileId)}
            input={input}
            onFailed={() => setFailed(shownTiles.fileId)}
          >
            {(overlay) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the lists of stops do the same by keyboard
              <svg
                role="img"
                aria-label={label}
                className="pointer-events-none absolute inset-0 size-full"
                onClick={pick}
              >
                <Overlay {...overlay} {...signs} />
              </svg>
            )}
          </TileMap>
        </Suspense>
      ) : (
        drawn
      )}
      <Legend attribution={shownTiles ? shownTiles.attribution : attribution}>
        {tiles && !shownTiles && <li className="text-ink-2">{t("delivery.noTiles")}</li>}
      </Legend>
    </figure>
  );
});

interface DrawnProps {
  input: Pick<MapInput, "routes" | "stops">;
  features: MapInput["features"];
  label: string;
  places: ReadonlyMap<string, number>;
  selected: number | null;
  pick(event: MouseEvent): void;
}

function DrawnMap({ input, features, label, places, selected, pick }: DrawnProps) {
  const drawing = useMemo(() => drawMap({ ...SIZE, ...input, features }), [input, features]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the lists of stops do the same by keyboard
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      className="block max-h-[60vh] w-full"
      onClick={pick}
    >
      <Ground drawing={drawing} />
      <Overlay routes={drawing.routes} stops={drawing.stops} places={places} selected={selected} />
    </svg>
  );
}

/** What the signs mean; colours alone say nothing. */
function Legend({ attribution, children }: { attribution: string; children: ReactNode }) {
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
      {children}
      {attribution !== "" && <li className="ml-auto text-ink-2">{attribution}</li>}
    </ul>
  );
}
