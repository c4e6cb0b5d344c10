import { mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import {
  applyTakebacks,
  BackupFault,
  type Config,
  checkBackup,
  type DatabaseAddress,
  holdAfterRestore,
  type LoadReport,
  loadBackup,
  moveCounters,
  type Progress,
  type Takebacks,
  type Worked,
} from "#kernel";
import { channels } from "../../channels.ts";
import { counters, openNode, rooms } from "../../main.ts";
import { migrationSets } from "../../migrations.ts";
import type { Finding } from "../doctor/finding.ts";
import { checkRestored, migrateForward } from "./check-restored.ts";
import type { Source } from "./source.ts";
import { type Back, stayOld } from "./stay-old.ts";

/** What a restore and a drill do alike in an empty database: fill it, bring it to this version, check it. */

export interface FillParts {
  config: Config;
  source: Source;
  keyText: string;
  address: DatabaseAddress;
  /** The data folder of what is restored, so far empty but for the database. */
  folder: string;
  report(progress: Progress): void;
  /** Kept at the version of the backup: for a way back to the program that made it. */
  staysOld?: {
    /** Of the database that is put aside; null = it could not be asked, and may have done anything. */
    worked: Worked | null;
  };
  /** Null for a drill: nothing is ever sent from it. */
  takebacks: Takebacks | null;
}

export interface Filled extends LoadReport {
  migrated: string[];
  checks: Finding[];
  held: number;
  takenBack: { erased: number; stopped: number; withdrawn: number } | null;
  /** What was done beside on the way back of an upgrade. */
  back?: Back;
}

/** Rows, indexes and log of a restore beside what a backup says of the database it was made of. */
const SPACE_FACTOR = 1.2;
const GIBIBYTE = 2 ** 30;

/** @throws BackupFault and others; whoever calls removes the database */
export async function fillFrom(parts: FillParts): Promise<Filled> {
  const { source, address, folder } = parts;
  const filesFolder = join(folder, "files");
  mkdirSync(filesFolder, { mode: 0o700 });
  const loaded = await loadBackup({
    source: await source.place.open(source.name),
    keyText: parts.keyText,
    address,
    filesFolder,
    sets: migrationSets,
    now: Date.now,
    report: parts.report,
  });
  const takenAt = Date.parse(loaded.header.takenAt);
  if (parts.staysOld) {
    const { worked } = parts.staysOld;
    const back = await stayOld({ address }, loaded, { worked, takebacks: parts.takebacks });
    return { ...loaded, migrated: [], checks: [], held: back.held, takenBack: back.takenBack, back };
  }
  parts.report({ step: "migrations", share: 1 });
  const migrated = await migrateForward(address);
  const harmless = channels.filter(({ limits }) => limits.resendIsHarmless).map(({ kind }) => kind);
  const held = await holdAfterRestore(address, { takenAt, now: Date.now(), harmless });
  const node = await openNode({ ...parts.config, dataDir: folder, logLevel: "silent" }, address);
  try {
    const takenBack = parts.takebacks
      ? await applyTakebacks(node.kernel, { list: parts.takebacks, since: takenAt, rooms, now: Date.now() })
      : null;
    await moveCounters(node.kernel, { counters, takenAt, now: Date.now() });
    parts.report({ step: "checks", share: 1 });
    return { ...loaded, migrated, held, takenBack, checks: await checkRestored(node.kernel) };
  } finally {
    await node.close();
  }
}

/**
 * Before anything is begun: can this program read it with this key, and is there room?
 * @param folder where the database will stand; null = on a server of somebody else
 * @throws BackupFault
 */
export async function requireReadable(
  { source, keyText }: Pick<FillParts, "source" | "keyText">,
  folder: string | null,
): Promise<void> {
  const stream = await source.place.open(source.name);
  const { bytes } = await checkBackup({ source: stream, keyText, sets: migrationSets });
  if (folder === null) return;
  const { bavail, bsize } = await statfs(folder);
  const needed = bytes * SPACE_FACTOR;
  if (bavail * bsize < needed)
    throw new BackupFault(
      "no-space",
      `The restore needs about ${(needed / GIBIBYTE).toFixed(1)} GiB, ${((bavail * bsize) / GIBIBYTE).toFixed(1)} GiB are free here. Nothing was changed; free some space, or name another disk with --into.`,
    );
}
