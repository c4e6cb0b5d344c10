import "maplibre-gl/dist/maplibre-gl.css";
import "./tile-map.css";
import {
  addProtocol,
  type Map as LibreMap,
  Map as LibreMapClass,
  NavigationControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { FetchSource, PMTiles, Protocol, TileType } from "pmtiles";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { MapDrawing, MapInput } from "../../../../skills/delivery/api/map.ts";
import { useText } from "../../text/use-text.ts";
import type { Position } from "./map-input.ts";
import { type MapColours, tileStyle } from "./tile-style.ts";

/**
 * A city's tiles under the rounds. Everything comes from this node: the file by ranges, the worker as a file of its own,
 * letters from the browser. The signs are the ones of the drawn map, put where the tiles have their places.
 */

setWorkerUrl(workerUrl);
const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

/** Wide enough for a depot's sign at the edge, px. */
const PADDING_PX = 36;
const NEAREST_ZOOM = 17;

type Drawn = Pick<MapDrawing, "routes" | "stops">;

interface TileMapProps {
  /** Where the file is read by ranges. */
  url: string;
  input: Pick<MapInput, "routes" | "stops">;
  /** What stands on the map, given its places in pixels. */
  children(drawn: Drawn): ReactNode;
  /** The tiles cannot be shown: no WebGL, no such file, another format. */
  onFailed(): void;
}

/** Draws nothing but the map; who asks for it frames it. */
export function TileMap({ url, input, children, onFailed }: TileMapProps) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<LibreMap | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [moves, setMoves] = useState(0);
  const failed = useRef(onFailed);
  failed.current = onFailed;
  const first = useRef(input);
  const words = useMemo(
    () => ({
      "Map.Title": t("delivery.map"),
      "NavigationControl.ZoomIn": t("delivery.zoomIn"),
      "NavigationControl.ZoomOut": t("delivery.zoomOut"),
      "CooperativeGesturesHandler.WindowsHelpText": t("delivery.zoomWithCtrl"),
      "CooperativeGesturesHandler.MacHelpText": t("delivery.zoomWithCmd"),
      "CooperativeGesturesHandler.MobileHelpText": t("delivery.zoomWithTwo"),
    }),
    [t],
  );
  useEffect(() => {
    const container = frame.current;
    if (!container) return;
    let made: LibreMap | null = null;
    let isOver = false;
    let stopTheme: () => void = () => {};
    const begin = async () => {
      const tiles = await openTiles(new URL(url, window.location.href).href);
      if (isOver) return;
      const style = () => tileStyle(tiles, coloursOf(document.documentElement));
      made = new LibreMapClass({
        container,
        style: style(),
        bounds: boundsOf(first.current),
        fitBoundsOptions: { padding: PADDING_PX, maxZoom: NEAREST_ZOOM },
        attributionControl: false,
        cooperativeGestures: true,
        dragRotate: false,
        pitchWithRotate: false,
        maxPitch: 0,
        locale: words,
      });
      made.touchZoomRotate.disableRotation();
      made.keyboard.disableRotation();
      made.addControl(new NavigationControl({ showCompass: false }), "top-right");
      made.once("idle", () => setDrawn(true));
      made.on("move", () => setMoves((count) => count + 1));
      made.on("resize", () => setMoves((count) => count + 1));
      stopTheme = onTheme(() => made?.setStyle(style()));
      setMap(made);
    };
    begin().catch(() => {
      if (!isOver) failed.current();
    });
    return () => {
      isOver = true;
      stopTheme();
      made?.remove();
      setMap(null);
      setDrawn(false);
    };
  }, [url, words]);
  const drawn = useMemo(() => {
    // Asked anew after each move of the map.
    void moves;
    return map && project(map, input);
  }, [map, input, moves]);
  return (
    <>
      <div ref={frame} aria-busy={!isDrawn} className="aspect-[560/436] max-h-[60vh] w-full" />
      {map && drawn && createPortal(children(drawn), map.getCanvasContainer())}
    </>
  );
}

/** @throws when the file is not there, or none */
async function openTiles(url: string): Promise<{ url: string; layers: string[] | null }> {
  const archive = new PMTiles(new FetchSource(url));
  const { tileType } = await archive.getHeader();
  protocol.add(archive);
  const address = `pmtiles://${url}`;
  if (tileType !== TileType.Mvt) return { url: address, layers: null };
  const metadata = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
  return { url: address, layers: (metadata.vector_layers ?? []).map(({ id }) => id) };
}

function coloursOf(element: Element): MapColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--ah-${name}`).trim();
  return {
    land: colour("map-land"),
    water: colour("map-water"),
    park: colour("map-park"),
    road: colour("map-road"),
    edge: colour("map-edge"),
    ink: colour("ink"),
  };
}

/** Light and dark change while the page is open. @returns ends it */
function onTheme(change: () => void): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(change);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system.addEventListener("change", change);
  return () => {
    chosen.disconnect();
    system.removeEventListener("change", change);
  };
}

function boundsOf({ stops, routes }: TileMapProps["input"]): [number, number, number, number] | undefined {
  const all: Position[] = [...stops.map(({ at }) => at), ...routes.flatMap(({ places }) => places)];
  if (all.length === 0) return undefined;
  const [lons, lats] = [all.map(([lon]) => lon), all.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function project(map: LibreMap, { stops, routes }: TileMapProps["input"]): Drawn {
  const at = ([lon, lat]: Position) => map.project([lon, lat]);
  return {
    routes: routes.map(({ places, ...route }) => ({
      ...route,
      d: places.map(at).reduce((d, { x, y }, n) => `${d}${n === 0 ? "M" : "L"}${tenth(x)} ${tenth(y)}`, ""),
    })),
    stops: stops.map(({ at: place, ...stop }) => {
      const { x, y } = at(place);
      return { ...stop, x: tenth(x), y: tenth(y) };
    }),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
