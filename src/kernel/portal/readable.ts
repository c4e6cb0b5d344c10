import type { Language } from "../i18n/catalogue.ts";
import type { PersonExport } from "./person-export.ts";
import { READABLE_STYLE } from "./readable-style.ts";
import { type ReadableWords, readableWords } from "./readable-words.ts";

/**
 * The export as one HTML file that needs nothing else: it reads on a telephone, prints on paper and becomes a PDF by
 * the browser's own printing. Every value is text; nothing in it runs.
 */

const DEEPEST = 6;
/** For programs: numbers, checksums and marks of the machinery stand in the JSON file only. */
const TECHNICAL =
  /^(id|seq|salt|text_hash|last_turn|reply_address|unread|last_day|flow|preview|keep_until|merged_into|stopped_at)$|(_id|Id)$/;
/** The readable list of permissions says the same in words. */
const IN_WORDS_ELSEWHERE = new Set(["kernel.consent_grant", "kernel.consent_proof"]);
/** Their values are codes; everything else is somebody's words and stays as it is. */
const CODED = new Set(["state", "how", "withdrawnHow", "kind", "language", "outcome"]);
const NAMES_SOMEBODY = new Set(["staff_id", "assignee_id"]);
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

interface Reading {
  words: ReadableWords;
  language: Language;
  timeZone: string;
}

/** @returns a whole document; the longest export of a person is a few megabytes */
export function readablePage(data: PersonExport, choice: { language: Language; timeZone: string }): string {
  const reading: Reading = { ...choice, words: readableWords[choice.language] };
  const { words } = reading;
  const rooms = Object.entries(data.rooms).sort(([a], [b]) => rank(a) - rank(b));
  return `<!doctype html>
<html lang="${choice.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${safe(words.title(data.company))}</title>
<style>${READABLE_STYLE}</style>
</head>
<body>
<main>
<h1>${safe(words.title(data.company))}</h1>
<p>${safe(words.asOf(timeText(data.exportedAt, reading)))}. ${safe(words.promise)}</p>
${rooms.map(([room, tables]) => roomPart(room, tables, reading)).join("\n")}
</main>
</body>
</html>
`;
}

/** The person first, then permissions, then the skills. */
function rank(room: string): number {
  return room === "kernel" ? 0 : room === "consent" ? 1 : 2;
}

function roomPart(room: string, tables: Record<string, unknown>, reading: Reading): string {
  const parts = Object.entries(tables)
    .filter(([table, value]) => !isEmpty(value) && !IN_WORDS_ELSEWHERE.has(`${room}.${table}`))
    .map(([table, value]) => tablePart(`${room}.${table}`, value, reading));
  const { words } = reading;
  const heading = words.headings[room] ?? plainName(room);
  return `<section>\n<h2>${safe(heading)}</h2>\n${parts.join("\n") || `<p>${safe(words.nothing)}</p>`}\n</section>`;
}

function tablePart(name: string, value: unknown, reading: Reading): string {
  const heading = reading.words.headings[name] ?? plainName(name.split(".").at(-1) ?? name);
  const body =
    name === "kernel.message" && Array.isArray(value)
      ? messagesPart(value, reading)
      : valuePart(value, reading, 0);
  return `<h3>${safe(heading)}</h3>\n${body}`;
}

interface MessageRow {
  author?: string;
  sent_at?: string;
  content?: { text?: string; type?: string; link?: string; media?: { name?: string } };
  staff_id?: string | null;
}

/** In the order in which they were said. */
function messagesPart(rows: readonly MessageRow[], reading: Reading): string {
  const sorted = [...rows].sort((a, b) => String(a.sent_at).localeCompare(String(b.sent_at)));
  const items = sorted.map((row) => {
    const who = reading.words.speakers[row.author as keyof ReadableWords["speakers"]] ?? row.author ?? "";
    const name = row.staff_id ? `${who}: ${row.staff_id}` : who;
    const { text, type, link, media } = row.content ?? {};
    const said = [text, media?.name, link].filter(Boolean).join("\n") || `[${type ?? ""}]`;
    return `<li><p class="who">${safe(name)}, ${safe(timeText(String(row.sent_at), reading))}</p><p>${safe(said)}</p></li>`;
  });
  return `<ol>${items.join("\n")}</ol>`;
}

function valuePart(value: unknown, reading: Reading, depth: number): string {
  if (Array.isArray(value))
    return `<ul>${value.map((one) => `<li>${valuePart(one, reading, depth + 1)}</li>`).join("\n")}</ul>`;
  if (typeof value === "object" && value !== null) {
    const spoken = inLanguage(value, reading.language);
    if (spoken !== null) return safe(spoken);
    if (depth > DEEPEST) return `<code>${safe(JSON.stringify(value))}</code>`;
    const rows = Object.entries(value)
      .filter(([key, one]) => !isEmpty(one) && (NAMES_SOMEBODY.has(key) || !TECHNICAL.test(key)))
      .map(([key, one]) => pairPart(key, one, reading, depth));
    return `<dl>${rows.join("")}</dl>`;
  }
  return safe(simpleText(value, reading));
}

function pairPart(key: string, value: unknown, reading: Reading, depth: number): string {
  const { words } = reading;
  const coded = CODED.has(key) ? words.values[String(value)] : undefined;
  const text = coded === undefined ? valuePart(value, reading, depth + 1) : safe(coded);
  return `<div><dt>${safe(words.fields[key] ?? plainName(key))}</dt><dd>${text}</dd></div>`;
}

/** A sentence that is stored in both languages. */
function inLanguage(value: object, language: Language): string | null {
  if (Object.keys(value).sort().join() !== "de,en") return null;
  const spoken = (value as Record<Language, unknown>)[language];
  return typeof spoken === "string" ? spoken : null;
}

function simpleText(value: unknown, reading: Reading): string {
  if (value === true) return reading.words.yes;
  if (value === false) return reading.words.no;
  if (typeof value === "string" && TIME.test(value)) return timeText(value, reading);
  return String(value);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function timeText(text: string, { language, timeZone }: Reading): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return text;
  const locale = language === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(ms);
}

/** "first_seen_at" -> "first seen at" */
function plainName(key: string): string {
  return key.replace(/[_-]+/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? "");
}
