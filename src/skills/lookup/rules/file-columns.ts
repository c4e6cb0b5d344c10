import { KINDS, type Kind, type LookupRecord, lookupRecord } from "../api/record.ts";
import { spokenStatus } from "./status-of.ts";

/** A register as a plain file: which column holds what, by the names that people give their columns. */

const COLUMNS = {
  kind: ["art", "typ", "kind", "type"],
  number: [
    "nummer",
    "bestellnummer",
    "auftragsnummer",
    "rechnungsnummer",
    "sendungsnummer",
    "seriennummer",
    "terminnummer",
    "number",
    "order",
    "order number",
    "invoice number",
    "tracking number",
    "serial number",
  ],
  status: ["status", "stand", "zustand", "state"],
  postcode: ["plz", "postleitzahl", "postcode", "zip"],
  email: ["e-mail", "email", "mail"],
  phone: ["telefon", "mobil", "handy", "phone", "mobile"],
  name: ["name", "nachname", "kunde", "customer", "last name"],
  orderedDay: ["bestellt am", "datum", "ordered", "ordered on"],
  carrier: ["versand", "versanddienst", "carrier"],
  tracking: ["sendungslink", "tracking", "tracking link", "tracking url"],
  expectedDay: ["erwartet am", "liefertag", "erwartet", "expected", "expected on"],
  items: ["artikel", "inhalt", "geraet", "items", "product", "machine"],
  day: ["termin", "tag", "appointment", "day"],
  time: ["uhrzeit", "zeit", "time"],
  amount: ["betrag", "summe", "amount", "total"],
  currency: ["waehrung", "currency"],
  dueDay: ["faellig am", "faellig", "due", "due on"],
  isPaid: ["bezahlt", "paid"],
} as const;
type Column = keyof typeof COLUMNS;

const names: ReadonlyMap<string, Column> = new Map(
  Object.entries(COLUMNS).flatMap(([column, words]) =>
    words.map((word) => [word, column as Column] as const),
  ),
);

/** Words of kinds, beside their own names. */
const KIND_WORDS: Readonly<Record<string, Kind>> = {
  bestellung: "order",
  auftrag: "order",
  paket: "parcel",
  sendung: "parcel",
  rechnung: "invoice",
  termin: "appointment",
  maschine: "machine",
  geraet: "machine",
};

export interface FileFault {
  /** Counts from 1, the heading included. */
  readonly line: number;
  readonly code: "noNumber" | "badKind" | "badStatus" | "badDay" | "badAmount" | "badLink" | "badRow";
}

export interface ReadFile {
  readonly records: readonly LookupRecord[];
  readonly faults: readonly FileFault[];
  /** Lines that were left out. */
  readonly skipped: number;
}

const FAULTS_MOST = 50;

const fold = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/[_\s]+/g, " ");

/**
 * @param lines heading first, as the CSV reader gives them
 * @param asOf ms, when the file was written
 * @returns null when no column holds numbers: then it is another file
 */
export function readRegister(
  lines: readonly { readonly line: number; readonly fields: readonly string[] }[],
  asOf: number,
): ReadFile | null {
  const [head, ...rows] = lines;
  const columns = new Map<Column, number>();
  for (const [n, name] of (head?.fields ?? []).entries()) {
    const column = names.get(fold(name));
    if (column && !columns.has(column)) columns.set(column, n);
  }
  if (!columns.has("number")) return null;
  const records: LookupRecord[] = [];
  const faults: FileFault[] = [];
  let skipped = 0;
  for (const { line, fields } of rows) {
    const read = readRow((column) => (fields[columns.get(column) ?? -1] ?? "").trim(), asOf);
    if (typeof read !== "string") records.push(read);
    else if (fields.some((field) => field.trim() !== "")) {
      skipped += 1;
      if (faults.length < FAULTS_MOST) faults.push({ line, code: read });
    }
  }
  return { records, faults, skipped };
}

type Cell = (column: Column) => string;

/** A row of which something cannot be read is left out: half the truth may be a wrong one. */
function readRow(cell: Cell, asOf: number): LookupRecord | FileFault["code"] {
  const number = cell("number");
  if (number === "") return "noNumber";
  const kind = kindOf(cell("kind"));
  if (!kind) return "badKind";
  const status = cell("status") === "" ? null : spokenStatus(cell("status"));
  if (status === null && cell("status") !== "") return "badStatus";
  const days = (["orderedDay", "expectedDay", "dueDay", "day"] as const).map((column) => dayOf(cell(column)));
  if (days.includes(undefined)) return "badDay";
  const [orderedDay = null, expectedDay = null, dueDay = null, day = null] = days;
  const amountCents = centsOf(cell("amount"));
  if (amountCents === undefined) return "badAmount";
  const found = lookupRecord.safeParse({
    kind,
    number,
    status,
    orderedDay,
    expectedDay,
    dueDay,
    day,
    time: /^\d{1,2}:\d{2}$/.test(cell("time")) ? cell("time").padStart(5, "0") : null,
    carrier: cell("carrier") || null,
    tracking: cell("tracking") || null,
    items: cell("items")
      .split(/[|;]/)
      .map((one) => one.trim())
      .filter((one) => one !== "")
      .slice(0, 20),
    amountCents,
    currency: amountCents === null ? null : cell("currency").toUpperCase() || "EUR",
    isPaid: cell("isPaid") === "" ? null : /^(?:ja|yes|x|1|true|wahr)$/i.test(cell("isPaid")),
    known: {
      postcodes: many(cell("postcode")),
      emails: many(cell("email")),
      phones: many(cell("phone")),
      names: many(cell("name")),
      country: "DE",
    },
    asOf,
  });
  if (found.success) return found.data;
  return found.error.issues.some(({ path }) => path[0] === "tracking") ? "badLink" : "badRow";
}

function kindOf(word: string): Kind | null {
  const folded = fold(word);
  if (folded === "") return "order";
  return KINDS.find((kind) => kind === folded) ?? KIND_WORDS[folded] ?? null;
}

/** Spreadsheets in German write semicolons: such a file is written as commas have it, its decimal commas in quotes. */
export function withCommas(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (sign: string) => head.split(sign).length;
  if (count(";") <= count(",")) return text;
  return text.replace(/"(?:[^"]|"")*"|[^;\r\n"]+|;/g, (part) => {
    if (part === ";") return ",";
    return part.startsWith('"') || !part.includes(",") ? part : `"${part}"`;
  });
}

const many = (text: string) =>
  text
    .split(/[|;]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** @returns undefined for what is no day, null for nothing */
function dayOf(text: string): string | null | undefined {
  if (text === "") return null;
  const [, d, m, y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const iso = y ? `${y}-${m?.padStart(2, "0")}-${d?.padStart(2, "0")}` : text.slice(0, 10);
  const at = Date.parse(`${iso}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso)
    ? iso
    : undefined;
}

/** "1.249,00", "1249.00", "49,90 €" @returns undefined for what is no amount, null for nothing */
function centsOf(text: string): number | null | undefined {
  if (text === "") return null;
  const bare = text.replace(/[€\s\u00a0]|EUR/gi, "");
  const german = /^-?\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?$|^-?\d+,\d{1,2}$/.test(bare);
  const plain = german ? bare.replace(/\./g, "").replace(",", ".") : bare.replace(/,(?=\d{3}\b)/g, "");
  return /^-?\d{1,12}(?:\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined;
}
