import type { Language } from "#kernel";
import { toInstant } from "../rules/zoned-time.ts";
import { type Beat, Dialogue, type Standing } from "./dialogue.ts";
import type { Example, FlowDocument, Line } from "./document.ts";
import type { Words } from "./proceed.ts";
import { bareWords, type RunContext } from "./slot-values.ts";

export interface ExampleResult {
  readonly name: string;
  readonly line: number;
  readonly language: Language;
  /** Empty = it went as written. */
  readonly misses: readonly { readonly line: number; readonly wanted: string; readonly got: string }[];
}

/** Plays the example dialogues of a flow. */
export function runExamples(document: FlowDocument, context: Omit<RunContext, "language">): ExampleResult[] {
  return document.examples.map((example) => runExample(document, example, context));
}

function runExample(
  document: FlowDocument,
  example: Example,
  context: Omit<RunContext, "language">,
): ExampleResult {
  const now = example.today === null ? context.now : tenOClock(example.today, context.timeZone);
  const dialogue = new Dialogue(document, { ...context, now, language: example.language });
  const misses: { line: number; wanted: string; got: string }[] = [];
  let last: Beat | null = null;
  for (const line of example.lines) {
    if (line.kind === "customer" || line.kind === "service") {
      last = dialogue.take(line);
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

function missOf(
  line: Exclude<Line, { kind: "customer" | "service" }>,
  beat: Beat | null,
): { wanted: string; got: string } | null {
  switch (line.kind) {
    case "bot": {
      const got = (beat?.says ?? []).map(wordsOf).join(" / ");
      return ` ${bareWords(got)} `.includes(` ${bareWords(line.text)} `) ||
        bareWords(got).includes(bareWords(line.text))
        ? null
        : { wanted: `bot: ${line.text}`, got: `bot: ${got}` };
    }
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
