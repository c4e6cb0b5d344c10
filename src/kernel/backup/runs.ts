import type pg from "pg";
import { withClient } from "../db/client.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { heldSince } from "./hold.ts";

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
  await withClient(address, "ah_node", async (client) => {
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

type StateRow = Omit<BackupRun, "begunAt" | "endedAt"> & { begunAt: Date; endedAt: Date };

/** @throws Error of the driver; the migrations must be applied */
export async function readBackupState(pool: Pick<pg.Pool, "query">): Promise<BackupState> {
  const { rows } = await pool.query<StateRow>(
    `select distinct on (kind, is_good) kind, begun_at as "begunAt", ended_at as "endedAt", is_good as "isGood", bytes, rows, note
      from kernel.backup_run order by kind, is_good, begun_at desc`,
  );
  const find = (kind: string, isGood: boolean): BackupRun | null => {
    const row = rows.find((one) => one.kind === kind && one.isGood === isGood);
    return row ? { ...row, begunAt: row.begunAt.getTime(), endedAt: row.endedAt.getTime() } : null;
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
    heldSince: await heldSince(pool),
  };
}

/** The same for a command that has no pool. */
export function surveyBackups(address: DatabaseAddress): Promise<BackupState> {
  return withClient(address, "ah_node", readBackupState);
}
