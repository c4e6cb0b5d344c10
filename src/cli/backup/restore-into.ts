import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { BackupFault, findEmbedded, urlAddress } from "#kernel";
import { dropSchemas, takenSchemas } from "../../kernel/backup/drop.ts";
import { markFinished, markUnfinished } from "../../kernel/backup/unfinished.ts";
import { EmbeddedPostgresError } from "../../kernel/db/embedded/error.ts";
import { claimFolder } from "../../kernel/db/embedded/folder-claim.ts";
import { surveyDatabase } from "../../kernel/db/survey.ts";
import { migrationSets } from "../../migrations.ts";
import { type Filled, type FillParts, fillFrom, requireReadable } from "./fill.ts";
import { inFolder, inScratch } from "./scratch.ts";

/** A restore for good. Everything is made and checked beside the data first; only then names are changed. */

export interface IntoParts extends Omit<FillParts, "address" | "folder"> {
  dataDir: string;
  /** What is in the folder is put aside. */
  replaces: boolean;
  signal: AbortSignal;
}

export interface Restored extends Filled {
  /** Where the former data stand now. */
  aside: string | null;
}

/** What a data folder is made of, as far as a backup brings it back; with DATABASE_URL only the files. */
const PARTS = ["pg", "files"] as const;
type Part = (typeof PARTS)[number];

/** @throws BackupFault running, not-empty and those of the backup; then nothing was changed */
export function restoreInto(parts: IntoParts): Promise<Restored> {
  return parts.config.databaseUrl ? intoServer(parts, parts.config.databaseUrl) : intoFolder(parts);
}

async function intoFolder(parts: IntoParts): Promise<Restored> {
  const dataDir = resolve(parts.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const giveBack = claim(dataDir);
  try {
    if (await findEmbedded({ dataDir })) throw running(dataDir);
    requireEmpty(dataDir, parts.replaces, PARTS);
    await requireReadable(parts, dataDir);
    return await inScratch(
      parts.config,
      { dataDir, kind: "restore", signal: parts.signal },
      async (scratch) => {
        const filled = await fillFrom({ ...parts, ...scratch });
        await scratch.stop();
        return { ...filled, aside: putInPlace(dataDir, scratch.folder, PARTS) };
      },
    );
  } finally {
    giveBack();
  }
}

function claim(dataDir: string): () => void {
  try {
    return claimFolder(dataDir);
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? running(dataDir) : error;
  }
}

function running(dataDir: string): BackupFault {
  return new BackupFault(
    "running",
    `A node works in ${dataDir}: stop it first, or restore into another folder with --into. Nothing was changed.`,
  );
}

function requireEmpty(dataDir: string, replaces: boolean, made: readonly Part[]): void {
  const held = made.filter(
    (name) => existsSync(join(dataDir, name)) && readdirSync(join(dataDir, name)).length > 0,
  );
  if (held.length > 0 && !replaces)
    throw new BackupFault(
      "not-empty",
      `${dataDir} holds data already (${held.join(", ")}): name another folder with --into, or say --replace, which puts them aside and keeps them. Nothing was changed.`,
    );
}

/** Renames on one disk: at any moment either the old data or the new stand under their names, and none are deleted. */
function putInPlace(dataDir: string, from: string, made: readonly Part[]): string | null {
  const held = made.filter((name) => existsSync(join(dataDir, name)));
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const aside = held.length > 0 ? join(dataDir, `before-restore-${stamp}`) : null;
  if (aside) {
    mkdirSync(aside, { mode: 0o700 });
    for (const name of held) renameSync(join(dataDir, name), join(aside, name));
  }
  for (const name of made) renameSync(join(from, name), join(dataDir, name));
  return aside;
}

async function intoServer(parts: IntoParts, url: string): Promise<Restored> {
  const address = urlAddress(url);
  const dataDir = resolve(parts.dataDir);
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
  requireEmpty(dataDir, parts.replaces, ["files"]);
  await requireReadable(parts, null);
  return inFolder({ dataDir, kind: "restore" }, async (folder) => {
    try {
      await markUnfinished(address);
      const filled = await fillFrom({ ...parts, folder, address });
      const aside = putInPlace(dataDir, folder, ["files"]);
      await markFinished(address);
      return { ...filled, aside };
    } catch (error) {
      await dropSchemas(address, migrationSets);
      throw error;
    }
  });
}
