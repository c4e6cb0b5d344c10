import { readCsv } from "#kernel";
import type { ChatLine, Exchange } from "./exchange.ts";
import { IntakeError } from "./faults.ts";

/** Exports of help desks and chat programs: rows with a question and its answer, or rows of single messages. */
export interface ReadTable {
  readonly exchanges: readonly Exchange[];
  readonly lines: readonly ChatLine[];
  /** Rows that hold nothing or break the format. */
  readonly broken: number;
}

/** What programs call a column; folded to letters. */
const COLUMNS = {
  question: ["frage", "kundenfrage", "question", "request", "anfrage"],
  answer: ["antwort", "answer", "reply", "response"],
  text: ["text", "message", "nachricht", "body", "content", "inhalt", "comment", "kommentar"],
  who: ["author", "autor", "from", "sender", "absender", "von", "name", "user", "username"],
  role: ["role", "rolle", "direction", "richtung", "authortype", "sendertype", "type", "art"],
  thread: [
    "thread",
    "threadid",
    "conversation",
    "conversationid",
    "ticket",
    "ticketid",
    "chat",
    "chatid",
    "case",
    "fall",
    "vorgang",
    "gespraech",
  ],
  at: ["at", "date", "time", "datum", "zeit", "timestamp", "createdat", "sentat", "zeitpunkt"],
} as const;
type Column = keyof typeof COLUMNS;

const STAFF =
  /^(?:staff|agent|admin|out|outbound|outgoing|ausgehend|support|mitarbeiter(?:in)?|operator|team)$/iu;
const CUSTOMER =
  /^(?:customer|user|enduser|end-user|kunde|kundin|in|inbound|incoming|eingehend|client|contact|visitor|gast)$/iu;

type Row = Readonly<Partial<Record<Column, string>>>;

/** Separated by commas, semicolons or tabs. @throws IntakeError no_columns */
export function readChatCsv(text: string): ReadTable {
  const head = text.slice(0, 2_000).split("\n")[0] ?? "";
  const sign = [",", ";", "\t"].reduce((best, one) =>
    head.split(one).length > head.split(best).length ? one : best,
  );
  // The reader knows commas: both signs change places, and back in every field.
  const swap = (from: string) =>
    sign === "," ? from : from.replace(/[,;\t]/g, (one) => (one === sign ? "," : one === "," ? sign : one));
  const { records, skipped } = readCsv(swap(text));
  const [first, ...rest] = records.map(({ fields }) => fields.map(swap));
  const columns = (first ?? []).map(columnOf);
  const rows = rest.map((fields): Row => {
    const cells = columns.flatMap((column, place) => (column ? [[column, fields[place] ?? ""]] : []));
    return Object.fromEntries(cells);
  });
  return read(rows, new Set(columns.filter((column) => column !== null)), skipped.length);
}

/** An array of rows, or an object that holds one under "messages", "conversations", "chats" or "items". @throws IntakeError */
export function readChatJson(text: string): ReadTable {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new IntakeError("broken_json", (error as Error).message.slice(0, 120));
  }
  const found = rowsIn(data, "", 0);
  const rows = found.map(({ item, thread }): Row => {
    const cells = Object.entries(item).flatMap(([name, value]) => {
      const column = columnOf(name);
      return column ? [[column, wordsOf(value)]] : [];
    });
    const row: Row = Object.fromEntries(cells);
    return row.thread === undefined ? { ...row, thread } : row;
  });
  return read(rows, new Set(rows.flatMap((row) => Object.keys(row) as Column[])), 0);
}

function columnOf(name: string): Column | null {
  const folded = name
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replace(/[^a-z]/g, "");
  const known = (Object.keys(COLUMNS) as Column[]).find((column) =>
    (COLUMNS[column] as readonly string[]).includes(folded),
  );
  return known ?? null;
}

const NESTED_MAX = 6;
const ROWS_MAX = 200_000;

function rowsIn(
  data: unknown,
  thread: string,
  depth: number,
): { item: Record<string, unknown>; thread: string }[] {
  if (depth > NESTED_MAX || typeof data !== "object" || data === null) return [];
  if (Array.isArray(data)) {
    if (data.length > ROWS_MAX) throw new IntakeError("too_many");
    return data.flatMap((one, place) => rowsIn(one, thread === "" ? "" : `${thread}.${place}`, depth + 1));
  }
  const item = data as Record<string, unknown>;
  const lists = ["messages", "conversations", "tickets", "chats", "list", "items"].filter(
    (name) => typeof item[name] === "object" && item[name] !== null,
  );
  const own = String(item.id ?? item.name ?? thread);
  if (lists.length > 0) return lists.flatMap((name) => rowsIn(item[name], own, depth + 1));
  return [{ item, thread: thread.replace(/\.\d+$/, "") }];
}

/** Telegram and others write a text as a list of pieces. */
function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(wordsOf).join("");
  if (typeof value === "object" && value !== null) {
    const { text, name, role } = value as Record<string, unknown>;
    return wordsOf(text ?? name ?? role ?? "");
  }
  return "";
}

function read(rows: readonly Row[], columns: ReadonlySet<Column | null>, skipped: number): ReadTable {
  if (columns.has("question")) return readPairs(rows, skipped);
  if (!columns.has("text") || !(columns.has("who") || columns.has("role")))
    throw new IntakeError("no_columns");
  const lines = rows.flatMap((row): ChatLine[] => {
    const text = row.text?.trim() ?? "";
    if (text === "") return [];
    const at = Date.parse(row.at ?? "");
    const who = row.who?.trim() || row.role?.trim() || "";
    return [{ thread: row.thread ?? "", who, isOwn: isStaff(row.role), text, at: Number.isNaN(at) ? 0 : at }];
  });
  return { exchanges: [], lines, broken: skipped + rows.length - lines.length };
}

function isStaff(role: string | undefined): boolean | null {
  const said = role?.trim() ?? "";
  if (STAFF.test(said)) return true;
  return CUSTOMER.test(said) ? false : null;
}

function readPairs(rows: readonly Row[], skipped: number): ReadTable {
  const exchanges = rows.flatMap((row, place): Exchange[] => {
    const question = row.question?.trim() ?? "";
    if (question === "") return [];
    const names = row.who === undefined ? [] : [row.who];
    return [{ question, answer: row.answer?.trim() || null, asker: row.who ?? String(place), names }];
  });
  return { exchanges, lines: [], broken: skipped + rows.length - exchanges.length };
}
