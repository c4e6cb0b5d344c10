/**
 * CSV that comes in pieces (RFC 4180, and `;` or a tab where spreadsheets write them): a timetable's stops are read
 * without holding the file. Rows end in CRLF or LF; a quoted field may hold both.
 */
export interface CsvReader {
  push(text: string): void;
  /** Hands out the last row. */
  end(): void;
}

/** A row longer than this is no row. */
const ROW_CHARS = 100_000;
const SEPARATORS = [",", ";", "\t"];

/** @param onRow called with each row and the line it begins on, from 1; empty rows are left out */
export function csvReader(onRow: (fields: string[], line: number) => void): CsvReader {
  let fields: string[] = [];
  let field = "";
  let line = 1;
  let rowLine = 1;
  let separator = "";
  let head = "";
  let isQuoted = false;
  let wasQuote = false;
  let size = 0;

  function endField(): void {
    fields.push(field);
    field = "";
  }
  function endRow(): void {
    endField();
    if (fields.length > 1 || fields[0] !== "") onRow(fields, rowLine);
    fields = [];
    size = 0;
  }
  function take(sign: string): void {
    if (++size > ROW_CHARS) throw new RangeError(`line ${rowLine} is longer than ${ROW_CHARS} characters`);
    if (sign === "\n") line++;
    if (isQuoted && wasQuote) {
      wasQuote = false;
      if (sign === '"') {
        field += '"';
        return;
      }
      isQuoted = false;
    } else if (isQuoted) {
      if (sign === '"') wasQuote = true;
      else field += sign;
      return;
    }
    if (sign === '"' && field === "") isQuoted = true;
    else if (sign === separator) endField();
    else if (sign === "\n") {
      if (field.endsWith("\r")) field = field.slice(0, -1);
      endRow();
      rowLine = line;
    } else field += sign;
  }
  function begin(isEnd: boolean): string {
    const text = head.charCodeAt(0) === 0xfeff ? head.slice(1) : head;
    const first = text.indexOf("\n");
    if (first < 0 && !isEnd && text.length <= ROW_CHARS) return "";
    separator = separatorOf(first < 0 ? text : text.slice(0, first));
    head = "";
    return text;
  }

  return {
    push(text) {
      let rest = text;
      if (separator === "") {
        head += text;
        rest = begin(false);
      }
      for (const sign of rest) take(sign);
    },
    end() {
      if (separator === "") for (const sign of begin(true)) take(sign);
      if (field !== "" || fields.length > 0 || isQuoted) {
        if (field.endsWith("\r")) field = field.slice(0, -1);
        endRow();
      }
    },
  };
}

/** What stands most often in the head. */
function separatorOf(head: string): string {
  const counts = SEPARATORS.map((sign) => head.split(sign).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** Rows as records by the names of the first row, in lower case. */
export function csvRecords(
  onRecord: (record: Readonly<Record<string, string>>, line: number) => void,
  onFault: (line: number) => void = () => {},
): CsvReader {
  let names: string[] | null = null;
  return csvReader((fields, line) => {
    if (names === null) {
      names = fields.map((name) => name.trim().toLowerCase());
      return;
    }
    if (fields.length > names.length) return onFault(line);
    onRecord(Object.fromEntries(names.map((name, at) => [name, fields[at] ?? ""])), line);
  });
}
