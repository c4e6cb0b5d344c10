import pg from "pg";
import type { DatabaseAddress } from "../db/open.ts";

/** Which backups and drills were made, for doctor, /health, /metrics and the schedule. Times are ms. */
export interface BackupRun {
  kind: "backup" | "drill";
  begunAt: number;
  endedAt: number;
  isGood: boolean;
  bytes: number;
  rows: number;
  /** Where it stands, or why it failed. */
  note: string;
}

export interface BackupState {
  lastBackup: BackupRun | null;
  lastDrill: BackupRun | null;
  /** A failure after the last good one. */
  failedBackup: BackupRun | null;
  failedDrill: BackupRun | null;
  /** ms of the restore whose messages are still held. */
  heldSince: number | null;
}

const KEEP_DAYS = 400;
const DAY_MS = 86_400_000;
const NOTE_LETTERS = 500;

/** A database that is not migrated so far has no place for it; the backup counts all the same. */
export async function recordRun(address: DatabaseAddress, run: BackupRun): Promise<void> {
  await withNode(address, async (client) => {
    const { rows } = await client.query(
      "select from pg_tables where schemaname = 'kernel' and tablename = 'backup_run'",
    );
    if (rows.length === 0) return;
    await client.query("delete from kernel.backup_run where begun_at < $1", [
      new Date(run.begunAt - KEEP_DAYS * DAY_MS),
    ]);
    await client.query(
      "insert into kernel.backup_run (kind, begun_at, ended_at, is_good, bytes, rows, note) values ($1, $2, $3, $4, $5, $6, $7)",
      [
        run.kind,
        new Date(run.begunAt),
        new Date(run.endedAt),
        run.isGood,
        run.bytes,
        run.rows,
        run.note.slice(0, NOTE_LETTERS),
      ],
    );
  });
}

interface StateRow {
  kind: "backup" | "drill";
  begun_at: Date;
  ended_at: Date;
  is_good: boolean;
  bytes: number;
  rows: number;
  note: string;
}

/** @throws Error of the driver; the migrations must be applied */
export async function readBackupState(pool: Pick<pg.Pool, "query">): Promise<BackupState> {
  const { rows } = await pool.query<StateRow>(
    "select distinct on (kind, is_good) kind, begun_at, ended_at, is_good, bytes, rows, note from kernel.backup_run order by kind, is_good, begun_at desc",
  );
  const held = await pool.query<{ at: Date | null }>(
    "select max(restored_at) as at from kernel.restore_hold where released_at is null",
  );
  const find = (kind: string, isGood: boolean): BackupRun | null => {
    const row = rows.find((one) => one.kind === kind && one.is_good === isGood);
    return row
      ? {
          kind: row.kind,
          begunAt: row.begun_at.getTime(),
          endedAt: row.ended_at.getTime(),
          isGood,
          bytes: row.bytes,
          rows: row.rows,
          note: row.note,
        }
      : null;
  };
  const after = (failed: BackupRun | null, good: BackupRun | null): BackupRun | null =>
    failed && (!good || failed.begunAt > good.begunAt) ? failed : null;
  const lastBackup = find("backup", true);
  const lastDrill = find("drill", true);
  return {
    lastBackup,
    lastDrill,
    failedBackup: after(find("backup", false), lastBackup),
    failedDrill: after(find("drill", false), lastDrill),
    heldSince: held.rows[0]?.at?.getTime() ?? null,
  };
}

/** The same for a command that has no pool. */
export function surveyBackups(address: DatabaseAddress): Promise<BackupState> {
  return withNode(address, readBackupState);
}

export async function withNode<T>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...address.config("ah_node"), connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
