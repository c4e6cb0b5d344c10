import { expect, test } from "vitest";
import { instantOf } from "#kernel";
import { guessMapping } from "./call-columns.ts";
import { readCalls, readTable } from "./call-file.ts";
import { textOfFile } from "./file-text.ts";

const reading = {
  plan: { countryCode: "49", areaCode: "40" },
  timeZone: "Europe/Berlin",
  instantOf,
  now: Date.parse("2027-12-01T12:00:00Z"),
};

function calls(text: string, mapping?: Parameters<typeof readCalls>[1]) {
  const table = readTable(text);
  if (!table) throw new Error("no table");
  return readCalls(table, mapping ?? table.mapping, reading);
}

const FRITZBOX = [
  "sep=;",
  "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer",
  "1;24.11.26 10:05;Müller GmbH;04066969140;Telefon 1;97911585;0:05",
  "2;24.11.26 09:37;;015112345678;;97911585;0:00",
  "3;24.11.26 09:30;;015100000000;;97911585;0:00",
  "1;24.11.26 09:20;;015187654321;Anrufbeantworter 1;97911585;0:01",
  "4;24.11.26 09:08;;030208477964;Telefon 1;97911585;0:02",
  "4;24.11.26 09:07;;030208477964;Telefon 1;97911585;0:00",
  "2;23.11.26 18:00;;;;97911585;0:00",
  "",
].join("\r\n");

test("the list of a FRITZ!Box: oldest first, with the kinds of calls it knows", () => {
  const { calls: found, faults } = calls(FRITZBOX);
  expect(faults).toEqual([]);
  expect(
    found.map(({ direction, outcome, at, seconds, number }) => [
      direction,
      outcome,
      new Date(at).toISOString(),
      seconds,
      number.is === "number" ? number.phone : number.is,
    ]),
  ).toEqual([
    ["in", "missed", "2026-11-23T17:00:00.000Z", null, "suppressed"],
    ["out", "not_reached", "2026-11-24T08:07:00.000Z", null, "+4930208477964"],
    ["out", "reached", "2026-11-24T08:08:00.000Z", 120, "+4930208477964"],
    ["in", "voicemail", "2026-11-24T08:20:00.000Z", null, "+4915187654321"],
    ["in", "missed", "2026-11-24T08:37:00.000Z", null, "+4915112345678"],
    ["in", "reached", "2026-11-24T09:05:00.000Z", 300, "+494066969140"],
  ]);
});

test("an older box writes 3 for what it called itself", () => {
  const text = FRITZBOX.replaceAll("\n4;", "\n3;");
  expect(calls(text).calls.filter(({ direction }) => direction === "out")).toHaveLength(1);
});

test("newer boxes have one column more, and English ones other names", () => {
  const { calls: more } = calls(
    "sep=;\nTyp;Datum;Name;Rufnummer;Landes-/Ortsnetzbereich;Nebenstelle;Eigene Rufnummer;Dauer\n2;30.07.26 14:37;;024339392801;Hückelhoven;;97911585;0:00\n",
  );
  expect(more).toMatchObject([{ outcome: "missed", number: { phone: "+4924339392801" } }]);
  const { calls: english } = calls(
    "sep=;\nType;Date;Name;Number;Extension;Outgoing Caller ID;Duration\n2;30.07.26 14:37;;024339392801;;97911585;0:00\n",
  );
  expect(english).toMatchObject([{ outcome: "missed" }]);
});

test("the hour that is written twice in October is told apart by its order", () => {
  const { calls: found } = calls(
    [
      "sep=;",
      "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer",
      "2;25.10.26 03:05;;015112345678;;1;0:00",
      "2;25.10.26 02:10;;015112345678;;1;0:00",
      "2;25.10.26 02:50;;015112345678;;1;0:00",
      "2;25.10.26 02:20;;015112345678;;1;0:00",
      "2;25.10.26 01:30;;015112345678;;1;0:00",
    ].join("\n"),
  );
  expect(found.map(({ at }) => new Date(at).toISOString())).toEqual([
    "2026-10-24T23:30:00.000Z",
    "2026-10-25T00:20:00.000Z",
    "2026-10-25T00:50:00.000Z",
    "2026-10-25T01:10:00.000Z",
    "2026-10-25T02:05:00.000Z",
  ]);
});

