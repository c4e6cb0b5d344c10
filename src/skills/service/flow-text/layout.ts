import { END, type FlowDocument, PERSON, type Step } from "./document.ts";
import { edgesOf, liveStatements, type Way } from "./graph.ts";
import { groupLayers, longestWays, order, withoutBackEdges } from "./layers.ts";
import { loopRoute, type Point, routeOf } from "./routes-of-edges.ts";

/** Where the steps of a flow stand in its drawing: layers from top to bottom, as few crossings as a few sweeps find. */

export interface DrawnNode {
  readonly step: string;
  /** What the step does, in short. */
  readonly kinds: string[];
  /** px, upper left corner */
  readonly x: number;
  readonly y: number;
  readonly layer: number;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly by: Way["by"];
  readonly label: string;
  /** An SVG path. */
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

export interface Drawing {
  readonly nodes: DrawnNode[];
  readonly edges: DrawnEdge[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 140, height: 52 } as const;
const GAP = { x: 20, y: 64 } as const;
const MARGIN = 16;
/** Room for a line that passes a layer. */
const PASSING_WIDTH = 12;
/** A larger flow is shown as a list. */
const MOST_DRAWN = 150;

interface Link extends Way {
  readonly from: string;
  /** What it passes on its way, a place a layer, from the top to the bottom. */
  readonly passing: readonly string[];
  /** It goes up. */
  readonly isBack: boolean;
}

/**
 * Layered layout (after Sugiyama, Tagawa and Toda 1981): layers by the longest way from the first step along edges that
 * do not go back; an edge over several layers has a place in each; layers are ordered by the mean place of their
 * neighbours. Pure: the same flow is always drawn the same.
 * @returns null for a flow too large to be read as a drawing
 */
export function drawFlow(document: FlowDocument): Drawing | null {
  const steps = document.steps.filter(
    ({ name }, n) => name !== "" && document.steps.findIndex((one) => one.name === name) === n,
  );
  if (steps.length === 0 || steps.length > MOST_DRAWN) return null;
  const names = steps.map(({ name }) => name);
  const ways = edgesOf(document).filter(
    ({ to }) => names.includes(to.step) || to.step === END || to.step === PERSON,
  );
  const all = [...names, ...[END, PERSON].filter((name) => ways.some(({ to }) => to.step === name))];
  const arcs = ways.map(({ from, to }) => ({ from, to: to.step }));
  const layerOf = longestWays(all, withoutBackEdges(all, arcs));
  const last = Math.max(...layerOf.values());
  // What ends a conversation stands below everything.
  for (const name of [END, PERSON]) if (layerOf.has(name)) layerOf.set(name, Math.max(last, 1));
  const links = ways.map((way, n) => linkOf(way, layerOf, n));
  const chains = links.flatMap((link) => chain([upperOf(link), ...link.passing, lowerOf(link)]));
  const layers = order(groupLayers([...all, ...links.flatMap(({ passing }) => passing)], layerOf), chains);
  return place(layers, { links, steps });
}

/** Gives an edge over several layers its places, which are written into `layerOf`. */
function linkOf(way: Way & { from: string }, layerOf: Map<string, number>, n: number): Link {
  const [start, end] = [layerOf.get(way.from) ?? 0, layerOf.get(way.to.step) ?? 0];
  const passing: string[] = [];
  for (let layer = Math.min(start, end) + 1; layer < Math.max(start, end); layer++) {
    const name = `~${n}.${layer}`;
    layerOf.set(name, layer);
    passing.push(name);
  }
  return { ...way, passing, isBack: end <= start };
}

const upperOf = ({ from, to, isBack }: Link): string => (isBack ? to.step : from);
const lowerOf = ({ from, to, isBack }: Link): string => (isBack ? from : to.step);

function chain(names: readonly string[]): { from: string; to: string }[] {
  return names.slice(1).map((to, n) => ({ from: names[n] as string, to }));
}

const isPassing = (name: string): boolean => name.startsWith("~");
const widthOf = (name: string): number => (isPassing(name) ? PASSING_WIDTH : NODE.width);

function place(
  layers: readonly string[][],
  { links, steps }: { links: readonly Link[]; steps: readonly Step[] },
): Drawing {
  const widths = layers.map((layer) => layer.reduce((sum, name) => sum + widthOf(name) + GAP.x, -GAP.x));
  const width = 2 * MARGIN + Math.max(...widths);
  const corners = new Map<string, Point>();
  for (const [n, layer] of layers.entries()) {
    let x = (width - (widths[n] as number)) / 2;
    for (const name of layer) {
      corners.set(name, { x: Math.round(x), y: MARGIN + n * (NODE.height + GAP.y) });
      x += widthOf(name) + GAP.x;
    }
  }
  const nodes = layers.flatMap((layer, n) =>
    layer
      .filter((name) => !isPassing(name))
      .map((step) => ({
        step,
        layer: n,
        ...(corners.get(step) as Point),
        kinds: kindsOf(steps.find(({ name }) => name === step)),
      })),
  );
  return {
    nodes,
    edges: drawEdges(links, corners),
    width: width + MARGIN,
    height: 2 * MARGIN + layers.length * NODE.height + (layers.length - 1) * GAP.y,
  };
}

/** Edges stand side by side at the lower edge of a step, in the order of where they go. */
function drawEdges(links: readonly Link[], corners: ReadonlyMap<string, Point>): DrawnEdge[] {
  const corner = (name: string): Point => corners.get(name) as Point;
  const neighbour = (link: Link): string => link.passing[0] ?? lowerOf(link);
  const below = Map.groupBy(links, upperOf);
  for (const group of below.values()) group.sort((a, b) => corner(neighbour(a)).x - corner(neighbour(b)).x);
  return links.map((link) => {
    const { from, to, by, label, passing, isBack } = link;
    const facts = { from, to: to.step, by, label };
    const [upper, lower] = [corner(upperOf(link)), corner(lowerOf(link))];
    if (upper.y === lower.y) return { ...facts, ...loopRoute(upper, NODE) };
    const group = below.get(upperOf(link)) ?? [];
    const row = group.indexOf(link);
    const seat = (row + 1) / (group.length + 1);
    const top = { x: Math.round(upper.x + NODE.width * seat), y: upper.y + NODE.height };
    // What comes in stands in the middle, what goes up beside it.
    const bottom = { x: Math.round(lower.x + NODE.width * (isBack ? 0.8 : 0.5)), y: lower.y };
    const between = passing.map((name) => ({ x: corner(name).x + PASSING_WIDTH / 2, y: corner(name).y }));
    return { ...facts, ...routeOf({ top, between, bottom }, { isUp: isBack, row, height: NODE.height }) };
  });
}

function kindsOf(step: Step | undefined): string[] {
  if (!step) return [];
  const kinds = liveStatements(step).flatMap(kindOf);
  return [...new Set(kinds)].slice(0, 3);
}

/** As the text writes it; what only moves on is not worth a word. */
function kindOf(statement: Step["statements"][number]): string[] {
  switch (statement.kind) {
    case "go":
    case "forget":
    case "set":
      return [];
    case "ask":
      return [`ask ${statement.slot}`];
    case "choose":
      return [statement.slot === null ? "choose" : `choose ${statement.slot}`];
    case "start":
      return [`→ ${statement.flow}`];
    case "answer":
      return [`→ ${statement.intent}`];
    case "handOver":
      return ["hand over"];
    case "sayTopic":
      return ["say topic"];
    default:
      return [statement.kind];
  }
}
