import { clipArea, type Point, pathOf, simplify, touches, type View, viewOf } from "./map-geometry.ts";
import type { LayerKind, MapFeature, Position } from "./map-layers.ts";

/** A city map without tiles: what the owner's file has, with stops and routes on it. Pure; the node and the pages share it. */

export interface MapStop {
  readonly id: string;
  readonly at: Position;
  /** What stands in the sign, such as its place in the round; up to three characters are drawn. */
  readonly sign: string;
  /** Read out, and shown by pointing at it. */
  readonly label: string;
  readonly state: "open" | "next" | "done" | "risk" | "depot" | "courier";
}

export interface MapRoute {
  readonly id: string;
  /** The places in order; between them a straight line. */
  readonly places: readonly Position[];
  /** Which of the five colours of data it has, from 0. */
  readonly colour: number;
  readonly isDimmed: boolean;
}

export interface MapInput {
  readonly features: readonly MapFeature[];
  readonly stops: readonly MapStop[];
  readonly routes: readonly MapRoute[];
  /** Units of the picture, 100 to 4,000. */
  readonly width: number;
  readonly height: number;
}

export interface DrawnShape {
  readonly kind: LayerKind;
  readonly d: string;
  readonly isArea: boolean;
}

/** What a page draws, in units of the picture. */
export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  /** In the order in which they lie on each other. */
  readonly shapes: readonly DrawnShape[];
  readonly names: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  readonly routes: readonly {
    readonly id: string;
    readonly d: string;
    readonly colour: number;
    readonly isDimmed: boolean;
  }[];
  readonly stops: readonly (Omit<MapStop, "at"> & { readonly x: number; readonly y: number })[];
  /** The map had more than is drawn: its smallest things were left out. */
  readonly isThinned: boolean;
}

const ORDER: readonly LayerKind[] = ["district", "park", "water", "street"];
const LEAST_SIDE = 100;
const MOST_SIDE = 4_000;
/** Some 250 kB of paths; a page must stay quick. */
const MOST_POINTS = 20_000;
const MOST_STOPS = 5_000;
const MOST_NAMES = 40;
const TOLERANCE = 0.6;
/** Areas smaller than this are a dot. */
const SMALLEST = 3;
const NAME_ROOM = { width: 90, height: 22 };

/**
 * Fits stops and routes, or without any the whole map, into the picture; draws nothing outside it, nothing finer than a
 * screen shows, and of the largest things first as much as a page carries.
 */
export function drawMap(input: MapInput): MapDrawing {
  const width = Math.round(Math.min(MOST_SIDE, Math.max(LEAST_SIDE, input.width)));
  const height = Math.round(Math.min(MOST_SIDE, Math.max(LEAST_SIDE, input.height)));
  const stops = input.stops.slice(0, MOST_STOPS);
  const ours = [...stops.map(({ at }) => at), ...input.routes.flatMap(({ places }) => places)];
  const shown = ours.length > 0 ? ours : input.features.flatMap(({ lines }) => lines.flat());
  const view = viewOf(shown, { width, height, padding: Math.min(width, height) * 0.1 });
  const { shapes, isThinned } = drawShapes(input.features, view);
  return {
    width,
    height,
    shapes,
    names: placeNames(input.features, view),
    routes: input.routes.map(({ id, places, colour, isDimmed }) => ({
      id,
      d: pathOf(simplify(places.map(view.project), TOLERANCE), false),
      colour: Math.abs(Math.trunc(colour)) % 5,
      isDimmed,
    })),
    stops: stops.map(({ at, ...stop }) => ({ ...stop, ...rounded(view.project(at)) })),
    isThinned: isThinned || stops.length < input.stops.length,
  };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}

interface Sized extends DrawnShape {
  readonly points: number;
  readonly size: number;
}

function drawShapes(
  features: readonly MapFeature[],
  view: View,
): { shapes: DrawnShape[]; isThinned: boolean } {
  const all = features
    .map((feature) => drawFeature(feature, view))
    .filter((shape): shape is Sized => shape !== null)
    .sort((a, b) => b.size - a.size);
  const kept: Sized[] = [];
  let points = 0;
  for (const shape of all) {
    if (points + shape.points > MOST_POINTS) continue;
    points += shape.points;
    kept.push(shape);
  }
  const shapes = ORDER.flatMap((kind) => drawKind(kept.filter((shape) => shape.kind === kind)));
  return { shapes, isThinned: kept.length < all.length };
}

/** Lines of one kind are one path: a page draws one long one faster than a thousand short ones. */
function drawKind(shapes: readonly Sized[]): DrawnShape[] {
  const [first] = shapes;
  if (!first) return [];
  const lines = shapes.filter(({ isArea }) => !isArea).map(({ d }) => d);
  return [
    ...shapes.filter(({ isArea }) => isArea).map(({ kind, d, isArea }) => ({ kind, d, isArea })),
    ...(lines.length > 0 ? [{ kind: first.kind, d: lines.join(""), isArea: false }] : []),
  ];
}

function drawFeature({ kind, lines, isArea }: MapFeature, view: View): Sized | null {
  const drawn = lines
    .map((line) => line.map(view.project))
    .filter((line) => touches(line, view))
    .map((line) => simplify(isArea ? clipArea(line, view) : line, TOLERANCE))
    .filter((line) => line.length >= (isArea ? 3 : 2));
  if (drawn.length === 0) return null;
  const size = Math.max(...drawn.map(sizeOf));
  if (size < SMALLEST) return null;
  const points = drawn.reduce((sum, line) => sum + line.length, 0);
  return { kind, isArea, size, points, d: drawn.map((line) => pathOf(line, isArea)).join("") };
}

function sizeOf(points: readonly Point[]): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return Math.max(right - left, bottom - top);
}

/** Names of districts and waters in their middles, where none covers another. */
function placeNames(features: readonly MapFeature[], view: View): MapDrawing["names"] {
  const wanted = features
    .filter(({ name, isArea, kind }) => name !== "" && isArea && kind !== "street" && kind !== "park")
    .map(({ name, lines }) => {
      const points = clipArea((lines[0] ?? []).map(view.project), view);
      return { text: name, size: points.length < 3 ? 0 : sizeOf(points), ...rounded(middleOf(points)) };
    })
    .filter(({ size }) => size > NAME_ROOM.width * 0.6)
    .sort((a, b) => b.size - a.size);
  const placed: { text: string; x: number; y: number }[] = [];
  for (const { text, x, y } of wanted) {
    const isFree = placed.every(
      (other) => Math.abs(other.x - x) > NAME_ROOM.width || Math.abs(other.y - y) > NAME_ROOM.height,
    );
    if (isFree && placed.length < MOST_NAMES) placed.push({ text, x, y });
  }
  return placed;
}

function middleOf(points: readonly Point[]): Point {
  const count = Math.max(1, points.length);
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / count,
    y: points.reduce((sum, { y }) => sum + y, 0) / count,
  };
}
