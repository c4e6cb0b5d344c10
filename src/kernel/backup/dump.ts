import pg from "pg";
import type { DatabaseAddress } from "../db/open.ts";
import { type FileSummary, writeFiles } from "./attachments.ts";
import {
  type Catalog,
  copySource,
  hiddenTables,
  readCatalog,
  readSequences,
  type SequenceState,
  type TableShape,
  titleOf,
} from "./catalog.ts";
import { type BackupWriter, writeBackup } from "./container.ts";
import { copyOut } from "./copy.ts";
import { BackupFault } from "./fault.ts";
import type { Sink } from "./place.ts";

/**
 * Takes a backup of a node that works: several connections share one snapshot, so every table shows the same moment
 * (PostgreSQL manual, "Snapshot Synchronization Functions").
 */

/** One backup of a database at a time; beside the migrations' lock (db/migrate.ts). */
export const BACKUP_LOCK = 4_171_003;
/** Two tables at once keep the server and the sealing busy; more would take processors from answering. */
const CONNECTIONS = 2;

/** First in the file: what follows, and in which shape. */
export interface Manifest extends Catalog {
  postgres: string;
  /** Secrets of the installation stand in auth.secret and with the channels, so they are among the rows. */
  schemas: string[];
}

/** Last in the file: what was written. */
export interface Summary {
  /** By position in the manifest; null = left out on purpose. */
  rows: (number | null)[];
  sequences: SequenceState[];
  files: FileSummary;
}

export interface BackupReport {
  takenAt: number;
  bytes: number;
  rows: number;
  tables: { name: string; rows: number }[];
  files: FileSummary;
  migrations: number;
  seconds: number;
}

export interface Progress {
  /** What is under way, for people. */
  step: string;
  /** Of the whole work, 0 to 1, as far as it can be known. */
  share: number;
}

export interface DumpParts {
  address: DatabaseAddress;
  filesFolder: string;
  keyText: string;
  /** Of this program. */
  version: string;
  sink: Sink;
  now: () => number;
  report?: (progress: Progress) => void;
  signal?: AbortSignal;
}

/** @throws BackupFault busy when another one runs, refused when rows would be hidden; errors of server and disk */
export async function dumpNode(parts: DumpParts): Promise<BackupReport> {
  const begun = performance.now();
  const clients: pg.Client[] = [];
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...parts.address.config("owner"), connectionTimeoutMillis: 10_000 });
    client.on("error", () => {});
    clients.push(client);
    await client.connect();
    await client.query(
      "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '30s'",
    );
    return client;
  };
  const abort = (): void => {
    for (const client of clients) client.connection.stream.destroy();
  };
  parts.signal?.addEventListener("abort", abort);
  try {
    parts.signal?.throwIfAborted();
    return await dump(parts, connect, begun);
  } catch (error) {
    throw parts.signal?.aborted ? interrupted() : error;
  } finally {
    parts.signal?.removeEventListener("abort", abort);
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

function interrupted(): BackupFault {
  return new BackupFault(
    "refused",
    "The backup was broken off. What was written of it was removed; earlier backups were kept.",
  );
}

async function dump(
  parts: DumpParts,
  connect: () => Promise<pg.Client>,
  begun: number,
): Promise<BackupReport> {
  const { sink, keyText, version } = parts;
  const leader = await connect();
  await claim(leader);
  const takenAt = parts.now();
  await leader.query("begin isolation level repeatable read read only");
  const { snapshot, postgres } = (
    await leader.query<{ snapshot: string; postgres: string }>(
      "select pg_export_snapshot() as snapshot, current_setting('server_version') as postgres",
    )
  ).rows[0] ?? { snapshot: "", postgres: "" };
  const migrations = (
    await leader.query<{ name: string }>("select name from migration.applied order by applied_at, name")
  ).rows.map(({ name }) => name);
  const catalog = await readCatalog(leader);
  const header = { version, takenAt: new Date(takenAt).toISOString(), migrations };
  const writer = await writeBackup(sink, header, keyText);
  const schemas = [...new Set(catalog.tables.map(({ schema }) => schema))];
  const manifest: Manifest = { ...catalog, postgres, schemas };
  await writer.write({ kind: "manifest", stream: 0, bytes: Buffer.from(JSON.stringify(manifest)) });
  const copier = copierOf(parts, writer, catalog.tables);
  const join = async (): Promise<pg.Client> => {
    const client = await connect();
    await client.query("begin isolation level repeatable read read only");
    await client.query(`set transaction snapshot '${snapshot}'`);
    return client;
  };
  await copyInboxFirst(copier, catalog.tables, join);
  await lockTables(leader, catalog.tables);
  const others = await Promise.all(Array.from({ length: CONNECTIONS - 1 }, join));
  await copier.copyAll([leader, ...others]);
  const files = await writeFiles(leader, {
    folder: parts.filesFolder,
    writer,
    report: (count) => parts.report?.({ step: `file ${count}`, share: 1 }),
  });
  const summary: Summary = { rows: copier.rows, sequences: await readSequences(leader), files };
  const bytes = await writer.end({ kind: "summary", stream: 0, bytes: Buffer.from(JSON.stringify(summary)) });
  return {
    takenAt,
    bytes,
    rows: copier.done(),
    tables: catalog.tables.map((table, n) => ({ name: titleOf(table), rows: copier.rows[n] ?? 0 })),
    files,
    migrations: migrations.length,
    seconds: (performance.now() - begun) / 1000,
  };
}

async function claim(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ got: boolean; migrated: boolean }>(
    "select pg_try_advisory_lock($1) as got, to_regclass('migration.applied') is not null as migrated",
    [BACKUP_LOCK],
  );
  if (!rows[0]?.got)
    throw new BackupFault("busy", "Another backup of this database is running: wait until it has ended.");
  if (!rows[0].migrated)
    throw new BackupFault("refused", "There is no installation of Augenhöhe in this database yet.");
  const hidden = await hiddenTables(client);
  if (hidden.length > 0)
    throw new BackupFault(
      "refused",
      `Row security hides rows of ${hidden.join(", ")} from the user of DATABASE_URL, so the backup would not be whole: run augenhoehe migrate with it once, or use a superuser.`,
    );
}

