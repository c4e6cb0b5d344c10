import type { Language } from "#kernel";
import { toInstant } from "../rules/zoned-time.ts";
import { type Beat, Dialogue, type Standing } from "./dialogue.ts";
import { type Example, type FlowDocument, LIMITS, type Line } from "./document.ts";
import type { Words } from "./proceed.ts";
import { bareWords, type RunContext } from "./slot-values.ts";

export interface ExampleResult {
  readonly name: string;
  readonly line: number;
  readonly language: Language;
  /** Empty = it went as written. */
  readonly misses: readonly { readonly line: number; readonly wanted: string; readonly got: string }[];
}

/** When and where examples are played. Whether somebody is there an example says itself: no dialogue may depend on the hour. */
export type PlayContext = Omit<RunContext, "language" | "isOpen">;

/**
 * Plays the example dialogues of a flow, one after another.
 * @returns fewer than there are when they run more than LIMITS.exampleStatements: whoever writes a circle into a text
 *   does not hold up the process that plays it
 */
export function runExamples(document: FlowDocument, context: PlayContext): ExampleResult[] {
  const budget = { left: LIMITS.exampleStatements };
  const results: ExampleResult[] = [];
  for (const example of document.examples) {
    const result = runExample(document, example, { context, budget });
    if (!result) break;
    results.push(result);
  }
  return results;
}

/** @returns null when the statements that all examples may run are used up */
function runExample(
  document: FlowDocument,
  example: Example,
  { context, budget }: { context: PlayContext; budget: { left: number } },
): ExampleResult | null {
  const now = example.today === null ? context.now : tenOClock(example.today, context.timeZone);
  const { language: spoken, isClosed } = example;
  const dialogue = new Dialogue(document, { ...context, now, language: spoken, isOpen: !isClosed });
  const misses: { line: number; wanted: string; got: string }[] = [];
  let last: Heard | null = null;
  for (const line of example.lines) {
    if (line.kind === "customer" || line.kind === "service") {
      last = hear(dialogue.take(line));
      budget.left -= last.beat.path.length;
      if (budget.left < 0) return null;
      continue;
    }
    const miss = missOf(line, last);
    if (miss) misses.push({ line: line.line, ...miss });
  }
  const { name, line, language } = example;
  return { name, line, language, misses };
}

function tenOClock(day: string, timeZone: string): number {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return toInstant({ year, month, day: date }, { hour: 10, minute: 0 }, timeZone).getTime();
}

/** "open": the flow still waits for somebody. */
const ENDS: Readonly<Record<string, readonly Standing[]>> = {
  done: ["done", "cancelled", "elsewhere"],
  person: ["person"],
  open: ["waiting", "calling"],
};

/** A beat with its words, which several lines may look at. */
interface Heard {
  readonly beat: Beat;
  readonly words: string;
  readonly bare: string;
}

function hear(beat: Beat): Heard {
  const words = beat.says.map(wordsOf).join(" / ");
  return { beat, words, bare: bareWords(words) };
}

const GOT_CHARACTERS = 2_000;

function missOf(
  line: Exclude<Line, { kind: "customer" | "service" }>,
  heard: Heard | null,
): { wanted: string; got: string } | null {
  const beat = heard?.beat;
  switch (line.kind) {
    case "bot":
      return heard?.bare.includes(bareWords(line.text))
        ? null
        : { wanted: `bot: ${line.text}`, got: `bot: ${heard?.words.slice(0, GOT_CHARACTERS) ?? ""}` };
    case "step":
      return beat?.at?.step === line.step
        ? null
        : { wanted: `step: ${line.step}`, got: `step: ${beat?.at?.step ?? "-"}` };
    case "ends":
      return beat && ENDS[line.how]?.includes(beat.standing)
        ? null
        : { wanted: `ends: ${line.how}`, got: beat?.standing ?? "-" };
  }
}

function wordsOf({ text, options = [] }: Words): string {
  return [text, ...options.map(({ title }) => `[${title}]`)].join(" ");
}
