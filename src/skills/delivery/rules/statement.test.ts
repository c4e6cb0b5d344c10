import { expect, test } from "vitest";
import type { StatementRow } from "../api/statement.ts";
import { shareOf, statementCsv, sumsOfRows } from "./statement.ts";

const row = (part: Partial<StatementRow>): StatementRow => ({
  deliveryId: 1,
  date: "2026-11-24",
  senderReference: "A-1",
  parcels: 1,
  state: "done",
  outcome: "handed_over",
  attempt: 1,
  currency: "EUR",
  priceMinor: 490,
  senderPaysMinor: 245,
  compensationMinor: 0,
  ...part,
});

test("a share is whole, and half a unit is the sender's", () => {
  expect([shareOf(490, 50), shareOf(491, 50), shareOf(490, 0), shareOf(490, 100), shareOf(333, 33)]).toEqual([
    245, 246, 0, 490, 110,
  ]);
});

test("sums are one a currency; a first attempt counts only where it was handed over", () => {
  const sums = sumsOfRows([
    row({}),
    row({ outcome: "neighbour", attempt: 2, parcels: 3, compensationMinor: 500 }),
    row({ state: "failed", outcome: "not_there" }),
    row({ currency: "CHF", priceMinor: 600, senderPaysMinor: 600 }),
    // Called off after a promise was broken.
    row({ state: "cancelled", outcome: null, priceMinor: 0, senderPaysMinor: 0, compensationMinor: 300 }),
  ]);
  expect(sums).toEqual([
    {
      currency: "CHF",
      deliveries: 1,
      parcels: 1,
      handedOver: 1,
      firstAttempts: 1,
      atFirstAttempt: 1,
      priceMinor: 600,
      senderPaysMinor: 600,
      compensationMinor: 0,
    },
    {
      currency: "EUR",
      deliveries: 3,
      parcels: 5,
      handedOver: 2,
      // The second attempt of a parcel makes the share of first ones no smaller.
      firstAttempts: 2,
      atFirstAttempt: 1,
      priceMinor: 1_470,
      senderPaysMinor: 735,
      compensationMinor: 800,
    },
  ]);
});

test("as CSV amounts have a point, and a reference is no formula", () => {
  expect(
    statementCsv([row({ senderReference: "=1+1", priceMinor: 5, senderPaysMinor: 1_205 })]).split("\r\n")[1],
  ).toBe("2026-11-24,1,'=1+1,1,done,handed_over,1,EUR,0.05,12.05,0.00");
  const yen = row({ currency: "JPY", priceMinor: 490, senderPaysMinor: 0 });
  expect(statementCsv([yen]).split("\r\n")[1]).toContain("JPY,490,0,0");
});
