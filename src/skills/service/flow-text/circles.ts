import type { FlowDocument, Step } from "./document.ts";
import { liveStatements, waysOf } from "./graph.ts";

/**
 * Steps from which one comes back to the same step without being asked anything: such a circle would never end. A
 * question that is skipped once its slot is known does not count as one, unless the flow forgets that slot somewhere.
 */
export function circles(document: FlowDocument): string[] {
  const forgotten = new Set(
    document.steps.flatMap(({ statements }) =>
      statements.flatMap((one) => (one.kind === "forget" ? one.slots : [])),
    ),
  );
  const quiet = new Map(document.steps.map((step) => [step.name, quietWays(step, forgotten)]));
  return [...components(quiet)].flatMap((names) => {
    const [first = ""] = names;
    return names.length > 1 || (quiet.get(first) ?? []).includes(first) ? [first] : [];
  });
}

/** Where a step may lead before it has to wait for the customer. */
function quietWays(step: Step, forgotten: ReadonlySet<string>): string[] {
  const ways: string[] = [];
  for (const statement of liveStatements(step)) {
    const isQuestion = statement.kind === "ask" || statement.kind === "choose";
    if (isQuestion && (statement.slot === null || forgotten.has(statement.slot))) return ways;
    ways.push(...waysOf(statement).flatMap(({ to, by }) => (by === "otherwise" ? [] : [to.step])));
  }
  return ways;
}

/** Strongly connected components (Tarjan 1972), without recursion: a flow may have 1,000 steps in a row. */
function components(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const work = [{ name: root, next: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1] as { name: string; next: number };
      const { name } = top;
      if (top.next === 0) {
        index.set(name, index.size);
        low.set(name, index.get(name) as number);
        stack.push(name);
        onStack.add(name);
      }
      const to = (graph.get(name) ?? [])[top.next++];
      if (to !== undefined) {
        if (!graph.has(to)) continue;
        if (!index.has(to)) work.push({ name: to, next: 0 });
        else if (onStack.has(to)) low.set(name, Math.min(low.get(name) as number, index.get(to) as number));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.name, Math.min(low.get(parent.name) as number, low.get(name) as number));
      if (low.get(name) !== index.get(name)) continue;
      const component = stack.splice(stack.lastIndexOf(name));
      for (const one of component) onStack.delete(one);
      found.push(component);
    }
  }
  return found;
}
