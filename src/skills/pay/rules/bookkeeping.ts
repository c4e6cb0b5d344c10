import { decimalOf } from "./money.ts";

/**
 * What the bookkeeping gets: a plain CSV, or a posting batch in DATEV's format. Source of the format: developer.datev.de, "DATEV-
 * Format" header version 700, category 21, format version 13: 31 fields of head, names of columns, one row a posting, text in
 * quotes, decimal comma, CRLF, Windows-1252. Only the first 14 columns are filled and written.
 */

export interface Posting {
  /** YYYY-MM-DD */
  readonly on: string;
  readonly kind: "payment" | "undone" | "refund" | "returned";
  readonly source: "bank" | "stripe" | "mollie" | "hand";
  readonly amountMinor: number;
  readonly currency: string;
  readonly reference: string;
  /** Of the receipt; "" = none. */
  readonly receipt: string;
  readonly title: string;
  readonly payer: string;
}

export interface Accounts {
  readonly adviser: string;
  readonly client: string;
  /** MM-DD */
  readonly yearBegins: string;
  readonly bank: string;
  readonly provider: string;
  readonly cash: string;
  readonly receivables: string;
}

const COLUMNS = [
  "Umsatz (ohne Soll/Haben-Kz)",
  "Soll/Haben-Kennzeichen",
  "WKZ Umsatz",
  "Kurs",
  "Basis-Umsatz",
  "WKZ Basis-Umsatz",
  "Konto",
  "Gegenkonto (ohne BU-Schlüssel)",
  "BU-Schlüssel",
  "Belegdatum",
  "Belegfeld 1",
  "Belegfeld 2",
  "Skonto",
  "Buchungstext",
];
const TEXT = 60;
const FIELD_1 = 36;

/** As records of a CSV; formulas are made harmless by who writes it. */
export function csvRecords(postings: readonly Posting[]): string[][] {
  return [
    ["date", "kind", "source", "amount", "currency", "reference", "receipt", "title", "payer"],
    ...postings.map((one) => [
      one.on,
      one.kind,
      one.source,
      // A refund leaves the company: no minus, which a spreadsheet would take for a formula.
      decimalOf(one.amountMinor),
      one.currency,
      one.reference,
      one.receipt,
      one.title,
      one.payer,
    ]),
  ];
}

export interface Period {
  readonly from: string;
  readonly to: string;
  /** ms */
  readonly madeAt: number;
}

/** A posting batch of one period, which must lie in one fiscal year. @returns text whose lines end in CRLF */
export function extfFile(postings: readonly Posting[], accounts: Accounts, period: Period): string {
  const lines = [header(accounts, period), COLUMNS.join(";"), ...postings.map((one) => row(one, accounts))];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** @returns the day on which the fiscal year of a day begins, YYYY-MM-DD */
export function yearStart(day: string, begins: string): string {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= begins ? `${year}-${begins}` : `${year - 1}-${begins}`;
}

const bare = (day: string): string => day.replaceAll("-", "");

function header(accounts: Accounts, { from, to, madeAt }: Period): string {
  const made = new Date(madeAt).toISOString().replace(/\D/g, "").slice(0, 17);
  const digits = Math.max(4, Math.min(8, accounts.bank.length));
  return [
    quoted("EXTF"),
    "700",
    "21",
    quoted("Buchungsstapel"),
    "13",
    made,
    "",
    quoted("AH"),
    quoted(""),
    quoted(""),
    accounts.adviser || "1001",
    accounts.client || "1",
    bare(yearStart(from, accounts.yearBegins)),
    String(digits),
    bare(from),
    bare(to),
    quoted("Zahlungen"),
    quoted(""),
    "1",
    "0",
    "0",
    quoted("EUR"),
    "",
    quoted(""),
    "",
    "",
    quoted(""),
    "",
    "",
    quoted(""),
    quoted(""),
  ].join(";");
}

function row(one: Posting, accounts: Accounts): string {
  const { bank, cash, provider, receivables } = accounts;
  const account = { bank, hand: cash, stripe: provider, mollie: provider }[one.source];
  return [
    decimalOf(one.amountMinor).replace(".", ","),
    // Money that comes stands on the left side of the account of money.
    quoted(one.kind === "payment" || one.kind === "returned" ? "S" : "H"),
    quoted(one.currency),
    "",
    "",
    "",
    account,
    receivables,
    "",
    `${one.on.slice(8)}${one.on.slice(5, 7)}`,
    quoted(one.receipt || one.reference, FIELD_1),
    quoted(""),
    "",
    quoted([one.title, one.payer].filter(Boolean).join(", "), TEXT),
  ].join(";");
}

/** Signs that begin a formula where a spreadsheet opens the file are put behind an apostrophe (OWASP, CSV injection). */
function quoted(text: string, characters = text.length): string {
  const plain = text.replace(/[\p{Cc}]+/gu, " ").slice(0, characters);
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}`.slice(0, Math.max(characters, 1)) : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
