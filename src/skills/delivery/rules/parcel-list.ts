import { type CsvRecord, type CsvSeparator, readCsv } from "#kernel";
import type { ParcelListReply, ParcelRow } from "../api/sent.ts";
import { SKILL_NAMES, type SkillName } from "./skill-bits.ts";

/** A list of parcels from a spreadsheet: what its columns are called in German and English, and what its lines say. */

type Field =
  | "reference"
  | "name"
  | "address"
  | "street"
  | "number"
  | "postcode"
  | "town"
  | "phone"
  | "email"
  | "parcels"
  | "note"
  | "skills"
  | "date"
  | "window";

/** Folded: small letters and digits, umlauts written out. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  reference: [
    "referenz",
    "bestellnummer",
    "bestellung",
    "auftrag",
    "auftragsnummer",
    "auftragsnr",
    "bestellnr",
    "nummer",
    "order",
    "ordernumber",
    "orderid",
    "reference",
    "ref",
    "id",
  ],
  name: ["name", "empfaenger", "kunde", "kundin", "kundenname", "recipient", "customer", "customername"],
  address: ["adresse", "anschrift", "lieferadresse", "lieferanschrift", "address", "deliveryaddress"],
  street: [
    "strasse",
    "street",
    "strassehausnummer",
    "strasseundhausnummer",
    "streetaddress",
    "address1",
    "adresse1",
  ],
  number: ["hausnummer", "hausnr", "hnr", "housenumber", "number"],
  postcode: ["plz", "postleitzahl", "postcode", "zip", "zipcode", "postalcode"],
  town: ["ort", "stadt", "wohnort", "city", "town"],
  phone: [
    "telefon",
    "telefonnummer",
    "handy",
    "handynummer",
    "mobil",
    "mobilnummer",
    "phone",
    "mobile",
    "phonenumber",
    "whatsapp",
  ],
  email: ["email", "mail", "emailadresse", "mailadresse", "emailaddress"],
  parcels: ["pakete", "paketanzahl", "anzahl", "stueck", "kolli", "parcels", "count", "pieces"],
  note: ["hinweis", "bemerkung", "notiz", "tuernotiz", "lieferhinweis", "note", "doornote", "comment"],
  skills: [
    "merkmale",
    "merkmal",
    "eigenschaften",
    "besonderheit",
    "besonderheiten",
    "skills",
    "needs",
    "handling",
  ],
  date: ["datum", "liefertag", "lieferdatum", "tag", "wunschtag", "date", "day", "deliverydate"],
  window: [
    "fenster",
    "zeitfenster",
    "uhrzeit",
    "von",
    "ab",
    "wunschzeit",
    "window",
    "time",
    "from",
    "timewindow",
  ],
};

const SKILL_WORDS: Readonly<Record<SkillName, readonly string[]>> = {
  cold: ["kuehl", "gekuehlt", "kuehlware", "kalt", "cold", "chilled"],
  age_check: ["alter", "altersnachweis", "alterspruefung", "ab18", "18", "agecheck", "age"],
  fragile: ["zerbrechlich", "vorsicht", "glas", "fragile"],
};

export function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/[^a-z0-9]/g, "");
}

const LINES_MOST = 2_000;

type Fault = ParcelListReply["faults"][number];

/** The separator that the first line has most of; a faulty line is named and left out, the others stand. */
export function readParcels(text: string): ParcelListReply {
  const { records, skipped } = readCsv(text, separatorOf(text));
  const [head, ...lines] = records;
  if (!head) return { columns: [], rows: [], faults: [] };
  const fields = fieldsOf(head.fields);
  const columns = head.fields.map((header, n) => ({
    header: header.slice(0, 100),
    field: fields[n] ?? null,
  }));
  const rows: ParcelRow[] = [];
  const faults: Fault[] = skipped.map(({ line }) => ({ line, fault: "broken", value: "" }));
  for (const record of lines.slice(0, LINES_MOST)) {
    const read = readLine(record, fields);
    if ("fault" in read) faults.push(read);
    else rows.push(read);
  }
  if (lines.length > LINES_MOST)
    faults.push({ line: lines[LINES_MOST]?.line ?? 0, fault: "too_many", value: String(LINES_MOST) });
  return { columns, rows, faults };
}

