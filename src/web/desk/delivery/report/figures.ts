import type { DeliveryReportRow } from "../../../../skills/delivery/api.ts";

/** Shares and means of a row; null where there is nothing to divide by. */
export interface Figures {
  readonly firstAttempt: number | null;
  readonly windowKept: number | null;
  readonly noticeInside: number | null;
  readonly good: number | null;
  /** In the smallest unit of the currency. */
  readonly costAStop: number | null;
  readonly metresAParcel: number | null;
  readonly gramsAParcel: number | null;
}

const share = (part: number, all: number): number | null => (all === 0 ? null : part / all);

/** Costs of 0 mean that the owner has said no rates: they are not shown as free. */
export function figuresOf(row: DeliveryReportRow): Figures {
  return {
    firstAttempt: share(row.atFirstAttempt, row.deliveries),
    windowKept: share(row.windowKept, row.windowJudged),
    noticeInside: share(row.noticeInside, row.noticed),
    good: share(row.good, row.asked),
    costAStop: row.costMinor === 0 ? null : share(row.costMinor, row.deliveries),
    metresAParcel: share(row.distanceMetres, row.handedOver),
    gramsAParcel: share(row.gramsCo2, row.handedOver),
  };
}

/** Names of the columns, in the reader's language; the values are plain numbers, for other programs. */
export type CsvHead = Record<(typeof columns)[number], string>;

const columns = [
  "cityName",
  "date",
  "deliveries",
  "handedOver",
  "atFirstAttempt",
  "notRecorded",
  "windowKept",
  "windowJudged",
  "noticed",
  "noticeInside",
  "noticeErrorSeconds",
  "brokenSaid",
  "compensationMinor",
  "costMinor",
  "currency",
  "distanceMetres",
  "workedSeconds",
  "gramsCo2",
  "asked",
  "good",
] as const;

/** RFC 4180, in UTF-8 with a byte order mark. @param separator spreadsheets split by the reader's language */
export function reportCsv(rows: readonly DeliveryReportRow[], head: CsvHead, separator: "," | ";"): string {
  const lines = [
    columns.map((name) => head[name]),
    ...rows.map((row) => columns.map((name) => String(row[name] ?? ""))),
  ];
  return `\uFEFF${lines.map((line) => line.map(cell).join(separator)).join("\r\n")}\r\n`;
}

/** A name must not become a formula in somebody's spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+$/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
