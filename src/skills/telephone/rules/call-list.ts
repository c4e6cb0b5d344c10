import { instantOf } from "#kernel";
import { isReadable, type Mapping } from "./call-columns.ts";
import { type CallTable, type FileCall, type FileFault, readCalls, readTable } from "./call-file.ts";
import { textOfFile } from "./file-text.ts";
import { FILE_LINES } from "./limits.ts";
import type { NumberPlan } from "./phone-number.ts";

/** A file of calls, from its bytes to what it says. */

export interface ListOrder {
  readonly bytes: Uint8Array;
  /** Where a person said which column is which; null = as the heading says. */
  readonly mapping: Mapping | null;
  readonly plan: NumberPlan;
  readonly timeZone: string;
  /** ms */
  readonly now: number;
  /** Only so many of the first lines; null = all. */
  readonly first: number | null;
}

export interface CallList extends Pick<CallTable, "kind" | "mapping" | "isReadable"> {
  readonly columns: readonly string[];
  /** Of the whole file, whatever was asked for. */
  readonly lines: number;
  /** Oldest first; none where the columns are not known. */
  readonly calls: readonly FileCall[];
  readonly faults: readonly FileFault[];
}

/** @returns "none" for what is no table; "tooLong" beyond FILE_LINES, with how many lines it has */
export function readList(order: ListOrder): CallList | "none" | { readonly tooLong: number } {
  const { plan, timeZone, now, first } = order;
  const table = readTable(textOfFile(order.bytes));
  if (!table) return "none";
  const lines = table.records.length;
  if (lines > FILE_LINES) return { tooLong: lines };
  const mapping = order.mapping ?? table.mapping;
  const isTakeable = table.kind === "fritzbox" || isReadable(mapping);
  const part = first === null ? table : { ...table, records: table.records.slice(0, first), broken: [] };
  const read = isTakeable
    ? readCalls(part, mapping, { plan, timeZone, instantOf, now })
    : { calls: [], faults: [] };
  return { kind: table.kind, columns: table.head, mapping, isReadable: isTakeable, lines, ...read };
}