function separatorOf(text: string): CsvSeparator {
  const first =
    text
      .slice(0, 4_000)
      .split(/\r?\n/)
      .find((line) => line.trim() !== "") ?? "";
  const count = (sign: string) => first.split(sign).length;
  return ([";", "\t", ","] as const).reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Each field once: the first column that is called so. */
function fieldsOf(headers: readonly string[]): (Field | null)[] {
  const taken = new Set<Field>();
  return headers.map((header) => {
    const key = folded(header);
    const field = (Object.keys(NAMES) as Field[]).find((one) => !taken.has(one) && NAMES[one].includes(key));
    if (!field) return null;
    taken.add(field);
    return field;
  });
}

function readLine({ line, fields }: CsvRecord, columns: readonly (Field | null)[]): ParcelRow | Fault {
  const value = (field: Field): string => (fields[columns.indexOf(field)] ?? "").trim();
  const at = (field: Field): string => (columns.includes(field) ? value(field) : "");
  const wrong = (fault: Fault["fault"], text: string): Fault => ({ line, fault, value: text.slice(0, 100) });
  const address = addressOf(at);
  if (address.length < 3 || address.length > 300) return wrong("address", address);
  const parcels = at("parcels") === "" ? 1 : Number(at("parcels"));
  if (!Number.isInteger(parcels) || parcels < 1 || parcels > 50) return wrong("parcels", at("parcels"));
  const date = at("date") === "" ? null : dateOf(at("date"));
  if (date === undefined) return wrong("date", at("date"));
  const skills = skillsOf(at("skills"));
  if (!skills) return wrong("skills", at("skills"));
  const phone = at("phone") === "" ? "" : phoneOf(at("phone"));
  if (phone === null) return wrong("phone", at("phone"));
  const email = at("email");
  if (email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email)) return wrong("email", email);
  const fromMinute = minuteOf(at("window"));
  // What somebody wished is never left out of the count: another window would be booked.
  if (fromMinute === undefined) return wrong("window", at("window"));
  return {
    line,
    senderReference: at("reference").slice(0, 120),
    name: at("name").slice(0, 120),
    address,
    phone,
    email,
    parcels,
    skills,
    doorNote: at("note").slice(0, 500),
    date,
    fromMinute,
  };
}

function addressOf(at: (field: Field) => string): string {
  if (at("address") !== "") return at("address");
  const parts = [`${at("street")} ${at("number")}`, `${at("postcode")} ${at("town")}`];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(", ");
}

/** "2026-11-24", "24.11.2026", "24.11.26". @returns undefined for what is no day */
function dateOf(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : german
      ? [german[3]?.padStart(4, "20"), german[2]?.padStart(2, "0"), german[1]?.padStart(2, "0")]
      : [];
  const date = `${year}-${month}-${day}`;
  const moment = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== date ? undefined : date;
}

/** "18-20", "18:30 bis 20:30", "1830", "18 Uhr": when it begins. @returns null without a wish, undefined for what names no beginning */
function minuteOf(text: string): number | null | undefined {
  if (text === "") return null;
  if (/^(?:bis|vor|until|before|by)\b/i.test(text)) return undefined;
  const [, hour, minute = "0"] = /^\D*(\d{1,2})(?:[:.]?(\d{2}))?(?!\d)/.exec(text) ?? [];
  const at = Number(hour) * 60 + Number(minute);
  return hour === undefined || at > 1_440 || Number(minute) > 59 ? undefined : at;
}

function skillsOf(text: string): SkillName[] | null {
  const words = text
    .split(/[,;/+|]|\bund\b|\band\b/i)
    .map(folded)
    .filter((word) => word !== "");
  const found = words.map((word) => SKILL_NAMES.find((name) => SKILL_WORDS[name].includes(word)));
  if (found.some((name) => name === undefined)) return null;
  return [...new Set(found as SkillName[])];
}

/** As people write German numbers; with a country's code any. @returns E.164 or null */
function phoneOf(text: string): string | null {
  // "+49 (0)40 …": the nought is for calls from within the country.
  const written = /^\s*(?:\+|00)/.test(text) ? text.replace(/\(0\)/, "") : text;
  const digits = written.replace(/[\s()/.-]/g, "");
  const number = digits.startsWith("+")
    ? digits
    : digits.startsWith("00")
      ? `+${digits.slice(2)}`
      : digits.startsWith("0")
        ? `+49${digits.slice(1)}`
        : "";
  return /^\+[1-9]\d{4,14}$/.test(number) ? number : null;
}
