import { type FlowDocument, LIMITS } from "./document.ts";
import { type ExampleResult, type PlayContext, runExamples } from "./examples.ts";
import { type Fault, fault } from "./faults.ts";
import { parseFlow } from "./parse.ts";
import { checkSurroundings, type Surroundings } from "./surroundings.ts";
import { validateFlow } from "./validate.ts";

/** Everything that is known about a text before it goes live. */
export interface Inspection {
  readonly document: FlowDocument;
  readonly faults: readonly Fault[];
  /** Empty while there are faults: a flow that cannot be read is not played. */
  readonly examples: readonly ExampleResult[];
}

/**
 * Reads, checks and plays a text.
 * @param parts.surroundings null = only the text itself, as a file on a disk
 * @param parts.name what the flow is called already, if it is
 */
export function inspectFlow(
  text: string,
  parts: { surroundings: Surroundings | null; context: PlayContext; name?: string },
): Inspection {
  const { document, faults: unread } = parseFlow(text);
  if (unread.length > 0) return { document, faults: unread, examples: [] };
  const isRenamed = parts.name !== undefined && document.name !== parts.name;
  const faults = [
    ...(isRenamed ? [fault({ line: 1, column: 1 }, "nameMoved", { name: parts.name ?? "" })] : []),
    ...validateFlow(document),
    ...(parts.surroundings ? checkSurroundings(document, parts.surroundings) : []),
  ];
  if (faults.length > 0) return { document, faults, examples: [] };
  const examples = runExamples(document, parts.context);
  const unplayed = document.examples[examples.length];
  return unplayed
    ? { document, faults: [fault(unplayed, "examplesTooLong", { most: LIMITS.exampleStatements })], examples }
    : { document, faults, examples };
}

/** The examples that went otherwise than written, as faults at their lines. */
export function missesOf({ examples }: Inspection): Fault[] {
  return examples.flatMap(({ name, misses }) =>
    misses.map(({ line, wanted, got }) => fault({ line, column: 3 }, "exampleFailed", { name, wanted, got })),
  );
}
