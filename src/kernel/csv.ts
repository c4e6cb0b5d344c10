/** A record of a CSV file and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A line that was left out, and why. */
export interface SkippedLine {
  readonly line: number;
  readonly reason: string;
}

export interface CsvFile {
  readonly records: readonly CsvRecord[];
  readonly skipped: readonly SkippedLine[];
}

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;

/** What stands between fields: a comma as RFC 4180 has it, a semicolon where commas are decimal, or a tabulator. */
export type CsvSeparator = "," | ";" | "\t";

/**
 * Reads CSV as RFC 4180 has it: quoted fields may hold commas, line breaks and doubled quotes; lines end in CRLF or LF.
 * A record that breaks the rules is left out and named; empty lines are no records. A byte order mark is dropped, and the
 * apostrophe that `writeCsv` sets before what a spreadsheet would calculate.
 */
export function readCsv(source: string, separator: CsvSeparator = ","): CsvFile {
  const between = separator.charCodeAt(0);
  const records: CsvRecord[] = [];
  const skipped: SkippedLine[] = [];
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < source.length) {
    const record = readRecord(source, at, between);
    if (record.fault !== undefined) skipped.push({ line, reason: record.fault });
    else if (record.fields.length > 1 || record.fields[0] !== "")
      records.push({ line, fields: record.fields.map(unguarded) });
    line += record.lines;
    at = record.end;
  }
  return { records, skipped };
}

interface ReadRecord {
  readonly fields: string[];
  /** Where the next record begins. */
  readonly end: number;
  readonly lines: number;
  readonly fault?: string;
}

function readRecord(source: string, start: number, between: number): ReadRecord {
  const fields: string[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    if (source.charCodeAt(at) === QUOTE) {
      const quoted = readQuoted(source, at);
      if (quoted === undefined) {
        return {
          fields,
          end: source.length,
          lines,
          fault: "a quote opened here is never closed; this and all lines after it were skipped",
        };
      }
      fields.push(quoted.text);
      lines += quoted.breaks;
      at = quoted.end;
    } else {
      const end = endOfField(source, at, between);
      const text = source.slice(at, end);
      if (text.includes('"'))
        return {
          ...endOfLine(source, end, lines),
          fields,
          fault: "a quote stands inside a field that is not quoted",
        };
      fields.push(text);
      at = end;
    }
    const next = source.charCodeAt(at);
    if (next === between) {
      at++;
      continue;
    }
    const line = endOfLine(source, at, lines);
    const isAtEnd = Number.isNaN(next) || next === LINE_FEED || (next === RETURN && line.end === at + 2);
    return isAtEnd ? { ...line, fields } : { ...line, fields, fault: "text stands after a closing quote" };
  }
}

function readQuoted(
  source: string,
  start: number,
): { text: string; end: number; breaks: number } | undefined {
  let close = start;
  do {
    close = source.indexOf('"', close + 1);
    if (close < 0) return undefined;
    // A doubled quote is a quote; a single one closes.
  } while (source.charCodeAt(close + 1) === QUOTE && ++close > 0);
  const raw = source.slice(start + 1, close);
  let breaks = 0;
  for (let at = raw.indexOf("\n"); at >= 0; at = raw.indexOf("\n", at + 1)) breaks++;
  return { text: raw.includes('"') ? raw.replaceAll('""', '"') : raw, end: close + 1, breaks };
}

function endOfField(source: string, start: number, between: number): number {
  for (let at = start; at < source.length; at++) {
    const unit = source.charCodeAt(at);
    if (unit === between || unit === LINE_FEED) return at;
    if (unit === RETURN && source.charCodeAt(at + 1) === LINE_FEED) return at;
  }
  return source.length;
}

function endOfLine(source: string, from: number, lines: number): { end: number; lines: number } {
  const at = source.indexOf("\n", from);
  return { end: at < 0 ? source.length : at + 1, lines };
}

/**
 * Records as CSV with CRLF, quoted where needed. A field that a spreadsheet would take for a formula begins with an
 * apostrophe, so that nobody's words are calculated on the computer of who opens the file (OWASP, CSV injection).
 */
export function writeCsv(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map((field) => quote(guarded(field))).join(",")}\r\n`).join("");
}

/** What has the apostrophe already gets another one, so that reading gives back what was written. */
function guarded(field: string): string {
  return /^'*[=+\-@\t\r\n]/.test(field) ? `'${field}` : field;
}

function unguarded(field: string): string {
  return /^'+[=+\-@\t\r\n]/.test(field) ? field.slice(1) : field;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
