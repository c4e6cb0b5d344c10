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
    const all = rows.filter((row) => row.currency === currency);
    // What was called off is owed for, and was no delivery.
    const own = all.filter(({ state }) => state !== "cancelled");
    const handedOver = own.filter(({ outcome }) => HANDED_OVER.includes(outcome));
    const total = (of: (row: StatementRow) => number, among = own) =>
      among.reduce((sum, row) => sum + of(row), 0);
    return {
      currency,
      deliveries: own.length,
      parcels: total(({ parcels }) => parcels),
      handedOver: handedOver.length,
      firstAttempts: own.filter(({ attempt }) => attempt === 1).length,
      atFirstAttempt: handedOver.filter(({ attempt }) => attempt === 1).length,
      priceMinor: total(({ priceMinor }) => priceMinor),
      senderPaysMinor: total(({ senderPaysMinor }) => senderPaysMinor),
      compensationMinor: total(({ compensationMinor }) => compensationMinor, all),
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

/** "4.90" of 490 cents; of a currency without a smaller unit the whole number. */
function amountOf(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const places = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(minor).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** English names of columns and a point in amounts, because programs read it. */
export function statementCsv(rows: readonly StatementRow[]): string {
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
      amountOf(row.priceMinor, row.currency),
      amountOf(row.senderPaysMinor, row.currency),
      amountOf(row.compensationMinor, row.currency),
    ]),
  ]);
}
