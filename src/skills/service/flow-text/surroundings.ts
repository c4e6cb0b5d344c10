import type { FlowDocument, Place } from "./document.ts";
import { type Fault, fault } from "./faults.ts";
import { bareWords } from "./slot-values.ts";
import { HOUSE_FLOWS } from "./validate.ts";

/** What a flow must fit into: the company's knowledge and its other live flows. */
export interface Surroundings {
  /** Intents of the knowledge. */
  readonly topics: ReadonlySet<string>;
  /** The other live flows. */
  readonly others: readonly FlowDocument[];
}

/** A topic, or a start sentence, belongs to one live flow; what is started or answered exists. */
export function checkSurroundings(document: FlowDocument, { topics, others }: Surroundings): Fault[] {
  const faults: Fault[] = [];
  for (const { intent, ...place } of document.topics) {
    const other = others.find((one) => one.topics.some((topic) => topic.intent === intent));
    if (other) faults.push(fault(place, "topicTaken", { topic: intent, flow: other.name }));
    else if (!topics.has(intent)) faults.push(fault(place, "topicUnknown", { topic: intent }));
  }
  faults.push(...takenStarts(document, others));
  const live = new Set<string>([...HOUSE_FLOWS, document.name, ...others.map(({ name }) => name)]);
  for (const statement of document.steps.flatMap(({ statements }) => statements)) {
    if (statement.kind === "start" && !live.has(statement.flow))
      faults.push(fault(statement, "flowUnknown", { flow: statement.flow }));
    if (statement.kind === "answer" && !topics.has(statement.intent))
      faults.push(fault(statement, "topicUnknown", { topic: statement.intent }));
  }
  return faults.sort((a, b) => a.line - b.line || a.column - b.column);
}

const TOP: Place = { line: 1, column: 1 };

function takenStarts(document: FlowDocument, others: readonly FlowDocument[]): Fault[] {
  const taken = new Map(
    others.flatMap((other) => wordsOf(other).map((words) => [bareWords(words), other.name] as const)),
  );
  return wordsOf(document).flatMap((words) => {
    const flow = taken.get(bareWords(words));
    return flow === undefined ? [] : [fault(TOP, "startTaken", { words, flow })];
  });
}

function wordsOf({ starts }: FlowDocument): string[] {
  return starts.flatMap(({ de, en }) => [de, en].filter((one) => one !== undefined));
}
