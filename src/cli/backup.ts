import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { nameTime, newKeyText, readConfig, type Taken, takeBackup, version } from "#kernel";
import { showProgress } from "./backup/progress.ts";
import {
  duration,
  filesFolder,
  interruption,
  KEY_HELP,
  locate,
  megabytes,
  prepare,
} from "./backup/settings.ts";
import { hasDatabase } from "./beside.ts";
import { joinDatabase } from "./database.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";

const PRIVATE_FILE = 0o600;

/** `backup`, `backup key`, `backup list`: a consistent copy of a node that may be running. */
export async function backupCommand(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      data: { type: "string" },
      to: { type: "string" },
      "key-file": { type: "string" },
      out: { type: "string" },
      keep: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [word, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError("backup has the words key and list. See augenhoehe --help.");
  if (word === "key") return makeKey(values.out);
  const given = readConfig({ dataDir: values.data, backupKeep: values.keep });
  if (word === "list") return listBackups(locate(given, values.to), values.json);
  if (word !== undefined) throw new UsageError("backup has the words key and list. See augenhoehe --help.");
  const { config, keyText, address } = prepare(given, { keyFile: values["key-file"], address: values.to });
  const { place, name } = locate(config, address);
  if (!hasDatabase(config))
    throw new Error(`There is no database in ${config.dataDir}: name the folder of the node with --data.`);
  const signal = interruption();
  const progress = showProgress("Backup");
  const database = await joinDatabase(config);
  try {
    const taken = await takeBackup({
      address: database.address,
      filesFolder: filesFolder(config),
      keyText,
      version,
      place,
      name,
      // Only what the schedule or --keep asks for is ever removed.
      keep: values.keep === undefined ? null : config.backupKeep,
      now: Date.now,
      report: progress.report,
      signal,
    });
    progress.end();
    print(values.json ? JSON.stringify({ place: place.title, ...taken }) : describe(place.title, taken));
    return 0;
  } finally {
    progress.end();
    await database.stop();
  }
}

function describe(place: string, taken: Taken): string {
  const { files } = taken;
  const lines = [
    `${place}/${taken.name}`,
    `${megabytes(taken.bytes)}: ${taken.rows.toLocaleString("en")} rows of ${taken.tables.length} tables, ${files.count} files, as of ${new Date(taken.takenAt).toISOString()}, in ${duration(taken.seconds)}.`,
  ];
  if (files.missing > 0)
    lines.push(
      `${files.missing} files that conversations name were not there; their rows are in the backup.`,
    );
  if (files.changed > 0)
    lines.push(
      `${files.changed} files differ from what was stored once: look at the disk. They are in the backup as they are.`,
    );
  if (taken.removed.length > 0) lines.push(`Removed, as BACKUP_KEEP says: ${taken.removed.join(", ")}.`);
  return lines.join("\n");
}

function makeKey(out: string | undefined): number {
  const text = newKeyText();
  if (!out) {
    print(text.trimEnd());
    tell(`Write it into a file. ${KEY_HELP}`);
    return 0;
  }
  mkdirSync(dirname(resolve(out)), { recursive: true });
  try {
    writeFileSync(out, text, { mode: PRIVATE_FILE, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`${out} is there already; it was left alone, because older backups may need it.`);
  }
  tell(
    `The key is in ${out}. Keep a copy away from this machine: without it nobody can read the backups, you neither.`,
  );
  return 0;
}

async function listBackups({ place }: ReturnType<typeof locate>, asJson: boolean): Promise<number> {
  const backups = (await place.list()).flatMap(({ name, bytes }) => {
    const at = nameTime(name);
    return at === null ? [] : [{ name, bytes, takenAt: new Date(at).toISOString() }];
  });
  if (asJson) print(JSON.stringify({ place: place.title, backups }));
  else if (backups.length === 0) print(`There are no backups in ${place.title}.`);
  else
    print(
      backups
        .map(({ name, bytes, takenAt }) => `${takenAt}  ${megabytes(bytes).padStart(10)}  ${name}`)
        .join("\n"),
    );
  return 0;
}
