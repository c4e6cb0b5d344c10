import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { BackupFault, findEmbedded, urlAddress } from "#kernel";
import { dropSchemas, takenSchemas } from "../../kernel/backup/drop.ts";
import { claimFolder } from "../../kernel/db/embedded/folder-claim.ts";
import { surveyDatabase } from "../../kernel/db/survey.ts";
import { migrationSets } from "../../migrations.ts";
import { type Filled, type FillParts, fillFrom, requireReadable } from "./fill.ts";
import { inScratch } from "./scratch.ts";

/** A restore for good. Everything is made and checked beside the data first; only then names are changed. */

export interface IntoParts extends Omit<FillParts, "address" | "filesFolder"> {
  dataDir: string;
  /** What is in the folder is put aside. */
  replaces: boolean;
  signal: AbortSignal;
}

export interface Restored extends Filled {
  /** Where the former data stand now. */
  aside: string | null;
}

/** What a data folder is made of, as far as a backup brings it back. */
const PARTS = ["pg", "files"] as const;

/** @throws BackupFault running, not-empty and those of the backup; then nothing was changed */
export function restoreInto(parts: IntoParts): Promise<Restored> {
  return parts.config.databaseUrl ? intoServer(parts, parts.config.databaseUrl) : intoFolder(parts);
}

async function intoFolder(parts: IntoParts): Promise<Restored> {
  const dataDir = resolve(parts.dataDir);
  mkdirSync(dataDir, { recursive: true });
  requireOwner(dataDir);
  const giveBack = claim(dataDir);
  try {
    if (await findEmbedded({ dataDir })) throw running(dataDir);
    requireEmpty(dataDir, parts.replaces);
    await requireReadable(parts, dataDir);
    return await inScratch(
      parts.config,
      { dataDir, kind: "restore", signal: parts.signal },
      async (scratch) => {
        const files = join(scratch.folder, "files");
        mkdirSync(files, { mode: 0o700 });
        const config = { ...parts.config, dataDir: scratch.folder };
        const filled = await fillFrom({ ...parts, config, address: scratch.address, filesFolder: files });
        await scratch.stop();
        return { ...filled, aside: putInPlace(dataDir, scratch.folder) };
      },
    );
  } finally {
    giveBack();
  }
}

/** What root makes in a service's folder, the service could not open. */
function requireOwner(dataDir: string): void {
  const { uid } = statSync(dataDir);
  if (process.getuid?.() === 0 && uid !== 0)
    throw new BackupFault(
      "refused",
      `${dataDir} belongs to user ${uid}, who runs the node: restore as that user, e.g. runuser -u augenhoehe -- bin/augenhoehe restore FILE. Nothing was changed.`,
    );
}

function claim(dataDir: string): () => void {
  try {
    return claimFolder(dataDir);
  } catch {
    throw running(dataDir);
  }
}

function running(dataDir: string): BackupFault {
  return new BackupFault(
    "running",
    `A node works in ${dataDir}: stop it first, or restore into another folder with --into. Nothing was changed.`,
  );
}

function requireEmpty(dataDir: string, replaces: boolean): void {
  const held = PARTS.filter(
    (name) => existsSync(join(dataDir, name)) && readdirSync(join(dataDir, name)).length > 0,
  );
  if (held.length > 0 && !replaces)
    throw new BackupFault(
      "not-empty",
      `${dataDir} holds data already (${held.join(", ")}): name another folder with --into, or say --replace, which puts them aside and keeps them. Nothing was changed.`,
    );
}

/** Renames on one disk: at any moment either the old data or the new stand under their names, and none are deleted. */
function putInPlace(dataDir: string, from: string): string | null {
  const held = PARTS.filter((name) => existsSync(join(dataDir, name)));
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const aside = held.length > 0 ? join(dataDir, `before-restore-${stamp}`) : null;
  if (aside) {
    mkdirSync(aside, { mode: 0o700 });
    for (const name of held) renameSync(join(dataDir, name), join(aside, name));
  }
  for (const name of PARTS) renameSync(join(from, name), join(dataDir, name));
  return aside;
}

async function intoServer(parts: IntoParts, url: string): Promise<Restored> {
  const address = urlAddress(url);
  const files = join(resolve(parts.dataDir), "files");
  const { migrations, hasWorker } = await surveyDatabase(address, migrationSets, Date.now);
  if (hasWorker)
    throw new BackupFault(
      "running",
      "A node works in the database of DATABASE_URL: stop it first. Nothing was changed.",
    );
  if (migrations.applied.length > 0)
    throw new BackupFault(
      "not-empty",
      "The database of DATABASE_URL holds an installation already: make an empty database and name that one; the old one stays as it is. Nothing was changed.",
    );
  const taken = await takenSchemas(address, migrationSets);
  if (taken.length > 0)
    throw new BackupFault(
      "not-empty",
      `The database of DATABASE_URL has schemas of these names already: ${taken.join(", ")}. Name an empty database. Nothing was changed.`,
    );
  requireEmpty(parts.dataDir, false);
  await requireReadable(parts, null);
  mkdirSync(files, { recursive: true, mode: 0o700 });
  try {
    return { ...(await fillFrom({ ...parts, address, filesFolder: files })), aside: null };
  } catch (error) {
    await dropSchemas(address, migrationSets);
    throw error;
  }
}
