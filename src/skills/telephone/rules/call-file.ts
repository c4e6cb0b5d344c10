import { type CsvRecord, type CsvSeparator, readCsv } from "#kernel";
import {
  type FritzboxColumns,
  fritzboxColumns,
  guessMapping,
  isReadable,
  type Mapping,
} from "./call-columns.ts";
import { boundedSeconds, type Direction, type Ending, readCall, readSeconds } from "./call-words.ts";
import { momentsOf, readWrittenTime, type WrittenTime } from "./local-times.ts";
import { type NumberPlan, type ReadNumber, readNumber } from "./phone-number.ts";

/** A list of calls: the FRITZ!Box's own, or any table whose columns are known. */

export interface FileCall {
  readonly line: number;
  readonly direction: Direction;
  readonly outcome: Ending;
  readonly at: number;
  readonly seconds: number | null;
  readonly number: ReadNumber;
}

export interface FileFault {
  /** Counted from 1, the heading included. */
  readonly line: number;
  readonly reason: "time" | "duration" | "number" | "columns";
}

export interface CallTable {
  readonly kind: "fritzbox" | "table";
  readonly head: readonly string[];
  readonly records: readonly CsvRecord[];
  /** What the names of the columns say; of a FRITZ!Box nothing has to be said. */
  readonly mapping: Mapping;
  readonly isReadable: boolean;
  readonly broken: readonly FileFault[];
}

/** The table of a file: its heading, and which list it is. @returns null for a file without a heading and a line */
export function readTable(text: string): CallTable | null {
  const { separator, rest, skipped } = withoutSign(text.replace(/^\uFEFF/, ""));
  const { records, skipped: broken } = readCsv(rest, separator);
  const [head, ...rows] = records.map((record) => ({ ...record, line: record.line + skipped }));
  if (!head || head.fields.length < 2) return null;
  const isFritzbox = fritzboxColumns(head.fields) !== null;
  const mapping = isFritzbox ? {} : guessMapping(head.fields);
  return {
    kind: isFritzbox ? "fritzbox" : "table",
    head: head.fields,
    records: rows,
    mapping,
    isReadable: isFritzbox || isReadable(mapping),
    broken: broken.map(({ line }) => ({ line: line + skipped, reason: "columns" })),
  };
}

/** "sep=;" in the first line says what stands between the fields; else the heading shows it. */
function withoutSign(text: string): { separator: CsvSeparator; rest: string; skipped: number } {
  const sign = /^sep=([,;\t])\r?\n/i.exec(text);
  const rest = sign ? text.slice(sign[0].length) : text;
  const head = /^[^\r\n]*/.exec(rest)?.[0] ?? "";
  const count = (one: string) => head.split(one).length;
  const likeliest = ([";", ",", "\t"] as const).toSorted((a, b) => count(b) - count(a))[0] ?? ",";
  return { separator: (sign?.[1] as CsvSeparator | undefined) ?? likeliest, rest, skipped: sign ? 1 : 0 };
}

export interface Reading {
  readonly plan: NumberPlan;
  readonly timeZone: string;
  /** Of two moments that a wall clock shows alike the first. */
  readonly instantOf: (timeZone: string, day: string, minutes: number) => number;
  /** ms; what is written as later was written by a clock that is wrong. */
  readonly now: number;
}

/** Clocks of boxes differ a little. */
const AHEAD_MS = 5 * 60_000;

interface Line {
  readonly line: number;
  readonly time: WrittenTime;
  readonly call: { direction: Direction; outcome: Ending };
  readonly seconds: number | null;
  readonly number: ReadNumber;
}

/**
 * The calls of a table, oldest first. A line that cannot be read is left out and named; calls that the house turned away
 * itself are none.
 * @param mapping where a person said which column is which
 */
