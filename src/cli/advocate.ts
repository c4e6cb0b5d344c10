import { readFile } from "node:fs/promises";
import { type CsvRecord, holidays, localDate, readCsv, STATES } from "#kernel";
import { cancellation, warningDays } from "../skills/advocate/rules/contract.ts";
import {
  CONTRACT_COLUMNS,
  ContractFault,
  type ContractText,
  readContract,
} from "../skills/advocate/rules/contract-row.ts";
import { type Day, isoDay, readDay } from "../skills/advocate/rules/dates.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";
import { columns } from "./table.ts";

const OPTIONS = {
  contracts: { type: "string" },
  holidays: { type: "string", default: "DE" },
  today: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

const MOST_BYTES = 100_000_000;
const REQUIRED = ["id", ...CONTRACT_COLUMNS];

/** One contract as `--json` prints it. */
interface Checked {
  id: string;
  termEnd: string;
  /** null when there is nothing to cancel: it ends by itself, or was cancelled. */
  lastDay: string | null;
  warnings: string[];
}

/**
 * `augenhoehe advocate check --contracts FILE …`: until when each contract can be cancelled. Needs no node.
 * @returns the exit code: 1 when rows were refused
 */
export async function advocateCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  const { values } = readOptions(rest, { options: OPTIONS });
  if (verb !== "check" || values.contracts === undefined)
    throw new UsageError("Say `advocate check --contracts FILE.csv --holidays DE-HH --today YYYY-MM-DD`.");
  const region = regionOf(values.holidays);
  const today = todayOf(values.today);
  const file = readCsv(await textOf(values.contracts));
  const [header, ...records] = file.records;
  const places = placesOf(header);
  const refused = [...file.skipped];
  const checked: Checked[] = [];
  const ids = new Set<string>();
  for (const record of records) {
    try {
      checked.push(check(textsOf(record, places), { today, region, ids }));
    } catch (error) {
      if (!(error instanceof ContractFault)) throw error;
      refused.push({ line: record.line, reason: error.message });
    }
  }
  print(values.json ? JSON.stringify(checked) : tableOf(checked));
  for (const { line, reason } of refused.sort((a, b) => a.line - b.line))
    tell(`Line ${line} was left out: ${reason}.`);
  return refused.length > 0 ? 1 : 0;
}

type RowTexts = ContractText & { id: string };

function check(row: RowTexts, at: { today: Day; region: string; ids: Set<string> }): Checked {
  if (row.id === "") throw new ContractFault("id is empty");
  if (at.ids.has(row.id))
    throw new ContractFault(`the id ${JSON.stringify(row.id)} stands on an earlier line`);
  const result = cancellation(readContract(row), at.today);
  at.ids.add(row.id);
  return {
    id: row.id,
    termEnd: isoDay(result.termEnd),
    lastDay: result.lastDay === null ? null : isoDay(result.lastDay),
    warnings: warningDays(result, at.today, (year) => holidays(at.region, year)).map(isoDay),
  };
}

/** @throws UsageError when a column is missing */
function placesOf(header: CsvRecord | undefined): Map<string, number> {
  const names = new Map((header?.fields ?? []).map((name, place) => [name.trim(), place]));
  const missing = REQUIRED.filter((name) => !names.has(name));
  if (missing.length > 0)
    throw new UsageError(
      `The first line must name the columns ${REQUIRED.join(",")}; missing: ${missing.join(", ")}.`,
    );
  return names;
}

function textsOf({ fields }: CsvRecord, places: Map<string, number>): RowTexts {
  if (fields.length > places.size)
    throw new ContractFault(`it has ${fields.length} fields, the first line names ${places.size}`);
  const field = (name: string): string => (fields[places.get(name) ?? -1] ?? "").trim();
  return {
    id: field("id"),
    start: field("start"),
    minimumMonths: field("minimumMonths"),
    noticePeriod: field("noticePeriod"),
    renewalMonths: field("renewalMonths"),
    postTermNotice: field("postTermNotice"),
    cancelled: field("cancelled"),
  };
}

function regionOf(region: string): string {
  if (region === "DE" || (STATES as readonly string[]).includes(region)) return region;
  throw new UsageError(`--holidays is DE or one of ${STATES.join(", ")}.`);
}

function todayOf(text: string | undefined): Day {
  const day = readDay(text ?? localDate(Date.now(), "Europe/Berlin"));
  if (day === null) throw new UsageError("--today is a date of the calendar, YYYY-MM-DD.");
  return day;
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  if (bytes.length > MOST_BYTES)
    throw new UsageError(`${file} has ${bytes.length} bytes, ${MOST_BYTES} at most.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8. Save it as CSV UTF-8 and repeat.`);
  }
}

function tableOf(checked: readonly Checked[]): string {
  return columns(
    ["contract", "term ends", "last day to cancel", "warnings"],
    checked.map(({ id, termEnd, lastDay, warnings }) => [
      id,
      termEnd,
      lastDay ?? "none needed",
      warnings.join(" "),
    ]),
  );
}