/** Nobody may change the tables' shape meanwhile. The raw inbox is not among them: its partitions come and go. */
async function lockTables(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  const names = tables
    .filter(({ isPartitioned }) => !isPartitioned)
    .map(({ schema, name }) => `"${schema}"."${name}"`);
  await client.query(`lock table ${names.join(", ")} in access share mode`);
}

/**
 * A lock on the raw inbox until the end would make the node wait that is to add a partition, and with it everybody who
 * wants to store a webhook: so what waits is copied at once, in a transaction of its own.
 */
async function copyInboxFirst(
  copier: Copier,
  tables: readonly TableShape[],
  join: () => Promise<pg.Client>,
): Promise<void> {
  const client = await join();
  for (const [n, table] of tables.entries()) if (table.isPartitioned) await copier.copy(client, n);
  await client.end();
}

interface Copier {
  rows: (number | null)[];
  done(): number;
  copy(client: pg.Client, n: number): Promise<void>;
  /** The largest first, each connection takes the next one when it is free. */
  copyAll(clients: readonly pg.Client[]): Promise<void>;
}

function copierOf(parts: DumpParts, writer: BackupWriter, tables: readonly TableShape[]): Copier {
  const rows: (number | null)[] = tables.map(() => null);
  // As stored, indexes and all: only for the progress that people see.
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 1);
  let copied = 0;
  const done = (): number => rows.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const copy = async (client: pg.Client, n: number): Promise<void> => {
    const table = tables[n] as TableShape;
    const source = copySource(table);
    if (!source) return;
    parts.report?.({ step: titleOf(table), share: copied / all });
    rows[n] = await copyOut(client, `copy ${source} to stdout (format binary)`, (bytes) =>
      writer.write({ kind: "rows", stream: n, bytes }),
    );
    await writer.write({ kind: "table-end", stream: n, bytes: Buffer.from(String(rows[n])) });
    copied += table.bytes;
    parts.report?.({ step: titleOf(table), share: copied / all });
  };
  return {
    rows,
    done,
    copy,
    async copyAll(clients) {
      const waiting = tables.flatMap(({ isPartitioned }, n) => (isPartitioned ? [] : [n]));
      const work = async (client: pg.Client): Promise<void> => {
        for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
          parts.signal?.throwIfAborted();
          await copy(client, n);
        }
      };
      await Promise.all(clients.map(work));
    },
  };
}
