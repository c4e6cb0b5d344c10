import type { DatabaseAddress } from "../db/open.ts";
import { type BackupReport, dumpNode, type Progress } from "./dump.ts";
import { BackupFault } from "./fault.ts";
import type { BackupPlace } from "./place.ts";
import { backupName, surplus } from "./rules.ts";
import { recordRun } from "./runs.ts";

/** One backup from begin to end: written, kept or removed, recorded, and older ones beyond the number to keep removed. */
export interface TakeParts {
  address: DatabaseAddress;
  filesFolder: string;
  keyText: string;
  version: string;
  place: BackupPlace;
  /** Without it the moment names the file. */
  name: string | null;
  /** Backups that stay in the place, this one included; null removes none. */
  keep: number | null;
  now: () => number;
  report?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export interface Taken extends BackupReport {
  name: string;
  /** Older ones that were removed. */
  removed: string[];
}

/** @throws BackupFault and others; nothing of the unfinished file stays, earlier ones are untouched */
export async function takeBackup(parts: TakeParts): Promise<Taken> {
  const { place, address, keep } = parts;
  const begunAt = parts.now();
  const name = parts.name ?? backupName(begunAt);
  const record = (isGood: boolean, done: { bytes: number; rows: number; note: string }): Promise<void> =>
    recordRun(address, { kind: "backup", begunAt, endedAt: parts.now(), isGood, ...done });
  try {
    if ((await place.list()).some((file) => file.name === name))
      throw new BackupFault(
        "refused",
        `${name} is in ${place.title} already: a backup never replaces another one.`,
      );
    const report = await write(parts, name);
    await record(true, { bytes: report.bytes, rows: report.rows, note: `${place.title}/${name}` });
    const names = (await place.list()).map((file) => file.name);
    const removed = keep === null ? [] : surplus(names, keep);
    for (const old of removed) await place.remove(old);
    return { ...report, name, removed };
  } catch (error) {
    // Somebody else's backup is under way: that is no failure of the nightly one.
    if (!(error instanceof BackupFault && error.code === "busy"))
      await record(false, { bytes: 0, rows: 0, note: (error as Error).message }).catch(() => {});
    throw error;
  }
}

async function write(parts: TakeParts, name: string): Promise<BackupReport> {
  const sink = await parts.place.create(name);
  try {
    const report = await dumpNode({ ...parts, sink });
    await sink.keep();
    return report;
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
