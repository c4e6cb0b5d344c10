import { expect, test } from "vitest";
import type { DeliveryReportRow } from "../../../../skills/delivery/api.ts";
import { type CsvHead, figuresOf, reportCsv } from "./figures.ts";

const row = (more: Partial<DeliveryReportRow> = {}): DeliveryReportRow => ({
  eveningId: 1,
  cityId: 1,
  cityName: "Hamburg",
  date: "2026-11-19",
  deliveries: 50,
  handedOver: 48,
  atFirstAttempt: 47,
  notRecorded: 1,
  windowKept: 45,
  windowJudged: 48,
  noticed: 40,
  noticeInside: 38,
  noticeErrorSeconds: 140,
  brokenSaid: 2,
  compensationMinor: 1_000,
  distanceMetres: 96_000,
  workedSeconds: 40_000,
  costMinor: 21_000,
  currency: "EUR",
  gramsCo2: 2_400,
  asked: 20,
  good: 19,
  ...more,
});

test("shares and means are of what they are of", () => {
  expect(figuresOf(row())).toEqual({
    firstAttempt: 0.94,
    windowKept: 0.9375,
    noticeInside: 0.95,
    good: 0.95,
    costAStop: 420,
    metresAParcel: 2_000,
    gramsAParcel: 50,
  });
});

test("nothing is divided by nothing, and no rate is no cost", () => {
  const nothing = row({ deliveries: 0, handedOver: 0, windowJudged: 0, noticed: 0, asked: 0, costMinor: 0 });
  expect(Object.values(figuresOf(nothing)).filter((value) => value !== null)).toEqual([]);
  expect(figuresOf(row({ costMinor: 0 })).costAStop).toBeNull();
});

test("the file has a line an evening; no name becomes a formula, and none breaks the columns", () => {
  const head = new Proxy({} as CsvHead, { get: (_, name) => `Spalte ${String(name)}` });
  const lines = reportCsv(
    [row(), row({ cityName: "=1+1", noticeErrorSeconds: null }), row({ cityName: 'Bad "Salz"; Elbe' })],
    head,
    ";",
  ).split("\r\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^\uFEFFSpalte cityName;Spalte date;Spalte deliveries;/);
  expect(lines[1]).toBe(
    "Hamburg;2026-11-19;50;48;47;1;45;48;40;38;140;2;1000;21000;EUR;96000;40000;2400;20;19",
  );
  expect(lines[2]).toMatch(/^'=1\+1;2026-11-19;50;48;47;1;45;48;40;38;;2;/);
  expect(lines[3]).toMatch(/^"Bad ""Salz""; Elbe";/);
});
