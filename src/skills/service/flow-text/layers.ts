/** The steps of a layered drawing, on names and arrows alone. */

const SWEEPS = 4;

interface Arc {
  readonly from: string;
  readonly to: string;
}

/** Depth first from the top; an edge to what is still open would go back. Without recursion, for long flows. */
export function withoutBackEdges(names: readonly string[], arcs: readonly Arc[]): Arc[] {
  const byFrom = Map.groupBy(arcs, ({ from }) => from);
  const done = new Set<string>();
  const open = new Set<string>();
  const kept: Arc[] = [];
  for (const root of names) {
    if (done.has(root)) continue;
    const work = [{ name: root, next: 0 }];
    open.add(root);
    while (work.length > 0) {
      const top = work[work.length - 1] as { name: string; next: number };
      const arc = byFrom.get(top.name)?.[top.next++];
      if (!arc) {
        open.delete(top.name);
        done.add(top.name);
        work.pop();
        continue;
      }
      if (open.has(arc.to)) continue;
      kept.push(arc);
      if (done.has(arc.to)) continue;
      open.add(arc.to);
      work.push({ name: arc.to, next: 0 });
    }
  }
  return kept;
}

export function longestWays(names: readonly string[], arcs: readonly Arc[]): Map<string, number> {
  const layer = new Map(names.map((name) => [name, 0]));
  const into = new Map(names.map((name) => [name, 0]));
  for (const { to } of arcs) into.set(to, (into.get(to) ?? 0) + 1);
  const byFrom = Map.groupBy(arcs, ({ from }) => from);
  const ready = names.filter((name) => into.get(name) === 0);
  for (let name = ready.shift(); name !== undefined; name = ready.shift()) {
    for (const { to } of byFrom.get(name) ?? []) {
      layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(name) ?? 0) + 1));
      into.set(to, (into.get(to) ?? 1) - 1);
      if (into.get(to) === 0) ready.push(to);
    }
  }
  return layer;
}

export function groupLayers(names: readonly string[], layerOf: ReadonlyMap<string, number>): string[][] {
  const layers: string[][] = [];
  for (const name of names) {
    const n = layerOf.get(name) ?? 0;
    const layer = layers[n];
    if (layer) layer.push(name);
    else layers[n] = [name];
  }
  return [...layers].map((layer) => layer ?? []).filter((layer) => layer.length > 0);
}

export function order(layers: string[][], arcs: readonly Arc[]): string[][] {
  let found = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    const places = new Map(found.flatMap((layer) => layer.map((name, n) => [name, n] as const)));
    const mean = (name: string, own: number): number => {
      const near = arcs.flatMap(({ from, to }) =>
        isDown && to === name ? [from] : !isDown && from === name ? [to] : [],
      );
      return near.length === 0
        ? own
        : near.reduce((sum, one) => sum + (places.get(one) ?? 0), 0) / near.length;
    };
    found = found.map((layer) =>
      layer
        .map((name, n) => ({ name, n, at: mean(name, n) }))
        .sort((a, b) => a.at - b.at || a.n - b.n)
        .map(({ name }) => name),
    );
  }
  return found;
}
