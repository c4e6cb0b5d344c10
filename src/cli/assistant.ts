import { writeFile } from "node:fs/promises";
import { assistantData } from "./assistant-data.ts";
import { type Figures, type Measured, measureEngine } from "./assistant-measure.ts";
import type { Comparison } from "./assistant-nlp-js.ts";
import { print, readOptions, UsageError } from "./options.ts";
import { columns } from "./table.ts";

const USAGE =
  "Say `assistant evaluate --train T.csv --test E.csv [--validation V.csv] [--max-wrong 0.03] [--seed N] [--predictions OUT.csv] [--json]` or `assistant compare nlp.js --train T.csv --test E.csv [--json]`.";

const OPTIONS = {
  train: { type: "string" },
  test: { type: "string" },
  validation: { type: "string" },
  "max-wrong": { type: "string", default: "0.03" },
  seed: { type: "string", default: "1" },
  predictions: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** `augenhoehe assistant evaluate|compare …`: how well own data is answered. Needs no node. @returns the exit code */
export async function assistantCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  if (verb !== "evaluate" && verb !== "compare") throw new UsageError(USAGE);
  const { values, positionals } = readOptions(rest, { options: OPTIONS, allowPositionals: true });
  const rivals = verb === "compare" ? positionals : [];
  const isWhole = verb === "compare" ? rivals.join() === "nlp.js" : positionals.length === 0;
  if (!isWhole || values.train === undefined || values.test === undefined) throw new UsageError(USAGE);
  const data = await assistantData({ train: values.train, test: values.test, validation: values.validation });
  const options = {
    maxWrong: fraction(values["max-wrong"]),
    seed: wholeNumber(values.seed),
    validation: data.validation,
  };
  const ours = measureEngine(data, options);
  if (values.predictions !== undefined) await writeFile(values.predictions, predictionsOf(ours));
  if (verb === "compare") {
    const { compareWithNlpJs } = await import("./assistant-nlp-js.ts");
    const comparison = await compareWithNlpJs(data, ours);
    print(values.json ? JSON.stringify(comparison) : tableOf(comparison));
    return 0;
  }
  print(values.json ? JSON.stringify(ours.figures) : tableOf({ augenhoehe: ours.figures }));
  return 0;
}

function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value < 1))
    throw new UsageError("--max-wrong is a share such as 0.03, at least 0 and below 1.");
  return value;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError("--seed is a whole number.");
  return Number(text);
}

function predictionsOf({ verdicts }: Measured): string {
  const lines = verdicts.map(({ text, intent, predicted, confidence, zone, choices }) => {
    const shown = zone === "choose" ? choices.join("|") : predicted;
    return [text, intent, shown, confidence.toFixed(4), zone].map(quoted).join(",");
  });
  return `${["text,intent,predicted,confidence,zone", ...lines].join("\n")}\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** Figures side by side, a line each. */
function tableOf(sides: Comparison | { augenhoehe: Figures }): string {
  const named = Object.entries(sides) as [string, object][];
  const flat = named.map(([, side]) => flatten(side));
  const rows = Object.keys(flat[0] ?? {}).map((key) => [key, ...flat.map((side) => side[key] ?? "")]);
  return columns(["figure", ...named.map(([name]) => name)], rows);
}

function flatten(figures: object, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([key, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(flatten(value as object, `${prefix}${key}.`))
        : [
            [
              `${prefix}${key}`,
              typeof value === "number" ? String(Number(value.toPrecision(5))) : String(value),
            ],
          ],
    ),
  );
}
