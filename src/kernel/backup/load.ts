import { freemem } from "node:os";
import pg from "pg";
import { type MigrationSet, migrate } from "../db/migrate.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { namesOf } from "../db/survey.ts";
import { fileTarget } from "./attachments.ts";
import { quote, type TableShape, tableName, titleOf } from "./catalog.ts";
import { type Chunk, readChunks, taker } from "./container.ts";
import { type CopyIn, copyIn } from "./copy.ts";
import type { Manifest, Progress, Summary } from "./dump.ts";
import { BackupFault } from "./fault.ts";
import { type BackupHeader, newer, readHeader, type Take } from "./header.ts";
import { adoptChecks, dismantle, rebuild } from "./rebuild.ts";
import { nextAfterRestore } from "./rules.ts";

/** Fills an empty database, and a folder of files, from a backup. Whoever calls removes both when it fails. */

export interface LoadParts {
  source: AsyncIterable<Buffer>;
  keyText: string;
  /** An empty database that nobody else uses; the user owns it. */
  address: DatabaseAddress;
  filesFolder: string;
  /** Of this program: those that the backup names are applied before its rows come in. */
  sets: readonly MigrationSet[];
  now: () => number;
  report?: (progress: Progress) => void;
}

export interface LoadReport {
  header: BackupHeader;
  rows: number;
  tables: { name: string; rows: number }[];
  files: number;
  /** Seconds of its parts. */
  seconds: { rows: number; indexes: number };
}

const CONNECTIONS = 2;
/** With its indexes, as it stood where the backup was made. */
const LARGE_BYTES = 131_072;
const MEBIBYTE = 1_048_576;
/** Of the rows' part in the progress. */
const ROWS_SHARE = 0.6;

interface Opened {
  header: BackupHeader;
  manifest: Manifest;
  /** All that follows the manifest. */
  chunks: AsyncGenerator<Chunk>;
}

/** Reads and checks a backup's front. @throws BackupFault no-backup, damaged, newer, wrong-key */
async function openBackup(
  take: Take,
  { keyText, sets }: Pick<LoadParts, "keyText" | "sets">,
): Promise<Opened> {
  const front = await readHeader(take);
  const { header } = front;
  await requireKnown(header, sets);
  const chunks = readChunks(take, front.bytes, await front.open(keyText));
  const first = await chunks.next();
  if (first.done || first.value.kind !== "manifest")
    throw new BackupFault("damaged", "The backup does not begin with its list of tables.");
  return { header, manifest: JSON.parse(first.value.bytes.toString()) as Manifest, chunks };
}

/** Looks at a backup's front only: can it be read here, with this key, and how much space does it take? */
export async function checkBackup(
  parts: Pick<LoadParts, "source" | "keyText" | "sets">,
): Promise<{ header: BackupHeader; bytes: number }> {
  const { take, close } = taker(parts.source);
  try {
    const { header, manifest } = await openBackup(take, parts);
    return { header, bytes: manifest.tables.reduce((sum, { bytes }) => sum + bytes, 0) };
  } finally {
    await close();
  }
}

/** @throws BackupFault no-backup, damaged, newer, wrong-key; errors of server and disk */
export async function loadBackup(parts: LoadParts): Promise<LoadReport> {
  const { take, close } = taker(parts.source);
  try {
    return await load(parts, await openBackup(take, parts));
  } finally {
    await close();
  }
}