test("a time that the clock leaps over in March is the moment after the gap", () => {
  const { calls: found } = calls(
    "sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n2;28.03.27 02:30;;015112345678;;1;0:00\n",
  );
  expect(new Date(found[0]?.at ?? 0).toISOString()).toBe("2027-03-28T01:30:00.000Z");
});

test("umlauts of Windows-1252, UTF-8 with a mark, UTF-16 with a mark are read alike", () => {
  const text =
    "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n1;24.11.26 10:05;Müller;040123456;Büro;1;0:05\n";
  const latin = Buffer.from(text, "latin1");
  const utf8 = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  for (const bytes of [latin, utf8, utf16, Buffer.from(text)])
    expect(textOfFile(bytes).replace(/^\uFEFF/, "")).toBe(text);
});

test("any other table is read by the names of its columns", () => {
  const { calls: found, faults } = calls(
    'Beginn,Richtung,Anrufer,Status,Dauer\n2026-11-24 09:00:05,eingehend,040 1234567,verpasst,0\n2026-11-24 09:10:00,ausgehend,"+43 1 2345678",verbunden,75\n2026-11-24 09:20:00,eingehend,040 1234567,Voicemail,12\n',
  );
  expect(faults).toEqual([]);
  expect(found.map(({ direction, outcome, seconds }) => [direction, outcome, seconds])).toEqual([
    ["in", "missed", null],
    ["out", "reached", 75],
    ["in", "voicemail", null],
  ]);
});

test("day and time in two columns, and columns that a person chose", () => {
  const text =
    "Tag;Uhrzeit;Telefonnummer;Länge\n24.11.2026;09:00;040 1234567;00:01:05\n24.11.2026;09:30;040 1234567;0\n";
  expect(guessMapping(["Tag", "Uhrzeit", "Telefonnummer", "Länge"])).toEqual({ date: 0, time: 1, number: 2 });
  const { calls: found } = calls(text, { date: 0, time: 1, number: 2, seconds: 3 });
  expect(found.map(({ outcome, seconds }) => [outcome, seconds])).toEqual([
    ["reached", 65],
    ["missed", null],
  ]);
});

test("a line that cannot be read is named with its place in the file and leaves the others", () => {
  const { calls: found, faults } = calls(
    [
      "sep=;",
      "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer",
      "2;gestern;;040123456;;1;0:00",
      "2;24.11.26 10:00;;**610;;1;0:00",
      "2;24.11.26 10:01;;040123456;;1;lang",
      "2;24.11.26 10:02;;040123456;;1;0:00",
      '2;24.11.26 10:03;"offen;040123456;;1;0:00',
    ].join("\n"),
  );
  expect(found).toHaveLength(1);
  expect(faults.toSorted((a, b) => a.line - b.line)).toEqual([
    { line: 3, reason: "time" },
    { line: 4, reason: "number" },
    { line: 5, reason: "duration" },
    { line: 7, reason: "columns" },
  ]);
});

test("what is no table is none", () => {
  expect(readTable("")).toBeNull();
  expect(readTable("Guten Tag\n")).toBeNull();
});

test("no call lasts longer than a day, whatever the list says", () => {
  const { calls: found } = calls(
    "sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n1;24.11.26 10:05;;015112345678;;1;999:00\n",
  );
  expect(found).toMatchObject([{ outcome: "reached", seconds: 86_400 }]);
});

test("a clock that is wrong tells no call: a box without a clock, a spreadsheet's nothing, days to come", () => {
  const lines = ["01.01.70 01:00", "30.12.1899 00:00", "01.12.27 13:06", "01.12.27 13:04"];
  const text = ["Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer"]
    .concat(lines.map((at) => `2;${at};;015112345678;;97911585;0:00`))
    .join("\r\n");
  const { calls: found, faults } = calls(text);
  expect(found.map(({ line }) => line)).toEqual([5]);
  expect(faults.map(({ line, reason }) => [line, reason]).sort()).toEqual([
    [2, "time"],
    [3, "time"],
    [4, "time"],
  ]);
});
