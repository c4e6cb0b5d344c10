import { ImportFault } from "./byte-source.ts";
import { fold } from "./fold.ts";

/** Which column of an address list holds what, by the names that offices and people give them. */

const COLUMNS = {
  street: [
    "Straße",
    "Straßenname",
    "Strassenbezeichnung",
    "STN",
    "Str",
    "Strname",
    "Str_Name",
    "street",
    "street name",
    "streetname",
    "addr:street",
    "Adresse",
    "Anschrift",
    "address",
    "Lagebezeichnung",
    "Nam",
  ],
  number: [
    "Hausnummer",
    "Hausnr",
    "Haus-Nr",
    "HNR",
    "Nr",
    "Nummer",
    "house number",
    "housenumber",
    "house_no",
    "addr:housenumber",
    "number",
    "Hausnummer mit Zusatz",
  ],
  suffix: [
    "Zusatz",
    "ADZ",
    "Hausnummernzusatz",
    "Hausnummerzusatz",
    "Hausnummer Zusatz",
    "Hausnrzusatz",
    "HNR_Zusatz",
    "HNRZ",
    "Adressierungszusatz",
    "Buchstabe",
    "suffix",
    "house number suffix",
  ],
  postcode: ["PLZ", "Postleitzahl", "postcode", "zip", "zip code", "postal code", "addr:postcode"],
  locality: [
    "Ort",
    "Ortsname",
    "ONM",
    "Stadt",
    "Gemeinde",
    "Gemeindename",
    "Ortsnamepost",
    "Wohnort",
    "city",
    "town",
    "municipality",
    "addr:city",
  ],
  district: [
    "Ortsteil",
    "Ortsteilname",
    "Stadtteil",
    "Stadtteilname",
    "Bezirk",
    "Stadtbezirk",
    "POT",
    "district",
    "suburb",
    "quarter",
    "addr:suburb",
  ],
  lat: ["lat", "latitude", "Breite", "Breitengrad", "geogr. Breite"],
  lon: ["lon", "lng", "long", "longitude", "Länge", "Längengrad", "geogr. Länge"],
  east: [
    "Ostwert",
    "Ost",
    "East",
    "easting",
    "Rechtswert",
    "RW",
    "E",
    "X",
    "X-Koordinate",
    "Koordinate X",
    "UTM Ost",
    "UTM X",
    "x_coord",
    "xcoord",
    "EEEEEEEE,EEE",
  ],
  north: [
    "Nordwert",
    "Nord",
    "North",
    "northing",
    "Hochwert",
    "HW",
    "N",
    "Y",
    "Y-Koordinate",
    "Koordinate Y",
    "UTM Nord",
    "UTM Y",
    "y_coord",
    "ycoord",
    "NNNNNNN,NNN",
  ],
  point: ["WKT", "geom", "geometry", "Geometrie", "Koordinaten", "coordinates", "the_geom", "Punkt", "shape"],
} as const;
export type Column = keyof typeof COLUMNS;

const names: ReadonlyMap<string, Column> = new Map(
  Object.entries(COLUMNS).flatMap(([column, words]) =>
    words.map((word) => [fold(word), column as Column] as const),
  ),
);

/** What the heading says. */
export interface Columns {
  readonly at: ReadonlyMap<Column, number>;
  /** UTM zone that a column's name gives away ("ostwert_utm33", "x_25832"); null = not said. */
  readonly zone: number | null;
}

/** The fields of "Hauskoordinaten Deutschland", which come without a heading (AdV, HK-DE 4.2, section 1.1). */
const HK_DE: Columns = {
  at: new Map<Column, number>([
    ["number", 9],
    ["suffix", 10],
    ["east", 11],
    ["north", 12],
    ["street", 13],
    ["postcode", 14],
    ["locality", 15],
    ["district", 17],
  ]),
  zone: null,
};
const HK_DE_FIELDS = 18;

/** Is this a line of "Hauskoordinaten Deutschland"? */
export function isHouseCoordinates(fields: readonly string[]): boolean {
  return (
    fields.length >= HK_DE_FIELDS &&
    /^[NLA]?$/.test(fields[0] ?? "-") &&
    /^DE[A-Z]{2}\w{8,14}$/.test(fields[1] ?? "") &&
    /^\d{8}[.,]\d+$/.test(fields[11] ?? "")
  );
}

/**
 * @param heading the first line's fields
 * @returns null in `rest` sense: `isHeading` is false where the line is already data
 * @throws ImportFault naming what is missing
 */
export function readHeading(heading: readonly string[]): { columns: Columns; isHeading: boolean } {
  if (isHouseCoordinates(heading)) return { columns: HK_DE, isHeading: false };
  const at = new Map<Column, number>();
  let zone: number | null = null;
  for (const [n, name] of heading.entries()) {
    const [, hint] = /(?:utm|zone|2583|etrs89\D*)\D{0,3}([23]|3[123])(?!\d)/i.exec(name) ?? [];
    if (hint) zone ??= 30 + (Number(hint) % 10);
    const bare = fold(
      name.replace(
        /[_\s(]*(?:epsg\D*)?(?:2583[123]|utm\s*_?3[123]|etrs\s*_?89|wgs\s*_?84|4326)[)\w]*/gi,
        " ",
      ),
    );
    const column = names.get(fold(name)) ?? names.get(bare);
    if (column && !at.has(column)) at.set(column, n);
  }
  if (!at.has("street"))
    throw new ImportFault(
      "noStreetColumn",
      `No column holds streets. The file's columns are: ${heading.slice(0, 30).join(", ").slice(0, 500)}. Name one of them "street" or "Straße".`,
    );
  const isPlaced = at.has("point") || (at.has("lat") && at.has("lon")) || (at.has("east") && at.has("north"));
  if (!isPlaced)
    throw new ImportFault(
      "noPlaceColumn",
      `No columns hold coordinates. The file's columns are: ${heading.slice(0, 30).join(", ").slice(0, 500)}. Needed are "lat" and "lon", or "Ostwert" and "Nordwert" in ETRS89/UTM.`,
    );
  return { columns: { at, zone }, isHeading: true };
}
