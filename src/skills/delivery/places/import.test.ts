import { describe, expect, test } from "vitest";
import { blob, header, inPieces, osmPbf } from "../fixtures/osm-encoder.ts";
import { boundsAround } from "./bounds.ts";
import { ImportFault } from "./byte-source.ts";
import type { StreetRow } from "./gather.ts";
import { houseText } from "./house-number.ts";
import { unpackHouses } from "./houses.ts";
import { importCsv } from "./import-csv.ts";
import { importOsm } from "./import-osm.ts";
import { fromUtm } from "./utm.ts";

const HAMBURG = boundsAround({ lat: 53.55, lon: 10 }, 30_000);
const BERLIN = boundsAround({ lat: 52.52, lon: 13.4 }, 30_000);

function shown(rows: readonly StreetRow[], decimals = 5): string[] {
  return rows.flatMap(({ name, postcode, district, houses }) =>
    unpackHouses(houses).map((house) =>
      [
        name,
        houseText(house),
        postcode,
        district,
        house.lat.toFixed(decimals),
        house.lon.toFixed(decimals),
      ].join("|"),
    ),
  );
}

const csv = (text: string | Buffer, options: Partial<Parameters<typeof importCsv>[0]> = {}) =>
  importCsv({ source: inPieces(Buffer.from(text), 7), bounds: HAMBURG, ...options });

/** Forward values by another series (Redfearn) than the one that is tested (Krüger). */
test.each([
  [32, 565_735.901, 5_933_952.125, 53.550341, 9.992196],
  [33, 389_918.042, 5_819_699.132, 52.516275, 13.377704],
  [32, 691_650.367, 5_334_754.246, 48.137154, 11.576124],
  [33, 411_795.125, 5_656_347.125, 51.051876, 13.741551],
  [32, 356_558.858, 5_645_279.727, 50.941278, 6.958281],
  // Berlin as a list in zone 32 has it, far from its meridian.
  [32, 796_987.274, 5_827_473.09, 52.516275, 13.377704],
])("UTM %d %d %d", (...[zone, east, north, lat, lon]) => {
  const place = fromUtm(zone, east, north);
  expect(Math.abs(place.lat - lat)).toBeLessThan(1e-7);
  expect(Math.abs(place.lon - lon)).toBeLessThan(1e-7);
});

describe("lists as files", () => {
  const HK = [
    "# Hauskoordinaten",
    "N;DEHH0001000000a1;A;02;0;00;000;0101;00012;12;a;32565735,901;5933952,125;Rathausstraße;20095;Hamburg;;Hamburg-Altstadt",
    "N;DEHH0001000000a2;A;02;0;00;000;0101;00012;14;;32565745,901;5933952,125;Rathausstraße;20095;Hamburg;;Hamburg-Altstadt",
    "",
  ].join("\r\n");

  test.each([
    ["UTF-8", Buffer.from(HK, "utf8")],
    ["Latin-1", Buffer.from(HK, "latin1")],
    ["UTF-16 with its mark", Buffer.from(`\ufeff${HK}`, "utf16le")],
  ])("Hauskoordinaten without a heading, %s", async (_, file) => {
    const { rows, report } = await csv(file);
    expect(shown(rows)).toEqual([
      "Rathausstraße|12a|20095|Hamburg-Altstadt|53.55034|9.99220",
      "Rathausstraße|14|20095|Hamburg-Altstadt|53.55034|9.99235",
    ]);
    expect(report).toMatchObject({ addresses: 2, streets: 1, duplicates: 0 });
  });

  test("open data of a city: columns by their names, zone by the heading, decimal commas", async () => {
    const file =
      "STRASSE;HAUS_NR;HNR_ZUSATZ;PLZ;Ortsteil;Ostwert (ETRS89_UTM33);Nordwert (ETRS89_UTM33)\n" +
      "Pariser Platz;1;;10117;Mitte;389918,042;5819699,132\n" +
      'Pariser Platz;2;A;10117;Mitte;"389918,042";5819799,132\n';
    const { rows } = await csv(file, { bounds: BERLIN, locality: "Berlin" });
    expect(shown(rows, 4).map((line) => line.split("|").slice(0, 5).join("|"))).toEqual([
      "Pariser Platz|1|10117|Mitte|52.5163",
      "Pariser Platz|2a|10117|Mitte|52.5172",
    ]);
    expect(rows[0]?.locality).toBe("Berlin");
  });

  test("the zone is found by where the city lies, and axes that are the other way round", async () => {
    const east = "street,house number,x,y\nPariser Platz,1,5819699.132,389918.042\n";
    expect(shown((await csv(east, { bounds: BERLIN })).rows, 4)).toEqual([
      "Pariser Platz|1|||52.5163|13.3777",
    ]);
    const west = "street,house number,x,y\nPariser Platz,1,796987.274,5827473.090\n";
    expect(shown((await csv(west, { bounds: BERLIN })).rows, 4)).toEqual([
      "Pariser Platz|1|||52.5163|13.3777",
    ]);
  });

  test("a spreadsheet in English, tabulators, one column for street and number, WKT", async () => {
    const file = "address\tgeometry\nOld Mill Lane 12 b, Hamburg\tPOINT (9.99 53.55)\n";
    expect(shown((await csv(file)).rows)).toEqual(["Old Mill Lane|12b|||53.55000|9.99000"]);
    const pair = 'Straße,Nr,Koordinaten\nAm Markt,3,"53.55, 9.99"\n';
    expect(shown((await csv(pair)).rows)).toEqual(["Am Markt|3|||53.55000|9.99000"]);
  });

  test("what cannot be used is left out, counted and named by its line", async () => {
    const file = [
      "strasse;hausnummer;lat;lon",
      "Am Markt;1;53.55;9.99",
      "Am Markt;1;53.55001;9.99001",
      ";2;53.55;9.99",
      "Am Markt;o.Nr.;53.55;9.99",
      "Am Markt;3;n/a;9.99",
      "Am Markt;4;48.1;11.5",
      'Am "Markt";5;53.55;9.99',
      "Am Markt;5;53.551;9.99",
    ].join("\n");
    const { rows, report } = await csv(file);
    expect(shown(rows)).toEqual(["Am Markt|1|||53.55000|9.99000", "Am Markt|5|||53.55100|9.99000"]);
    expect(report).toMatchObject({
      addresses: 2,
      duplicates: 1,
      skipped: { noStreet: 1, noNumber: 1, noPlace: 1, outside: 1, badRow: 1 },
    });
    expect(report.examples.map(({ line }) => line).sort()).toEqual([4, 5, 6, 7, 8]);
  });

  test.each([
    ["", /is empty/],
    ["\n\n", /is empty/],
    ["Name;Telefon\nMeier;040\n", /No column holds streets.*Name, Telefon/],
    ["Straße;Nr\nAm Markt;1\n", /No columns hold coordinates/],
  ])("%j is refused in a sentence", async (text, sentence) => {
    await expect(csv(text)).rejects.toThrow(ImportFault);
    await expect(csv(text)).rejects.toThrow(sentence);
  });
});

