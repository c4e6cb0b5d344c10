import type { Fault, Rule, SourceFile } from "./source.ts";

const MIGRATION = /^(src\/(?:kernel\/db|skills\/[^/]+)\/migrations)\/(.+)$/;
const NAME = /^\d{3}_[a-z0-9_]+\.sql$/;

/**
 * Names are what a database knows its migrations by, so one that was delivered keeps its own, however it was numbered.
 * 014 was given twice on one day; it stands where 015 would.
 */
const NUMBERED_OTHERWISE = ["src/kernel/db/migrations/014_calls.sql"];

/** Tables that grow with every message: an index on one is built while the node starts and nothing can be written. */
const LARGE = ["kernel.message", "kernel.event", "kernel.conversation", "service.turn"];

/** Each such index with its reason. */
const INDEXED_AT_START: Readonly<Record<string, string>> = {
  "kernel.message in src/kernel/db/migrations/014_billed.sql":
    "no row is in it yet: ten million messages are read once and nothing is sorted, some ten seconds",
};

/** Migrations of a room are numbered from 001 without a gap, and none builds an index on a large table unawares. */
export const migrations: Rule = (files) => {
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    const folder = MIGRATION.exec(file.path)?.[1];
    if (folder) folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap((list) =>
    list
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .flatMap((file, n) => [...numbered(file, n), ...indexed(file)]),
  );
};

function numbered({ path }: SourceFile, place: number): Fault[] {
  const name = MIGRATION.exec(path)?.[2] ?? "";
  if (!NAME.test(name)) return [{ path, message: "is not named NNN_words.sql" }];
  const number = String(place + 1).padStart(3, "0");
  if (name.startsWith(number) || NUMBERED_OTHERWISE.includes(path)) return [];
  return [{ path, message: `is number ${number} of its room: a number is given once, and none is left out` }];
}

function indexed({ path, text }: SourceFile): Fault[] {
  return text.split("\n").flatMap((row, index) => {
    const table =
      /\bcreate\s+(?:unique\s+)?index\b.*?\bon\s+([\w.]+)/i.exec(row.replace(/--.*$/, ""))?.[1] ?? "";
    if (!LARGE.includes(table) || new RegExp(`create table ${table}\\b`, "i").test(text)) return [];
    if (`${table} in ${path}` in INDEXED_AT_START) return [];
    const message = `builds an index on ${table}: at the start of a large node nothing can be written meanwhile; give the reason`;
    return [{ path, line: index + 1, message }];
  });
}
