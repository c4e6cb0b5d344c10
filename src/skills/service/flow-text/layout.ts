import { END, type FlowDocument, PERSON, type Step } from "./document.ts";
import { edgesOf, liveStatements, type Way } from "./graph.ts";

import { groupLayers, longestWays, order, withoutBackEdges } from "./layers.ts";

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
  /** Corner points, px. */
  readonly points: [x: number, y: number][];
}

export interface Drawing {
  readonly nodes: DrawnNode[];
  readonly edges: DrawnEdge[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 168, height: 52 } as const;
const GAP = { x: 28, y: 56 } as const;
const MARGIN = 16;
/** A larger flow is shown as a list. */
export const MOST_DRAWN = 150;

/**
 * Layered layout (after Sugiyama, Tagawa and Toda 1981): layers by the longest way from the first step along edges that
 * do not go back, then ordered by the mean place of their neighbours. Pure: the same flow is always drawn the same.
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
  const ahead = withoutBackEdges(
    all,
    ways.map(({ from, to }) => ({ from, to: to.step })),
  );
  const layerOf = longestWays(all, ahead);
  const last = Math.max(...layerOf.values());
  // What ends a conversation stands below everything.
  for (const name of [END, PERSON]) if (layerOf.has(name)) layerOf.set(name, Math.max(last, 1));
  const layers = order(groupLayers(all, layerOf), ahead);
  const widest = Math.max(...layers.map(({ length }) => length));
  const width = 2 * MARGIN + widest * NODE.width + (widest - 1) * GAP.x;
  const placed = layers.flatMap((layer, n) => placeLayer(layer, { layer: n, width }));
  const nodes = placed.map((one) => ({
    ...one,
    kinds: kindsOf(steps.find(({ name }) => name === one.step)),
  }));
  const at = new Map(nodes.map((node) => [node.step, node]));
  const edges = ways.map(({ from, to, by, label }) => ({
    from,
    to: to.step,
    by,
    label,
    points: pointsOf(at.get(from), at.get(to.step), width),
  }));
  const back = edges.some(({ points }) => points.length > 2) ? GAP.x : 0;
  return {
    nodes,
    edges,
    width: width + back,
    height: 2 * MARGIN + layers.length * NODE.height + (layers.length - 1) * GAP.y,
  };
}

function placeLayer(layer: readonly string[], { layer: n, width }: { layer: number; width: number }) {
  const used = layer.length * NODE.width + (layer.length - 1) * GAP.x;
  const start = (width - used) / 2;
  return layer.map((step, place) => ({
    step,
    layer: n,
    x: Math.round(start + place * (NODE.width + GAP.x)),
    y: MARGIN + n * (NODE.height + GAP.y),
  }));
}

type Corner = Pick<DrawnNode, "x" | "y" | "layer">;

/** Down: from the lower edge to the upper one. Back up or sideways: round the right side. */
function pointsOf(from: Corner | undefined, to: Corner | undefined, width: number): [number, number][] {
  if (!from || !to) return [];
  if (to.layer > from.layer) {
    return [
      [from.x + NODE.width / 2, from.y + NODE.height],
      [to.x + NODE.width / 2, to.y],
    ];
  }
  const [startY, endY] = [from.y + NODE.height / 2, to.y + NODE.height / 2];
  return [
    [from.x + NODE.width, startY],
    [width, startY],
    [width, endY],
    [to.x + NODE.width, endY],
  ];
}

function kindsOf(step: Step | undefined): string[] {
  if (!step) return [];
  const kinds = liveStatements(step).map((one) =>
    one.kind === "ask" || (one.kind === "choose" && one.slot) ? `${one.kind} ${one.slot}` : one.kind,
  );
  return [...new Set(kinds.filter((kind) => kind !== "go" && kind !== "forget" && kind !== "set"))].slice(
    0,
    3,
  );
}