export function readCalls(
  table: CallTable,
  mapping: Mapping,
  reading: Reading,
): { calls: FileCall[]; faults: FileFault[] } {
  const faults: FileFault[] = [...table.broken];
  const lines: Line[] = [];
  const columns = fritzboxColumns(table.head);
  const reads = columns
    ? fritzboxReader(table, columns, reading.plan)
    : (record: CsvRecord) => readMapped(record, mapping, reading.plan);
  for (const record of table.records) {
    const read = reads(record);
    if (typeof read === "string") faults.push({ line: record.line, reason: read });
    else if (read) lines.push(read);
  }
  const inOrder = isNewestFirst(lines) ? lines.toReversed() : lines;
  const moments = momentsOf(
    inOrder.map(({ time }) => time),
    reading.timeZone,
    reading.instantOf,
  );
  const calls = inOrder.map(({ line, call, seconds, number }, place) => ({
    line,
    ...call,
    at: moments[place] ?? 0,
    seconds: call.outcome === "reached" ? seconds : null,
    number,
  }));
  const isToCome = ({ at }: FileCall) => at > reading.now + AHEAD_MS;
  faults.push(...calls.filter(isToCome).map(({ line }) => ({ line, reason: "time" as const })));
  return { calls: calls.filter((call) => !isToCome(call)).sort((a, b) => a.at - b.at), faults };
}

/** Boxes and most systems write the newest call first. */
function isNewestFirst(lines: readonly Line[]): boolean {
  const naive = ({ time }: Line) => Date.parse(`${time.day}T00:00:00Z`) + time.minutes * 60_000;
  const [first, last] = [lines[0], lines.at(-1)];
  return first !== undefined && last !== undefined && naive(first) > naive(last);
}

type Read = Line | FileFault["reason"] | null;

/** 1 = somebody called and was answered, 2 = nobody answered, 3 = turned away by the box, 4 = we called. */
const ANSWERED = "1";
const MISSED = "2";
const TURNED_AWAY = "3";
const CALLED = "4";
const MACHINE = /anrufbeantworter|answering machine|^\s*(?:ab|tam)\b/i;

/**
 * FRITZ!OS exports "Typ;Datum;Name;Rufnummer;(Landes-/Ortsnetzbereich;)Nebenstelle;Eigene Rufnummer;Dauer", durations
 * as hours and minutes. Older ones write 3 for a call of ours and know no 4.
 */
function fritzboxReader(
  { records }: CallTable,
  columns: FritzboxColumns,
  plan: NumberPlan,
): (record: CsvRecord) => Read {
  const isOld = !records.some(({ fields }) => fields[columns.type]?.trim() === CALLED);
  return ({ line, fields }) => {
    const cell = (name: keyof FritzboxColumns) => (fields[columns[name]] ?? "").trim();
    const time = readWrittenTime(cell("date"));
    if (!time) return "time";
    const [, hours, minutes] = /^(\d{1,3}):(\d{2})$/.exec(cell("duration")) ?? [];
    if (minutes === undefined) return "duration";
    const seconds = boundedSeconds((Number(hours) * 60 + Number(minutes)) * 60);
    const call = fritzboxCall(cell("type"), { seconds, isMachine: MACHINE.test(cell("extension")), isOld });
    if (call === null) return null;
    const number = readNumber(cell("number"), plan, "dialled");
    return number.is === "other" ? "number" : { line, time, call, seconds, number };
  };
}

function fritzboxCall(
  type: string,
  { seconds, isMachine, isOld }: { seconds: number; isMachine: boolean; isOld: boolean },
): Line["call"] | null {
  if (type === ANSWERED) return { direction: "in", outcome: isMachine ? "voicemail" : "reached" };
  if (type === MISSED) return { direction: "in", outcome: "missed" };
  const isOurs = type === CALLED || (type === TURNED_AWAY && isOld && seconds > 0);
  return isOurs ? { direction: "out", outcome: seconds > 0 ? "reached" : "not_reached" } : null;
}

function readMapped({ line, fields }: CsvRecord, mapping: Mapping, plan: NumberPlan): Read {
  const cell = (role: keyof Mapping) => (fields[mapping[role] ?? -1] ?? "").trim();
  const written = mapping.at === undefined ? `${cell("date")} ${cell("time") || "00:00"}` : cell("at");
  const time = readWrittenTime(written) ?? readWrittenTime(cell("date"));
  if (!time) return "time";
  const seconds = readSeconds(cell("seconds"));
  if (seconds === undefined) return "duration";
  const call = readCall(`${cell("direction")} ${cell("outcome")}`, seconds);
  if (call === null) return null;
  const number = readNumber(cell("number"), plan, "dialled");
  return number.is === "other" ? "number" : { line, time, call, seconds, number };
}