const tags = (number: string, street: string, more: Record<string, string> = {}) => ({
  "addr:street": street,
  "addr:housenumber": number,
  ...more,
});

describe("OpenStreetMap extracts", () => {
  const file = (packing: "raw" | "zlib" = "zlib") =>
    osmPbf({
      packing,
      dense: [
        {
          id: 10,
          lat: 53.55,
          lon: 9.99,
          tags: tags("3", "Am Markt", { "addr:postcode": "20095", shop: "bakery" }),
        },
        { id: 11, lat: 53.5501, lon: 9.9901 },
        { id: 9_000_000_001, lat: 53.551, lon: 9.992 },
        { id: 9_000_000_002, lat: 53.551, lon: 9.994 },
        { id: 9_000_000_003, lat: 53.553, lon: 9.994 },
        { id: 9_000_000_004, lat: 53.553, lon: 9.992 },
        { id: 9_000_000_005, lat: 48.1, lon: 11.5, tags: tags("1", "Marienplatz") },
      ],
      nodes: [{ id: 12, lat: 53.56, lon: 9.98, tags: { "addr:place": "Insel", "addr:housenumber": "7;9" } }],
      ways: [
        {
          id: 1,
          refs: [9_000_000_001, 9_000_000_002, 9_000_000_003, 9_000_000_004, 9_000_000_001],
          tags: { building: "yes", ...tags("12-16", "Große Straße", { "addr:suburb": "Mitte" }) },
        },
        { id: 2, refs: [10, 11], tags: { highway: "residential", name: "Am Markt" } },
        { id: 3, refs: [777], tags: tags("99", "Am Rand") },
      ],
      relations: [tags("5", "Am Ring", { type: "multipolygon" })],
    });

  test.each([1, 5, 4_096])("nodes and outlines, in pieces of %d bytes", async (size) => {
    const { rows, report } = await importOsm({
      source: inPieces(file(), size),
      bounds: HAMBURG,
      locality: "Hamburg",
    });
    expect(shown(rows).sort()).toEqual([
      "Am Markt|3|20095||53.55000|9.99000",
      // The middle of the four corners.
      "Große Straße|12-16||Mitte|53.55200|9.99300",
      "Insel|7|||53.56000|9.98000",
      "Insel|9|||53.56000|9.98000",
    ]);
    expect(report).toMatchObject({ addresses: 4, unread: 1, skipped: { outside: 1, noPlace: 1 } });
  });

  test("blocks that are not packed", async () => {
    const { report } = await importOsm({ source: inPieces(file("raw"), 4_096), bounds: HAMBURG });
    expect(report.addresses).toBe(4);
  });

  test.each([
    ["nothing", Buffer.alloc(0), /it is empty/],
    ["another file", Buffer.from("street;house number\nAm Markt;1\n"), /does not begin with a header/],
    ["cut short", file().subarray(0, -10), /it ends early/],
    [
      "a block that is none",
      Buffer.concat([header(), blob("OSMData", Buffer.from([0x0a, 0x7f]))]),
      /ends inside/,
    ],
    ["a history", header(["OsmSchema-V0.6", "HistoricalInformation"]), /HistoricalInformation/],
    // 40 MB of zeros in 40 kB.
    ["a bomb", Buffer.concat([header(), blob("OSMData", Buffer.alloc(40_000_000))]), /cannot be unpacked/],
  ])("%s is refused in a sentence", async (_, bytes, sentence) => {
    const reading = importOsm({ source: inPieces(bytes, 65_536), bounds: HAMBURG });
    await expect(reading).rejects.toThrow(ImportFault);
    await expect(importOsm({ source: inPieces(bytes, 65_536), bounds: HAMBURG })).rejects.toThrow(sentence);
  });
});
