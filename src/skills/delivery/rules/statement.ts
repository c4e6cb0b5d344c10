import { writeCsv } from "#kernel";
import type { StatementRow, StatementSum } from "../api/statement.ts";

/** Sums of a month, and the month as CSV. Amounts are whole in the smallest unit; nothing is rounded twice. */

const HANDED_OVER: readonly StatementRow["outcome"][] = ["handed_over", "neighbour", "left_there"];

/** @param percent 0 to 100; half a unit goes to the sender */
export function shareOf(priceMinor: number, percent: number): number {
  return Math.floor((priceMinor * percent + 50) / 100);
}

export function sumsOfRows(rows: readonly StatementRow[]): StatementSum[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const handedOver = own.filter(({ outcome }) => HANDED_OVER.includes(outcome));
    const total = (of: (row: StatementRow) => number) => own.reduce((sum, row) => sum + of(row), 0);
    return {
      currency,
      deliveries: own.length,
      parcels: total(({ parcels }) => parcels),
      handedOver: handedOver.length,
      atFirstAttempt: handedOver.filter(({ attempt }) => attempt === 1).length,
      priceMinor: total(({ priceMinor }) => priceMinor),
      senderPaysMinor: total(({ senderPaysMinor }) => senderPaysMinor),
      compensationMinor: total(({ compensationMinor }) => compensationMinor),
    };
  });
}

const HEAD = [
  "date",
  "delivery",
  "reference",
  "parcels",
  "state",
  "outcome",
  "attempt",
  "currency",
  "price",
  "sender_pays",
  "compensation",
];

/** English names of columns and a point in amounts, because programs read it. */
export function statementCsv(rows: readonly StatementRow[]): string {
  const amount = (minor: number) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
  return writeCsv([
    HEAD,
    ...rows.map((row) => [
      row.date,
      String(row.deliveryId),
      row.senderReference,
      String(row.parcels),
      row.state,
      row.outcome ?? "",
      String(row.attempt),
      row.currency,
      amount(row.priceMinor),
      amount(row.senderPaysMinor),
      amount(row.compensationMinor),
    ]),
  ]);
}
