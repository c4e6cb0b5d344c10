import { readFile, stat } from "node:fs/promises";
import { readCsv } from "#kernel";
import { type Example, OUT_OF_SCOPE, reduce } from "../skills/service/engine/index.ts";
import { tell, UsageError } from "./options.ts";

export interface AssistantData {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
  readonly validation: readonly Example[];
}

const MOST_BYTES = 100_000_000;
const MOST_NAMED = 10;

/**
 * Reads the files of an evaluation. Nothing is measured when a row cannot be read. Rows of the training file that
 * contradict each other are named on stderr and stay: published sets have them, and a text that two topics claim is
 * offered, never answered.
 * @throws UsageError naming file and row
 */
export async function assistantData(files: {
  train: string;
  test: string;
  validation: string | undefined;
}): Promise<AssistantData> {
  const train = await readExamples(files.train);
  for (const fault of contradictions(train)) tell(`${files.train}: ${fault}`);
  const intents = new Set(train.map(({ intent }) => intent).filter((intent) => intent !== OUT_OF_SCOPE));
  if (intents.size < 2)
    throw new UsageError(
      `${files.train} has ${intents.size === 0 ? "no topic" : "one topic only"}; two are needed to tell them apart.`,
    );
  return {
    train,
    test: await readExamples(files.test),
    validation: files.validation === undefined ? [] : await readExamples(files.validation),
  };
}

interface Row extends Example {
  readonly line: number;
}

async function readExamples(file: string): Promise<Row[]> {
  const { records, skipped } = readCsv(await textOf(file));
  const [header, ...body] = records;
  const names = (header?.fields ?? []).map((name) => name.trim().toLowerCase());
  const text = names.indexOf("text");
  const intent = names.indexOf("intent");
  if (text < 0 || intent < 0)
    throw new UsageError(`${file}: the first line must be text,intent; it is ${names.join(",") || "empty"}.`);
  const rows = body.map(({ fields, line }) => ({
    text: fields[text] ?? "",
    intent: (fields[intent] ?? "").trim(),
    line,
  }));
  const faults = [
    ...skipped.map((one) => `line ${one.line}: ${one.reason}`),
    ...rows.filter((row) => row.intent === "").map(({ line }) => `line ${line}: it names no intent`),
  ];
  if (faults.length > 0) throw new UsageError(`${file} was not read. ${list(faults)}`);
  if (rows.length === 0) throw new UsageError(`${file} has no row below the first line.`);
  return rows;
}

/** The same words under two topics: nobody can learn that, and the owner wants to know. */
function contradictions(rows: readonly Row[]): string[] {
  const seen = new Map<string, Row>();
  const found: string[] = [];
  for (const row of rows) {
    const bare = reduce(row.text);
    const before = seen.get(bare);
    if (before === undefined) seen.set(bare, row);
    else if (bare !== "" && before.intent !== row.intent)
      found.push(
        `line ${row.line} says "${row.text.slice(0, 60)}" is ${row.intent}, line ${before.line} says ${before.intent}.`,
      );
  }
  const more = found.length - MOST_NAMED;
  return more > 0 ? [...found.slice(0, MOST_NAMED), `and ${more} more contradictions.`] : found;
}

function list(faults: readonly string[]): string {
  const more = faults.length - MOST_NAMED;
  return `${faults.slice(0, MOST_NAMED).join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
}

async function textOf(file: string): Promise<string> {
  const cannot = (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  };
  const { size } = await stat(file).catch(cannot);
  if (size > MOST_BYTES) throw new UsageError(`${file} has ${size} bytes, ${MOST_BYTES} at most.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file).catch(cannot));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not UTF-8. Save it as CSV UTF-8 and repeat.`);
  }
}
