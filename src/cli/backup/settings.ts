import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type Config, type Location, openPlace } from "#kernel";
import { tell, UsageError } from "../options.ts";
import { workAsOwner } from "./own-folder.ts";

/** What backup, restore and upgrade have in common: where backups stand and which key opens them. */

const OTHERS_MAY_READ = 0o077;

export const KEY_HELP =
  "Make one with augenhoehe backup key --out FILE, keep a copy of it away from this machine, and name it with --key-file or BACKUP_KEY_FILE. Without the key nobody can read a backup, you neither.";

export interface Prepared {
  /** With absolute paths. */
  config: Config;
  keyText: string;
  /** Where backups stand, if it was named; absolute. */
  address: string | undefined;
}

/**
 * What each of them does first. Root has read settings and key, and goes on as the owner of the data folder.
 * @throws UsageError when no key file is named, Error when it cannot be read
 */
export function prepare(
  given: Config,
  named: { keyFile: string | undefined; address?: string | undefined },
): Prepared {
  const { dataDir, backupTo } = given;
  const config = { ...given, dataDir: absolute(dataDir), backupTo: absolute(backupTo) };
  const keyText = readKey(given, named.keyFile);
  const address = named.address === undefined ? undefined : absolute(named.address);
  workAsOwner(config.dataDir);
  return { config, keyText, address };
}

/** A slash at its end stays: it tells a folder from a file. */
function absolute(address: string): string {
  const isOne = address === "" || isAbsolute(address) || address.includes("://");
  return isOne ? address : join(process.cwd(), address);
}

/** @throws UsageError when no file is named, Error when it cannot be read */
function readKey(config: Config, given: string | undefined): string {
  const path = given ?? config.backupKeyFile;
  if (!path) throw new UsageError(`Backups are encrypted and need a key file. ${KEY_HELP}`);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(
      `The key file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). ${KEY_HELP}`,
    );
  }
  if (process.platform !== "win32" && (statSync(path).mode & OTHERS_MAY_READ) !== 0)
    tell(`Others on this machine can read the key file: chmod 600 ${path}`);
  return text;
}

/** The place that is named, else BACKUP_TO, else a folder in the data folder (absolute). */
export function locate(config: Config, given: string | undefined): Location {
  const address = given || config.backupTo;
  if (!address)
    tell(
      "BACKUP_TO is not set, so the backup goes into the data folder: that helps after a mistake, not when this disk is lost.",
    );
  return openPlace(address || join(config.dataDir, "backups"), {
    now: Date.now,
    environment: process.env,
  });
}

export const filesFolder = (config: Config): string => join(config.dataDir, "files");

const MEBIBYTE = 1_048_576;

export function megabytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(bytes < 10 * MEBIBYTE ? 1 : 0)} MB`;
}

/** "3.2 s" or "4 min 10 s" */
export function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Ctrl+C and SIGTERM break the work off in order; a second Ctrl+C ends at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    tell("Breaking off; what is unfinished is removed.");
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