async function load(parts: LoadParts, { header, manifest, chunks }: Opened): Promise<LoadReport> {
  const begun = performance.now();
  await migrate(parts.address, parts.sets, parts.now(), {
    only: new Set(header.migrations),
    restoring: true,
  });
  const clients = await connectAll(parts.address);
  try {
    const [leader] = clients as [pg.Client];
    await requireShape(leader, manifest);
    const large = new Set(
      manifest.tables.filter(({ bytes }) => bytes >= LARGE_BYTES).map((table) => titleOf(table)),
    );
    const dismantled = await dismantle(leader, manifest.schemas, (table) => large.has(table));
    await adoptChecks(leader, manifest.checks);
    for (const { from, to } of manifest.inboxPartitions)
      await leader.query("select kernel.inbox_partition($1, $2)", [from, to]);
    await emptyAll(leader, manifest.tables);
    const { rows, summary, files } = await receive(chunks, clients, manifest, parts);
    const loaded = performance.now();
    await rebuild(clients, dismantled, {
      schemas: manifest.schemas,
      order: manifest.tables.map(titleOf),
      report: (step, share) => parts.report?.({ step, share: ROWS_SHARE + share * (1 - ROWS_SHARE) }),
    });
    await setSequences(leader, summary);
    await leader.query("analyze");
    const built = performance.now();
    return {
      header,
      rows: rows.reduce((sum, count) => sum + count, 0),
      tables: manifest.tables.map((table, n) => ({ name: titleOf(table), rows: rows[n] ?? 0 })),
      files,
      seconds: { rows: (loaded - begun) / 1000, indexes: (built - loaded) / 1000 },
    };
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

/** A backup of a later version has migrations that this one does not know. */
async function requireKnown(header: BackupHeader, sets: readonly MigrationSet[]): Promise<void> {
  const ours = new Set(await namesOf(sets));
  const unknown = header.migrations.filter((name) => !ours.has(name));
  if (unknown.length > 0)
    throw newer(header.version, ` (it knows ${unknown.join(", ")}, which this one does not)`);
}

async function connectAll(address: DatabaseAddress): Promise<pg.Client[]> {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client(address.config("owner")));
  const memory = Math.max(64, Math.min(1_024, Math.floor(freemem() / MEBIBYTE / 8)));
  for (const client of clients) {
    client.on("error", () => {});
    await client.connect();
    await client.query(
      `set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '${memory}MB'; set max_parallel_maintenance_workers = 2`,
    );
  }
  return clients;
}

/** The migrations made the same tables as they did there, or something was changed by hand. */
async function requireShape(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    const { rows } = await client.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
      [tableName(table)],
    );
    const types = new Map(rows.map(({ name, type }) => [name, type]));
    const wrong = table.columns.filter(({ name, type }) => types.get(name) !== type);
    if (wrong.length > 0)
      throw new BackupFault(
        "refused",
        `${titleOf(table)} has other columns in the backup (${wrong.map(({ name }) => name).join(", ")}) than its migrations make here: they were changed, or the table was altered by hand. Nothing was changed.`,
      );
  }
}

async function emptyAll(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  await client.query(`truncate ${tables.map(tableName).join(", ")}`);
}

interface Received {
  rows: number[];
  summary: Summary;
  files: number;
}

/** Hands each chunk to the table it belongs to; two tables at most are open at a time, as they were written. */
async function receive(
  chunks: AsyncIterable<Chunk>,
  clients: readonly pg.Client[],
  manifest: Manifest,
  parts: LoadParts,
): Promise<Received> {
  const free = [...clients];
  const open = new Map<number, { client: pg.Client; copy: CopyIn }>();
  const rows = manifest.tables.map(() => 0);
  const all = manifest.tables.reduce((sum, { bytes }) => sum + bytes, 1);
  let done = 0;
  let summary: Summary | null = null;
  const target = fileTarget(parts.filesFolder);
  const begin = async (n: number) => {
    const table = manifest.tables[n];
    const client = free.pop();
    if (!(table && client)) throw new BackupFault("damaged", "The backup holds rows of no table.");
    parts.report?.({ step: titleOf(table), share: (done / all) * ROWS_SHARE });
    const copy = await beginTable(client, table);
    const entry = { client, copy };
    open.set(n, entry);
    return entry;
  };
  for await (const { kind, stream, bytes } of chunks) {
    if (kind === "rows") await (open.get(stream) ?? (await begin(stream))).copy.write(bytes);
    else if (kind === "table-end") {
      const { client, copy } = open.get(stream) ?? (await begin(stream));
      rows[stream] = await copy.end();
      await client.query("commit");
      open.delete(stream);
      free.push(client);
      requireCount(manifest.tables[stream], rows[stream] ?? 0, Number(bytes.toString()));
      done += manifest.tables[stream]?.bytes ?? 0;
    } else if (kind === "file") await target.begin(bytes);
    else if (kind === "file-data") await target.data(bytes);
    else if (kind === "summary") summary = JSON.parse(bytes.toString()) as Summary;
  }
  if (!summary) throw new BackupFault("damaged", "The backup ends without its summary.");
  return { rows, summary, files: await target.end() };
}

function requireCount(table: TableShape | undefined, got: number, expected: number): void {
  if (!table || got === expected) return;
  throw new BackupFault(
    "damaged",
    `${titleOf(table)} has ${got} rows after the restore, the backup says ${expected}. Nothing was changed.`,
  );
}

/** Emptied in the same transaction, rows may come in frozen and, with a small log, unlogged: neither vacuum nor log follow. */
async function beginTable(client: pg.Client, table: TableShape): Promise<CopyIn> {
  const columns = table.columns.map(({ name }) => quote(name)).join(", ");
  const name = tableName(table);
  await client.query("begin");
  if (!table.isPartitioned) await client.query(`truncate ${name}`);
  const freeze = table.isPartitioned ? "" : ", freeze";
  return copyIn(client, `copy ${name} (${columns}) from stdin (format binary${freeze})`);
}

async function setSequences(client: pg.Client, { sequences }: Summary): Promise<void> {
  for (const { schema, name, lastValue, maxValue } of sequences)
    await client.query("select setval($1::regclass, $2::bigint)", [
      tableName({ schema, name }),
      nextAfterRestore(BigInt(lastValue), BigInt(maxValue)).toString(),
    ]);
}
