import { type CsvReader, csvRecords } from "./csv-stream.ts";
import { modeOf } from "./gtfs-alerts.ts";
import { printable, type SourceItem, VALUE_CHARS, valuesOf } from "./item.ts";

/** Names of lines, stops and agencies from a static GTFS feed, so that people are told "U3" and not "1:0:44". */

export interface EntityName {
  readonly kind: "route" | "stop" | "agency";
  readonly ref: string;
  readonly name: string;
  /** Of a route, e.g. subway. */
  readonly mode: string;
}

/** The files of a feed that hold names. */
export const NAME_FILES: Readonly<Record<string, EntityName["kind"]>> = {
  "routes.txt": "route",
  "stops.txt": "stop",
  "agency.txt": "agency",
};

/** Germany has half a million stops. */
export const NAMES_MAX = 1_000_000;

type Row = Readonly<Record<string, string>>;

const FROM_ROW: Readonly<Record<EntityName["kind"], (row: Row) => EntityName>> = {
  route: (row) =>
    named(
      "route",
      row.route_id,
      row.route_short_name || row.route_long_name,
      modeOf(numberOf(row.route_type)),
    ),
  stop: (row) => named("stop", row.stop_id, row.stop_name),
  agency: (row) => named("agency", row.agency_id, row.agency_name),
};

/** @param onName called for each row that has an id and a name */
export function nameReader(kind: EntityName["kind"], onName: (name: EntityName) => void): CsvReader {
  return csvRecords((row) => {
    const name = FROM_ROW[kind](row);
    if (name.ref !== "" && name.name !== "") onName(name);
  });
}

function named(kind: EntityName["kind"], ref = "", name = "", mode = ""): EntityName {
  return {
    kind,
    ref: printable(ref),
    name: printable(name.replace(/\s+/g, " ")).slice(0, VALUE_CHARS).toWellFormed(),
    mode,
  };
}

function numberOf(text: string | undefined): number {
  return text?.trim() ? Number(text) : Number.NaN;
}

/** Which names an alert needs. */
export function refsOf(items: readonly SourceItem[]): { kind: EntityName["kind"]; ref: string }[] {
  const of = (kind: EntityName["kind"], key: string) =>
    [...new Set(items.flatMap(({ values }) => values[key] ?? []))].map((ref) => ({ kind, ref }));
  return [...of("route", "route_id"), ...of("stop", "stop_id"), ...of("agency", "agency_id")];
}

export type NameBook = ReadonlyMap<string, { readonly name: string; readonly mode: string }>;

export function nameKey(kind: EntityName["kind"], ref: string): string {
  return `${kind} ${ref}`;
}

/**
 * Adds what subscribers choose by: `line`, `stop`, `agency` and `mode`. A route or stop without a name goes by its id;
 * two platforms of one station are one stop.
 */
export function withNames(item: SourceItem, book: NameBook): SourceItem {
  const { route_id = [], stop_id = [], agency_id = [], mode = [] } = item.values;
  if (route_id.length + stop_id.length + agency_id.length === 0) return item;
  const names = (kind: EntityName["kind"], refs: readonly string[]) =>
    valuesOf(refs.map((ref) => book.get(nameKey(kind, ref))?.name ?? ref));
  const modes = valuesOf([...mode, ...route_id.map((ref) => book.get(nameKey("route", ref))?.mode ?? "")]);
  const added = {
    line: names("route", route_id),
    stop: names("stop", stop_id),
    agency: names("agency", agency_id),
    mode: modes,
  };
  const kept = Object.entries(added).filter(([, values]) => values.length > 0);
  return { ...item, values: { ...item.values, ...Object.fromEntries(kept) } };
}
