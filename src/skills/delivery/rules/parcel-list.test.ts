import { expect, test } from "vitest";
import { readParcels } from "./parcel-list.ts";

const listOf = (column: string, values: readonly string[]) =>
  [`Straße;Hausnummer;Ort;${column}`, ...values.map((value) => `Marktweg;2;Hamburg;${value}`)].join("\n");

test("a number is read as people write it, with a country's code and the nought in brackets too", () => {
  const { rows, faults } = readParcels(
    listOf("Telefon", ["0176 04069012", "+49 (0)40 123456", "0049 (0) 40 123456", "040 (0)12", "nie"]),
  );
  expect(rows.map(({ phone }) => phone)).toEqual([
    "+4917604069012",
    "+4940123456",
    "+4940123456",
    "+4940012",
  ]);
  expect(faults).toEqual([{ line: 6, fault: "phone", value: "nie" }]);
});

test("a wished time is understood or named, never left out: another window would be booked", () => {
  const { rows, faults } = readParcels(
    listOf("Zeitfenster", ["18-20", "ab 18:30", "1830", "9.30 Uhr", "", "abends", "bis 20 Uhr", "24.11."]),
  );
  expect(rows.map(({ fromMinute }) => fromMinute)).toEqual([1_080, 1_110, 1_110, 570, null]);
  expect(faults.map(({ line, fault, value }) => [line, fault, value])).toEqual([
    [7, "window", "abends"],
    [8, "window", "bis 20 Uhr"],
    [9, "window", "24.11."],
  ]);
});
