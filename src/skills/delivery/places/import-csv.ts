import { type CsvRecord, type CsvSeparator, readCsv } from "#kernel";
import { type ByteSource, ImportFault } from "./byte-source.ts";
import { type CoordinateHints, numberOf, placeOf, placeOfText } from "./coordinates.ts";
import { type Column, type Columns, readHeading } from "./csv-columns.ts";
import { AddressGatherer, type ImportReport, type RawAddress, type StreetRow } from "./gather.ts";
import type { Bounds, LatLon } from "./geocoder.ts";

/** An address list as a text file: official ("Hauskoordinaten", open data of cities) or from a spreadsheet. */

export interface CsvImport {
  readonly source: ByteSource;
  readonly bounds: Bounds;
  /** UTM zone, where the file does not say it. */
  readonly zone?: number;
  /** Name of the city, where no column has it. */
  readonly locality?: string;
  /** Called now and then with the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** A record longer than this has an open quote. */
const MOST_RECORD = 1 << 20;
const SEPARATORS: readonly CsvSeparator[] = [";", ",", "\t"];

/**
 * Reads the file once for its encoding and once for its addresses; only some lines are in memory at a time.
 * @throws ImportFault for a file that is none, TooManyAddresses
 */
export async function importCsv(options: CsvImport): Promise<{ rows: StreetRow[]; report: ImportReport }> {
  const label = await encodingOf(options.source);
  const gatherer = new AddressGatherer(options.bounds);
  let shape: { columns: Columns; separator: CsvSeparator } | null = null;
  for await (const block of blocks(options, label)) {
    let { text, line } = block;
    if (!shape) {
      const begin = firstLine(text);
      if (begin === null) continue;
      const separator = separatorOf(begin.text);
      const { columns, isHeading } = readHeading(readCsv(begin.text, separator).records[0]?.fields ?? []);
      shape = { columns, separator };
      if (isHeading) [text, line] = [text.slice(begin.end), line + begin.lines];
    }
    addBlock(gatherer, { text, line, ...shape }, options);
  }
  if (!shape) throw new ImportFault("empty", "The file is empty.");
  return gatherer.finish();
}

function addBlock(
  gatherer: AddressGatherer,
  block: { text: string; line: number; columns: Columns; separator: CsvSeparator },
  options: CsvImport,
): void {
  const { records, skipped } = readCsv(block.text, block.separator);
  for (const { line } of skipped) gatherer.skip("badRow", block.line + line - 1);
  const hints = { zone: options.zone ?? block.columns.zone, bounds: options.bounds };
  for (const record of records) {
    if (record.fields[0]?.startsWith("#")) continue;
    gatherer.add(
      readRecord(record, { columns: block.columns, hints, locality: options.locality ?? "" }),
      block.line + record.line - 1,
    );
  }
}

function readRecord(
  { fields }: CsvRecord,
  { columns, hints, locality }: { columns: Columns; hints: CoordinateHints; locality: string },
): RawAddress {
  const cell = (column: Column): string => (fields[columns.at.get(column) ?? -1] ?? "").trim();
  const place = placeIn(cell, hints);
  const written = cell("street");
  // One column for both: "Musterstraße 12a", and what stands behind a comma is the city.
  const [, name, number] = columns.at.has("number")
    ? []
    : (/^(.+?)\s+(\d[^,]*?)\s*(?:,.*)?$/.exec(written) ?? []);
  return {
    street: name ?? written,
    houseNumber: number ?? `${cell("number")}${cell("suffix")}`,
    postcode: cell("postcode").replace(/^[A-Z]{1,2}-/, ""),
    locality: cell("locality") || locality,
    district: cell("district"),
    ...place,
  };
}

function placeIn(cell: (column: Column) => string, hints: CoordinateHints): LatLon {
  const [lat, lon] = [numberOf(cell("lat")), numberOf(cell("lon"))];
  if (Number.isFinite(lat) && Number.isFinite(lon)) return placeOf(lon, lat, hints);
  const [east, north] = [numberOf(cell("east")), numberOf(cell("north"))];
  if (Number.isFinite(east) && Number.isFinite(north)) return placeOf(east, north, hints);
  return placeOfText(cell("point"), hints);
}

/** Whole records: a cut is made only where no quote is open. */
async function* blocks(
  { source, onProgress }: CsvImport,
  label: string,
): AsyncGenerator<{ text: string; line: number }> {
  const decoder = new TextDecoder(label);
  let rest = "";
  let line = 1;
  let bytes = 0;
  for await (const chunk of source()) {
    bytes += chunk.length;
    onProgress?.(bytes);
    rest += decoder.decode(chunk, { stream: true });
    const cut = lastWholeRecord(rest);
    if (cut === 0) continue;
    const text = rest.slice(0, cut);
    yield { text, line };
    line += text.split("\n").length - 1;
    rest = rest.slice(cut);
  }
  rest += decoder.decode();
  if (rest !== "") yield { text: rest, line };
}

function lastWholeRecord(text: string): number {
  let isOpen = false;
  let cut = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 34) isOpen = !isOpen;
    else if (unit === 10 && !isOpen) cut = at + 1;
  }
  // A quote that nobody closes must not gather the whole file.
  return cut === 0 && text.length > MOST_RECORD ? text.length : cut;
}

/** The first line that is no comment and not empty. */
function firstLine(text: string): { text: string; end: number; lines: number } | null {
  const begin = /^(?:(?:\uFEFF?#[^\n]*|\s*)\n)*/.exec(text)?.[0] ?? "";
  const body = text.slice(begin.length);
  const length = lengthOfFirst(body);
  if (body.slice(0, length).trim() === "") return null;
  return {
    text: body.slice(0, length),
    end: begin.length + length,
    lines: (begin + body.slice(0, length)).split("\n").length - 1,
  };
}

function lengthOfFirst(body: string): number {
  const at = body.indexOf("\n");
  return at < 0 ? body.length : at + 1;
}

function separatorOf(heading: string): CsvSeparator {
  const count = (sign: string) => heading.split(sign).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** By its mark, else UTF-8 if every byte is, else Windows-1252, which has all of Latin-1. */
async function encodingOf(source: ByteSource): Promise<string> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of source()) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
      if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return "utf-16be";
      isFirst = false;
      utf8.decode(chunk, { stream: true });
    }
    utf8.decode();
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
