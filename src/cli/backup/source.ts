import { readFileSync } from "node:fs";
import {
  BackupFault,
  type BackupPlace,
  type Location,
  newest,
  parseTakebacks,
  TAKEBACKS_FILE,
  type Takebacks,
} from "#kernel";

/** A backup that is to be read. */
export interface Source {
  place: BackupPlace;
  name: string;
}

/** The file that is named, or the newest of a place. @throws BackupFault no-backup */
export async function findSource({ place, name }: Location): Promise<Source> {
  const found = name ?? newest((await place.list()).map((file) => file.name));
  if (!found) throw new BackupFault("no-backup", `There is no backup in ${place.title}.`);
  return { place, name: found };
}

/** @throws Error when the file cannot be read or is no such list */
export function readTakebacksFile(path: string): Takebacks {
  return parseTakebacks(readFileSync(path, "utf8"));
}

/**
 * The list of what persons took back, from beside the backups.
 * @returns null when there is none: an old backup, or a copy of the file alone
 */
export async function findTakebacks({ place }: Pick<Source, "place">): Promise<Takebacks | null> {
  if (!(await place.list()).some(({ name }) => name === TAKEBACKS_FILE)) return null;
  const parts: Buffer[] = [];
  for await (const part of await place.open(TAKEBACKS_FILE)) parts.push(part);
  return parseTakebacks(Buffer.concat(parts).toString());
}
